"""What was refused in a file, and why."""

from monps.domain.ingestion import Reject


class RowRefused(ValueError):  # noqa: N818 - a verdict, not a fault
    """A row is no match that could have been played; the message says why."""


class Refusals:
    """Gathers the reasons for everything that was refused in one file.

    Parameters
    ----------
    file : str
        The payload's name.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._rejects: list[Reject] = []

    def add(self, line: int, reason: str) -> None:
        """Note that a row, or something in it, was refused."""
        self._rejects.append(Reject(file=self._file, line=line, reason=reason))

    def by_line(self) -> tuple[Reject, ...]:
        """Return them in the order of the file."""
        return tuple(sorted(self._rejects, key=lambda reject: reject.line or 0))
