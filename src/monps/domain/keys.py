"""Keys that open the service: what they are called and may do; never what they are."""

import hashlib
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from monps.domain.base import Moment, Noun

Scope = Literal["read", "predict", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "predict", "admin")

KeyName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$")]

PREFIX = "monps_"
"""How every key begins, so that one that got into a file or a log can be recognised there."""


class ApiKey(Noun):
    """A key as it is kept; the key itself was shown once, when it was made."""

    key_id: int = Field(ge=1)
    name: KeyName
    scopes: tuple[Scope, ...] = Field(min_length=1)
    created_at: Moment
    revoked_at: Moment | None = None

    @property
    def is_active(self) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None

    def allows(self, scope: Scope) -> bool:
        """Say whether it may do this; ``admin`` may do everything, ``predict`` may read too.

        Examples
        --------
        >>> from datetime import UTC, datetime
        >>> made = {"key_id": 1, "name": "desk", "created_at": datetime(2026, 3, 1, tzinfo=UTC)}
        >>> key = ApiKey(scopes=("predict",), **made)
        >>> [key.allows(scope) for scope in SCOPES]
        [True, True, False]
        """
        wider = SCOPES[SCOPES.index(scope) :]
        return self.is_active and any(held in wider for held in self.scopes)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a key, which is what is kept of it.

    A key is 256 random bits, which nobody can try out; so there is nothing that a slow hash would add.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
