"""Finished work in a folder, a file each."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from monps.errors import StorageError


@dataclass(frozen=True)
class Folder:
    """A folder that is made when something is first kept in it.

    Parameters
    ----------
    path : Path
        Where it is.
    """

    path: Path

    def find(self, name: str) -> bytes | None:
        """Return the content of a file, or None where there is no such file.

        Raises
        ------
        StorageError
            If it cannot be read.
        """
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageError(f"cannot read {self.path / name}: {error.strerror}") from error

    def keep(self, name: str, content: bytes) -> None:
        """Write a file beside its place, and move it there once it lies on the disk.

        Raises
        ------
        StorageError
            If it cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=self.path, suffix=".draft")
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(self.path / name)
        except OSError as error:
            raise StorageError(f"cannot keep {self.path / name}: {error.strerror}") from error
