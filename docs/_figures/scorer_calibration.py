"""Draw whether anytime-scorer chances came true, from the bins that ``python -m benchmarks.scorers`` writes.

Run ``python docs/_figures/scorer_calibration.py`` to write the picture anew into ``docs/_static``.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from drawing import Sheet, attributed, framed, write

BINS = Path(__file__).with_name("scorer_calibration.csv")
SIDE, MARGIN, MOST = 420, 64, 0.4


class Bin(NamedTuple):
    """Some forecasts of about the same chance."""

    forecast: float
    observed: float
    error: float
    count: int


def bins() -> list[Bin]:
    """Read the bins."""
    with BINS.open(encoding="utf-8", newline="") as lines:
        return [
            Bin(*(float(row[name]) for name in Bin._fields[:3]), int(row["count"]))
            for row in csv.DictReader(lines)
        ]


def caption(found: Sequence[Bin]) -> str:
    """Say in words what the picture shows."""
    count = sum(each.count for each in found)
    return (
        f"{count:,} chances to score, in {len(found)} bins, against the share of players who did; bars are "
        "two standard errors. On the diagonal chances mean what they say."
    )


def picture(found: Sequence[Bin]) -> str:
    """Return the reliability diagram in SVG."""
    shapes = attributed([*_axes(), *_points(found)], text_anchor="middle")
    return framed(caption(found), shapes, Sheet(SIDE + MARGIN + 24, SIDE + MARGIN + 24))


def _x(chance: float) -> float:
    return MARGIN + SIDE * chance / MOST


def _y(share: float) -> float:
    return 16 + SIDE * (1 - share / MOST)


def _points(found: Sequence[Bin]) -> Iterator[str]:
    for each in found:
        x, low, high = _x(each.forecast), each.observed - 2 * each.error, each.observed + 2 * each.error
        yield f'<path d="M{x:.1f} {_y(max(low, 0.0)):.1f}V{_y(high):.1f}" stroke="#104e8b"/>'
        yield f'<circle cx="{x:.1f}" cy="{_y(each.observed):.1f}" r="4" fill="#104e8b"/>'


def _axes() -> Iterator[str]:
    yield f'<path d="M{_x(0)} {_y(0)}L{_x(MOST)} {_y(MOST)}" stroke="#9aa5b1" stroke-dasharray="4 4"/>'
    yield f'<path d="M{_x(0)} {_y(MOST)}V{_y(0)}H{_x(MOST)}" stroke="#52606d" fill="none"/>'
    for tenth in range(5):
        chance = tenth / 10
        yield f'<text x="{_x(chance)}" y="{_y(0) + 20}" fill="#52606d">{chance:.0%}</text>'
        yield f'<text x="{MARGIN - 24}" y="{_y(chance) + 5:.1f}" fill="#52606d">{chance:.0%}</text>'
    yield f'<text x="{_x(MOST / 2)}" y="{_y(0) + 44}" fill="#1f2933">forecast: scores at all</text>'
    middle = _y(MOST / 2)
    yield f'<text transform="translate(14 {middle}) rotate(-90)" fill="#1f2933">share who scored</text>'


def files() -> dict[str, str]:
    """Return what the file in ``docs/_static`` should hold."""
    return {"scorer-calibration.svg": picture(bins())}


if __name__ == "__main__":
    write(files())
