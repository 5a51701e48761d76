from datetime import date

import numpy as np
import pytest

import monps
from monps.errors import DataRefused, UnknownNameError, UsageError
from monps.sources.simulated import SimulatedCountry


@pytest.fixture(scope="module")
def country():
    return SimulatedCountry(seed=3, seasons=2, sizes=(8, 8))


@pytest.fixture(scope="module")
def folder(country, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    country.write(folder)
    return folder / "football-data"


def test_reads_what_was_played(country, folder):
    table = monps.read_football_data(folder)
    played = sum(int(division.played(country.until).sum()) for division in country.divisions)
    assert len(table) == played
    assert set(table.frame["competition"]) == {"SIM1", "SIM2"}


def test_takes_one_path_or_many(folder):
    files = sorted(folder.glob("*/*.csv"))
    assert len(monps.read_football_data(files)) == len(monps.read_football_data(str(folder)))


def test_quotes_belong_to_their_matches(folder):
    reading = monps.read(folder)
    odds = reading.quotes.odds(reading.matches, "match_result", "pinnacle", closing=True)
    fair = monps.remove_margin(odds)
    assert fair.valid.mean() > 0.9
    goals = reading.matches.home_goals - reading.matches.away_goals
    assert np.corrcoef(fair.probabilities[fair.valid, 0], goals[fair.valid])[0, 1] > 0.1


def test_a_match_in_two_files_counts_once_as_the_last_has_it(folder, tmp_path):
    file = next(iter(sorted(folder.glob("*/SIM1.csv"))))
    header, first, *rest = file.read_text().splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True)) | {
        "FTHG": "9",
        "FTAG": "0",
        "FTR": "H",
    }
    changed = tmp_path / "changed.csv"
    changed.write_text("\n".join([header, ",".join(cells.values()), *rest]) + "\n")
    table = monps.read_football_data([file, changed])
    assert len(table) == len(rest) + 1
    assert table.home_goals.max() == 9


def test_what_is_refused_is_said(folder, tmp_path):
    file = next(iter(sorted(folder.glob("*/SIM1.csv"))))
    header, *rows = file.read_text().splitlines()
    broken = tmp_path / "broken.csv"
    broken.write_text("\n".join([header, rows[0].replace(rows[0].split(",")[1], "31/02/2025"), *rows[1:]]))
    with pytest.warns(UserWarning, match="1 rows, quotes or files were refused"):
        assert len(monps.read_football_data(broken)) == len(rows) - 1
    assert [reject.line for reject in monps.read(broken).rejects] == [2]
    with pytest.raises(DataRefused):
        monps.read_football_data(broken, strict=True)


def test_files_without_a_match_are_refused(tmp_path):
    page = tmp_path / "page.csv"
    page.write_text("<html>not found</html>")
    with pytest.raises(DataRefused, match=r"page\.csv"):
        monps.read_football_data(page)


def test_a_path_without_files_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError):
        monps.read_football_data(tmp_path / "nothing")


def test_an_unknown_source_is_named_with_those_known():
    with pytest.raises(UnknownNameError, match="football-data"):
        monps.read(".", "footbal")


def test_the_same_seed_simulates_the_same_country():
    first, again, other = (monps.simulate(seed, seasons=1) for seed in (5, 5, 6))
    assert first.matches.frame.equals(again.matches.frame)
    assert not first.matches.frame.equals(other.matches.frame)
    assert first.rejects == ()


def test_a_simulated_country_writes_its_files_where_asked(tmp_path):
    simulated = monps.simulate(seasons=1, folder=tmp_path)
    assert len(monps.read_football_data(tmp_path / "football-data")) == len(simulated.matches)


def test_from_files_to_prices(folder):
    fitted = monps.DixonColes().fit(monps.read_football_data(folder))
    first, second = fitted.teams.names[:2]
    sheet = monps.price(fitted.grid([first, second], [second, first]))
    outcomes = sheet.probability[:, :3]
    assert outcomes.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert outcomes[0] != pytest.approx(outcomes[1, ::-1])


def test_until_leaves_out_what_came_later():
    early = monps.simulate(seasons=1, until=date(2025, 12, 31)).matches
    assert early.frame["kickoff"].max().date() <= date(2025, 12, 31)
