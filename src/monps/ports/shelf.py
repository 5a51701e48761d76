"""Where finished work is kept by its name, and where work is done."""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Protocol, TypeAlias

OpenRunner: TypeAlias = Callable[[], Executor]
"""Opens a runner; a new one takes the place of one whose workers were lost."""


class Shelf(Protocol):
    """Bytes by name; what lies there is whole."""

    def find(self, name: str) -> bytes | None:
        """Return what was kept under a name, or None.

        Raises
        ------
        StorageError
            If it cannot be read.
        """
        ...

    def keep(self, name: str, content: bytes) -> None:
        """Keep something; whoever looks for it meanwhile finds all of it or nothing.

        Raises
        ------
        StorageError
            If it cannot be written.
        """
        ...
