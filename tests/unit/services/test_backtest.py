from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fakes import FakeStore
from monps.brain import FORECASTERS
from monps.errors import NotEnoughData, UnknownNameError, UsageError
from monps.services.backtest import require_agent, run_backtest

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)
DAYS = date(2025, 8, 1), date(2026, 3, 1)


def run(store, forecaster="bookmakers", competitions=("SIM1",), *, days=DAYS, now=NOW):
    return run_backtest(store, forecaster, competitions, days, now=now)


def test_every_match_between_the_days_is_judged(filled):
    found = run(filled)
    with filled() as work:
        kickoffs = [row.match.kickoff.date() for row in work.matches.history(["SIM1"], NOW)]
    assert found.n == sum(DAYS[0] <= day <= DAYS[1] for day in kickoffs)
    assert (found.forecaster, found.competitions) == ("bookmakers", ("SIM1",))
    assert DAYS[0] <= found.first_day < found.last_day <= DAYS[1]
    assert found.markets
    assert found.log_loss_gap is not None


def test_several_competitions_are_judged_together(filled):
    both = run(filled, competitions=("SIM1", "SIM2"))
    assert both.n == run(filled).n + run(filled, competitions=("SIM2",)).n
    assert both.by_competition["SIM1"].log_loss == pytest.approx(run(filled).log_loss, abs=1e-3)


def test_what_became_known_later_than_now_does_not_exist(filled):
    early = datetime(2025, 12, 1, tzinfo=UTC)
    found = run(filled, now=early)
    assert found.last_day < early.date()
    assert found.n < run(filled).n


def test_nothing_is_written(filled):
    store = FakeStore(filled.matches)
    run(store)
    assert store.commits == 0


def test_without_odds_there_is_no_gap(filled):
    bare = FakeStore(replace(filled.matches, offered=[]))
    assert run(bare, "dixon_coles").log_loss_gap is None
    with pytest.raises(NotEnoughData, match="bookmakers has forecasts of 0"):
        run(bare)


def test_names_that_nobody_knows_are_refused(filled):
    with pytest.raises(UnknownNameError, match="bookmakers"):
        run(filled, "bookmaker")
    with pytest.raises(UnknownNameError, match="SIM1"):
        run(filled, competitions=("SIM1", "SIM8"))
    with pytest.raises(NotEnoughData, match="ingest"):
        run(FakeStore())


def test_a_name_like_none_is_answered_with_all():
    with pytest.raises(UnknownNameError) as refused:
        require_agent("xyzzy")
    assert set(refused.value.nearest) == FORECASTERS.keys()
    assert require_agent("goals") is FORECASTERS["goals"]


def test_days_without_matches_are_refused(filled):
    with pytest.raises(NotEnoughData):
        run(filled, days=(date(2001, 1, 1), date(2002, 1, 1)))
    with pytest.raises(UsageError):
        run(filled, days=DAYS[::-1])
