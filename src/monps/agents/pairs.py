"""An agent fitted to a competition, as what it says of every pair of teams."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import polars as pl

from monps.agents import written
from monps.agents.fitted import AgentForecast
from monps.agents.slate import Slate
from monps.numerics.checks import Bools, Floats, Ints
from monps.ratings.uncertainty import pair_errors
from monps.tables.encode import UNKNOWN, TeamIndex
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

if TYPE_CHECKING:
    from monps.agents.base import Agent, Forecast

ENOUGH_MATCHES = 10
"""Matches in the year before by which a team is known."""

_YEAR = timedelta(days=365)
_ARRAYS = ("home", "away", "rho", "dispersion", "errors", "seen")


@dataclass(frozen=True, eq=False)
class PairForecasts:
    """What an agent says of each of t teams at home to each other, seen from one moment.

    Parameters
    ----------
    name : str
        The agent's.
    as_of : datetime
        The moment from which it looks.
    teams : TeamIndex
        The t teams; the last two stand for any that was never seen, at home and away.
    home, away, rho, dispersion : ndarray, shape (t, t)
        As in ``AgentForecast``; hosts first. NaN where it abstains.
    errors : ndarray, shape (t, t, 2)
        Standard errors of both sides' log rates.
    seen : ndarray, shape (t,)
        Matches of each team in the year before.
    coverage : float
        The share of what the agent would like to know of past matches that was known.
    evidence, silence : str
        What it went by, and why it abstains where it does.
    """

    kind: ClassVar[str] = "pairs"
    name: str
    as_of: datetime
    teams: TeamIndex
    home: Floats
    away: Floats
    rho: Floats
    dispersion: Floats
    errors: Floats
    seen: Floats
    coverage: float
    evidence: str
    silence: str

    def forecast(self, fixtures: MatchTable, quotes: QuoteTable) -> AgentForecast:  # noqa: ARG002 - a contract
        """Look fixtures up; quotes are not looked at."""
        hosts, guests = self._places(fixtures, "home"), self._places(fixtures, "away")
        there = hosts[0], guests[1]
        back = guests[0], hosts[1]
        neutral = fixtures.column("neutral") > 0
        home, away = self.look_up(fixtures, self.home, self.away)
        rho = np.where(neutral, (self.rho[there] + self.rho[back]) / 2, self.rho[there])
        quality = self.coverage * np.minimum(1.0, self._least_seen(hosts[0], guests[1]) / ENOUGH_MATCHES)
        made = np.isfinite(home) & np.isfinite(away) & np.isfinite(rho)
        return AgentForecast(
            home, away, rho, self.dispersion[there], self.errors[there],
            np.where(made, quality, 0.0),
            tuple(self.evidence if each else self.silence for each in made),
        )  # fmt: skip

    def look_up(self, fixtures: MatchTable, home: Floats, away: Floats) -> tuple[Floats, Floats]:
        """Shape (n,) each: what two squares, shape (t, t), hosts first, say of both sides of fixtures.

        On neutral ground, each side has the geometric mean of what it would have at home and away.
        """
        hosts, guests = self._places(fixtures, "home"), self._places(fixtures, "away")
        there, back = (hosts[0], guests[1]), (guests[0], hosts[1])
        neutral = fixtures.column("neutral") > 0
        return (
            _either(neutral, home[there], away[back]),
            _either(neutral, away[there], home[back]),
        )

    @property
    def speaks(self) -> bool:
        """Whether it has anything to say of any pair."""
        return bool(np.isfinite(self.home).any())

    def seen_of(self, team: str) -> int:
        """Return in how many matches of the year before a team was seen."""
        return int(self.seen[self.teams.require(team)]) if team in self.teams else 0

    def _places(self, fixtures: MatchTable, side: str) -> tuple[Ints, Ints]:
        """Return the teams' numbers as hosts and as guests."""
        found, last = self.teams.encode(fixtures.frame[side].to_list()), len(self.teams)
        new = found == UNKNOWN
        return np.where(new, last - 1, found), np.where(new, last - 2, found)

    def _least_seen(self, hosts: Ints, guests: Ints) -> Floats:
        return np.minimum(self.seen[hosts], self.seen[guests])

    def to_bytes(self) -> bytes:
        """Write the fit down."""
        plain = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in (*_ARRAYS, "teams")}
        meta = {"kind": self.kind, "teams": self.teams.names, **plain}
        return written.write(meta, {name: getattr(self, name) for name in _ARRAYS})

    @classmethod
    def read(cls, meta: dict[str, object], arrays: dict[str, np.ndarray]) -> "PairForecasts":
        """Read what ``to_bytes`` wrote."""
        return cls(**_plain(meta), **arrays)  # type: ignore[arg-type]


def fit_pairs(agent: "Agent", slate: Slate, code: str, forecast: "Forecast") -> PairForecasts:
    """Set out what an agent said of the possible fixtures of one competition.

    Parameters
    ----------
    agent : Agent
        Whose forecast it is.
    slate : Slate
        What was known, with the possible fixtures.
    code : str
        The competition.
    forecast : Forecast
        Of all rows of the slate.
    """
    rows, known = slate.of_competition(code), slate.known(code)
    fixtures = MatchTable(slate.history.matches.frame.filter(rows))
    square = Square(fixtures.teams, fixtures.home_index, fixtures.away_index)
    dispersion = np.broadcast_to(forecast.dispersion, len(rows))
    home, away, rho, nu = (
        square.of(values[rows]) for values in (forecast.home, forecast.away, forecast.rho, dispersion)
    )
    errors = pair_errors(known, agent.rated_by, slate.as_of, square.teams)
    coverage, evidence = agent.coverage(known.where(pl.col("kickoff") > slate.as_of - _YEAR))
    until = f"up to {slate.known_at:%Y-%m-%d}"
    return PairForecasts(
        agent.name, slate.as_of, square.teams, home, away, rho, nu, errors, _seen(known, slate, square.teams),
        coverage, f"{evidence} of {len(known):,} matches {until}", f"{agent.silence} {until}",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Square:
    """Pairs of t teams, as places in a square; no team plays itself.

    Parameters
    ----------
    teams : TeamIndex
        The t teams.
    hosts, guests : ndarray of int, shape (p,)
        Who plays in each pair.
    """

    teams: TeamIndex
    hosts: Ints
    guests: Ints

    def of(self, values: Floats) -> Floats:
        """Lay values out, shape (t, t, …), one or an array for each pair, shape (p, …); NaN elsewhere."""
        square = np.full((len(self.teams), len(self.teams), *values.shape[1:]), np.nan)
        square[self.hosts, self.guests] = values
        return square


def _seen(known: MatchTable, slate: Slate, teams: TeamIndex) -> Floats:
    """Shape (t,): how many matches each team played in the year before."""
    recent = known.where(pl.col("kickoff") > slate.as_of - _YEAR).frame
    played = np.concatenate([teams.encode(recent[side].to_list()) for side in ("home", "away")])
    return np.bincount(played[played != UNKNOWN], minlength=len(teams)).astype(np.float64)


def _either(neutral: Bools, there: Floats, back: Floats) -> Floats:
    """On neutral ground, take the geometric mean of a side's rates at home and away."""
    return np.where(neutral, np.sqrt(there * back), there)


def _plain(meta: dict[str, object]) -> dict[str, object]:
    """Read the facts that JSON holds as text."""
    facts = {name: value for name, value in meta.items() if name != "kind"}
    facts["as_of"] = datetime.fromisoformat(str(meta["as_of"]))
    facts["teams"] = TeamIndex(tuple(meta["teams"]))  # type: ignore[arg-type]
    return facts
