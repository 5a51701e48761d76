"""Moments as whole numbers: the same on every database, losing nothing."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from monps.errors import UsageError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@lru_cache(maxsize=8192)
def to_micros(moment: datetime) -> int:
    """Return the microseconds from 1970 to a moment.

    Raises
    ------
    UsageError
        If the moment has no time zone.

    Examples
    --------
    >>> to_micros(datetime(1970, 1, 2, tzinfo=UTC))
    86400000000
    """
    if moment.tzinfo is None:
        raise UsageError(f"{moment} needs a time zone: a naive datetime names no moment")
    return (moment - _EPOCH) // _MICROSECOND


@lru_cache(maxsize=8192)
def from_micros(micros: int) -> datetime:
    """Return the moment so many microseconds after 1970, in UTC.

    Examples
    --------
    >>> from_micros(86400000000)
    datetime.datetime(1970, 1, 2, 0, 0, tzinfo=datetime.timezone.utc)
    """
    return _EPOCH + timedelta(microseconds=micros)
