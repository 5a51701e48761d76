"""Gathering the details of one file: each match, player and row once."""

from monps.domain.details import (
    AppearanceRecord,
    Details,
    Measures,
    PlayerSeason,
    ShotRecord,
    SideRecord,
    SourceMatch,
)


class DetailDraft:
    """Numbers matches as they come, and keeps one row for each key; what comes twice must not differ."""

    def __init__(self) -> None:
        self._places: dict[tuple[object, ...], int] = {}
        self._matches: list[SourceMatch] = []
        self._sides: dict[tuple[int, bool], Measures] = {}
        self._shots: dict[tuple[int, int], ShotRecord] = {}
        self._appearances: dict[tuple[int, str], AppearanceRecord] = {}
        self._seasons: dict[tuple[object, ...], PlayerSeason] = {}

    def match(self, match: SourceMatch) -> int:
        """Return a match's place; one that is known already is told whatever it did not know."""
        mark = (match.competition, match.season, match.home, match.away)
        place = self._places.setdefault(mark, len(self._matches))
        if place == len(self._matches):
            self._matches.append(match)
        else:
            told = {name: new for name, new in match._asdict().items() if new is not None}
            self._matches[place] = self._matches[place]._replace(**told)
        return place

    def side(self, place: int, *, is_home: bool, measures: Measures) -> bool:
        """Keep what a side did; return whether this was the first time."""
        key = (place, is_home)
        first = key not in self._sides
        known = self._sides.get(key, (None,) * len(measures))
        self._sides[key] = tuple(
            old if new is None else new for old, new in zip(known, measures, strict=True)
        )
        return first

    def shot(self, shot: ShotRecord) -> bool:
        """Keep a shot; return whether this was the first time."""
        return self._shots.setdefault((shot.match, shot.number), shot) is shot

    def appearance(self, row: AppearanceRecord) -> bool:
        """Keep an appearance; return whether this was the first time."""
        return self._appearances.setdefault((row.match, row.player.key), row) is row

    def season(self, row: PlayerSeason) -> bool:
        """Keep a season's totals; return whether this was the first time."""
        key = (row.competition, row.season, row.team, row.player.key, row.table)
        return self._seasons.setdefault(key, row) is row

    def details(self) -> Details:
        """Set out what was gathered."""
        return Details(
            matches=tuple(self._matches),
            sides=tuple(SideRecord(place, is_home, row) for (place, is_home), row in self._sides.items()),
            shots=tuple(self._shots.values()),
            appearances=tuple(self._appearances.values()),
            player_seasons=tuple(self._seasons.values()),
        )

    @property
    def competitions(self) -> tuple[str, ...]:
        """The codes of all competitions spoken of, in alphabetical order."""
        spoken = {match.competition for match in self._matches}
        return tuple(sorted(spoken | {row.competition for row in self._seasons.values()}))
