"""Predictions made for all that wait, and kept while the next are made."""

import asyncio
from functools import partial

from monps.api.together import Together
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.predictions import Rules, Submitted
from monps.services.submit import Made, Make, Submission, keep_all, make_all

MADE_AT_ONCE = 32
"""Predictions that are made together: of more, the first would wait long for the last."""


class Maker:
    """Has predictions made and kept, many at once: to make them takes the processor, to keep them the disk.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where they are kept.
    make : callable
        Asks the brain.
    rules : Rules
        What is predicted.
    """

    def __init__(self, open_work: UnitOfWorkFactory, make: Make, rules: Rules) -> None:
        self._making: Together[Submission, Made | Submitted]
        self._making = Together(partial(make_all, open_work, make, rules=rules), MADE_AT_ONCE)
        self._keeping: Together[Made, Submitted] = Together(partial(keep_all, open_work), MADE_AT_ONCE)
        self._under_way: dict[tuple[str, str], asyncio.Event] = {}

    async def submit(self, submission: Submission, competition: str | None) -> Submitted:
        """Have one prediction made and kept; who asks about another competition is not waited for.

        Raises
        ------
        MonpsError
            If it is refused, as ``submit_prediction`` has it.
        """
        sender = submission.sender
        if sender.key is None:
            return await self._made_and_kept(submission, competition)
        key = (sender.actor, sender.key)
        if key in self._under_way:
            await self._under_way[key].wait()  # what is kept then is found, and not made again
            return await self._made_and_kept(submission, competition)
        done = self._under_way[key] = asyncio.Event()
        try:
            return await self._made_and_kept(submission, competition)
        finally:
            del self._under_way[key]
            done.set()

    async def _made_and_kept(self, submission: Submission, competition: str | None) -> Submitted:
        prepared = await self._making.ask(submission, queue=competition)
        return await self._keeping.ask(prepared) if isinstance(prepared, Made) else prepared
