"""Attack and defence of every team, from the matches known at one moment."""

import math
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import polars as pl
from pydantic import NonNegativeFloat, PositiveFloat

from monps.domain.base import Noun
from monps.errors import NotEnoughData
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.decay import half_life_weights
from monps.numerics.design import ADVANTAGE, INTERCEPT, Layout
from monps.numerics.likelihood import Maximum, maximise
from monps.numerics.objective import Curvature, GaussianPrior, worked_out
from monps.numerics.pairings import Pairings, Responses, gather
from monps.ratings.newcomers import Seasons, learn_newcomers
from monps.ratings.responses import Blend, side_response
from monps.tables.encode import UNKNOWN, TeamIndex
from monps.tables.matches import SECONDS_A_DAY, MatchTable

USUAL_INTERCEPT, USUAL_ADVANTAGE = 0.15, 0.25
"""Where a league's log away goals and log home advantage lie before any match is seen: about 1.16 goals
away and 1.49 at home, the means of a dozen European divisions."""
_LEVEL_PRECISION = 4.0
USUAL_RHO = -0.05
"""Where ρ usually lies, within about ±0.05: what a single league's low scores say of it is mostly noise."""
_RHO_PRECISION = 400.0
_PINNED = 1e9


class StrengthSettings(Noun):
    """How strengths are fitted.

    Parameters
    ----------
    half_life_days : float or None
        Age at which a match weighs half; None weighs all alike.
    ridge : float
        Precision of the prior of each attack and defence: 0 is plain maximum likelihood, 4 says that
        teams differ by about ±0.5 on the log scale before any match is seen.
    newcomer_attack, newcomer_defence : float
        The prior's mean for teams that did not play in the competition the season before.
    learn_newcomers : bool
        Whether that mean is moved to where earlier seasons' newcomers were.
    own_advantage_ridge : float or None
        Precision with which each team's own home advantage is held to the league's; None gives all teams
        the same.
    response : Blend
        What stands for goals.
    level_on_goals : bool
        Whether the rates' level is set on goals where the response is something else. Goals say it with
        noise: with a short half-life, or where a later step sets the level, better not.
    low_scores : bool
        Whether the Dixon–Coles ρ is fitted.
    """

    half_life_days: PositiveFloat | None = 390.0
    ridge: NonNegativeFloat = 4.0
    newcomer_attack: float = -0.2
    newcomer_defence: float = -0.2
    learn_newcomers: bool = False
    own_advantage_ridge: PositiveFloat | None = None
    response: Blend = Blend()
    level_on_goals: bool = True
    low_scores: bool = True

    @property
    def is_levelled(self) -> bool:
        """Whether the level has to be set on goals after the fit."""
        return self.level_on_goals and not self.response.is_goals

    def layout(self, teams: int) -> Layout:
        """Say which parameters a fit of this many teams has."""
        return Layout(teams, self.low_scores, self.own_advantage_ridge is not None)

    def newcomer(self, seasons: Seasons, last: float) -> Floats:
        """Shape (2,): attack and defence that newcomers are believed to have in a season."""
        usual = np.array([self.newcomer_attack, self.newcomer_defence])
        return learn_newcomers(seasons, last, usual, self.ridge) if self.learn_newcomers else usual

    def prior(self, layout: Layout, strengths: Floats) -> GaussianPrior:
        """Set the prior of b problems around believed attacks and defences, shape (b, 2, t)."""
        mean, precision = (np.zeros((len(strengths), layout.width)) for _ in range(2))
        mean[:, INTERCEPT], mean[:, ADVANTAGE] = USUAL_INTERCEPT, USUAL_ADVANTAGE
        precision[:, INTERCEPT] = precision[:, ADVANTAGE] = min(self.ridge, _LEVEL_PRECISION)
        mean[:, layout.attack], mean[:, layout.defence] = strengths[:, 0], strengths[:, 1]
        precision[:, layout.attack] = precision[:, layout.defence] = self.ridge
        if layout.own_advantage:
            precision[:, layout.own] = self.own_advantage_ridge
            precision[:, layout.rho] = _PINNED
        if layout.low_scores:
            mean[:, layout.rho], precision[:, layout.rho] = USUAL_RHO, _RHO_PRECISION if self.ridge else 0.0
        return GaussianPrior(mean, precision)


