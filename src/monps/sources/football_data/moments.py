"""When things happened and, more to the point, from when on they could be known.

football-data.co.uk gives no time for its prices. Its notes say that those of weekend matches are
collected on Friday afternoon and those of midweek matches on Tuesday afternoon; we take 15:00 UTC. That
is Friday for a match from Friday to Monday and Tuesday for one from Tuesday to Thursday. Closing prices
are the last before kick-off. No price is known at kick-off or after: where only the day of a match is
known its kick-off counts as the first instant of the day, so that even a price collected on that day
is dated a minute before it.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_MATCH_LENGTH = timedelta(hours=3)  # with half-time, stoppages and the time to write the result down
_LAST_MINUTE = timedelta(minutes=1)
_COLLECTED_AT = time(15, tzinfo=UTC)
_TUESDAY, _FRIDAY = 1, 4
_DAYS_SINCE_COLLECTION = tuple(
    (weekday - _TUESDAY) % 7 if weekday in range(_TUESDAY, _FRIDAY) else (weekday - _FRIDAY) % 7
    for weekday in range(7)
)


@lru_cache(maxsize=1)
def _uk() -> ZoneInfo:
    return ZoneInfo("Europe/London")


@lru_cache(maxsize=8192)
def kickoff_at(day: date, clock: time | None) -> datetime:
    """Return the kick-off in UTC, from the day and the time that clocks showed in the United Kingdom.

    Examples
    --------
    >>> kickoff_at(date(2022, 8, 6), time(12, 30)).isoformat()
    '2022-08-06T11:30:00+00:00'
    >>> kickoff_at(date(2005, 8, 13), None).isoformat()
    '2005-08-13T00:00:00+00:00'
    """
    if clock is None:
        return datetime.combine(day, time(0), UTC)
    return datetime.combine(day, clock, _uk()).astimezone(UTC)


@lru_cache(maxsize=8192)
def result_known_at(kickoff: datetime, *, kickoff_known: bool) -> datetime:
    """Return the moment from which a result may be used.

    Where the hour is unknown the match may have begun as late as the last minute of its day.
    """
    latest_kickoff = kickoff if kickoff_known else kickoff + timedelta(days=1)
    return latest_kickoff + _MATCH_LENGTH


@lru_cache(maxsize=8192)
def early_prices_known_at(day: date, kickoff: datetime) -> datetime:
    """Return when the prices without a ``C`` were collected: on Friday or Tuesday, before kick-off.

    Examples
    --------
    >>> saturday = date(2005, 8, 13)
    >>> early_prices_known_at(saturday, kickoff_at(saturday, None)).strftime("%A %H:%M")
    'Friday 15:00'
    """
    collected_on = day - timedelta(days=_DAYS_SINCE_COLLECTION[day.weekday()])
    return min(datetime.combine(collected_on, _COLLECTED_AT), closing_prices_known_at(kickoff))


@lru_cache(maxsize=8192)
def closing_prices_known_at(kickoff: datetime) -> datetime:
    """Return when closing prices could be known: the minute before kick-off."""
    return kickoff - _LAST_MINUTE
