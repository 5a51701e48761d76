"""Closing line value: whether we paid less than the last price without its margin."""

import numpy as np

from monps.domain.ledger import ClosingLineValue
from monps.evaluation.profit import mean_of
from monps.numerics.checks import Floats, Ints


def closing_line_value(
    odds: Floats, fair_closing: Floats, days: Ints | Floats, *, null: Floats | None = None
) -> ClosingLineValue | None:
    """Measure odds taken against margin-free closing odds: odds / fair closing − 1.

    Parameters
    ----------
    odds : ndarray, shape (k,)
        Odds taken, net of commission.
    fair_closing : ndarray, shape (k,)
        Margin-free closing odds of the same selections; NaN where there are none.
    days : ndarray, shape (k,)
        Match days: bets of one day are drawn together.
    null : ndarray, optional
        The same value of all that was on offer on these matches at these prices, NaN where it has none:
        what a bet chosen by lot would have.

    Returns
    -------
    ClosingLineValue or None
        None where fewer than two days have a closing price.
    """
    values = odds / fair_closing - 1.0
    known = np.isfinite(values)
    found = mean_of(values[known], days[known])
    if found is None:
        return None
    others = np.zeros(0) if null is None else null[np.isfinite(null)]
    mean = float(others.mean()) if len(others) else None
    return ClosingLineValue(n=int(known.sum()), value=found, null=mean, null_n=len(others))
