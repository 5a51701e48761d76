"""Submissions that come together are kept together; what is wrong with one concerns no other."""

from datetime import timedelta

import pytest

from fakes import FakeStore
from monps.domain.predictions import ForecastRequest
from monps.errors import ConflictError, InvalidDateError, LowConfidenceError, NotEnoughData, StorageError
from monps.services.consult import Answer
from monps.services.predictions import Rules, Sender, Submitted
from monps.services.submit import Submission, submit_all, submit_prediction
from opinions import KICKOFF, ensemble_prediction

NOW = KICKOFF - timedelta(days=3)
RULES = Rules(timedelta(days=60), 0.7)


def submission(home="Ashgrave", *, key=None, digest="d", kickoff=KICKOFF, actor="desk"):
    request = ForecastRequest(competition="SIM1", home=home, away="Bexmoor", kickoff=kickoff)
    return Submission(lambda: request, Sender(actor, "r-1", key, digest), NOW)


class Brain:
    """Predicts the fixtures of teams that it knows, all of a batch at once."""

    def __init__(self, **failing):
        self.asked, self.failing = [], failing

    def __call__(self, requests):
        self.asked.append([request.home for request in requests])
        return [self.answer(request) for request in requests]

    def answer(self, request):
        problem = self.failing.get(request.home)
        if isinstance(problem, NotEnoughData):
            return Answer(request, refusal=problem)
        if problem is not None:
            raise problem
        fixture = request.model_dump(include={"competition", "home", "away", "kickoff"})
        name = {"prediction_id": f"p-{request.home}", "match_id": None}
        return Answer(request, ensemble_prediction(**fixture | name))


@pytest.fixture
def store():
    return FakeStore()


def events(store):
    return [(each.event_type, each.entity_id) for each in store.audit.events()]


def test_all_that_wait_are_asked_for_at_once_and_kept(store):
    brain = Brain()
    outcomes = submit_all(store, brain, [submission("A"), submission("B"), submission("C")], rules=RULES)
    assert [each.prediction_id for each in outcomes] == ["p-A", "p-B", "p-C"]
    assert brain.asked == [["A", "B", "C"]]
    assert events(store) == [("prediction.created", f"p-{name}") for name in "CBA"]
    assert store.audit.verify().intact
    assert store.commits == 1


def test_what_is_wrong_with_one_concerns_no_other(store):
    late = submission("L", kickoff=NOW - timedelta(seconds=1))
    brain = Brain(N=NotEnoughData("nothing known"))
    late, new, fine = submit_all(store, brain, [late, submission("N"), submission("F")], rules=RULES)
    assert isinstance(late, InvalidDateError)
    assert isinstance(new, NotEnoughData)
    assert fine.prediction_id == "p-F"
    assert events(store) == [("prediction.created", "p-F")]


def test_an_unforeseen_failure_costs_only_the_one_that_met_it(store):
    brain = Brain(X=ZeroDivisionError("in an agent"))
    failed, fine = submit_all(store, brain, [submission("X"), submission("F")], rules=RULES)
    assert isinstance(failed, ZeroDivisionError)
    assert fine.prediction_id == "p-F"
    assert brain.asked == [["X", "F"], ["X"], ["F"]]


def test_where_the_agents_disagree_nothing_is_kept(store):
    with pytest.raises(LowConfidenceError):
        submit_prediction(store, Brain(), submission(), rules=Rules(timedelta(days=60), 1.0))
    assert events(store) == []


def test_one_key_is_answered_once_and_alike(store):
    brain = Brain()
    same = [submission("A", key="k") for _ in range(5)]
    first, *others = submit_all(store, brain, same, rules=RULES)
    assert isinstance(first, Submitted)
    assert others == [first] * 4
    assert submit_all(store, brain, same[:2], rules=RULES) == [first, first]
    assert brain.asked == [["A"]]


def test_one_key_of_two_senders_is_two_keys(store):
    brain = Brain()
    submit_all(store, brain, [submission("A", key="k"), submission("B", key="k", actor="x")], rules=RULES)
    assert brain.asked == [["A", "B"]]


@pytest.mark.parametrize("together", [True, False])
def test_a_key_that_stood_for_another_request_is_refused(store, together):
    one, other = submission("A", key="k", digest="d"), submission("B", key="k", digest="e")
    if together:
        kept, refused = submit_all(store, Brain(), [one, other], rules=RULES)
        assert kept.prediction_id == "p-A"
    else:
        submit_prediction(store, Brain(), one, rules=RULES)
        [refused] = submit_all(store, Brain(), [other], rules=RULES)
    assert isinstance(refused, ConflictError)
    assert events(store) == [("prediction.created", "p-A")]


def test_a_key_that_another_process_answered_meanwhile_is_answered_as_there(store):
    def slow(requests):
        submit_prediction(store, Brain(), submission("A", key="k"), rules=RULES)
        return Brain()(requests)

    made = submit_prediction(store, slow, submission("A", key="k"), rules=RULES)
    assert made.prediction_id == "p-A"
    assert events(store) == [("prediction.created", "p-A")]


def test_the_very_same_prediction_is_kept_and_told_of_once(store):
    one, other = submit_all(store, Brain(), [submission("A"), submission("A")], rules=RULES)
    assert one == other
    assert events(store) == [("prediction.created", "p-A")]


def test_a_store_that_cannot_be_reached_keeps_nothing(store):
    def unreachable(*, write=False):
        if write:
            raise StorageError("gone")
        return store()

    with pytest.raises(StorageError, match="gone"):
        submit_all(unreachable, Brain(), [submission("A")], rules=RULES)
    assert events(store) == []
