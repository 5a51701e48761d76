"""Draw the scoreline grid of one match, as a picture and as a table with the same numbers.

Run ``python docs/_figures/scoreline_grid.py`` to write both anew into ``docs/_static``.
"""

from collections.abc import Iterator

import numpy as np
from drawing import Sheet, attributed, framed, write

from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.low_scores import dixon_coles_grid

HOME, AWAY, RHO = np.array([2.0]), np.array([0.8]), -0.1
SHOWN = 6
CELL, MARGIN = 56, 64
SIDE = CELL * SHOWN
PALE, DEEP = np.array([236, 242, 248]), np.array([16, 78, 139])
DARK_FROM = 0.67


def example() -> ScoreGrid:
    """Make the grid of one match with rates 2.0 and 0.8, as Dixon and Coles do."""
    return dixon_coles_grid(HOME, AWAY, RHO)


def caption(grid: ScoreGrid) -> str:
    """Say in words what the picture shows."""
    home, draw, away = grid.outcomes()[0]
    return (
        f"Chance of each score in per cent; expected goals {HOME[0]} (home) and {AWAY[0]} (away). "
        f"Home win {home:.1%}, draw {draw:.1%}, away win {away:.1%}."
    )


def table(grid: ScoreGrid) -> str:
    """Return the numbers as a Markdown table, home goals downwards."""
    header = ["home \\ away", *map(str, range(SHOWN))]
    rows = [[str(h), *(f"{100 * p:.1f}" for p in grid.probabilities[0, h, :SHOWN])] for h in range(SHOWN)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, ["---"] * (SHOWN + 1), *rows]) + "\n"


def picture(grid: ScoreGrid) -> str:
    """Return the grid as a heat map in SVG."""
    size = SIDE + MARGIN + 16
    shapes = attributed([*_cells(grid.probabilities[0]), *_axes()], text_anchor="middle")
    return framed(caption(grid), shapes, Sheet(size, size))


def _cells(probabilities: Floats) -> Iterator[str]:
    for h, a in np.ndindex(SHOWN, SHOWN):
        share = probabilities[h, a] / probabilities.max()
        colour = ",".join(map(str, (PALE + share * (DEEP - PALE)).round().astype(int)))
        ink = "#ffffff" if share > DARK_FROM else "#1f2933"
        x, y = MARGIN + a * CELL, MARGIN + h * CELL
        yield f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{CELL - 2}" rx="3" fill="rgb({colour})"/>'
        yield f'<text x="{x + 27}" y="{y + 32}" fill="{ink}">{100 * probabilities[h, a]:.1f}</text>'


def _axes() -> Iterator[str]:
    middle = MARGIN + SIDE // 2
    yield f'<text x="{middle}" y="22" fill="#1f2933">away goals</text>'
    yield f'<text transform="translate(22 {middle}) rotate(-90)" fill="#1f2933">home goals</text>'
    for goals in range(SHOWN):
        place = MARGIN + goals * CELL + CELL // 2 - 1
        yield f'<text x="{place}" y="{MARGIN - 12}" fill="#52606d">{goals}</text>'
        yield f'<text x="{MARGIN - 16}" y="{place + 5}" fill="#52606d">{goals}</text>'


def files() -> dict[str, str]:
    """Return what each file in ``docs/_static`` should hold."""
    grid = example()
    return {"scoreline-grid.svg": picture(grid), "scoreline-grid.md": table(grid)}


if __name__ == "__main__":
    write(files())
