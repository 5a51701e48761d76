"""Any market scored beside its base rate, not the match result alone."""

import numpy as np

from monps.domain.evaluation import MarketScore
from monps.evaluation.scorecard import Outcomes, gap_to_closing
from monps.numerics.calibration import expected_calibration_error
from monps.numerics.checks import Ints
from monps.numerics.scoring import log_loss

_BINS = 10


def score_market(market: str, outcomes: Outcomes) -> MarketScore:
    """Score forecasts of a market of which exactly one selection wins.

    Parameters
    ----------
    market : str
        What it is called.
    outcomes : Outcomes
        Forecasts of its selections, and which of them won.

    Returns
    -------
    MarketScore
        ``base_log_loss`` is that of the shares in which the selections won in these very matches: what one
        would score who knew those shares beforehand, and nothing else.
    """
    probabilities, happened, priced = outcomes.probabilities, outcomes.happened, outcomes.priced
    return MarketScore(
        market=market,
        n=len(happened),
        log_loss=float(log_loss(probabilities, happened).mean()),
        base_log_loss=_base_log_loss(happened, probabilities.shape[1]),
        ece=expected_calibration_error(probabilities, happened, bins=_BINS),
        n_priced=len(priced.happened),
        log_loss_gap=gap_to_closing(priced, log_loss),
    )


def _base_log_loss(happened: Ints, selections: int) -> float:
    shares = np.bincount(happened, minlength=selections) / len(happened)
    return -float((shares[shares > 0] * np.log(shares[shares > 0])).sum())
