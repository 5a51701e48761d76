"""Requests under one name, one after the other."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Lets requests under one name go one after the other, so that the first does the work for all."""

    def __init__(self) -> None:
        self._locks: dict[tuple[str, str], tuple[threading.Lock, int]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def of(self, actor: str, key: str | None) -> Iterator[None]:
        """Wait for one's turn; without a key there is nobody to wait for."""
        if key is None:
            yield
            return
        name = (actor, key)
        with self._lock:
            lock, waiting = self._locks.get(name, (threading.Lock(), 0))
            self._locks[name] = lock, waiting + 1
        try:
            with lock:
                yield
        finally:
            self._leave(name)

    def _leave(self, name: tuple[str, str]) -> None:
        with self._lock:
            lock, waiting = self._locks.pop(name)
            if waiting > 1:
                self._locks[name] = lock, waiting - 1
