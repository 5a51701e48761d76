"""Team names as integers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np

from monps.errors import UnknownTeam
from monps.numerics.checks import Ints

UNKNOWN = -1


@dataclass(frozen=True)
class TeamIndex:
    """The teams of a table in alphabetical order, each with its place as its number.

    Examples
    --------
    >>> teams = TeamIndex.of(["Bern", "Aarau", "Bern"])
    >>> teams.names, teams.encode(["Bern", "Chur"]).tolist()
    (('Aarau', 'Bern'), [1, -1])
    """

    names: tuple[str, ...]

    @classmethod
    def of(cls, names: Iterable[str]) -> "TeamIndex":
        """Make an index of the distinct names."""
        return cls(tuple(sorted(set(names))))

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.names)}

    def encode(self, names: Sequence[str]) -> Ints:
        """Return each of n names' number, shape (n,): ``-1`` for a team that has no match here."""
        return np.fromiter(map(self._places.get, names, repeat(UNKNOWN)), np.int64, len(names))

    def require(self, name: str) -> int:
        """Return the number of a team that must be known.

        Raises
        ------
        UnknownTeam
            With the names that look like it.
        """
        if name not in self._places:
            raise UnknownTeam(name, nearest_names(name, self.names))
        return self._places[name]


def nearest_names(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Return the known names that look most like this one, best first, letter case aside.

    Examples
    --------
    >>> nearest_names("Arsenl", ["Chelsea", "Arsenal", "Barnsley"])
    ('Arsenal',)
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only an error needs it

    folded = {candidate.casefold(): candidate for candidate in known}
    return tuple(folded[found] for found in get_close_matches(name.casefold(), folded, n=count))
