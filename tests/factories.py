"""Coherent test data: nouns that could be true, and leagues whose truth is known.

``monps.sources.simulated`` makes whole countries; here are the small pieces.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from monps.domain.backtest import BacktestJob, BacktestRequest, BacktestResult
from monps.domain.football import Competition, Fixture, Match, Score, SideStats
from monps.domain.identifiers import MatchKey, Season
from monps.domain.ingestion import FixtureRecord, MatchRecord, ParsedFile
from monps.domain.odds import OddsQuote
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.sources.simulated import names
from monps.sources.simulated.schedule import pairings
from monps.sources.simulated.scores import Rates, draw_scores
from monps.sources.simulated.scores import score_grid as dixon_coles_grid
from monps.tables.matches import MatchTable

HOME, AWAY = "Ashgrave", "Barrowmere"
SATURDAY = datetime(2025, 9, 13, 15, tzinfo=UTC)
MATCH_LENGTH = timedelta(hours=3)
FAIR_ODDS = {
    "match_result": (2.0, 4.0, 4.0),
    "totals": (1.9, 1 / (1 - 1 / 1.9)),
    "asian_handicap": (2.0, 2.0),
    "both_teams_to_score": (1.8, 2.25),
}
OVERROUND = 1.05


class TrueStrengths(NamedTuple):
    """What a league was made of; teams in alphabetical order, attack and defence of mean 0.

    The rates are ``exp(base + home_advantage + attack − defence)`` at home, ``exp(base + attack − defence)``
    away.
    """

    teams: tuple[str, ...]
    attack: Floats
    defence: Floats
    base: float
    home_advantage: float
    rho: float


def competition(code: str = "SIM1", *, tier: int = 1) -> Competition:
    """Make a competition of the country SIM."""
    return Competition(code=code, name=f"Division {tier}", country="SIM", tier=tier)


def season_of(moment: datetime) -> Season:
    """Return the season in which a moment lies; seasons begin in July."""
    return Season(start=moment.year - (moment.month < 7))


def fixture(
    home: str = HOME, away: str = AWAY, *, kickoff: datetime = SATURDAY, competition: str = "SIM1"
) -> Fixture:
    """Make a match to be played."""
    key = MatchKey(competition=competition, season=season_of(kickoff), home=home, away=away)
    return Fixture(key=key, kickoff=kickoff)


def side_stats(goals: int) -> SideStats:
    """Make what a side with so many goals may have done: 3 shots on target and 8 shots more than goals."""
    return SideStats(
        shots=goals + 8,
        shots_on_target=goals + 3,
        fouls=11,
        corners=5,
        yellow_cards=2,
        red_cards=0,
        expected_goals=0.6 + 0.4 * goals,
    )


def match(
    home: str = HOME,
    away: str = AWAY,
    goals: tuple[int, int] = (2, 1),
    *,
    kickoff: datetime = SATURDAY,
    competition: str = "SIM1",
    known_at: datetime | None = None,
) -> Match:
    """Make a match that was played, half of its goals (rounded down) before half-time."""
    return Match(
        fixture=fixture(home, away, kickoff=kickoff, competition=competition),
        known_at=known_at or kickoff + MATCH_LENGTH,
        score=Score(home=goals[0], away=goals[1]),
        half_time=Score(home=goals[0] // 2, away=goals[1] // 2),
        home_stats=side_stats(goals[0]),
        away_stats=side_stats(goals[1]),
        referee="T Ostrin",
    )


def quote(
    market: str = "match_result",
    odds: Sequence[float] | None = None,
    *,
    bookmaker: str = "pinnacle",
    line: float | None = None,
    closing: bool = False,
    known_at: datetime = SATURDAY - timedelta(days=1),
) -> OddsQuote:
    """Make a quote; the default odds have 5 % of margin, the default lines are 2.5 goals and level."""
    default_lines = {"totals": 2.5, "asian_handicap": 0.0}
    offered = tuple(odds) if odds is not None else tuple(round(o / OVERROUND, 4) for o in FAIR_ODDS[market])
    return OddsQuote(
        bookmaker, market, default_lines.get(market) if line is None else line, closing, offered, known_at
    )


def record(played: Match | None = None, *quotes: OddsQuote, line: int = 2) -> MatchRecord:
    """Make an accepted row: a match with its quotes (one if none is given)."""
    played = played or match()
    before = played.kickoff - timedelta(days=1)
    return MatchRecord(played, quotes or (quote(known_at=before),), line)


def fixture_record(to_come: Fixture | None = None, *quotes: OddsQuote, line: int = 2) -> FixtureRecord:
    """Make an accepted row without a score."""
    return FixtureRecord(to_come or fixture(), quotes, line)


def parsed_file(
    *records: MatchRecord,
    fixtures: Sequence[FixtureRecord] = (),
    name: str = "2526/SIM1.csv",
    source: str = "football-data",
) -> ParsedFile:
    """Make a parsed file of these rows; other rows make another digest."""
    codes = {row.match.key.competition for row in records} | {row.fixture.key.competition for row in fixtures}
    return ParsedFile(
        source=source,
        name=name,
        digest=hashlib.sha256(repr((name, records, tuple(fixtures))).encode()).hexdigest(),
        competitions=tuple(competition(code, tier=tier) for tier, code in enumerate(sorted(codes), 1)),
        records=records,
        fixtures=tuple(fixtures),
    )


def true_strengths(n_teams: int, rng: np.random.Generator) -> TrueStrengths:
    """Draw the strengths of a league."""
    teams = tuple(sorted(names.CLUBS[:n_teams]))
    attack, defence = rng.normal(0.0, 0.3, (2, n_teams))
    return TrueStrengths(teams, attack - attack.mean(), defence - defence.mean(), 0.1, 0.25, -0.08)


def match_table(n_teams: int, seasons: int, rng: np.random.Generator) -> tuple[MatchTable, TrueStrengths]:
    """Play full double round-robins, a round a week, between teams whose strengths never change.

    Parameters
    ----------
    n_teams : int
        Even.
    seasons : int
        The last one starts in 2025.
    rng : numpy.random.Generator
    """
    truth = true_strengths(n_teams, rng)
    rounds = pairings(n_teams)
    home, away = np.tile(rounds.reshape(-1, 2), (seasons, 1)).T
    goals = draw_scores(dixon_coles_grid(rates(truth, home, away), truth.rho), rng)
    starts = [datetime(2026 - seasons + number, 8, 9, 15, tzinfo=UTC) for number in range(seasons)]
    weeks = np.repeat(np.arange(len(rounds)), n_teams // 2).tolist()
    kickoffs = [start + timedelta(weeks=week) for start in starts for week in weeks]
    columns = {
        "competition": ["SIM1"] * len(home),
        "season": [kickoff.year - (kickoff.month < 7) for kickoff in kickoffs],
        "kickoff": kickoffs,
        "known_at": [kickoff + MATCH_LENGTH for kickoff in kickoffs],
        "home": [truth.teams[team] for team in home],
        "away": [truth.teams[team] for team in away],
        "home_goals": goals[:, 0],
        "away_goals": goals[:, 1],
    }
    return MatchTable.from_dataframe(pl.DataFrame(columns)), truth


def rates(truth: TrueStrengths, home: np.ndarray, away: np.ndarray) -> Rates:
    """Return the true rates of matches between these teams, given by number."""
    return Rates(
        np.exp(truth.base + truth.home_advantage + truth.attack[home] - truth.defence[away]),
        np.exp(truth.base + truth.attack[away] - truth.defence[home]),
    )


def score_grid(n: int, rng: np.random.Generator, rho: float = -0.05) -> ScoreGrid:
    """Draw n Dixon–Coles grids with rates between 0.4 and 3."""
    home, away = rng.uniform(0.4, 3.0, (2, n))
    return dixon_coles_grid(Rates(home, away), rho)


def backtest_request(**changed: Any) -> BacktestRequest:
    """Ask for a backtest of the first division."""
    days = {"first_day": date(2025, 8, 1), "last_day": date(2026, 2, 1)}
    return BacktestRequest(**{"competitions": ("SIM1",), **days, **changed})


def backtest_result(**changed: Any) -> BacktestResult:
    """Say that a hundred matches were forecast."""
    scores = {"n": 100, "log_loss": 1.01, "rps": 0.2, "brier": 0.6, "ece": 0.02, "n_priced": 90}
    gaps = {"log_loss_gap": {"value": 0.01, "interval": (-0.01, 0.03)}}
    counts = {"wanted": 110, "abstained": 10, "refits": 20, "seconds": 1.5}
    days = {"first_day": date(2025, 8, 1), "last_day": date(2026, 2, 1)}
    named = {"forecaster": "goals", "competitions": ("SIM1",), **days}
    return BacktestResult.model_validate(scores | gaps | counts | named | changed)


def backtest_job(**changed: Any) -> BacktestJob:
    """Queue a backtest."""
    given = {"job_id": 1, "request": backtest_request(), "actor": "desk", "created_at": SATURDAY}
    return BacktestJob.model_validate(given | changed)
