"""Leagues whose teams have known styles."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
import polars as pl

from monps.tables.matches import MatchTable


class StyleLeague(NamedTuple):
    """Matches, with what each team does to its counts, by name."""

    table: MatchTable
    corners: dict[str, float]
    roughness: dict[str, float]


def style_league(
    rng: np.random.Generator, *, teams: int = 12, seasons: int = 4, code: str = "SIM1", evenness: float = 0.0
) -> StyleLeague:
    """Play double round-robins of teams that win corners and foul more or less than others.

    ``evenness`` raises the log rate of cards by how alike two sides are in winning corners.
    """
    names = [f"Team {number:02d}" for number in range(teams)]
    winning, rough = rng.normal(0.0, 0.25, (2, teams))
    pairs = [(home, away) for home in range(teams) for away in range(teams) if home != away]
    home, away = np.concatenate([rng.permutation(pairs) for _ in range(seasons)]).T
    n, starts = len(pairs), [datetime(2026 - seasons + each, 8, 9, 15, tzinfo=UTC) for each in range(seasons)]
    kickoffs = [start + timedelta(days=3 * (place // 4)) for start in starts for place in range(n)]
    alike = -evenness * np.abs(winning[home] - winning[away])
    counts = {"season": np.repeat([start.year for start in starts], n)}
    for side, own, other in (("home", home, away), ("away", away, home)):
        edge = 0.1 if side == "home" else 0.0
        counts |= {
            f"{side}_goals": rng.poisson(np.exp(0.2 + edge + 0.8 * winning[own] - 0.8 * winning[other])),
            f"{side}_shots": rng.poisson(np.exp(2.5 + edge + winning[own] - winning[other])),
            f"{side}_corners": rng.poisson(np.exp(1.6 + edge + winning[own] - winning[other])),
            f"{side}_fouls": rng.poisson(np.exp(2.4 + rough[own])),
            f"{side}_yellow_cards": rng.poisson(np.exp(0.6 + rough[own] + alike)),
        }
        goals = counts[f"{side}_goals"]
        counts[f"{side}_half_time_goals"] = rng.binomial(goals, 0.45)
        counts[f"{side}_shots_on_target"] = np.maximum(goals, counts[f"{side}_shots"] // 3)
        counts[f"{side}_red_cards"] = np.zeros(len(home), dtype=int)
    columns = {
        "competition": [code] * len(home),
        "kickoff": kickoffs,
        "known_at": [kickoff + timedelta(hours=3) for kickoff in kickoffs],
        "home": [names[each] for each in home],
        "away": [names[each] for each in away],
        **counts,
    }
    return StyleLeague(
        MatchTable.from_dataframe(pl.DataFrame(columns)),
        dict(zip(names, winning.tolist(), strict=True)),
        dict(zip(names, rough.tolist(), strict=True)),
    )
