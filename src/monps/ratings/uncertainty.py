"""How far off the rates of every pair of teams may be, for not knowing the teams' strengths exactly."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from monps.numerics.checks import Floats, Ints
from monps.ratings.strengths import StrengthFit, StrengthSettings, fit_strengths
from monps.tables.encode import TeamIndex
from monps.tables.matches import MatchTable


def pair_errors(
    known: MatchTable, settings: Sequence[StrengthSettings], as_of: datetime, teams: TeamIndex
) -> Floats:
    """Return standard errors of both sides' log rates, for each team at home to each.

    Parameters
    ----------
    known : MatchTable
        The matches of one competition that were known.
    settings : sequence of StrengthSettings
        How strengths are fitted; the errors of several fits are averaged, as if they were all wrong together.
    as_of : datetime
        The moment from which one looks.
    teams : TeamIndex
        The t teams; any that ``known`` does not have is a newcomer.

    Returns
    -------
    ndarray, shape (t, t, 2)

    Notes
    -----
    A response that scatters less than goals do is known better: the covariance is multiplied with Pearson's
    dispersion, ``Σ w (y − μ)² / μ / Σ w``.

    References
    ----------
    McCullagh, P., Nelder, J. (1989), *Generalized Linear Models*, section 4.5.
    """
    places = np.indices((len(teams), len(teams))).reshape(2, -1)
    found = [_errors(fit_strengths(known, each, as_of), teams, places) for each in settings]
    return np.asarray(np.mean(found, axis=0).reshape(len(teams), len(teams), 2))


def _errors(fit: StrengthFit, teams: TeamIndex, places: Ints) -> Floats:
    number = fit.strengths.teams.encode(teams.names)
    spread = fit.strengths.log_rate_covariance(number[places[0]], number[places[1]])
    return np.sqrt(np.diagonal(spread, axis1=1, axis2=2) * _dispersion(fit))


def _dispersion(fit: StrengthFit) -> float:
    matches = fit.matches
    expected = np.exp(np.stack(fit.strengths.log_rates(matches.host, matches.guest)))
    happened = np.stack([matches.home, matches.away])
    return float((matches.weights * (happened - expected) ** 2 / expected).sum() / 2 / matches.weights.sum())
