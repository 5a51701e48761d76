"""Predictions go in and come out as they were, on every database."""

from datetime import timedelta

import pytest

from fakes import FakeStore
from monps.domain.predictions import QuotedEdge
from monps.errors import ConflictError
from monps.ports.predictions import Cursor, PredictionFilter
from opinions import KICKOFF, ensemble_prediction


def edge(chance, odds, fair):
    return QuotedEdge(
        family="match_result", line=None, period="full_time", selection="home", bookmaker="bet365", odds=odds,
        probability=chance, fair_implied=fair,
    )  # fmt: skip


def made(number, **changes):
    moment = KICKOFF - timedelta(hours=number)
    return ensemble_prediction(
        **({"prediction_id": f"p-{number}", "match_id": None, "computed_at": moment} | changes)
    )


@pytest.fixture
def keep(database):
    def add(*predictions):
        with database.open_work(write=True) as work:
            for prediction in predictions:
                work.predictions.add(prediction, prediction.model_dump_json().encode())
            work.commit()

    return add


def test_a_prediction_comes_out_as_it_went_in(database, keep):
    prediction = made(1, edges=(edge(0.48, 2.2, 0.44),))
    keep(prediction, prediction)
    with database.open_work() as work:
        assert work.predictions.find("p-1") == prediction
        kept = work.predictions.kept("p-1")
        assert (kept.payload, kept.revision) == (prediction.model_dump_json().encode(), 1)
        assert work.predictions.count() == 1
        assert work.predictions.find("p-2") is None
        assert work.predictions.kept("p-2") is None
        assert work.predictions.latest() == prediction.computed_at


def test_pages_follow_each_other_without_gap_or_overlap(database, keep):
    keep(*(made(number) for number in range(1, 8)), made(8, computed_at=KICKOFF - timedelta(hours=3)))
    with database.open_work() as work:
        seen, after = [], None
        while page := work.predictions.page(after=after, limit=3):
            seen += [row.prediction_id for row in page]
            after = Cursor(page[-1].computed_at, page[-1].prediction_id)
        assert seen == ["p-1", "p-2", "p-8", "p-3", "p-4", "p-5", "p-6", "p-7"]
        short = work.predictions.page(limit=1)[0]
    assert (short.home_win, short.confidence_level, short.revision) == (0.48, made(1).confidence_level, 1)


@pytest.mark.parametrize(
    ("only", "names"),
    [
        (PredictionFilter(competition="SIM2"), ["p-2"]),
        (PredictionFilter(match_id=1), []),
        (PredictionFilter(date_from=KICKOFF + timedelta(seconds=1)), ["p-3"]),
        (PredictionFilter(date_to=KICKOFF), ["p-1", "p-2"]),
        (PredictionFilter(market="totals"), ["p-1", "p-2", "p-3"]),
        (PredictionFilter(market="corners_totals"), []),
        (PredictionFilter(min_edge=0.03), ["p-1"]),
        (PredictionFilter(min_edge=0.05), []),
        (PredictionFilter(market="totals", min_edge=0.0), []),
    ],
)
def test_lists_hold_what_the_filter_lets_through(database, keep, only, names):
    """On the database, and on its stand-in."""
    stored = (
        made(1, edges=(edge(0.48, 2.2, 0.44),)),
        made(2, competition="SIM2"),
        made(3, kickoff=KICKOFF + timedelta(days=1)),
    )
    keep(*stored)
    fake = FakeStore().predictions
    for each in stored:
        fake.add(each, each.model_dump_json().encode())
    with database.open_work() as work:
        for predictions in (work.predictions, fake):
            assert [row.prediction_id for row in predictions.page(only)] == names
            assert predictions.count(only) == len(names)


def test_a_change_by_hand_counts_and_is_refused_when_another_came_before(database, keep):
    keep(made(1))
    changed = made(1, warnings=("by hand",))
    with database.open_work(write=True) as work:
        work.predictions.replace(changed, changed.model_dump_json().encode(), 1)
        work.commit()
    with database.open_work(write=True) as work:
        assert work.predictions.find("p-1") == changed
        assert work.predictions.kept("p-1").revision == 2
        assert work.predictions.page()[0].revision == 2
        with pytest.raises(ConflictError, match="read it again"):
            work.predictions.replace(changed, b"", 1)


def test_nothing_is_kept_that_was_not_committed(database):
    with database.open_work(write=True) as work:
        work.predictions.add(made(1), b"{}")
    with database.open_work() as work:
        assert work.predictions.count() == 0
        assert work.predictions.latest() is None
