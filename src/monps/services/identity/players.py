"""Which players of different sources are one and the same man."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from monps.ports.identity import PlayerSeen
from monps.ports.unit_of_work import UnitOfWork
from monps.services.history import PREFERRED_SOURCES
from monps.services.identity.names import fold

_LEAST_MATCHES, _LEAST_SHARE = 5, 0.7
_SHORT_WORD = 3
_ROUNDING = 3
"""Minutes by which sources differ about a substitution."""

Link = tuple[int, int, str]
"""A player's number, that of the one he is the same as, and why."""


def link_players(work: UnitOfWork, competition: str, season: int) -> int:
    """Link what players of a season can be linked for certain; return how many were."""
    squads: dict[str, list[PlayerSeen]] = defaultdict(list)
    for player in work.identity.players_seen(competition, season):
        squads[player.team].append(player)
    links = {link[0]: link for squad in squads.values() for link in same_players(squad)}
    return work.identity.link_players(links.values())


def same_players(squad: Sequence[PlayerSeen]) -> Iterator[Link]:
    """Say who of one team's season in one source is the same as whom in a more trusted one.

    Names must be equal but for accents and the order of words, or the words of one be among those of the
    other. In either case only one player of each source may fit, and where both sources tell minutes
    in the same matches, these must agree.
    """
    by_source: dict[str, list[PlayerSeen]] = defaultdict(list)
    for player in squad:
        by_source[player.source].append(player)
    ranked = sorted(by_source, key=_rank)
    for place, source in enumerate(ranked):
        for trusted in ranked[:place]:
            yield from _pairs(by_source[source], by_source[trusted])


def _rank(source: str) -> tuple[int, str]:
    known = {name: place for place, name in enumerate(PREFERRED_SOURCES)}
    return known.get(source, len(known)), source


def _pairs(given: Sequence[PlayerSeen], trusted: Sequence[PlayerSeen]) -> Iterator[Link]:
    words = {player.number: frozenset(fold(player.name).split()) for player in (*given, *trusted)}
    free = [player for player in given if player.same_as is None]
    for basis, fits in (("name", _equal), ("words", _within)):
        taken = set()
        for player in free:
            found = [other for other in trusted if fits(words[player.number], words[other.number])]
            if len(found) != 1 or not _minutes_agree(player.minutes, found[0].minutes):
                continue
            rivals = [each for each in free if fits(words[each.number], words[found[0].number])]
            if len(rivals) == 1:
                taken.add(player.number)
                yield player.number, found[0].same_as or found[0].number, basis
        free = [player for player in free if player.number not in taken]


def _equal(given: frozenset[str], other: frozenset[str]) -> bool:
    return given == other


def _within(given: frozenset[str], other: frozenset[str]) -> bool:
    shorter, longer = sorted((given, other), key=len)
    return shorter <= longer and any(len(word) >= _SHORT_WORD for word in shorter)


def _minutes_agree(given: Mapping[int, int | None], other: Mapping[int, int | None]) -> bool:
    """Whether two players were on the pitch in the same matches, as far as both sources tell."""
    common = [match for match in given if given[match] and other.get(match) is not None]
    if len(common) < _LEAST_MATCHES:
        return True
    close = sum(abs((given[match] or 0) - (other[match] or 0)) <= _ROUNDING for match in common)
    return close / len(common) >= _LEAST_SHARE
