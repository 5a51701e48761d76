"""Answers that are finished: bytes with a strong ETag, kept while they are asked for."""

import hashlib
import threading
from collections import OrderedDict
from typing import NamedTuple

MOST = 1000


class Finished(NamedTuple):
    """An answer's bytes, and the tag that changes whenever they do."""

    content: bytes
    etag: str


def finished(content: bytes) -> Finished:
    """Tag some bytes.

    Examples
    --------
    >>> finished(b"{}").etag
    '"44136fa355b3678a1146ad16f7e8649e"'
    """
    return Finished(content, etag_of(hashlib.sha256(content).hexdigest()))


def etag_of(digest: str) -> str:
    """Return the strong tag of bytes with this SHA-256.

    Examples
    --------
    >>> etag_of(64 * "0")
    '"00000000000000000000000000000000"'
    """
    return f'"{digest[:32]}"'


def is_listed(etag: str, header: str, *, weakly: bool = True) -> bool:
    """Say whether a tag is among those of an ``If-Match`` or, ``weakly``, an ``If-None-Match`` header.

    Examples
    --------
    >>> is_listed('"a"', '"b", "a"'), is_listed('"a"', "*"), is_listed('"a"', 'W/"a"'), is_listed('"a"', "a")
    (True, True, True, False)
    """
    tags = [tag.strip() for tag in header.split(",")]
    if weakly:
        tags = [tag.removeprefix("W/") for tag in tags]
    return etag in tags or "*" in tags


def caching(found: Finished) -> dict[str, str]:
    """Return the headers that let a client keep an answer and ask whether it is still the one."""
    return {"etag": found.etag, "cache-control": "private, no-cache"}


class Kept:
    """The answers that were asked for last, by name.

    Parameters
    ----------
    most : int
        How many.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[str, Finished] = OrderedDict()
        self._lock = threading.Lock()
        self._forgotten = 0

    def get(self, name: str) -> Finished | None:
        """Return an answer, if it is kept."""
        found = self._kept.get(name)
        if found is not None:
            with self._lock:
                if name in self._kept:
                    self._kept.move_to_end(name)
        return found

    @property
    def age(self) -> int:
        """A number that grows whenever anything is forgotten; to be read before the store is."""
        return self._forgotten

    def keep(self, name: str, answer: Finished, age: int) -> None:
        """Keep an answer, unless something was forgotten since it was read: it may be out of date."""
        with self._lock:
            if age != self._forgotten:
                return
            self._kept[name] = answer
            self._kept.move_to_end(name)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def forget(self, name: str) -> None:
        """Drop one answer."""
        with self._lock:
            self._forgotten += 1
            self._kept.pop(name, None)

    def forget_all(self) -> None:
        """Drop them all."""
        with self._lock:
            self._forgotten += 1
            self._kept.clear()
