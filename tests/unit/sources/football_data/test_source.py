from datetime import date

import pytest

from monps.domain.identifiers import Season
from monps.errors import UnknownNameError
from monps.ports.source import Request
from monps.sources.football_data import FootballData
from monps.sources.football_data.divisions import DIVISIONS, division
from monps.sources.football_data.seasons import season_of


def test_a_plan_is_one_file_a_division_and_season() -> None:
    seasons = [Season(start=1999), Season(start=2023)]
    requests = list(FootballData().plan(["E0", "SP2"], seasons))
    assert requests[0] == Request("https://www.football-data.co.uk/mmz4281/9900/E0.csv", "9900/E0.csv")
    assert [request.name for request in requests] == [
        "9900/E0.csv",
        "9900/SP2.csv",
        "2324/E0.csv",
        "2324/SP2.csv",
    ]


def test_an_unknown_division_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"'sp3'; did you mean .*SP1"):
        list(FootballData().plan(["sp3"], [Season(start=2023)]))
    with pytest.raises(UnknownNameError, match=r"E0.*G1"):
        list(FootballData().plan(["?"], [Season(start=2023)]))


def test_the_catalogue_has_twenty_two_divisions_of_eleven_countries() -> None:
    assert len(DIVISIONS) == 22
    assert len({competition.country for competition in DIVISIONS.values()}) == 11
    tiers = {(competition.country, competition.tier) for competition in DIVISIONS.values()}
    assert len(tiers) == 22


@pytest.mark.parametrize("code", ["", "E", "e0", "E-1", "É0", "ABCDE1", "E99", "1E"])
def test_what_is_no_code_is_no_division(code: str) -> None:
    assert division(code) is None


def test_an_unlisted_division_is_of_its_letters() -> None:
    unlisted = [division(code) for code in ("E7", "XX", "XX0")]
    assert [(found.country, found.tier) for found in unlisted if found] == [("E", 7), ("XX", 1), ("XX", 1)]


def test_a_folder_tells_the_season_of_a_summer_that_is_in_two() -> None:
    assert season_of("1920/E0.csv", [date(2020, 7, 26)]) == Season(start=2019)
    assert season_of("2020-21/E0.csv", [date(2020, 7, 26)]) == Season(start=2020)


def test_a_folder_that_contradicts_the_days_is_not_believed() -> None:
    assert season_of("2021/E0.csv", [date(2022, 1, 1), date(2021, 9, 1)]) == Season(start=2021)
    assert season_of("1819/E0.csv", [date(2020, 7, 26)]) == Season(start=2020)
    assert season_of("2021/E0.csv", [date(2020, 7, 26)]) == Season(start=2020)
