"""The small pieces of test data could be true, and the fakes keep the ports' promises."""

from datetime import timedelta

import numpy as np
import pytest

from factories import (
    SATURDAY,
    fixture,
    fixture_record,
    match,
    match_table,
    parsed_file,
    quote,
    record,
    score_grid,
)
from fakes import FakeClock, FakeFetcher, FakeSource, FakeStore
from monps.domain.odds import QUOTED_SELECTIONS
from monps.errors import DataRefused, SourceError, StorageError
from monps.numerics.grid import ScoreGrid
from monps.ports.repositories import QuoteFilter
from monps.ports.source import Payload, Request

LATER = SATURDAY + timedelta(days=3)


def test_a_match_adds_up() -> None:
    played = match(goals=(3, 0))
    for side, goals in ((played.home_stats, 3), (played.away_stats, 0)):
        assert goals <= side.shots_on_target <= side.shots
    assert played.known_at > played.kickoff


@pytest.mark.parametrize("market", QUOTED_SELECTIONS)
def test_a_quote_is_a_book_with_a_margin(market: str) -> None:
    offered = quote(market)
    assert len(offered.odds) == len(QUOTED_SELECTIONS[market])
    assert sum(1 / odds for odds in offered.odds) == pytest.approx(1.05, abs=1e-3)
    assert (offered.line is None) == (market in {"match_result", "both_teams_to_score"})


def test_other_rows_make_another_digest() -> None:
    assert parsed_file(record()).digest == parsed_file(record()).digest
    assert parsed_file(record()).digest != parsed_file(record(match(goals=(0, 0)))).digest


def test_a_league_is_a_full_double_round_robin() -> None:
    table, truth = match_table(6, 2, np.random.default_rng(1))
    assert len(table) == 2 * 30
    assert table.teams.names == truth.teams
    assert table.frame.unique(["season", "home", "away"]).height == len(table)


def test_a_league_follows_its_truth() -> None:
    table, truth = match_table(10, 40, np.random.default_rng(2))
    expected = np.exp(truth.base - truth.defence[table.home_index] + truth.attack[table.away_index])
    assert table.away_goals.mean() == pytest.approx(
        expected.mean(), abs=4 * np.sqrt(expected.mean() / len(table))
    )
    slope = np.polyfit(expected, table.away_goals, 1)[0]
    assert slope == pytest.approx(1.0, abs=0.12)


def test_grids_are_distributions() -> None:
    grid = score_grid(50, np.random.default_rng(3))
    assert isinstance(grid, ScoreGrid)
    assert grid.probabilities.sum(axis=(1, 2)) + grid.tail == pytest.approx(np.ones(50), abs=1e-12)


def test_the_store_forgets_what_was_not_committed() -> None:
    store = FakeStore()
    with store(write=True) as work:
        work.matches.add_file(parsed_file(record()), LATER)
    with store() as work:
        assert list(work.matches.history([], LATER)) == []
        with pytest.raises(StorageError):
            work.commit()


def stored(*files_read: tuple) -> FakeStore:
    store = FakeStore()
    with store(write=True) as work:
        for parsed, read_at in files_read:
            work.matches.add_file(parsed, read_at)
        work.commit()
    return store


def test_a_correction_is_known_from_when_it_was_read() -> None:
    first, corrected = match(goals=(2, 1)), match(goals=(2, 2))
    store = stored(
        (parsed_file(record(first)), SATURDAY + timedelta(hours=4)), (parsed_file(record(corrected)), LATER)
    )
    with store() as work:
        before = [row.match.score for row in work.matches.history(["SIM1"], LATER - timedelta(seconds=1))]
        after = [row.match.score for row in work.matches.history(["SIM1"], LATER)]
        assert (before, after) == ([first.score], [corrected.score])
        assert work.matches.latest_known_at("SIM1") == LATER
        assert work.matches.latest_known_at("SIM2") is None


def test_the_same_file_again_changes_nothing() -> None:
    parsed = parsed_file(record(), fixtures=[fixture_record(fixture("Ashgrave", "Carrowden"))])
    store = stored((parsed, LATER))
    with store(write=True) as work:
        version = work.matches.data_version([])
        changes = work.matches.add_file(parsed, LATER)
        assert changes == (0, 1, 0, 0, 0)
        assert work.matches.data_version([]) == version
        assert work.matches.stored_file(parsed.source, parsed.digest).read_at == LATER


def test_a_fixture_keeps_its_number_once_it_is_played() -> None:
    to_come = parsed_file(fixtures=[fixture_record()], name="fixtures.csv")
    store = stored((to_come, SATURDAY - timedelta(days=2)), (parsed_file(record()), LATER))
    with store() as work:
        (before,) = work.matches.fixtures([], SATURDAY)
        (played,) = work.matches.history([], LATER)
        assert before.match_id == played.match_id
        assert list(work.matches.fixtures([], LATER)) == []


def test_quotes_are_filtered() -> None:
    offered = [quote(), quote("totals"), quote(closing=True, known_at=SATURDAY)]
    with stored((parsed_file(record(match(), *offered)), LATER))() as work:
        assert [row.quote for row in work.matches.quotes(["SIM1"], LATER)] == offered
        only = QuoteFilter(markets=("match_result",), closing=False)
        assert [row.quote for row in work.matches.quotes([], LATER, only)] == offered[:1]
        assert len(list(work.matches.quotes([], SATURDAY - timedelta(seconds=1)))) == 2


def test_the_source_and_the_fetcher_know_what_they_were_given() -> None:
    source, fetcher = FakeSource({"a.csv": parsed_file()}), FakeFetcher({"a.csv": b"Div"})
    assert source.parse(fetcher.fetch(Request("https://example.org/a.csv", "a.csv"))) == parsed_file()
    with pytest.raises(DataRefused):
        source.parse(Payload("b.csv", b""))
    with pytest.raises(SourceError):
        fetcher.fetch(Request("https://example.org/b.csv", "b.csv"))


def test_the_clock_stands_still() -> None:
    clock = FakeClock(LATER)
    assert clock.now() == clock.now() == LATER
