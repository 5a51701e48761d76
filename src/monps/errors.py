"""The whole error tree, on one screen.

Every error says what is wrong, where, and what would cure it. ``exit_code`` is what the command line
answers with; HTTP statuses live in the API's own table.
"""

from collections.abc import Sequence


class MonpsError(Exception):
    """Something monps can explain; every error it raises on purpose is one of these."""

    exit_code = 1


class UsageError(MonpsError, ValueError):
    """An argument has a value that makes no sense here."""

    exit_code = 2


class ShapeError(UsageError):
    """An array has the wrong shape."""


class UnknownNameError(UsageError, LookupError):
    """A name stands for nothing we know; the nearest known names are offered.

    Parameters
    ----------
    kind : str
        What the name should have been: ``"team"``, ``"competition"``, ``"market"`` …
    name : str
        The name that was given.
    nearest : sequence of str
        Known names that look like it, best first.
    """

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        self.kind, self.name, self.nearest = kind, name, tuple(nearest)
        hint = f"; did you mean {', '.join(self.nearest)}?" if self.nearest else ""
        super().__init__(f"unknown {kind} {name!r}{hint}")


class UnknownTeam(UnknownNameError):  # noqa: N818 - the HTTP contract's name
    """No team of this name is known in the competition."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        super().__init__("team", name, nearest)


class NotEnoughData(MonpsError):  # noqa: N818 - the HTTP contract's name
    """Too few matches, or too old ones, for an honest answer."""


class SourceError(MonpsError):
    """A provider could not be reached, refused, or answered with something else than its data."""

    exit_code = 3


class DataRefused(MonpsError):  # noqa: N818 - a verdict, not a fault
    """A file was refused whole; nothing of it was kept."""

    exit_code = 4


class StorageError(MonpsError):
    """The database cannot be used as it is: absent, locked, or not migrated."""


class RunnerError(MonpsError):
    """Work could not be spread: no scheduler answered, or workers were lost again and again."""


class NotFoundError(UsageError, LookupError):
    """Nothing is kept under this name or number."""


class MatchNotFoundError(NotFoundError):
    """There is no such match, or no such fixture."""


class PredictionNotFoundError(NotFoundError):
    """There is no prediction of this number."""


class EventNotFoundError(NotFoundError):
    """There is no audit event of this number."""


class JobNotFoundError(NotFoundError):
    """There is no backtest of this number."""


class InvalidDateError(UsageError):
    """A match lies in the past, or further ahead than is predicted."""


class ConflictError(UsageError):
    """What is asked does not go with what was asked before."""


class LowConfidenceError(MonpsError):
    """The agents disagree by more than is allowed; the message says which, and by how much."""


class UnifiedBrainError(MonpsError):
    """An agent or the pool failed on data that it should be able to digest."""
