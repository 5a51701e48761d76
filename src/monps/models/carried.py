"""What of a fit is carried to a later moment: sums over pairings, which only decay and grow."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.decay import half_life_weights
from monps.numerics.objective import Curvature, GaussianPrior
from monps.numerics.pairings import Pairings, Responses, gather
from monps.ratings.responses import side_response
from monps.ratings.strengths import StrengthFit, StrengthSettings, weights_of
from monps.tables.matches import SECONDS_A_DAY, MatchTable


class Tally(NamedTuple):
    """How many matches there are, and what they weigh.

    Parameters
    ----------
    matches : int
    weight : float
        Sum of the weights.
    factorials : float
        Weighted sum of ``log h! + log a!``.
    """

    matches: int
    weight: float
    factorials: float


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """The sums of a fit, and by what one knows a table that has grown from the fitted one.

    Parameters
    ----------
    as_of : datetime
        The moment from which the matches' ages are counted.
    sums : Pairings
        Of one league on home grounds.
    prior : GaussianPrior
        What was believed before any match.
    tally : Tally
        Of the matches in the sums.
    season : float
        The newest season among them.
    marks : ndarray, shape (3,)
        Their goals at home and away, and the teams who played, as checksums.
    """

    as_of: datetime
    sums: Pairings
    prior: GaussianPrior
    tally: Tally
    season: float
    marks: Floats


def carried(
    fit: StrengthFit, known: MatchTable, settings: StrengthSettings, as_of: datetime
) -> Carried | None:
    """Keep what a later fit can begin with; None where the sums do not say it all.

    They do not where matches are on neutral ground, or the level is set on goals afterwards.
    """
    curvature = fit.found.curvature
    if not isinstance(curvature, Curvature) or settings.is_levelled or known.has_neutral:
        return None
    (sums,), weights = curvature.objective.layers, fit.matches.weights
    tally = Tally(len(known), float(weights.sum()), float(weights @ known.log_factorials))
    season = float(known.column("season").max())
    return Carried(as_of, sums, curvature.objective.prior, tally, season, _marks(known, slice(None)))


def later(before: Carried, table: MatchTable, settings: StrengthSettings, as_of: datetime) -> Carried | None:
    """Let the sums decay to a later moment, and add the matches that became known.

    Parameters
    ----------
    before : Carried
        What an earlier fit kept.
    table : MatchTable
        The fitted matches and those that came after them.
    settings : StrengthSettings
        The fit's.
    as_of : datetime
        The later moment.

    Returns
    -------
    Carried or None
        None where the table has not grown from the fitted one, or a new season has begun, for which other
        newcomers are believed in.
    """
    if as_of < before.as_of or table.has_neutral:
        return None
    old = table.known_by(before.as_of)
    if int(old.sum()) != before.tally.matches or not np.array_equal(_marks(table, old), before.marks):
        return None
    new = np.flatnonzero(table.known_by(as_of) & ~old)
    if len(new) and float(table.column("season")[new].max()) > before.season:
        return None
    passed = (as_of - before.as_of).total_seconds() / SECONDS_A_DAY
    kept = half_life_weights(np.array([passed]), settings.half_life_days)
    matches = _responses(table, settings, as_of, new)
    sums = before.sums.decayed(kept).plus(gather(matches, len(table.teams)))
    tally = _grown(before.tally, float(kept[0]), matches.weights, table.log_factorials[new])
    return Carried(as_of, sums, before.prior, tally, before.season, before.marks + _marks(table, new))


def _grown(tally: Tally, kept: float, weights: Floats, factorials: Floats) -> Tally:
    return Tally(
        tally.matches + len(weights),
        kept * tally.weight + float(weights.sum()),
        kept * tally.factorials + float(weights @ factorials),
    )


def _responses(table: MatchTable, settings: StrengthSettings, as_of: datetime, rows: Ints) -> Responses:
    return Responses(
        table.home_index[rows],
        table.away_index[rows],
        side_response(table, "home", settings.response)[rows],
        side_response(table, "away", settings.response)[rows],
        table.home_goals[rows],
        table.away_goals[rows],
        weights_of(table.kickoff_days[rows], settings, as_of),
    )


def _marks(table: MatchTable, rows: Bools | Ints | slice) -> Floats:
    """Add up goals, and who met whom, in whole numbers, which floats add without error."""
    home, away = table.home_goals[rows], table.away_goals[rows]
    places = (table.home_index[rows] + 1) * (2 * table.away_index[rows] + 1)
    return np.array([home.sum(), away.sum(), places.sum()])
