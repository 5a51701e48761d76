"""Where in a file's rows the columns stand that every match is made of."""

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources.football_data.columns import OPTIONAL, REQUIRED
from monps.sources.football_data.sheet import Cells, describe


class Facts(NamedTuple):
    """The cells of a row that say which match it is and how it ended, in the order of the columns' list.

    A cell is blank where the file has no such column.
    """

    division: str
    date: str
    home: str
    away: str
    home_goals: str
    away_goals: str
    time: str
    result: str
    home_half_time_goals: str
    away_half_time_goals: str
    half_time_result: str
    referee: str


class Layout:
    """Knows in which place each named column stands.

    Parameters
    ----------
    payload : Payload
        The file, for the message with which it is refused.
    names : sequence of str
        Its header; of columns with the same name the first one counts.

    Raises
    ------
    DataRefused
        If a required column is missing.
    """

    def __init__(self, payload: Payload, names: Sequence[str]) -> None:
        self.places = {name: place for place, name in reversed(list(enumerate(names))) if name}
        found = {key: self._place(key, others) for key, others in (REQUIRED | OPTIONAL).items()}
        missing = [key for key in REQUIRED if found[key] is None]
        if missing:
            raise DataRefused(f"{payload.name}: {_complaint(payload, missing)}")
        # The blank cell after the last stands for a column that is not there.
        self._pick = itemgetter(*(len(names) if place is None else place for place in found.values()))

    def _place(self, name: str, others: Sequence[str]) -> int | None:
        return next((self.places[key] for key in (name, *others) if key in self.places), None)

    def facts(self, cells: Cells) -> Facts:
        """Pick the cells of a row that every match is made of."""
        return Facts._make(map(str.strip, self._pick(cells)))


def _complaint(payload: Payload, missing: Sequence[str]) -> str:
    names = ", ".join(missing)
    if len(missing) < len(REQUIRED):
        return f"required column{'s' if len(missing) > 1 else ''} missing: {names}"
    return (
        f"this is {describe(payload.content)}, not match data of football-data.co.uk with the columns {names}"
    )
