"""Make, list and revoke the keys of the service; and recognise them."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import structlog

from monps.domain.audit import AuditEntry
from monps.domain.base import Noun
from monps.domain.keys import PREFIX, ApiKey, Scope, digest_of
from monps.errors import NotFoundError
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

_log = structlog.get_logger()

_RANDOM_BYTES = 32


class NewKey(Noun):
    """A key, and the one time that it is shown."""

    key: ApiKey
    secret: str


def create_key(
    open_work: UnitOfWorkFactory, name: str, scopes: Sequence[Scope], *, now: datetime, actor: str = "cli"
) -> NewKey:
    """Make a key of 256 random bits, and keep its digest.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where it is kept.
    name : str
        What it is called; in the audit, that is who acts.
    scopes : sequence of str
        What it may do.
    now : datetime
        The present.
    actor : str
        Who asks.

    Raises
    ------
    ConflictError
        If an active key has this name.
    """
    secret = PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
    with open_work(write=True) as work:
        key = work.keys.add(name, scopes, digest_of(secret), now)
        work.audit.append(_event("key.created", key, now=now, actor=actor))
        work.commit()
    _log.info("key created", name=key.name, scopes=key.scopes)
    return NewKey(key=key, secret=secret)


def list_keys(open_work: UnitOfWorkFactory) -> tuple[ApiKey, ...]:
    """Return every key, the revoked ones too."""
    with open_work() as work:
        return tuple(work.keys.all())


def revoke_key(open_work: UnitOfWorkFactory, name: str, *, now: datetime, actor: str = "cli") -> ApiKey:
    """Let the active key of this name open nothing from now on.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    with open_work(write=True) as work:
        key = _require_active(work, name)
        revoked = key.model_copy(update={"revoked_at": now})
        work.keys.revoke(key.key_id, now)
        work.audit.append(_event("key.revoked", revoked, key, now=now, actor=actor))
        work.commit()
    _log.info("key revoked", name=key.name)
    return revoked


def recognise(open_work: UnitOfWorkFactory, secret: str) -> ApiKey | None:
    """Return the active key that this is, or None."""
    with open_work() as work:
        key = work.keys.find(digest_of(secret))
    return key if key and key.is_active else None


def _require_active(work: UnitOfWork, name: str) -> ApiKey:
    key = work.keys.named(name)
    if key is None:
        names = ", ".join(each.name for each in work.keys.all() if each.is_active)
        raise NotFoundError(f"there is no active key {name!r}; active ones: {names or 'none'}")
    return key


def _event(
    event_type: str, after: ApiKey, before: ApiKey | None = None, *, now: datetime, actor: str
) -> AuditEntry:
    return AuditEntry(
        occurred_at=now,
        event_type=event_type,
        entity_type="key",
        entity_id=str(after.key_id),
        before=before and before.model_dump(mode="json"),
        after=after.model_dump(mode="json"),
        actor=actor,
    )
