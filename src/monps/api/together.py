"""Questions that wait at the same moment are answered together, by one thread in one transaction."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from contextvars import Context
from typing import Generic, NamedTuple, TypeVar

from starlette.concurrency import run_in_threadpool

Question = TypeVar("Question")
Answer = TypeVar("Answer")

MOST = 64
"""Questions that are answered together."""


class _Asked(NamedTuple, Generic[Question, Answer]):
    """A question, and where its answer is waited for."""

    question: Question
    told: "asyncio.Future[Answer]"


class Together(Generic[Question, Answer]):
    """Answers questions in batches, each in a thread: while one is answered, the next gathers.

    Nobody waits for others to come: who asks while nothing is under way is answered at once, and alone.

    Parameters
    ----------
    answer_all : callable
        Answers some questions in order; an answer that is an exception is raised where it was asked.
    most : int
        Questions that are answered together.
    """

    def __init__(
        self, answer_all: Callable[[Sequence[Question]], Sequence[Answer | Exception]], most: int = MOST
    ) -> None:
        self._answer_all, self._most = answer_all, most
        self._waiting: dict[Hashable, list[_Asked[Question, Answer]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, question: Question, queue: Hashable = None) -> Answer:
        """Return the answer; questions of different queues do not wait for each other.

        Raises
        ------
        Exception
            What the question was answered with, or what all of its batch failed with.
        """
        asked = _Asked[Question, Answer](question, asyncio.get_running_loop().create_future())
        if queue in self._waiting:
            self._waiting[queue].append(asked)
        else:
            self._waiting[queue] = [asked]
            task = asyncio.get_running_loop().create_task(self._work_off(queue), context=Context())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await asked.told

    async def _work_off(self, queue: Hashable) -> None:
        while waiting := self._waiting[queue]:
            self._waiting[queue] = waiting[self._most :]
            await self._answer(waiting[: self._most])
        del self._waiting[queue]

    async def _answer(self, batch: list[_Asked[Question, Answer]]) -> None:
        questions = [asked.question for asked in batch]
        answered: list[tuple[_Asked[Question, Answer], Answer | Exception]]
        try:
            answered = list(zip(batch, await run_in_threadpool(self._answer_all, questions), strict=True))
        except Exception as error:  # noqa: BLE001 - raised where it was asked
            answered = [(asked, error) for asked in batch]
        for asked, answer in answered:
            _tell(asked.told, answer)


def _tell(told: "asyncio.Future[Answer]", answer: Answer | Exception) -> None:
    if told.done():  # who asked has gone
        return
    if isinstance(answer, Exception):
        told.set_exception(answer)
    else:
        told.set_result(answer)
