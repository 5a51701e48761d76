"""What happens in a match: rates, then goals, then everything that leads to goals and surrounds them.

Arrays of shape (n, 2) hold the home side in column 0, the away side in column 1.
"""

from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Floats, Ints
from monps.sources.simulated.clubs import Clubs, Strengths
from monps.sources.simulated.schedule import REFEREES, Schedule
from monps.sources.simulated.scores import Rates, draw_scores, score_grid

NEWS_SPREAD, SURPRISE_SPREAD = 0.06, 0.04
FIRST_HALF_SHARE = 0.45
PENALTY_SHARE, OWN_GOAL_SHARE = 0.085, 0.03
PENALTY_CHANCE = 0.76

_TYPICAL_RATE = 1.37
_SAVED, _SAVED_POWER, _SAVED_DISPERSION = 2.95, 0.8, 0.06
_MISSED, _MISSED_POWER, _MISSED_DISPERSION = 8.2, 0.6, 0.09
_CHANCE = {"scored": 0.36, "saved": 0.14, "missed": 0.06}
_CHANCE_SCALE = 0.12
_CORNERS, _CORNERS_BY_SHOT, _CORNERS_DISPERSION = 2.0, 0.26, 0.02
_FOULS, _FOULS_DISPERSION = 11.0, 0.02
_YELLOWS, _YELLOWS_DISPERSION, _REDS = (1.65, 1.85), 0.05, 0.06
_REFEREE_SPREAD = 0.18
_PASSES, _ACTIONS, _DEEP, _PASSES_DISPERSION, _DEEP_DISPERSION = 243.0, 20.7, 6.6, 0.08, 0.18


class Outlook(NamedTuple):
    """Logarithms of both sides' rates, each of shape (n, 2), in the order in which they become known.

    ``usual`` follows from the clubs' strengths; ``news`` (who is fit, who is rested) is out before
    kick-off; the ``surprise`` is known to nobody. News and surprise leave the expected rate as it was.
    """

    usual: Floats
    news: Floats
    surprise: Floats

    @property
    def truth(self) -> Rates:
        """The rates from which goals are drawn."""
        rates = np.exp(self.usual + self.news + self.surprise)
        return Rates(rates[:, 0], rates[:, 1])


class Events(NamedTuple):
    """What both sides did, every array of shape (n, 2): ``goals ≤ shots_on_target ≤ shots``.

    ``passes_allowed`` and ``defensive_actions`` make up pressing (PPDA); ``deep`` counts passes completed
    close to the other side's goal.
    """

    goals: Ints
    half_time_goals: Ints
    penalties: Ints
    own_goals: Ints
    shots: Ints
    shots_on_target: Ints
    expected_goals: Floats
    corners: Ints
    fouls: Ints
    yellow_cards: Ints
    red_cards: Ints
    passes_allowed: Ints
    defensive_actions: Ints
    deep: Ints


def outlook(
    schedule: Schedule,
    clubs: Clubs,
    strengths: Strengths,
    *,
    bases: tuple[float, float],
    rng: np.random.Generator,
) -> Outlook:
    """Look at a season's matches.

    Parameters
    ----------
    schedule : Schedule
    clubs : Clubs
    strengths : Strengths
    bases : tuple of float
        Logarithms of what equal sides score at home (club's own edge aside) and away.
    rng : numpy.random.Generator
    """
    week, home, away = schedule.week, schedule.home, schedule.away
    at_home = strengths.attack[week, home] - strengths.defence[week, away] + clubs.home_edge[home]
    abroad = strengths.attack[week, away] - strengths.defence[week, home]
    shape = (len(week), 2)
    usual = np.stack([at_home, abroad], axis=1) + bases
    return Outlook(usual, _mean_one(NEWS_SPREAD, shape, rng), _mean_one(SURPRISE_SPREAD, shape, rng))