@dataclass(frozen=True, eq=False)
class Strengths:
    """Fitted strengths, with their uncertainty.

    Parameters
    ----------
    teams : TeamIndex
        The t teams.
    layout : Layout
        Where each parameter stands.
    parameters : ndarray, shape (p,)
    curvature : Curvature or ndarray, shape (1, p, p)
        Minus the Hessian of the penalised log-likelihood; or how to work it out, as most fits are not asked.
    newcomer : ndarray, shape (2,)
        Attack and defence of a team that was never seen.
    newcomer_variance : float
        How far such a team may be from them.
    """

    teams: TeamIndex
    layout: Layout
    parameters: Floats
    curvature: Curvature | Floats
    newcomer: Floats
    newcomer_variance: float

    @cached_property
    def information(self) -> Floats:
        """Shape (p, p): minus the Hessian of the penalised log-likelihood."""
        information: Floats = worked_out(self.curvature)[0]
        return information

    @cached_property
    def covariance(self) -> Floats:
        """Shape (p, p): the inverse of the information; what nothing is known of has no variance."""
        return np.asarray(np.linalg.pinv(self.information, hermitian=True), dtype=np.float64)

    def log_rates(self, homes: Ints, aways: Ints, *, advantage: bool = True) -> tuple[Floats, Floats]:
        """Return log λ and log ν, each of shape (n,), for teams by number; −1 is a team never seen."""
        attack = np.append(self.parameters[self.layout.attack], self.newcomer[0])
        defence = np.append(self.parameters[self.layout.defence], self.newcomer[1])
        base, gamma = self.parameters[INTERCEPT], self.parameters[ADVANTAGE] if advantage else 0.0
        own = np.zeros(len(attack))
        if advantage and self.layout.own_advantage:
            own[:-1] = self.parameters[self.layout.own]
        home = base + gamma + own[homes] + attack[homes] - defence[aways]
        return home, base + attack[aways] - defence[homes]

    def log_rate_covariance(self, homes: Ints, aways: Ints, *, advantage: bool = True) -> Floats:
        """Shape (n, 2, 2): the covariance of log λ and log ν."""
        rows = self._design(homes, aways, advantage=advantage)
        spread: Floats = np.einsum("nip,pq,njq->nij", rows, self.covariance, rows, optimize=True)
        unseen = (homes == UNKNOWN).astype(float) + (aways == UNKNOWN)
        spread[:, [0, 1], [0, 1]] += (unseen * self.newcomer_variance)[:, None]
        return spread

    def _design(self, homes: Ints, aways: Ints, *, advantage: bool) -> Floats:
        rows, n = np.zeros((len(homes), 2, len(self.parameters))), np.arange(len(homes))
        rows[:, :, INTERCEPT] = 1.0
        rows[:, 0, ADVANTAGE] = float(advantage)
        attack, defence = self.layout.attack.start, self.layout.defence.start
        for side, (scorers, keepers) in enumerate(((homes, aways), (aways, homes))):
            rows[n, side, attack + scorers] += np.where(scorers == UNKNOWN, 0.0, 1.0)
            rows[n, side, defence + keepers] -= np.where(keepers == UNKNOWN, 0.0, 1.0)
        if advantage and self.layout.own_advantage:
            rows[n, 0, self.layout.own.start + homes] += np.where(homes == UNKNOWN, 0.0, 1.0)
        return rows

    @property
    def rho(self) -> float:
        """The low-score parameter, 0 where it was not fitted."""
        return float(self.parameters[self.layout.rho]) if self.layout.low_scores else 0.0

    def to_frame(self) -> pl.DataFrame:
        """Return team, attack, defence and their standard errors, strongest first."""
        errors = np.sqrt(np.maximum(np.diag(self.covariance), 0.0))
        columns = {
            "team": self.teams.names,
            "attack": self.parameters[self.layout.attack],
            "attack_error": errors[self.layout.attack],
            "defence": self.parameters[self.layout.defence],
            "defence_error": errors[self.layout.defence],
        }
        return pl.DataFrame(columns).sort(pl.col("attack") + pl.col("defence"), descending=True)


class StrengthFit(NamedTuple):
    """Strengths, the matches they were fitted to, and where the search ended."""

    strengths: Strengths
    matches: Responses
    found: Maximum


def responses(table: MatchTable, settings: StrengthSettings, as_of: datetime) -> Responses:
    """Set the matches of a table out as the likelihood sees them from one moment."""
    return Responses(
        table.home_index,
        table.away_index,
        side_response(table, "home", settings.response),
        side_response(table, "away", settings.response),
        table.home_goals,
        table.away_goals,
        weights_of(table.kickoff_days, settings, as_of),
    )


def weights_of(kickoff_days: Floats, settings: StrengthSettings, as_of: datetime) -> Floats:
    """Weigh matches, shape (n,), by how long ago they were played."""
    if settings.half_life_days is None:
        return np.ones(len(kickoff_days))
    age = np.maximum(as_of.timestamp() / SECONDS_A_DAY - kickoff_days, 0.0)
    return half_life_weights(age, settings.half_life_days)


