from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from factories import backtest_job, backtest_request, backtest_result
from monps.domain.backtest import BacktestJob, BacktestResult

money = st.decimals(0, 10_000, places=2)
counts = st.integers(0, 50)


@given(st.lists(counts, min_size=5, max_size=5), money, money)
def test_bets_add_up_and_money_balances(ends, initial, final):
    names = ("won", "half_won", "void", "half_lost", "lost")
    bets = {"bets": sum(ends), **dict(zip(names, ends, strict=True))}
    funds = {"initial_bankroll": initial, "final_bankroll": final, "profit": final - initial}
    found = backtest_result(stake="kelly", **bets, **funds)
    assert BacktestResult.model_validate_json(found.model_dump_json()) == found
    for wrong in ({"bets": sum(ends) + 1}, {"profit": final - initial + Decimal("0.01")}):
        with pytest.raises(ValidationError):
            backtest_result(stake="kelly", **bets | funds | wrong)


def test_bets_without_money_make_no_sense():
    with pytest.raises(ValidationError, match="profit"):
        backtest_result(bets=0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_day": date(2025, 1, 2), "last_day": date(2025, 1, 1)},
        {"competitions": ("E0", "E0")},
        {"competitions": ()},
        {"competitions": ("not a code",)},
        {"forecaster": ""},
    ],
)
def test_requests_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValidationError):
        backtest_request(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"},
        {"state": "failed", "finished_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"state": "cancelled"},
        {"finished_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"result": backtest_result()},
        {"error": "why"},
        {"progress": 1.1},
    ],
)
def test_a_job_tells_one_story(wrong):
    with pytest.raises(ValidationError):
        backtest_job(**wrong)


@pytest.mark.parametrize(
    ("state", "finished"), [("queued", False), ("running", False), ("cancelled", True), ("failed", True)]
)
def test_what_is_finished_says_so(state, finished):
    more = {"finished_at": datetime(2026, 1, 1, tzinfo=UTC)} if finished else {}
    more |= {"error": "why"} if state == "failed" else {}
    job = backtest_job(state=state, **more)
    assert job.is_finished == finished
    assert BacktestJob.model_validate_json(job.model_dump_json()) == job
