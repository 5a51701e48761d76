"""What fixtures prove: who had the same results on the same days is the same team."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from monps.domain.identity import PlayedFixture

LEAST_PROVEN, LEAST_CONTRADICTED = 5, 3
"""So many fixtures must coincide to prove that two names mean one team, or fail to for a contradiction."""

_PROVEN, _CONTRADICTED, _RIVAL = 0.9, 0.5, 0.5
_ANOTHER_ZONE = timedelta(days=1)


class Result(NamedTuple):
    """One team's match: its day, whether at home, and the score."""

    is_home: bool
    home_goals: int
    away_goals: int
    day: date


class Agreement(NamedTuple):
    """In how many of a name's matches with a score a team had the very same result on the same day."""

    same: int
    of: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where there is nothing to compare."""
        return self.same / self.of if self.of else 0.0

    @property
    def contradicts(self) -> bool:
        """Whether two names cannot mean the same team."""
        return self.of >= LEAST_CONTRADICTED and self.share < _CONTRADICTED

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.same} of {self.of} results coincide"


def results_of(fixtures: Iterable[PlayedFixture]) -> dict[str, list[Result]]:
    """Return every team's results, of fixtures whose day and score are known."""
    found: dict[str, list[Result]] = {}
    for home, away, day, home_goals, away_goals in fixtures:
        if day is not None and home_goals is not None and away_goals is not None:
            found.setdefault(home, []).append(Result(True, home_goals, away_goals, day))  # noqa: FBT003
            found.setdefault(away, []).append(Result(False, home_goals, away_goals, day))  # noqa: FBT003
    return found


def agreement(told: Sequence[Result], known: Sequence[Result]) -> Agreement:
    """Compare what a source tells of a name with what is known of a team.

    A day off is allowed for: the source's clock may be another zone's. What the source tells of days before
    or after all that is known is not compared.
    """
    if not told or not known:
        return Agreement(0, 0)
    first, last = min(result.day for result in known), max(result.day for result in known)
    compared = [result for result in told if first <= result.day <= last + _ANOTHER_ZONE]
    stated = set(known)
    nearby = (timedelta(0), -_ANOTHER_ZONE, _ANOTHER_ZONE)
    same = sum(
        any(result._replace(day=result.day + shift) in stated for shift in nearby) for result in compared
    )
    return Agreement(same, len(compared))


def proven(
    told: Sequence[Result], candidates: Mapping[str, Sequence[Result]]
) -> tuple[str, Agreement] | None:
    """Return the one team whose results a name's results are; None where they prove nothing.

    Nine in ten must coincide, at least five, and no other team may have half as many.
    """
    found = {team: agreement(told, known) for team, known in candidates.items()}
    if not found:
        return None
    best = max(found, key=lambda team: (found[team].same, team))
    rivals = [each.same for team, each in found.items() if team != best]
    sure = found[best].same >= LEAST_PROVEN and found[best].share >= _PROVEN
    if sure and max(rivals, default=0) <= _RIVAL * found[best].same:
        return best, found[best]
    return None
