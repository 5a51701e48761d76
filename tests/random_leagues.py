"""Tables of leagues whose teams change from season to season, with results drawn at random."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from monps.sources.simulated.schedule import pairings
from monps.tables.matches import MatchTable

KNOWN_AFTER = timedelta(hours=9)
REFEREES = {"A Strict": 1.5, "B Usual": 1.0, "C Lenient": 0.6}
"""By what each of them multiplies the yellow cards."""


def league_table(
    rng: np.random.Generator,
    *,
    competitions: tuple[str, ...] = ("A1", "B1"),
    seasons: tuple[int, ...] = (2020, 2021, 2022),
    teams: int = 6,
) -> MatchTable:
    """Play double round-robins, a round every four days, between teams drawn anew every season.

    Parameters
    ----------
    rng : numpy.random.Generator
    competitions : tuple of str
        Each has a pool of half as many teams again as play in a season.
    seasons : tuple of int
    teams : int
        How many play in a season; even.
    """
    frames = [_season(rng, code, season, teams) for code in competitions for season in seasons]
    return MatchTable.from_dataframe(pl.concat(frames))


def _season(rng: np.random.Generator, code: str, season: int, teams: int) -> pl.DataFrame:
    playing = rng.permutation(teams + teams // 2)[:teams]
    rounds = pairings(teams)[rng.permutation(2 * (teams - 1))]
    host, guest = playing[rounds.reshape(-1, 2).T]
    strength = np.linspace(-0.3, 0.3, teams + teams // 2)
    gap = strength[host] - strength[guest]
    goals = {"home_goals": rng.poisson(1.4 * np.exp(gap)), "away_goals": rng.poisson(1.1 * np.exp(-gap))}
    day = datetime(season, 8, 1, tzinfo=UTC)
    kickoffs = [day + timedelta(days=4 * (place // (teams // 2)), hours=15) for place in range(len(host))]
    shots = {
        f"{side}_shots_on_target": scored + rng.poisson(3.0, len(host)).astype(float)
        for side, scored in zip(("home", "away"), goals.values(), strict=True)
    }
    other, referee = rng.spawn(1)[0], np.arange(len(host)) % len(REFEREES)
    strict = np.array([*REFEREES.values()])[referee]
    counts = {
        "home_corners": other.poisson(5.5 * np.exp(gap)),
        "away_corners": other.poisson(4.5 * np.exp(-gap)),
        "home_yellow_cards": other.poisson(1.8 * strict),
        "away_yellow_cards": other.poisson(2.0 * strict),
        "home_red_cards": other.binomial(1, 0.05, len(host)),
        "away_red_cards": other.binomial(1, 0.05, len(host)),
    }
    return pl.DataFrame(
        {
            "competition": code,
            "season": np.full(len(host), season),
            "kickoff": kickoffs,
            "known_at": [kickoff + KNOWN_AFTER for kickoff in kickoffs],
            "home": [f"{code} team {team}" for team in host],
            "away": [f"{code} team {team}" for team in guest],
            **goals,
            **shots,
            **counts,
            "referee": [list(REFEREES)[number] for number in referee],
        }
    )


def with_goals(table: MatchTable, chosen: np.ndarray, rng: np.random.Generator) -> MatchTable:
    """Replace the results, and the shots, of the chosen matches by others."""
    columns = ["home_goals", "away_goals", "home_shots_on_target", "away_shots_on_target"]
    other = [
        pl.when(pl.Series(chosen))
        .then(pl.Series(rng.integers(0, 12, len(table))))
        .otherwise(pl.col(name))
        .cast(table.frame.schema[name])
        .alias(name)
        for name in columns
    ]
    return MatchTable(table.frame.with_columns(other))
