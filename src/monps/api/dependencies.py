"""What routes ask for: the service, who calls, the body; and the refusal of what nobody asked for."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple, TypeVar, get_origin

from fastapi import Depends, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.params import Query
from fastapi.routing import APIRoute
from pydantic import BaseModel, BeforeValidator, TypeAdapter, ValidationError

from monps.api.authentication import Caller
from monps.api.errors import UnsupportedMediaTypeError
from monps.api.state import Service
from monps.domain.keys import Scope

Model = TypeVar("Model", bound=BaseModel)

_DATE_AND_TIME = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_KEPT_AS = "monps_query_names"


async def _service(request: Request) -> Service:
    found: Service = request.state.service
    return found


async def _caller(request: Request) -> Caller:
    found: Caller = request.state.caller
    return found


async def _notes(request: Request) -> "Notes":
    request.state.notes = notes = Notes()
    return notes


class Notes(list[str]):
    """What the answer says of how the request was read."""

    def utc(self, name: str, moment: datetime | None) -> datetime | None:
        """Return a moment as aware UTC; a naive one is read as UTC, and that is noted."""
        if moment is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
            self.append(f"{name} has no time zone; it is read as {moment.isoformat()}")
        return None if moment is None else moment.astimezone(UTC)


def _is_written_out(value: Any) -> Any:
    """Refuse a number, which would be read as seconds since 1970."""
    if not isinstance(value, str) or not _DATE_AND_TIME.match(value):
        raise ValueError("write it as 2026-03-01T15:00:00Z")
    return value


QueryMoment = Annotated[datetime | None, BeforeValidator(_is_written_out)]
"""A moment in a query; one without a time zone is read as UTC."""

ServiceDep = Annotated[Service, Depends(_service)]
CallerDep = Annotated[Caller, Depends(_caller)]
NotesDep = Annotated[Notes, Depends(_notes)]


def needs(scope: Scope) -> Callable[[Request], Awaitable[None]]:
    """Return a dependency that refuses keys which may not do this."""

    async def check(request: Request) -> None:
        request.state.caller.require(scope)

    return check


def body_of(model: type[Model]) -> Callable[[Request], Awaitable[Model]]:
    """Return a dependency that reads a JSON body strictly: no text for a number, no unknown field.

    FastAPI itself would parse the JSON first, and then have no dates nor tuples left to be strict about.
    """
    adapter = TypeAdapter(model)

    async def read(request: Request) -> Model:
        _require_json(request)
        try:
            return adapter.validate_json(await request.body(), strict=True)
        except ValidationError as error:
            raise RequestValidationError(
                [{**each, "loc": ("body", *each["loc"])} for each in error.errors(include_url=False)]
            ) from None

    read.model = model  # type: ignore[attr-defined]
    return read


async def refuse_unknown_query(request: Request) -> None:
    """Refuse query parameters that the route does not have, and those given twice.

    Raises
    ------
    RequestValidationError
        Naming them.
    """
    known, repeated = query_names(request.scope["route"])
    names = [name for name, _ in request.query_params.multi_items()]
    problems: list[Any] = [
        {
            "loc": ("query", name),
            "msg": f"there is no such parameter; there are: {', '.join(sorted(known)) or 'none'}",
        }
        for name in dict.fromkeys(names)
        if name not in known
    ]
    problems += [
        {"loc": ("query", name), "msg": "given more than once"}
        for name in dict.fromkeys(names)
        if name in known and names.count(name) > 1 and name not in repeated
    ]
    if problems:
        raise RequestValidationError(problems)


class QueryNames(NamedTuple):
    """A route's query parameters, and those of them that may be given several times."""

    known: frozenset[str]
    repeated: frozenset[str]


def query_names(route: APIRoute) -> QueryNames:
    """Return the names of a route's query parameters; looked up once, and kept with the route."""
    if (kept := vars(route).get(_KEPT_AS)) is None:
        kept = _query_names(route)
        setattr(route, _KEPT_AS, kept)
    return kept


def _query_names(route: APIRoute) -> QueryNames:
    fields = [field for field in get_flat_params(route.dependant) if isinstance(field.field_info, Query)]
    lists = (field.alias for field in fields if get_origin(field.field_info.annotation) in {list, tuple})
    return QueryNames(frozenset(field.alias for field in fields), frozenset(lists))


def _require_json(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise UnsupportedMediaTypeError("send JSON, with `Content-Type: application/json`")
