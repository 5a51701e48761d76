"""The record of live predictions is of those that were made before kick-off, beside the closing prices."""

import math
from datetime import timedelta

import pytest

from factories import SATURDAY, match, parsed_file, quote, record
from fakes import FakeStore
from monps.services.closing_gap import live_record
from predictions import prediction

MONDAY = SATURDAY + timedelta(days=2)


TEAMS = [(f"Home {letter}", f"Away {letter}") for letter in "ABCDEFGHIJKL"]
KICKOFFS = [SATURDAY - timedelta(days=days) for days in range(12)]


def keep(store, goals, name, match_id, *, kickoff, before=timedelta(hours=7)):
    """Keep a prediction that was computed when it looks from."""
    made = prediction(goals, match_id=match_id, prediction_id=name)
    as_of = kickoff - before
    made = made.model_copy(update={"kickoff": kickoff, "as_of": as_of, "computed_at": as_of})
    with store(write=True) as work:
        work.predictions.add(made, b"{}")
        work.commit()
    return made


@pytest.fixture
def store():
    """Twelve matches on twelve days, the last one first; home and away sides win in turn."""
    store = FakeStore()
    rows = [
        record(
            match(*teams, (0, 3) if place % 2 else (2, 1), kickoff=kickoff),
            quote(closing=True, known_at=kickoff - timedelta(minutes=1)),
        )
        for place, (teams, kickoff) in enumerate(zip(TEAMS, KICKOFFS, strict=True))
    ]
    with store(write=True) as work:
        work.matches.add_file(parsed_file(*rows), MONDAY)
        work.commit()
    return store


def numbers(store):
    """Return the matches' numbers in the store."""
    with store() as work:
        found = {each.match.key.home: each.match_id for each in work.matches.history([], MONDAY)}
    return [found[home] for home, _ in TEAMS]


def predict(store, matches):
    """Predict some matches, the last ones first, and return how surprising their ends were."""
    losses = []
    for place, number in enumerate(numbers(store)[:matches]):
        made = keep(store, (1.5 + 0.1 * place, 1.2), f"p-{place}", number, kickoff=KICKOFFS[place])
        losses.append(-math.log(made.away_win if place % 2 else made.home_win))
    return losses


@pytest.mark.parametrize("matches", [0, 1, 9])
def test_too_few_matches_are_no_record_and_no_error(store, matches):
    predict(store, matches)
    assert live_record(store, now=MONDAY).scores is None


def test_each_prediction_is_judged_by_its_own_match(store):
    losses = predict(store, 12)
    scores = live_record(store, now=MONDAY).scores
    assert (scores.n, scores.n_priced) == (12, 12)
    assert scores.log_loss == pytest.approx(sum(losses) / 12)


def test_the_gap_is_to_the_fair_closing_price(store):
    losses = predict(store, 12)
    closing = -(math.log(0.5) + math.log(0.25)) / 2  # the quotes' fair chances, before a margin was put on
    scores = live_record(store, now=MONDAY).scores
    assert scores.log_loss_gap.value == pytest.approx(sum(losses) / 12 - closing, abs=0.02)


def test_matches_to_come_are_not_judged(store):
    predict(store, 12)
    assert live_record(store, now=KICKOFFS[1]).scores.n == 10


def test_of_many_the_last_ones_are_judged(store):
    losses = predict(store, 12)
    scores = live_record(store, now=MONDAY, most=10).scores
    assert scores.log_loss == pytest.approx(sum(losses[:10]) / 10)


def test_the_last_prediction_before_kick_off_counts_once(store):
    losses, number = predict(store, 12), numbers(store)[0]
    last = keep(store, (2.9, 0.4), "last", number, kickoff=SATURDAY, before=timedelta(hours=1))
    keep(store, (0.1, 9.0), "too late", number, kickoff=SATURDAY, before=-timedelta(hours=1))
    scores = live_record(store, now=MONDAY).scores
    assert scores.n == 12
    assert scores.log_loss == pytest.approx((sum(losses[1:]) - math.log(last.home_win)) / 12)
