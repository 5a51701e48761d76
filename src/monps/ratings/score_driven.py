"""Strengths that every result moves a little: a filter, in which nothing is ever fitted again.

Between matches, what is known of a team fades as weights do in a fit, with the same half-life. A match moves
both teams by its score (goals less expected goals), divided by what is known of them by then. That is what
the weighted likelihood gives as long as the teams' errors are taken for independent, and costs a few sums a
match where a fit solves for all teams at once.

References
----------
Koopman & Lit (2019), Forecasting football match results in national league competitions using score-driven
time series models, International Journal of Forecasting 35(2); Fahrmeir (1992), Posterior mode estimation by
extended Kalman filtering for multivariate dynamic generalized linear models, JASA 87(418), section 3.
"""

from datetime import datetime
from typing import NamedTuple

import numpy as np

from monps.errors import NotEnoughData
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.decay import half_life_weights
from monps.numerics.design import ADVANTAGE, INTERCEPT, Layout
from monps.numerics.likelihood import Maximum
from monps.numerics.low_scores import bounds, correction
from monps.numerics.pairings import Responses
from monps.ratings.beliefs import Beliefs
from monps.ratings.league_sheet import AWAY, HOME, LeagueSheet
from monps.ratings.match_days import match_days
from monps.ratings.strengths import (
    USUAL_ADVANTAGE,
    USUAL_INTERCEPT,
    StrengthFit,
    Strengths,
    StrengthSettings,
    responses,
)
from monps.ratings.walk import WalkedRates
from monps.tables.matches import SECONDS_A_DAY, MatchTable

ATTACK, DEFENCE = 0, 1
USUAL_RHO = -0.05
LEVEL_PRECISION, RHO_PRECISION = 1.0, 400.0
"""How firmly the leagues' levels and ρ are held to where they usually lie."""
_NEVER = np.iinfo(np.int64).min


class Filtered(NamedTuple):
    """What a filter said before each match, and what it knows at the end.

    Parameters
    ----------
    rates : ndarray, shape (3, n)
        λ, ν and ρ on the morning of each match.
    strengths : Beliefs
        Of shape (2, t): attacks and defences.
    levels : Beliefs
        Of shape (2, c): log goals of an average side at home, and away.
    rho : Beliefs
        Of shape (c,).
    day : float
        When that was, in days from 1970.
    """

    rates: Floats
    strengths: Beliefs
    levels: Beliefs
    rho: Beliefs
    day: float


def run_filter(table: MatchTable, settings: StrengthSettings, *, apart: bool) -> Filtered:
    """Go through all matches of a table in the order in which they became known.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    settings : StrengthSettings
        ``ridge`` must be above 0; own advantages are not looked at.
    apart : bool
        Whether each competition stands for itself.

    Returns
    -------
    Filtered
    """
    state = _Filter(LeagueSheet.of(table, settings.response, apart=apart), settings)
    rates, day = np.full((3, len(table)), np.nan), None
    for today in match_days(table):
        state.fade(today.day - (today.day if day is None else day))
        state.learn(today.known)
        rates[:2, today.fixtures] = state.rates(today.fixtures)
        rates[2, today.fixtures] = state.rho.mean[state.sheet.competition[today.fixtures]]
        day = today.day
    return Filtered(rates, state.strengths, state.levels, state.rho, day or 0.0)


def filter_rates(table: MatchTable, settings: StrengthSettings, wanted: Bools) -> WalkedRates:
    """Return the rates that ``run_filter`` gives to the wanted matches, each competition for itself.

    Parameters
    ----------
    table : MatchTable
        The n matches.
    settings : StrengthSettings
        As for ``run_filter``.
    wanted : ndarray of bool, shape (n,)
        The matches to predict; the others are only learned from.
    """
    rates = np.where(wanted, run_filter(table, settings, apart=True).rates, np.nan)
    return WalkedRates(rates[0], rates[1], rates[2] if settings.low_scores else rates[2] * 0.0, 0)


def filter_strengths(table: MatchTable, settings: StrengthSettings, as_of: datetime) -> StrengthFit:
    """Run the filter over the matches of a table, all of which must be known at ``as_of``.

    Returns
    -------
    StrengthFit
        The information is diagonal but for the levels; the log-likelihood is that of the forecasts which the
        filter made before each match, weighted by age.

    Raises
    ------
    NotEnoughData
        If there is no match at all.
    """
    if not len(table):
        raise NotEnoughData("no match is known at that moment: nothing to learn from")
    last = run_filter(table, settings, apart=False)
    days = as_of.timestamp() / SECONDS_A_DAY - last.day
    kept = float(half_life_weights(np.array(max(days, 0.0)), settings.half_life_days))
    for beliefs in (last.strengths, last.levels, last.rho):
        beliefs.fade(kept)
    layout, matches = settings.layout(len(table.teams)), responses(table, settings, as_of)
    parameters, information = _set_out(last, layout)
    newcomer = np.array([settings.newcomer_attack, settings.newcomer_defence])
    strengths = Strengths(table.teams, layout, parameters, information[None], newcomer, 1.0 / settings.ridge)
    value = np.array([_predictive(matches, last.rates)])
    found = Maximum(parameters[None], information[None], value, 1, np.ones(1, dtype=np.bool_))
    return StrengthFit(strengths, matches, found)


