"""Understat's days."""

import re
from datetime import date

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]|$)|(\d{1,2})/(\d{1,2})/(\d{4})(?: |$)")


def day_of(text: str) -> date | None:
    """Return the day of a moment as Understat writes it, or as a spreadsheet made of it; None if it is none.

    The clock is Understat's own, which changed over the years: the hour is worth nothing.

    Examples
    --------
    >>> day_of("2015-08-08 15:45:00"), day_of("8/22/2014 19:30")
    (datetime.date(2015, 8, 8), datetime.date(2014, 8, 22))
    """
    found = _DAY.match(text)
    if not found:
        return None
    year, month, day, us_month, us_day, us_year = found.groups()
    try:
        return (
            date(int(year), int(month), int(day)) if year else date(int(us_year), int(us_month), int(us_day))
        )
    except ValueError:
        return None
