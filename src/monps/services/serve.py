"""What must be so before the service may start."""

import ipaddress
from functools import lru_cache
from typing import NamedTuple

from monps.errors import UsageError
from monps.ports.database import Database
from monps.ports.unit_of_work import UnitOfWorkFactory

SHARED_MEASUREMENTS = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which several processes add up what they measure; set before they start."""


class Doors(NamedTuple):
    """How the service is to be reached, and by how many processes it is run."""

    host: str
    keys_required: bool
    workers: int = 1


def check_start(doors: Doors, database: Database, open_work: UnitOfWorkFactory) -> None:
    """Refuse to start where strangers could ask without a key, or SQLite would have several writers.

    Raises
    ------
    UsageError
        With the cure.
    StorageError
        If the database cannot be used as it is.
    """
    if doors.workers > 1 and database.is_sqlite:
        raise UsageError(
            f"{doors.workers} workers need PostgreSQL: SQLite takes one process that writes; "
            "set MONPS_DATABASE_URL, or start one worker"
        )
    if not is_loopback(doors.host) and not doors.keys_required:
        raise UsageError(
            f"{doors.host} can be reached from other machines: set MONPS_API_KEYS_REQUIRED=true, "
            "or listen on 127.0.0.1"
        )
    if doors.keys_required:
        _require_a_key(open_work)


@lru_cache(maxsize=256)
def is_loopback(address: str) -> bool:
    """Say whether an address, or name, is this machine's own.

    Examples
    --------
    >>> [is_loopback(address) for address in ("127.0.0.1", "::1", "localhost", "192.0.2.1")]
    [True, True, True, False]
    """
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def _require_a_key(open_work: UnitOfWorkFactory) -> None:
    with open_work() as work:
        if not any(key.is_active for key in work.keys.all()):
            raise UsageError(
                "every request needs a key, and there is none: `monps keys create NAME` makes one"
            )
