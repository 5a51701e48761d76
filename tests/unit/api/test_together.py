"""Questions that wait together are answered together, and none of them suffers from another."""

import asyncio
import threading

import pytest

from monps.api.together import Together


class Answering:
    """Doubles numbers once it is let go; refuses what is below zero."""

    def __init__(self):
        self.batches, self.go = [], threading.Event()

    def __call__(self, questions):
        self.batches.append(list(questions))
        assert self.go.wait(10)
        return [ValueError(f"{each} is below zero") if each < 0 else 2 * each for each in questions]


async def asked_of(together, questions, queues=None):
    queues = queues or [None] * len(questions)
    pairs = zip(questions, queues, strict=True)
    tasks = [asyncio.ensure_future(together.ask(each, queue)) for each, queue in pairs]
    await asyncio.sleep(0.05)
    return tasks


def test_while_one_batch_is_answered_the_next_gathers():
    answer = Answering()

    async def ask():
        together = Together(answer, most=3)
        tasks = await asked_of(together, [1])
        tasks += await asked_of(together, [2, 3, 4, 5])
        answer.go.set()
        return await asyncio.gather(*tasks)

    assert asyncio.run(ask()) == [2, 4, 6, 8, 10]
    assert answer.batches == [[1], [2, 3, 4], [5]]


def test_who_answers_too_little_fails_and_the_next_are_answered_all_the_same():
    answers = iter(([], [2]))

    async def ask():
        together = Together(lambda _: next(answers))
        with pytest.raises(ValueError, match="zip"):
            await asyncio.wait_for(together.ask(1), 10)
        return await asyncio.wait_for(together.ask(1), 10)

    assert asyncio.run(ask()) == 2


def test_an_answer_that_is_an_error_is_raised_where_it_was_asked():
    answer = Answering()

    async def ask():
        tasks = await asked_of(together := Together(answer), [1, -1, 2])
        answer.go.set()
        told = await asyncio.gather(*tasks, return_exceptions=True)
        return told, await together.ask(4)

    (one, wrong, two), later = asyncio.run(ask())
    assert (one, two, later) == (2, 4, 8)
    assert str(wrong) == "-1 is below zero"


def test_a_batch_that_fails_fails_for_all_of_it_and_for_nobody_after():
    tries = []

    def answer(questions):
        tries.append(questions)
        if len(tries) == 1:
            raise OSError("gone")
        return questions

    async def ask():
        together = Together(answer)
        with pytest.raises(OSError, match="gone"):
            await together.ask(1)
        return await together.ask(2)

    assert asyncio.run(ask()) == 2


def test_queues_do_not_wait_for_each_other():
    slow, fast = threading.Event(), []

    def answer(questions):
        if "slow" in questions:
            assert slow.wait(10)
        else:
            fast.extend(questions)
            slow.set()
        return questions

    async def ask():
        together = Together(answer)
        return await asyncio.gather(*await asked_of(together, ["slow", "fast"], ["E0", "D1"]))

    assert asyncio.run(ask()) == ["slow", "fast"]
    assert fast == ["fast"]


def test_who_went_away_leaves_the_others_their_answers():
    answer = Answering()

    async def ask():
        together = Together(answer)
        tasks = await asked_of(together, [1, 2])
        tasks[0].cancel()
        answer.go.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    gone, there = asyncio.run(ask())
    assert isinstance(gone, asyncio.CancelledError)
    assert there == 4