def _set_out(last: Filtered, layout: Layout) -> tuple[Floats, Floats]:
    """Lay beliefs out as the parameters of a fit and their information."""
    level, width = last.levels.mean[:, 0], layout.width
    parameters, information = np.zeros(width), np.zeros((width, width))
    parameters[[INTERCEPT, ADVANTAGE]] = level[AWAY], level[HOME] - level[AWAY]
    # The level at home is intercept and advantage together.
    both = np.ix_([INTERCEPT, ADVANTAGE], [INTERCEPT, ADVANTAGE])
    information[both] = last.levels.precision[HOME, 0]
    information[INTERCEPT, INTERCEPT] += last.levels.precision[AWAY, 0]
    places = np.arange(width)
    blocks = [
        (layout.attack, *_row(last.strengths, ATTACK)),
        (layout.defence, *_row(last.strengths, DEFENCE)),
    ]
    if layout.low_scores:
        blocks.append((slice(layout.rho, layout.rho + 1), last.rho.mean, last.rho.precision))
    for block, mean, precision in blocks:
        parameters[block] = mean
        information[places[block], places[block]] = precision
    return parameters, information


def _row(beliefs: Beliefs, kind: int) -> tuple[Floats, Floats]:
    return beliefs.mean[kind], beliefs.precision[kind]


def _predictive(matches: Responses, rates: Floats) -> float:
    """Sum w (log-likelihood of the scores), without the factorials."""
    home, away, rho = rates
    low, high = bounds(home, away)
    kinds = np.stack(correction(home, away, np.clip(rho, low, high)))
    code = (2 * np.minimum(matches.home_goals, 2) + np.minimum(matches.away_goals, 2)).astype(int)
    is_low = (matches.home_goals <= 1) & (matches.away_goals <= 1)
    tau = np.where(is_low, kinds[np.where(is_low, code, 0), np.arange(len(code))], 1.0)
    plain = matches.home_goals * np.log(home) - home + matches.away_goals * np.log(away) - away
    return float((matches.weights * (plain + np.log(tau))).sum())


class _Filter:
    """The beliefs of all competitions, and how they move."""

    def __init__(self, sheet: LeagueSheet, settings: StrengthSettings) -> None:
        self.sheet, self.settings = sheet, settings
        self.newcomer = np.array([[settings.newcomer_attack], [settings.newcomer_defence]])
        usual = np.array([[USUAL_INTERCEPT + USUAL_ADVANTAGE], [USUAL_INTERCEPT]])
        self.strengths = Beliefs.at(self.newcomer * ~sheet.founders(), settings.ridge)
        self.levels = Beliefs.at(np.repeat(usual, sheet.competitions, axis=1), LEVEL_PRECISION)
        self.rho = Beliefs.at(np.full(sheet.competitions, USUAL_RHO), RHO_PRECISION)
        self.season = np.full(sheet.competitions, _NEVER)

    def fade(self, days: float) -> None:
        """Let so many days pass."""
        kept = float(half_life_weights(np.array(days), self.settings.half_life_days))
        for beliefs in (self.strengths, self.levels, self.rho):
            beliefs.fade(kept)

    def rates(self, rows: Ints) -> Floats:
        """Shape (2, f): both sides' rates."""
        scorers, keepers, grounds = self.sheet.sides(rows)
        level = self.levels.mean[grounds, self.sheet.competition[rows]]
        attack, defence = self.strengths.mean[ATTACK, scorers], self.strengths.mean[DEFENCE, keepers]
        return np.asarray(np.exp(level + attack - defence), dtype=np.float64)

    def learn(self, rows: Ints) -> None:
        """Move by the results of some matches, all at once."""
        self._open_seasons(rows)
        scorers, keepers, grounds = self.sheet.sides(rows)
        code, rates = self.sheet.competition[rows], self.rates(rows)
        surprise, variance = self.sheet.responses[:, rows] - rates, 1.0 / self.strengths.precision
        # What is unknown of the opponent leaves less to be learned of oneself.
        of_attack = 1.0 + rates * variance[DEFENCE, keepers]
        of_defence = 1.0 + rates * variance[ATTACK, scorers]
        attack = np.full_like(scorers, ATTACK)
        self.strengths.learn((attack, scorers), surprise / of_attack, rates / of_attack)
        self.strengths.learn((attack + DEFENCE, keepers), -surprise / of_defence, rates / of_defence)
        both = np.broadcast_to(code, grounds.shape)
        self.levels.learn((grounds, both), self.sheet.goals[:, rows] - rates, rates)
        self._learn_rho(rows, rates)

    def _learn_rho(self, rows: Ints, rates: Floats) -> None:
        home, away = rates
        goals, code = self.sheet.goals[:, rows], self.sheet.competition[rows]
        kinds = np.stack([-home * away, home, away, -np.ones_like(home)])
        low = np.flatnonzero(goals.max(axis=0) <= 1)
        factor = kinds[(2 * goals[0] + goals[1]).astype(int)[low], low]
        slope = factor / (1.0 + factor * self.rho.mean[code[low]])
        self.rho.learn((code[low],), slope, slope**2)

    def _open_seasons(self, rows: Ints) -> None:
        """With a season's first result, who was not there the season before becomes a newcomer."""
        seasons, codes = self.sheet.season[rows], self.sheet.competition[rows]
        for code in np.unique(codes[seasons > self.season[codes]]):
            first = self.season[code] == _NEVER
            self.season[code] = seasons[codes == code].max()
            if not first:
                stayed = self.sheet.stayed(code, self.season[code])
                new = self.sheet.members(code) & ~stayed
                self.strengths.recentre(stayed, 0.0)
                self.strengths.recentre(new, self.newcomer)
                self.strengths.restart(new)
