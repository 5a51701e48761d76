"""Any market scored beside its base rate, not the match result alone."""

import numpy as np

from monps.domain.evaluation import MarketScore
from monps.numerics.calibration import expected_calibration_error
from monps.numerics.checks import Floats, Ints
from monps.numerics.scoring import log_loss

_BINS = 10


def score_market(market: str, probabilities: Floats, happened: Ints) -> MarketScore:
    """Score forecasts of a market of which exactly one selection wins.

    Parameters
    ----------
    market : str
        What it is called.
    probabilities : ndarray, shape (n, k)
        Each row sums to 1.
    happened : ndarray of int, shape (n,)
        The selection that won.

    Returns
    -------
    MarketScore
        ``base_log_loss`` is that of the shares in which the selections won in these very matches: what one
        would score who knew those shares beforehand, and nothing else.
    """
    shares = np.bincount(happened, minlength=probabilities.shape[1]) / len(happened)
    base = -float((shares[shares > 0] * np.log(shares[shares > 0])).sum())
    return MarketScore(
        market=market,
        n=len(happened),
        log_loss=float(log_loss(probabilities, happened).mean()),
        base_log_loss=base,
        ece=expected_calibration_error(probabilities, happened, bins=_BINS),
    )
