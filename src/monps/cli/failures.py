"""How failures reach the user: one helpful sentence, an exit status, and a traceback only when asked."""

import io
import sys
import traceback
from contextvars import ContextVar

from monps.errors import MonpsError, UsageError

TRACEBACK_WANTED: ContextVar[bool] = ContextVar("traceback_wanted", default=False)
_UNEXPECTED = "this is a fault in monps: please report it with what `monps --debug ...` prints"


def explain(error: Exception) -> int:
    """Say on standard error what went wrong, and return the status to exit with."""
    if TRACEBACK_WANTED.get() or _debugging():
        traceback.print_exception(error)
    sys.stderr.write(f"error: {_sentence(error)}\n")
    return error.exit_code if isinstance(error, MonpsError) else 1


def note(message: str) -> None:
    """Say something on standard error that is no failure."""
    sys.stderr.write(f"note: {message}\n")


def print_what_can_be_printed() -> None:
    """Let a terminal that lacks a letter show a replacement rather than end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _debugging() -> bool:
    from monps import bootstrap  # noqa: PLC0415 - only a failure asks

    try:
        return bootstrap.application().settings.debug
    except UsageError:  # the settings are what is wrong, and that is being explained
        return False


def _sentence(error: Exception) -> str:
    if isinstance(error, MonpsError | OSError):
        return str(error)
    return f"{type(error).__name__}: {error}; {_UNEXPECTED}"
