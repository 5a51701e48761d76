"""The one table from errors to HTTP, and problem documents (RFC 9457) made by it."""

from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any, NamedTuple

import orjson
import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from monps import errors
from monps.domain.base import Noun

_log = structlog.get_logger()

PROBLEM = "application/problem+json"
RETRY_SECONDS = 2


class UnauthorizedError(errors.MonpsError):
    """There is no key, or none that opens anything."""


class ForbiddenError(errors.MonpsError):
    """The key may not do this."""


class RateLimitedError(errors.MonpsError):
    """Too many requests.

    Parameters
    ----------
    retry_after : int
        Seconds until the next one is answered.
    """

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"too many requests; the next one is answered in {retry_after} s")


class PreconditionFailedError(errors.MonpsError):
    """It has been changed since it was read."""


class TooLargeError(errors.MonpsError):
    """The request is larger than is accepted."""


class UnsupportedMediaTypeError(errors.MonpsError):
    """The body is not JSON."""


class MisdirectedError(errors.MonpsError):
    """The service is addressed by a name that is not its own."""


class Outcome(NamedTuple):
    """How an error is answered."""

    status: int
    error_code: str


OUTCOMES: dict[type[Exception], Outcome] = {
    errors.InvalidDateError: Outcome(400, "INVALID_DATE"),
    UnauthorizedError: Outcome(401, "UNAUTHORIZED"),
    ForbiddenError: Outcome(403, "FORBIDDEN"),
    errors.MatchNotFoundError: Outcome(404, "MATCH_NOT_FOUND"),
    errors.PredictionNotFoundError: Outcome(404, "PREDICTION_NOT_FOUND"),
    errors.JobNotFoundError: Outcome(404, "BACKTEST_NOT_FOUND"),
    errors.EventNotFoundError: Outcome(404, "EVENT_NOT_FOUND"),
    errors.UnknownTeam: Outcome(404, "UNKNOWN_TEAM"),
    errors.UnknownNameError: Outcome(404, "UNKNOWN_NAME"),
    errors.NotFoundError: Outcome(404, "NOT_FOUND"),
    errors.ConflictError: Outcome(409, "CONFLICT"),
    PreconditionFailedError: Outcome(412, "PRECONDITION_FAILED"),
    TooLargeError: Outcome(413, "TOO_LARGE"),
    UnsupportedMediaTypeError: Outcome(415, "UNSUPPORTED_MEDIA_TYPE"),
    MisdirectedError: Outcome(421, "MISDIRECTED"),
    errors.LowConfidenceError: Outcome(422, "LOW_CONFIDENCE"),
    errors.NotEnoughData: Outcome(422, "NOT_ENOUGH_DATA"),
    RequestValidationError: Outcome(422, "VALIDATION_ERROR"),
    errors.UsageError: Outcome(422, "VALIDATION_ERROR"),
    errors.DataRefused: Outcome(422, "VALIDATION_ERROR"),
    RateLimitedError: Outcome(429, "RATE_LIMITED"),
    errors.UnifiedBrainError: Outcome(500, "BRAIN_ERROR"),
    errors.SourceError: Outcome(503, "SOURCE_UNAVAILABLE"),
    errors.StorageError: Outcome(503, "DATABASE_UNAVAILABLE"),
    Exception: Outcome(500, "INTERNAL_ERROR"),
}
"""The nearest kind that is listed decides."""

TITLES = {
    400: "Bad request",
    401: "Key needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    412: "Precondition failed",
    413: "Too large",
    415: "Unsupported media type",
    421: "Misdirected request",
    422: "Cannot be processed",
    429: "Too many requests",
    500: "Internal error",
    503: "Not available",
}
_BY_STATUS = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED", 415: "UNSUPPORTED_MEDIA_TYPE"}
_CODES = {outcome.error_code for outcome in OUTCOMES.values()} | set(_BY_STATUS.values())
_UNEXPECTED = "something failed that should not have; it is logged under this request id"


class FieldProblem(Noun):
    """What is wrong with one part of a request, by its JSON pointer."""

    pointer: str
    detail: str


class Problem(Noun):
    """Why a request was not answered as asked (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    error_code: str
    request_id: str
    errors: tuple[FieldProblem, ...] = ()


def outcome_of(error: Exception) -> Outcome:
    """Return how an error is answered.

    Examples
    --------
    >>> outcome_of(errors.UnknownTeam("Arsenl"))
    Outcome(status=404, error_code='UNKNOWN_TEAM')
    >>> outcome_of(KeyError("unforeseen"))
    Outcome(status=500, error_code='INTERNAL_ERROR')
    """
    return next(OUTCOMES[kind] for kind in type(error).__mro__ if kind in OUTCOMES)


def problem_response(scope: Mapping[str, Any], error: Exception) -> Response:
    """Answer with a problem document.

    Parameters
    ----------
    scope : mapping
        The ASGI scope of the request.
    error : Exception
        What was raised. Of an error that is not ours nothing is told but its request id.
    """
    status, code = _http_outcome(error) if isinstance(error, HTTPException) else outcome_of(error)
    problem = Problem(
        type=f"urn:monps:error:{code.lower().replace('_', '-')}",
        title=TITLES.get(status, "Refused"),
        status=status,
        detail=_detail(error, status),
        instance=scope["path"],
        error_code=code,
        request_id=scope.get("state", {}).get("request_id", ""),
        errors=tuple(_field_problems(error)),
    )
    content = orjson.dumps(problem.model_dump())
    return Response(content, status, _headers(error, status), media_type=PROBLEM)


def _http_outcome(error: HTTPException) -> Outcome:
    return Outcome(error.status_code, _BY_STATUS.get(error.status_code, "REFUSED"))


def _detail(error: Exception, status: int) -> str:
    if isinstance(error, RequestValidationError):
        return "; ".join(f"{each.pointer}: {each.detail}" for each in _field_problems(error))[:2000]
    if isinstance(error, HTTPException):
        return f"{TITLES.get(status, error.detail)}: there is nothing to be done at this address in this way"
    return str(error) if isinstance(error, errors.MonpsError) else _UNEXPECTED


def _field_problems(error: Exception) -> Iterable[FieldProblem]:
    if isinstance(error, RequestValidationError):
        for each in error.errors():
            yield FieldProblem(pointer="/" + "/".join(map(str, each["loc"])), detail=each["msg"])


def _headers(error: Exception, status: int) -> dict[str, str]:
    if isinstance(error, HTTPException):
        return dict(error.headers or {})
    if isinstance(error, UnauthorizedError):
        return {"www-authenticate": 'Bearer realm="monps", Basic realm="monps"'}
    if isinstance(error, RateLimitedError):
        return {"retry-after": str(error.retry_after)}
    return {"retry-after": str(RETRY_SECONDS)} if status == 503 else {}  # noqa: PLR2004 - as in the table


async def _answer(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        log_failure(request.url.path, error)
    return problem_response(request.scope, error)


def log_failure(path: str, error: Exception) -> None:
    """Log what is our fault with its traceback, what is elsewhere in a line, and refusals not at all."""
    status = outcome_of(error).status
    if status == 503:  # noqa: PLR2004 - as in the table
        _log.warning("not available", path=path, error=str(error))
    elif status >= 500:  # noqa: PLR2004
        _log.error("request failed", path=path, error=type(error).__name__, exc_info=error)


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    errors.MonpsError: _answer,
    HTTPException: _answer,
    RequestValidationError: _answer,
    Exception: _answer,
}