def play(
    schedule: Schedule,
    clubs: Clubs,
    rates: Rates,
    *,
    rho: float,
    strictness: Floats,
    rng: np.random.Generator,
) -> Events:
    """Play a season.

    Parameters
    ----------
    schedule : Schedule
    clubs : Clubs
    rates : Rates
        True rates of the n matches.
    rho : float
        Dixon–Coles dependence of low scores.
    strictness : ndarray, shape (20,)
        Logarithm of how many more cards each referee shows than the others.
    rng : numpy.random.Generator
    """
    goals = draw_scores(score_grid(rates, rho), rng)
    rate = np.stack(rates, axis=1)
    half_time = rng.binomial(goals, FIRST_HALF_SHARE)
    penalties = rng.binomial(goals, PENALTY_SHARE)
    own_goals = rng.binomial(goals - penalties, OWN_GOAL_SHARE)
    on_target, shots, chances = _shots(rate, goals, penalties, rng)
    habits = clubs.habits[np.stack([schedule.home, schedule.away], axis=1)]
    corners = _count(
        np.exp(habits[:, :, 0]) * (_CORNERS + _CORNERS_BY_SHOT * shots), _CORNERS_DISPERSION, rng
    )
    return Events(
        goals, half_time, penalties, own_goals, shots, on_target, chances, corners,
        *_discipline(habits, strictness[schedule.referee], rng),
        *_territory(habits, rate, rng),
    )  # fmt: skip


def draw_strictness(rng: np.random.Generator) -> Floats:
    """Draw a panel of referees' strictness, shape (20,)."""
    return rng.normal(0.0, _REFEREE_SPREAD, REFEREES)


def _mean_one(spread: float, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Logarithms of lognormal factors whose mean is 1."""
    return rng.normal(-(spread**2) / 2.0, spread, shape)


def _count(means: Floats, dispersion: float, rng: np.random.Generator) -> Ints:
    """Draw negative binomial counts with variance m + m² · dispersion, as Poisson counts of gamma means."""
    return rng.poisson(means * rng.gamma(1.0 / dispersion, dispersion, means.shape))


def _shots(rate: Floats, goals: Ints, penalties: Ints, rng: np.random.Generator) -> tuple[Ints, Ints, Floats]:
    """Draw shots on target, shots, and expected goals whose mean is the true rate.

    Each shot has a chance to be a goal, gamma distributed with one scale for all, so that their sum is
    gamma distributed too; the mean chance is set so that a side's expected goals average its rate.
    """
    relative = rate / _TYPICAL_RATE
    mean_saved, mean_missed = _SAVED * relative**_SAVED_POWER, _MISSED * relative**_MISSED_POWER
    saved = _count(mean_saved, _SAVED_DISPERSION, rng)
    missed = _count(mean_missed, _MISSED_DISPERSION, rng)
    from_play = (1.0 - PENALTY_SHARE) * rate
    weight = _CHANCE["scored"] * (goals - penalties) + _CHANCE["saved"] * saved + _CHANCE["missed"] * missed
    mean = _CHANCE["scored"] * from_play + _CHANCE["saved"] * mean_saved + _CHANCE["missed"] * mean_missed
    quality = (rate - PENALTY_SHARE * PENALTY_CHANCE * rate) / mean
    chances = PENALTY_CHANCE * penalties + rng.gamma(weight * quality / _CHANCE_SCALE, _CHANCE_SCALE)
    return goals + saved, goals + saved + missed, chances


def _discipline(habits: Floats, strictness: Floats, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """Draw fouls, yellow and red cards."""
    fouls = _count(_FOULS * np.exp(habits[:, :, 1]), _FOULS_DISPERSION, rng)
    leaning = np.exp(habits[:, :, 2] + strictness[:, None]) * np.sqrt(fouls / _FOULS)
    return fouls, _count(leaning * _YELLOWS, _YELLOWS_DISPERSION, rng), rng.poisson(_REDS * leaning)


def _territory(habits: Floats, rate: Floats, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    """Draw passes allowed, defensive actions against them (never none), and deep completions."""
    pressing = np.exp(habits[:, :, 3])
    actions = 1 + rng.poisson((_ACTIONS - 1) * pressing)
    deep = _count(_DEEP * (rate / _TYPICAL_RATE) ** _MISSED_POWER, _DEEP_DISPERSION, rng)
    return _count(_PASSES / pressing, _PASSES_DISPERSION, rng), actions, deep
