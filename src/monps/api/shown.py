"""Shows and lists kept predictions before the framework looks at the request."""

import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from monps.api.answers import JSON, PREFIX
from monps.api.kept import Finished, Kept, caching, etag_of, is_listed
from monps.api.listed import Lister
from monps.api.together import Together
from monps.errors import PredictionNotFoundError
from monps.ports.unit_of_work import UnitOfWorkFactory

MOST_OF_A_TAG = 300
_SHOWN = re.compile(rf"^{PREFIX}/predictions/([A-Za-z0-9_-]{{1,64}})$")


class Reader:
    """Reads predictions, and keeps those that were asked for last.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where they are.
    kept : Kept
        What is remembered of them.
    """

    def __init__(self, open_work: UnitOfWorkFactory, kept: Kept) -> None:
        self._open_work, self._kept = open_work, kept
        self._together: Together[str, Finished] = Together(self._read)

    async def show(self, prediction_id: str, if_none_match: str | None) -> Response:
        """Answer with a prediction, or with 304 if it is the one that the asker has.

        Raises
        ------
        PredictionNotFoundError
            If there is none of this number.
        """
        found = self._kept.get(prediction_id)
        if found is None:
            found = await self._together.ask(prediction_id)
        if if_none_match is not None and is_listed(found.etag, if_none_match):
            return Response(status_code=304, headers=caching(found))
        return Response(found.content, headers=caching(found), media_type=JSON)

    def _read(self, wanted: Sequence[str]) -> list[Finished | Exception]:
        age = self._kept.age
        with self._open_work() as work:
            kept = work.predictions.kept_all(list(dict.fromkeys(wanted)))
        read = {name: Finished(each.payload, etag_of(each.digest)) for name, each in kept.items()}
        for name, answer in read.items():
            self._kept.keep(name, answer, age)
        return [read.get(name) or _missing(name) for name in wanted]


def _missing(prediction_id: str) -> PredictionNotFoundError:
    return PredictionNotFoundError(f"there is no prediction {prediction_id!r}")


class Desk:
    """Shows and lists predictions without the way through the framework, which costs more than all the rest.

    Anything but a plain question for one prediction, or for a list as it was asked for before, goes on to the
    API, which says what is wrong with it.

    Parameters
    ----------
    app : ASGIApp
        The API; its own route for predictions asks the same reader.
    reader : Reader
        Who has them.
    lister : Lister
        Who lists them.
    """

    def __init__(self, app: ASGIApp, reader: Reader, lister: Lister) -> None:
        self._app, self._reader, self._lister = app, reader, lister

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        found = self._answer(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        scope["state"]["caller"].require("read")
        scope["route"], answer = found
        response = await answer()
        await response(scope, receive, send)

    def _answer(self, scope: Scope) -> "tuple[Route, Callable[[], Awaitable[Response]]] | None":
        if scope["path"] == PREFIX + LISTED.path:
            question = self._lister.understand(scope["query_string"])
            return None if question is None else (LISTED, partial(self._lister.list, question))
        wanted = _wanted(scope)
        return None if wanted is None else (SHOWN, partial(self._reader.show, *wanted))


class Route(NamedTuple):
    """Under which name a request is measured: as the framework's own routes, without the prefix."""

    path: str


LISTED, SHOWN = Route("/predictions"), Route("/predictions/{prediction_id}")


def _wanted(scope: Scope) -> tuple[str, str | None] | None:
    """Return which prediction is asked for, and which one the asker has; None for any other question."""
    if scope["query_string"]:
        return None
    found = _SHOWN.match(scope["path"])
    tags = [value for name, value in scope["headers"] if name == b"if-none-match"]
    if found is None or len(tags) > 1 or any(len(tag) > MOST_OF_A_TAG for tag in tags):
        return None
    return found[1], tags[0].decode("latin-1") if tags else None
