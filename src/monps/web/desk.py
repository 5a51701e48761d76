"""What every page asks for: the application, who writes in the reader's language, and work kept for later."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import Annotated, Any, NamedTuple, TypeVar, cast

from fastapi import Depends, Request

from monps.bootstrap import Application
from monps.services.predict_round import Asking
from monps.services.predictions import Rules, Sender
from monps.services.submit import Make
from monps.web.preferences import preferences_of
from monps.web.refusals import Refusal
from monps.web.writing import WRITERS, Writer

Answer = TypeVar("Answer")
_MOST_KEPT, _FEW = 2048, 8


class Kept:
    """Remembers the last answers; what they depend on is in the key, so they are never out of date.

    Parameters
    ----------
    most : int
        So many at most.
    """

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """Return the answer kept under a key, else make it; an error is not kept."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return cast("Answer", self._answers[key])
        answer = make()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer


class Memory(NamedTuple):
    """Answers to what pages ask, and, of the last competitions only, the large things they are made from."""

    answers: Kept
    learned: Kept

    @classmethod
    def empty(cls) -> "Memory":
        """Return one in which there is nothing yet."""
        return cls(Kept(), Kept(_FEW))


def _application(request: Request) -> Application:
    return cast("Application", request.app.state.application)


def _writer(request: Request) -> Writer:
    return WRITERS[preferences_of(request).language]


def _memory(request: Request) -> Memory:
    return cast("Memory", request.app.state.memory)


def _make(request: Request) -> Make | None:
    return cast("Make | None", request.app.state.make)


def _filling(request: Request) -> bool:
    return bool(request.app.state.is_filling())


def _actor(request: Request) -> str:
    """Return who asks, as the gate before us found out; in the audit, that is who acted."""
    caller = getattr(request.state, "caller", None)
    return caller.name if caller and caller.key else "dashboard"


Desk = Annotated[Application, Depends(_application)]
"""The application that the dashboard was made for."""
Writing = Annotated[Writer, Depends(_writer)]
"""What writes in the reader's language."""
Ask = Annotated[Make | None, Depends(_make)]
"""Asks the brain for a prediction, if somebody is there to answer."""
Filling = Annotated[bool, Depends(_filling)]
"""Whether forecasts are being made that a page may wait for."""
Actor = Annotated[str, Depends(_actor)]
"""Who asks, for the audit."""
Remembered = Annotated[Memory, Depends(_memory)]
"""Answers that took long to make."""


def asking(desk: Application, ask: Make | None, actor: str) -> Asking:
    """Put together who asks the brain, and what is predicted at all.

    Raises
    ------
    Refusal
        If there is nobody to ask.
    """
    if ask is None:
        raise Refusal(503, "Nobody is here to forecast: this dashboard only shows what was kept.")
    settings = desk.settings
    rules = Rules(timedelta(days=settings.max_prediction_days), settings.min_confidence_threshold)
    return Asking(ask, rules, Sender(actor), desk.clock.now())
