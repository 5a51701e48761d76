"""Fixtures as columns: matches whose result nobody knows yet."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import polars as pl

from monps.domain.football import Fixture
from monps.domain.moments import to_micros
from monps.tables.matches import NEVER, SCHEMA, MatchTable


def fixture_table(
    fixtures: Iterable[Fixture], ids: Sequence[int] | None = None, referees: Sequence[str | None] = ()
) -> MatchTable:
    """Set fixtures out in the order in which they are given, goals and all else unknown.

    Parameters
    ----------
    fixtures : iterable of Fixture
        The n fixtures.
    ids : sequence of int, optional
        Their numbers in the store (default: −1, −2 …, which are nobody's).
    referees : sequence of str or None, optional
        Who leads them, where it is known.

    Returns
    -------
    MatchTable
    """
    given = list(fixtures)
    columns: dict[str, list[Any]] = {
        "match_id": [-1 - place for place in range(len(given))] if ids is None else list(ids),
        "competition": [each.key.competition for each in given],
        "season": [each.key.season.start for each in given],
        "kickoff": [to_micros(each.kickoff) for each in given],
        "kickoff_known": [each.kickoff_known for each in given],
        "home": [each.key.home for each in given],
        "away": [each.key.away for each in given],
        "neutral": [each.neutral for each in given],
        "referee": list(referees) or [None] * len(given),
    }
    columns["known_at"] = [to_micros(NEVER)] * len(given)
    # Made of ready columns, since any query wakes polars' threads, and on a busy machine waits for them.
    known = {name: pl.Series(name, values, dtype=SCHEMA[name]) for name, values in columns.items()}
    return MatchTable(pl.DataFrame([known.get(each.name, each) for each in _unknown(len(given))]))


@lru_cache(maxsize=8)
def _unknown(length: int) -> Sequence[pl.Series]:
    """Return all columns of so many matches of which nothing is known; made once: each forecast asks."""
    return [pl.Series(name, [None] * length, dtype=kind) for name, kind in SCHEMA.items()]


def unplayed(frame: pl.DataFrame) -> MatchTable:
    """Complete a frame of fixtures with everything that is unknown before a match."""
    missing = [
        pl.lit(NEVER if name == "known_at" else None).cast(kind).alias(name)
        for name, kind in SCHEMA.items()
        if name not in frame.columns
    ]
    return MatchTable(frame.with_columns(missing).select(list(SCHEMA)))


def possible_fixtures(
    matches: MatchTable, season: int, day: datetime, *, more_teams: Sequence[str] = ()
) -> MatchTable:
    """Return every fixture that may be played in a competition: each team at each other's.

    Parameters
    ----------
    matches : MatchTable
        Of one competition.
    season : int
        The season that they would belong to.
    day : datetime
        When they would kick off.
    more_teams : sequence of str
        Teams beside those that have played in it before.

    Returns
    -------
    MatchTable
    """
    teams = sorted({*matches.frame["home"], *matches.frame["away"], *more_teams})
    names = pl.DataFrame({"home": teams}, schema={"home": pl.String})
    pairs = names.join(names.rename({"home": "away"}), how="cross").filter(pl.col("home") != pl.col("away"))
    code = matches.frame["competition"].first() if len(matches) else ""
    return unplayed(
        pairs.with_columns(
            match_id=-1 - pl.int_range(pl.len(), dtype=pl.Int64),
            competition=pl.lit(code, pl.String),
            season=pl.lit(season, pl.Int32),
            kickoff=pl.lit(day).cast(SCHEMA["kickoff"]),
            kickoff_known=pl.lit(value=False),
            neutral=pl.lit(value=False),
        )
    )
