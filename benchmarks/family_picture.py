"""Draw whether chances of totals and of both teams to score came true, for the page on all families."""

from pathlib import Path

import numpy as np

from monps.cli.pictures import figure, save
from monps.numerics.calibration import reliability
from monps.numerics.checks import Floats

FILE = Path(__file__).parents[1] / "docs" / "_static" / "markets-calibration.svg"
BINS = 10


def draw(told: dict[str, tuple[Floats, Floats]], path: Path = FILE) -> None:
    """Draw a panel for each market: the first selection's chances against how often it won.

    Parameters
    ----------
    told : dict
        By the panel's title, chances, shape (n, k), and settlements, shape (k, n), of markets without stakes
        that are given back.
    path : Path
        An .svg or a .png.
    """
    drawn = figure(1, len(told), (3.4 * len(told), 3.8))
    for axes, (title, (chances, settled)) in zip(drawn.axes, told.items(), strict=True):
        found = reliability(chances[:, 0], settled[0] > 0.0, bins=BINS)
        edges = np.array([found.forecast.min(), found.forecast.max()])
        axes.plot(edges, edges, color="black", linewidth=0.8, linestyle=":")
        axes.errorbar(
            found.forecast, found.observed, 2.0 * found.error, marker="o", markersize=4, linestyle="none"
        )
        axes.set(title=title, xlabel="forecast")
    drawn.axes[0].set(ylabel="how often it happened")
    save(drawn, path)