def fit_strengths(
    table: MatchTable, settings: StrengthSettings, as_of: datetime, start: Strengths | None = None
) -> StrengthFit:
    """Fit strengths to the matches of a table, all of which must be known at ``as_of``.

    Raises
    ------
    NotEnoughData
        If there is no match at all.
    """
    if not len(table):
        raise NotEnoughData("no match is known at that moment: nothing to fit")
    layout = settings.layout(len(table.teams))
    matches = responses(table, settings, as_of)
    layers = _layers(table, matches)
    seasons = Seasons(matches, table.column("season"), layout.teams)
    last = seasons.season.max()
    newcomer = settings.newcomer(seasons, last)
    prior = _prior(settings, layout, newcomer, seasons.newcomers(last))
    found = maximise(layers, layout, prior, start=_warm(start, table.teams, layout, prior))
    parameters = found.parameters[0]
    if settings.is_levelled:
        parameters = _on_goals(parameters.copy(), layout, matches, table)
    strengths = Strengths(
        table.teams, layout, parameters, found.curvature, newcomer, _spread(settings, layout, parameters)
    )
    return StrengthFit(strengths, matches, found)


def with_parameters(strengths: Strengths, found: Maximum, settings: StrengthSettings) -> Strengths:
    """Return the same teams' strengths where a later fit found them."""
    parameters = found.parameters[0]
    return replace(
        strengths,
        parameters=parameters,
        curvature=found.curvature,
        newcomer_variance=_spread(settings, strengths.layout, parameters),
    )


def _prior(settings: StrengthSettings, layout: Layout, newcomer: Floats, newcomers: Bools) -> GaussianPrior:
    if not newcomers.any():
        return _prior_of_all_alike(settings, layout)
    return settings.prior(layout, (newcomer[:, None] * newcomers)[None])


@lru_cache(maxsize=64)
def _prior_of_all_alike(settings: StrengthSettings, layout: Layout) -> GaussianPrior:
    """Keep the prior, and what follows from it, of leagues without newcomers: it is asked for every day."""
    return settings.prior(layout, np.zeros((1, 2, layout.teams)))


def _spread(settings: StrengthSettings, layout: Layout, parameters: Floats) -> float:
    """Return the variance of a team's strength: the prior's, or how the teams differ."""
    if settings.ridge:
        return 1.0 / settings.ridge
    attack = parameters[layout.attack]
    off = attack - attack.mean()
    return float(off @ off) / len(off)


def _layers(table: MatchTable, matches: Responses) -> list[Pairings]:
    """Sum home-ground and neutral matches apart."""
    teams = len(table.teams)
    if not table.has_neutral:
        return [gather(matches, teams)]
    neutral = table.column("neutral") > 0
    on_neutral = gather(matches.where(neutral), teams)
    return [gather(matches.where(~neutral), teams), replace(on_neutral, advantage=False)]


def _warm(start: Strengths | None, teams: TeamIndex, layout: Layout, prior: GaussianPrior) -> Floats | None:
    """Carry earlier parameters over to a table that may have other teams."""
    if start is None:
        return None
    theta, places = prior.mean.copy(), start.teams.encode(teams.names)
    known = places != UNKNOWN
    theta[0, [INTERCEPT, ADVANTAGE]] = start.parameters[[INTERCEPT, ADVANTAGE]]
    for block in ("attack", "defence"):
        values = start.parameters[getattr(start.layout, block)]
        theta[0, getattr(layout, block)][known] = values[places[known]]
    if layout.low_scores and start.layout.low_scores:
        theta[0, layout.rho] = start.rho
    return theta


def _on_goals(parameters: Floats, layout: Layout, matches: Responses, table: MatchTable) -> Floats:
    """Set the level of the rates so that hosts at home score what they scored, and all others too."""
    own = parameters[layout.own] if layout.own_advantage else np.zeros(layout.teams)
    attack, defence = parameters[layout.attack], parameters[layout.defence]
    at_home = table.column("neutral") == 0
    hosts = np.where(at_home, parameters[ADVANTAGE] + own[matches.host], 0.0)
    home = np.exp(parameters[INTERCEPT] + hosts + attack[matches.host] - defence[matches.guest])
    away = np.exp(parameters[INTERCEPT] + attack[matches.guest] - defence[matches.host])
    at_home_shift = _shift(matches.weights * at_home, matches.home_goals, home)
    w = np.concatenate([matches.weights, matches.weights * ~at_home])
    goals = np.concatenate([matches.away_goals, matches.home_goals])
    other_shift = _shift(w, goals, np.concatenate([away, home]))
    parameters[INTERCEPT] += other_shift
    parameters[ADVANTAGE] += at_home_shift - other_shift
    return parameters


def _shift(weights: Floats, goals: Floats, rates: Floats) -> float:
    """Return by how much log rates must move to give the goals; 0 where there is no goal to go by."""
    scored, expected = float((weights * goals).sum()), float((weights * rates).sum())
    return math.log(scored / expected) if scored > 0 else 0.0
