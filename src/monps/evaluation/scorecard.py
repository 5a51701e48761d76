"""Scores of 1X2 forecasts beside the closing price's on the same matches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np

from monps.domain.evaluation import Estimate, ReliabilityBin, Scorecard
from monps.errors import NotEnoughData
from monps.numerics.calibration import expected_calibration_error, reliability
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.resample import paired_difference
from monps.numerics.scoring import brier_score, log_loss, ranked_probability_score

Rule: TypeAlias = Callable[[Floats, Ints], Floats]
"""A proper score: forecasts (n, k) and what happened (n,) to scores (n,)."""

BINS = 10
_FEWEST_DAYS = 2
_SEED = 20_240_801
"""Intervals are drawn with a fixed seed, so that the same forecasts always get the same figures."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """Forecasts of n matches with what happened.

    Parameters
    ----------
    probabilities : ndarray, shape (n, k)
        Home win, draw, away win; or those of another market.
    happened : ndarray of int, shape (n,)
        Which of the k.
    closing : ndarray, shape (n, k)
        Fair closing probabilities, NaN where there are none.
    days : ndarray, shape (n,)
        Match days: matches of one day are resampled together.
    """

    probabilities: Floats
    happened: Ints
    closing: Floats
    days: Floats

    @property
    def priced(self) -> "Outcomes":
        """Those that have a closing price."""
        return self.where(np.isfinite(self.closing[:, 0]))

    def where(self, chosen: Bools) -> "Outcomes":
        """Return some of the matches."""
        return Outcomes(*(getattr(self, field.name)[chosen] for field in fields(self)))


def score(outcomes: Outcomes) -> Scorecard:
    """Score forecasts.

    Parameters
    ----------
    outcomes : Outcomes
        At least as many as there are bins of calibration.

    Returns
    -------
    Scorecard

    Raises
    ------
    NotEnoughData
        If there are too few.
    """
    if len(outcomes.happened) < BINS:
        raise NotEnoughData(
            f"{len(outcomes.happened)} forecasts cannot be scored: {BINS} are needed at least"
        )
    p, happened = outcomes.probabilities, outcomes.happened
    priced = outcomes.priced
    return Scorecard(
        n=len(happened),
        log_loss=float(log_loss(p, happened).mean()),
        rps=float(ranked_probability_score(p, happened).mean()),
        brier=float(brier_score(p, happened).mean()),
        ece=expected_calibration_error(p, happened, bins=BINS),
        n_priced=len(priced.happened),
        log_loss_gap=gap_to_closing(priced, log_loss),
        rps_gap=gap_to_closing(priced, ranked_probability_score),
    )


def gap_to_closing(priced: Outcomes, rule: Rule) -> Estimate | None:
    """Return the mean of score less closing score, with its interval; None without two days of prices.

    Parameters
    ----------
    priced : Outcomes
        Of n matches that all have a closing price.
    rule : callable
        A proper score: forecasts, shape (n, k), and what happened, shape (n,), to scores, shape (n,).
    """
    if len(np.unique(priced.days)) < _FEWEST_DAYS:
        return None
    found = paired_difference(
        rule(priced.probabilities, priced.happened),
        rule(priced.closing, priced.happened),
        priced.days,
        np.random.default_rng(_SEED),
    )
    return Estimate(value=found.mean, interval=(found.low, found.high))


def reliability_bins(outcomes: Outcomes) -> tuple[ReliabilityBin, ...]:
    """Return how often home wins, draws and away wins happened, by what was forecast for them."""
    return tuple(
        ReliabilityBin(outcome=name, forecast=forecast, observed=observed, count=count)
        for place, name in enumerate(("home", "draw", "away"))
        for forecast, observed, count in _bars(outcomes, place)
    )


def _bars(outcomes: Outcomes, place: int) -> Iterator[tuple[float, float, int]]:
    bars = reliability(outcomes.probabilities[:, place], outcomes.happened == place, bins=BINS)
    yield from zip(bars.forecast.tolist(), bars.observed.tolist(), bars.count.tolist(), strict=True)
