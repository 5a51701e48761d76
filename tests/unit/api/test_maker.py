"""While predictions are kept the next are made; whoever sends a key again waits for the first."""

import asyncio
import threading
from datetime import timedelta

import pytest

from fakes import FakeStore
from monps.api.maker import Maker
from monps.domain.predictions import ForecastRequest
from monps.errors import NotEnoughData
from monps.services.consult import Answer
from monps.services.predictions import Rules, Sender
from monps.services.submit import Submission
from opinions import KICKOFF, ensemble_prediction

NOW = KICKOFF - timedelta(days=3)
RULES = Rules(timedelta(days=60), 0.0)


class SlowDisk:
    """A store that writes once it is let go."""

    def __init__(self):
        self.store, self.writing, self.go = FakeStore(), threading.Event(), threading.Event()

    def __call__(self, *, write=False):
        if write:
            self.writing.set()
            assert self.go.wait(10)
        return self.store(write=write)


class Brain:
    def __init__(self, *unknown):
        self.asked, self.unknown = [], unknown

    def __call__(self, requests):
        self.asked += [request.home for request in requests]
        return [self.answer(request) for request in requests]

    def answer(self, request):
        if request.home in self.unknown:
            return Answer(request, refusal=NotEnoughData("nothing known"))
        fixture = request.model_dump(include={"competition", "home", "away", "kickoff"})
        name = {"prediction_id": f"p-{request.home}", "match_id": None}
        return Answer(request, ensemble_prediction(**fixture | name))


def submission(home, key=None):
    request = ForecastRequest(competition="SIM1", home=home, away="Bexmoor", kickoff=KICKOFF)
    return Submission(lambda: request, Sender("desk", "r-1", key, home), NOW)


async def until(condition):
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise TimeoutError


def test_the_next_are_made_while_the_first_are_kept():
    disk, brain = SlowDisk(), Brain()

    async def ask():
        maker = Maker(disk, brain, RULES)
        first = asyncio.ensure_future(maker.submit(submission("A"), "SIM1"))
        await until(disk.writing.is_set)
        second = asyncio.ensure_future(maker.submit(submission("B"), "SIM1"))
        await until(lambda: brain.asked == ["A", "B"])
        assert not first.done()
        disk.go.set()
        return [each.prediction_id for each in await asyncio.gather(first, second)]

    assert asyncio.run(ask()) == ["p-A", "p-B"]
    assert [each.entity_id for each in disk.store.audit.events()] == ["p-B", "p-A"]


def test_a_key_sent_again_meanwhile_is_answered_as_the_first_and_made_once():
    disk, brain = SlowDisk(), Brain()

    async def ask():
        maker = Maker(disk, brain, RULES)
        first = asyncio.ensure_future(maker.submit(submission("A", "k"), "SIM1"))
        await until(disk.writing.is_set)
        again = [asyncio.ensure_future(maker.submit(submission("A", "k"), "SIM1")) for _ in range(3)]
        await asyncio.sleep(0.05)
        disk.go.set()
        return await asyncio.gather(first, *again)

    first, *again = asyncio.run(ask())
    assert again == [first] * 3
    assert brain.asked == ["A"]


def test_a_refusal_is_kept_by_nobody_and_its_key_stands_free():
    disk, brain = SlowDisk(), Brain("A")
    disk.go.set()

    async def ask():
        maker = Maker(disk, brain, RULES)
        with pytest.raises(NotEnoughData):
            await maker.submit(submission("A", "k"), "SIM1")
        brain.unknown = ()
        return await maker.submit(submission("A", "k"), "SIM1")

    assert asyncio.run(ask()).prediction_id == "p-A"
    assert brain.asked == ["A", "A"]
