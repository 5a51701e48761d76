"""The dashboard as one ASGI application, which ``asgi`` mounts beside the API."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from monps.errors import MonpsError
from monps.services.submit import Make
from monps.web import rendering, security
from monps.web.desk import Memory
from monps.web.messages import LANGUAGES
from monps.web.pages import PAGES
from monps.web.preferences import LANGUAGE_COOKIE, THEME_COOKIE, THEMES, remember
from monps.web.refusals import Refusal, status_of

if TYPE_CHECKING:
    from monps.bootstrap import Application

_log = structlog.get_logger()
_CHOICES = {"language": (LANGUAGE_COOKIE, LANGUAGES), "theme": (THEME_COOKIE, THEMES)}
_LEAST_ZIPPED = 1024
_YEAR = 365 * 24 * 3600
_UNFORESEEN = "Something failed that should not have. It has been logged; nothing was changed."


def dashboard(
    application: "Application", make: Make | None = None, is_filling: Callable[[], bool] = lambda: False
) -> FastAPI:
    """Return the dashboard of an application.

    Parameters
    ----------
    application : Application
        The store, the clock and the settings that pages ask.
    make : callable, optional
        Asks the brain for a prediction; without it, pages only show those that are kept.
    is_filling : callable
        Whether forecasts are being made elsewhere; pages that lack them look again until it ends.
    """
    made = FastAPI(title="monps", docs_url=None, redoc_url=None, openapi_url=None)
    made.state.application, made.state.make, made.state.memory = application, make, Memory.empty()
    made.state.is_filling = is_filling
    for router in PAGES:
        made.include_router(router)
    made.post("/preferences")(_set_preferences)
    made.mount("/static", _KeptFiles(directory=rendering.STATIC), "static")
    for kind, answer in _ANSWERS.items():
        made.add_exception_handler(kind, answer)
    made.add_middleware(GZipMiddleware, minimum_size=_LEAST_ZIPPED, compresslevel=5)
    made.add_middleware(security.SecureHeaders)
    return made


class _KeptFiles(StaticFiles):
    """Our own files; their addresses change with their content, so browsers keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Answer with a file."""
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = f"public, max-age={_YEAR}, immutable"
        return response


def _set_preferences(form: security.CheckedForm, request: Request) -> RedirectResponse:
    """Remember a language or a theme, and go back to where the reader was."""
    response = RedirectResponse(security.local_path(form.get("back", "/")), 303)
    for field, (cookie, known) in _CHOICES.items():
        if form.get(field) in known:
            remember(response, cookie, form[field], secure=request.url.scheme == "https")
    return response


def _refuse(request: Request, error: Refusal) -> HTMLResponse:
    return _failure(request, error.status, error.message)


def _explain(request: Request, error: MonpsError) -> HTMLResponse:
    return _failure(request, status_of(error), str(error))


def _not_found(request: Request, error: HTTPException) -> HTMLResponse:
    words = "There is no such page." if error.status_code == HTTPStatus.NOT_FOUND else str(error.detail)
    return _failure(request, error.status_code, words)


def _malformed(request: Request, error: RequestValidationError) -> HTMLResponse:
    """Name the fields that make no sense."""
    fields = ", ".join(str(problem["loc"][-1]) for problem in error.errors())
    return _failure(request, HTTPStatus.UNPROCESSABLE_ENTITY, f"{fields}: {error.errors()[0]['msg']}")


def _unforeseen(request: Request, error: Exception) -> HTMLResponse:
    _log.error("page failed", path=request.url.path, exc_info=error)
    return _failure(request, HTTPStatus.INTERNAL_SERVER_ERROR, _UNFORESEEN)


def _failure(request: Request, status: int, message: str) -> HTMLResponse:
    return rendering.page(request, "failure.html", status=status, message=message, code=int(status))


_ANSWERS: dict[Any, Any] = {
    Refusal: _refuse,
    MonpsError: _explain,
    HTTPException: _not_found,
    RequestValidationError: _malformed,
    Exception: _unforeseen,
}
"""Who answers to which error, the nearest kind first."""
