"""The time."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time; tests hold it still."""

    def now(self) -> datetime:
        """Return the present moment as aware UTC."""
        ...
