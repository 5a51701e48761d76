"""What every page asks for: the application, and who is reading in which language."""

from typing import TYPE_CHECKING, Annotated, Any, cast

from fastapi import Depends, Request

from monps.web.preferences import preferences_of
from monps.web.writing import WRITERS, Writer

if TYPE_CHECKING:
    from monps.bootstrap import Application


def _application(request: Request) -> "Application":
    return cast("Application", request.app.state.application)


def _writer(request: Request) -> Writer:
    return WRITERS[preferences_of(request).language]


Desk = Annotated[Any, Depends(_application)]
"""The application that the dashboard was made for."""
Writing = Annotated[Writer, Depends(_writer)]
"""What writes in the reader's language."""
