"""Backtests in the background, as the command line shows them."""

import pytest

from factories import SATURDAY, backtest_request
from monps import bootstrap
from monps.services.jobs import start_backtest


@pytest.fixture
def queued(own):
    """Return the command line on a store with two jobs that wait."""
    open_work = bootstrap.application().open_work
    for _ in range(2):
        start_backtest(open_work, backtest_request(), actor="desk", now=SATURDAY)
    return own


def test_jobs_are_listed_newest_first(queued):
    told = queued("jobs", "list", "--json")
    assert told.status == 0
    assert [each["job_id"] for each in told.json["backtests"]] == [2, 1]
    assert told.json["total"] == 2
    assert "2 of 2 backtests" in queued("jobs", "list").out
    assert queued("jobs", "list", "--state", "running", "--json").json["backtests"] == []


def test_one_job_is_shown(queued):
    told = queued("jobs", "show", "1", "--json")
    assert (told.status, told.json["state"], told.json["actor"]) == (0, "queued", "desk")
    assert "backtest 1" in queued("jobs", "show", "1").out


def test_a_job_that_waits_is_cancelled_at_once_and_that_is_audited(queued):
    assert queued("jobs", "cancel", "1", "--json").json["state"] == "cancelled"
    assert queued("jobs", "show", "1", "--json").json["state"] == "cancelled"
    assert queued("jobs", "show", "2", "--json").json["state"] == "queued"
    events = queued("audit", "list", "--json").json["events"]
    assert "backtest.cancelled" in {each["event_type"] for each in events}
    assert "backtest 2" in queued("jobs", "cancel", "2").out


def test_no_such_job_is_an_error(queued):
    refused = queued("jobs", "show", "9")
    assert refused.status != 0
    assert "9" in refused.err
