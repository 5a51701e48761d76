from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest

from monps.domain.ingestion import ParsedFile
from monps.ports.source import Payload
from monps.sources.football_data import FootballData
from monps.sources.simulated import DivisionSeason, SimulatedCountry
from monps.sources.simulated.bookmakers import BOOKMAKERS
from monps.sources.simulated.results_file import content


@pytest.fixture(scope="module")
def frame(division: DivisionSeason) -> pl.DataFrame:
    return pl.read_csv(content(division, np.arange(len(division))), infer_schema_length=None)


def test_results_are_the_division(frame: pl.DataFrame, division: DivisionSeason) -> None:
    assert frame["HomeTeam"].to_list() == division.home
    assert frame.select("FTHG", "FTAG").to_numpy().tolist() == division.events.goals.tolist()
    assert frame["FTR"].to_list() == ["HDA"[result] for result in division.results]
    half = (frame["HTHG"] - frame["HTAG"]).sign().replace_strict({1: "H", 0: "D", -1: "A"})
    assert frame["HTR"].to_list() == half.to_list()
    assert frame["Referee"].n_unique() == 20


@pytest.mark.parametrize("stage", ["", "C"])
def test_summaries_are_of_the_six_books(frame: pl.DataFrame, stage: str) -> None:
    for side in "HDA":
        books = frame.select(f"{book.code}{stage}{side}" for book in BOOKMAKERS).to_numpy()
        assert frame[f"Max{stage}{side}"].to_numpy() == pytest.approx(books.max(axis=1))
        assert frame[f"Avg{stage}{side}"].to_numpy() == pytest.approx(books.mean(axis=1), abs=0.0051)
    for market in (">2.5", "<2.5", "AHH", "AHA"):
        for book in ("B365", "P"):
            assert (frame[f"{book}{stage}{market}"] <= frame[f"Max{stage}{market}"]).all()


def test_there_is_no_gap(frame: pl.DataFrame) -> None:
    assert frame.null_count().sum_horizontal().item() == 0


@pytest.fixture(scope="module")
def parsed(country: SimulatedCountry) -> dict[str, ParsedFile]:
    source = FootballData()

    def files() -> Iterator[tuple[str, ParsedFile]]:
        for name, payload in country.payloads():
            if name.startswith("football-data"):
                yield name, source.parse(Payload(name, payload), strict=True)

    return dict(files())


def test_the_reader_understands_every_column_and_row(
    country: SimulatedCountry, parsed: dict[str, ParsedFile]
) -> None:
    assert len(parsed) == 13
    assert {column for file in parsed.values() for column in file.unknown_columns} == set()
    played = sum(int(each.played(country.until).sum()) for each in country.divisions)
    assert sum(len(file.records) for file in parsed.values()) == played


def test_the_reader_sees_two_divisions_of_one_country(parsed: dict[str, ParsedFile]) -> None:
    seen = {each.code: (each.country, each.tier) for file in parsed.values() for each in file.competitions}
    assert seen == {"SIM1": ("SIM", 1), "SIM2": ("SIM", 2)}


def test_the_reader_sees_the_same_fixtures(country: SimulatedCountry, parsed: dict[str, ParsedFile]) -> None:
    file = parsed["football-data/fixtures.csv"]
    assert file.records == ()
    assert tuple(row.fixture for row in file.fixtures) == country.fixtures()
    for row in file.fixtures:
        assert {quote.bookmaker for quote in row.quotes} >= {"pinnacle", "average", "maximum"}
        assert not any(quote.closing for quote in row.quotes)
        assert all(quote.known_at < row.fixture.kickoff for quote in row.quotes)


def test_the_reader_sees_both_stages_of_every_market(parsed: dict[str, ParsedFile]) -> None:
    for row in parsed["football-data/2223/SIM1.csv"].records:
        stages = {(quote.market, quote.closing) for quote in row.quotes}
        assert len(stages) == 6
        assert len(row.quotes) == 2 * (8 + 4 + 4)
        assert row.match.home_stats.expected_goals is not None
