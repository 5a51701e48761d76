"""Who asks: a key that was recognised, or somebody on this machine."""

import base64
import binascii
import threading
from collections.abc import Mapping
from typing import NamedTuple

from monps.api.errors import ForbiddenError, UnauthorizedError
from monps.domain.keys import PREFIX, ApiKey, Scope, digest_of
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.keys import recognise
from monps.services.predictions import Sender

_MOST_KEPT = 1000


class Caller(NamedTuple):
    """Who asks; ``key`` is None for somebody on this machine, where no key is needed."""

    name: str
    key: ApiKey | None = None

    def require(self, scope: Scope) -> None:
        """Refuse a key that may not do this.

        Raises
        ------
        ForbiddenError
            Naming the scope that is missing.
        """
        if self.key is not None and not self.key.allows(scope):
            raise ForbiddenError(f"the key {self.key.name!r} lacks the scope {scope!r}")

    def sender(self, request_id: str, key: str | None = None, digest: str = "") -> Sender:
        """Return who asks, as the services know it."""
        return Sender(self.name, request_id, key, digest)


LOCAL = Caller("local")


class KeyRing:
    """Recognises keys, and remembers the digests of those that it recognised until it is told to forget.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where keys are kept.
    """

    def __init__(self, open_work: UnitOfWorkFactory) -> None:
        self._open_work = open_work
        self._kept: dict[str, ApiKey] = {}
        self._lock = threading.Lock()

    def remembered(self, secret: str) -> ApiKey | None:
        """Return the key without asking the store, if it was recognised before."""
        return self._kept.get(digest_of(secret))

    def find(self, secret: str) -> ApiKey:
        """Return the key that this is; the store is asked.

        Raises
        ------
        UnauthorizedError
            If it is none, or revoked.
        """
        key = recognise(self._open_work, secret) if secret.startswith(PREFIX) else None
        if key is None:
            raise UnauthorizedError("this key opens nothing: it is unknown or revoked")
        with self._lock:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[digest_of(secret)] = key
        return key

    def forget(self) -> None:
        """Ask the store anew for every key: one may have been revoked."""
        with self._lock:
            self._kept.clear()


def secret_in(headers: Mapping[bytes, bytes]) -> str | None:
    """Return the key that a request carries: as a bearer token, or as the password of HTTP Basic.

    Raises
    ------
    UnauthorizedError
        If there is an ``Authorization`` of another kind.

    Examples
    --------
    >>> secret_in({b"authorization": b"Bearer monps_abc"})
    'monps_abc'
    >>> secret_in({b"authorization": b"Basic " + base64.b64encode(b"me:monps_abc")})
    'monps_abc'
    """
    sent = headers.get(b"authorization")
    if sent is None:
        return None
    kind, _, value = sent.decode("latin-1").partition(" ")
    if kind.lower() == "bearer" and value:
        return value.strip()
    if kind.lower() == "basic":
        return _password(value)
    raise UnauthorizedError("send the key as `Authorization: Bearer KEY`")


def _password(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError) as error:
        raise UnauthorizedError("this is no HTTP Basic authorisation") from error
