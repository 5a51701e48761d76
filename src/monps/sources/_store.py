"""What was fetched, kept verbatim: contents by their digest, an index by address."""

import gzip
import hashlib
import os
import tempfile
import zlib
from pathlib import Path
from typing import NamedTuple

import structlog
from pydantic import ValidationError

from monps.domain.base import Moment, Noun
from monps.errors import MonpsError

_log = structlog.get_logger()


class Entry(Noun):
    """The index entry of one address: what it answered last, and when it was last asked."""

    url: str
    digest: str
    fetched_at: Moment
    etag: str | None = None
    last_modified: str | None = None


class Kept(NamedTuple):
    """An index entry with the content that it stands for."""

    entry: Entry
    content: bytes


class PayloadStore:
    """A folder of payloads, each stored once, gzipped, under its SHA-256.

    A file appears in it whole or not at all, so that an interrupted fetch leaves nothing half-written.
    One that was damaged later is treated as absent, and is fetched again.

    Parameters
    ----------
    folder : Path
        Made when the first payload is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, url: str) -> Kept | None:
        """Return what an address answered last, or None if that is not here or no longer whole."""
        index = self._index(url)
        if not index.exists():
            return None
        try:
            entry = Entry.model_validate_json(index.read_bytes())
            content = gzip.decompress(self._object(entry.digest).read_bytes())
        except (OSError, EOFError, zlib.error, ValidationError) as error:
            _log.warning("kept payload unreadable, fetching it again", url=url, error=str(error))
            return None
        if entry.url != url or hashlib.sha256(content).hexdigest() != entry.digest:
            _log.warning("kept payload damaged, fetching it again", url=url)
            return None
        return Kept(entry, content)

    def keep(self, entry: Entry, content: bytes) -> Kept:
        """Store a payload, then its entry in the index.

        Raises
        ------
        MonpsError
            If the folder cannot be written to.
        """
        _write(self._object(entry.digest), gzip.compress(content, mtime=0))
        return self.touch(Kept(entry, content))

    def touch(self, kept: Kept) -> Kept:
        """Replace the index entry alone, for a payload that is already here."""
        _write(self._index(kept.entry.url), kept.entry.model_dump_json().encode())
        return kept

    def _object(self, digest: str) -> Path:
        return self._folder / "objects" / digest[:2] / f"{digest}.gz"

    def _index(self, url: str) -> Path:
        return self._folder / "index" / f"{hashlib.sha256(url.encode()).hexdigest()}.json"


def _write(target: Path, content: bytes) -> None:
    try:
        _replace(target, content)
    except OSError as error:
        raise MonpsError(f"what was fetched cannot be kept in {target.parent}: {error.strerror}") from error


def _replace(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
