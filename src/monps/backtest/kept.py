"""Forecasts made walk-forward, kept as bytes: many rules can be tried on what took long to forecast once."""

import io
from dataclasses import dataclass

import numpy as np

from monps.agents import GridForecast
from monps.backtest.arena import errors_of
from monps.errors import ShapeError
from monps.numerics.checks import Bools, Floats
from monps.numerics.grid import ScoreGrid


@dataclass(frozen=True, slots=True, eq=False)
class KeptForecast:
    """Grids of some of n matches.

    Parameters
    ----------
    made : ndarray of bool, shape (n,)
        Whether there is a forecast.
    kept : ScoreGrid
        Of the matches that have one, in their order.
    errors : ndarray, shape (n, 2)
        Standard errors of the logarithms of both sides' goal rates; NaN where there is no forecast.
    refits : int
        How many fits it took.
    """

    made: Bools
    kept: ScoreGrid
    errors: Floats
    refits: int

    def grid(self, rows: Bools) -> ScoreGrid:
        """Return the grids of the chosen matches, all of which must have a forecast.

        Raises
        ------
        ShapeError
            If one has none.
        """
        if (rows & ~self.made).any():
            raise ShapeError("a grid is asked for of matches without a forecast")
        return self.kept[rows[self.made]]


def keep(forecast: GridForecast, wanted: Bools) -> KeptForecast:
    """Build the grids of the wanted matches that have a forecast.

    Parameters
    ----------
    forecast : GridForecast
        Of n matches.
    wanted : ndarray of bool, shape (n,)
        Which to keep.
    """
    made = wanted & forecast.made
    errors = np.full((len(made), 2), np.nan)
    errors[made] = errors_of(forecast, made)
    return KeptForecast(made, forecast.grid(made), errors, forecast.refits)


def pack_forecast(forecast: KeptForecast) -> bytes:
    """Write a forecast down."""
    buffer = io.BytesIO()
    np.savez(
        buffer,
        made=forecast.made,
        probabilities=forecast.kept.probabilities,
        tail=forecast.kept.tail,
        errors=forecast.errors,
        refits=np.array(forecast.refits),
    )
    return buffer.getvalue()


def unpack_forecast(content: bytes) -> KeptForecast:
    """Read what ``pack_forecast`` wrote."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        grid = ScoreGrid(arrays["probabilities"], arrays["tail"])
        return KeptForecast(arrays["made"], grid, arrays["errors"], int(arrays["refits"]))
