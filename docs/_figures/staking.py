"""Draw the pictures of the pages on value, stake, closing line value and bankroll.

Run ``python docs/_figures/staking.py`` to write them anew into ``docs/_static``.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Floats

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 300, 64, 48, 24
INK, GREY, BLUE, RED, GREEN = "#1f2933", "#9aa5b1", "#104e8b", "#b3261e", "#1b7f4b"
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img"
     font-family="system-ui, sans-serif" font-size="14">
<title>{words}</title>
<rect width="{width}" height="{height}" rx="8" fill="#ffffff"/>
{shapes}
</svg>
"""
WINS = 0.515
FOLDER = Path(__file__).parents[1] / "_static"


class Scale(NamedTuple):
    """From numbers to places on the picture."""

    x: tuple[float, float]
    y: tuple[float, float]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point lies."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return LEFT + across * (WIDTH - LEFT - 24), HEIGHT - BOTTOM - up * (HEIGHT - BOTTOM - TOP)

    def path(self, xs: Floats, ys: Floats) -> str:
        """Return a polyline's points."""
        places = (self.place(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True))
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def line(scale: Scale, xs: Floats, ys: Floats, colour: str = BLUE, *, width: float = 2) -> str:
    """Draw a curve."""
    return f'<polyline points="{scale.path(xs, ys)}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'


def dotted(scale: Scale, xs: tuple[float, float], ys: tuple[float, float]) -> str:
    """Draw a dotted straight line."""
    (x1, y1), (x2, y2) = scale.place(xs[0], ys[0]), scale.place(xs[1], ys[1])
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{GREY}" '
        f'stroke-dasharray="3 4"/>'
    )


def word(place: tuple[float, float], text: str, anchor: str = "middle", colour: str = INK) -> str:
    """Write a few words."""
    return f'<text x="{place[0]:.1f}" y="{place[1]:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'


def ticks(
    scale: Scale, xs: Sequence[float], ys: Sequence[float], write: Callable[[float], str]
) -> Iterator[str]:
    """Label the axes."""
    for x in xs:
        at = scale.place(x, scale.y[0])
        yield word((at[0], at[1] + 20), write(x), colour=GREY)
    for y in ys:
        at = scale.place(scale.x[0], y)
        yield word((at[0] - 8, at[1] + 5), write(y), "end", GREY)


def percent(number: float) -> str:
    """Write a share."""
    return f"{100 * number:g} %".replace("-", "−")


def framed(words: str, shapes: Iterator[str]) -> str:
    """Put shapes into a picture."""
    return FRAME.format(width=WIDTH, height=HEIGHT, words=words, shapes="\n".join(shapes))


def growth() -> Iterator[str]:
    """Draw growth over the share staked."""
    scale = Scale((0.0, 0.25), (-0.012, 0.007))
    share = np.linspace(0.0, 0.25, 101)
    rate = 0.55 * np.log1p(share) + 0.45 * np.log1p(-share)
    yield dotted(scale, (0.0, 0.25), (0.0, 0.0))
    yield dotted(scale, (0.1, 0.1), (-0.012, 0.005))
    yield line(scale, share, rate)
    yield from ticks(scale, (0.0, 0.05, 0.1, 0.15, 0.2, 0.25), (-0.01, -0.005, 0.0, 0.005), percent)
    yield word((WIDTH / 2, HEIGHT - 6), "share of the bankroll staked")
    yield word((LEFT, 16), "growth a bet", "start")
    yield word(scale.place(0.1, 0.0058), "Kelly")


def value() -> Iterator[str]:
    """Draw offers with their intervals."""
    scale = Scale((-0.12, 0.2), (0.0, 4.0))
    rows = (
        ("of value", 0.09, 0.02), ("too uncertain", 0.06, 0.05), ("too little", 0.01, 0.02),
        ("the usual", -0.05, 0.02),
    )  # fmt: skip
    yield dotted(scale, (0.0, 0.0), (0.0, 4.0))
    yield dotted(scale, (0.03, 0.03), (0.0, 4.0))
    for place, (name, middle, error) in enumerate(rows):
        height = 3.5 - place
        colour = GREEN if place == 0 else RED
        ends = np.array([middle - 1.96 * error, middle + 1.96 * error])
        yield line(scale, ends, np.full(2, height), colour)
        x, y = scale.place(middle, height)
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
        yield word((WIDTH - 24, y + 5), name, "end")
    yield from ticks(scale, (-0.1, -0.05, 0.0, 0.05, 0.1, 0.15), (), percent)
    yield word((scale.place(0.03, 0.0)[0], 16), "asked for")
    yield word((WIDTH / 2, HEIGHT - 6), "expected value, with its 95 % interval")


def closing_line() -> Iterator[str]:
    """Draw how closely yield and closing line value are known after some bets at even odds."""
    scale = Scale((10.0, 1000.0), (-0.4, 0.5))
    bets = np.geomspace(10, 1000, 80)
    for spread, colour in ((1.0, RED), (0.05, GREEN)):
        for sign in (-1.0, 1.0):
            yield line(scale, bets, 0.03 + sign * 1.96 * spread / np.sqrt(bets), colour)
    yield dotted(scale, (10.0, 1000.0), (0.03, 0.03))
    yield from ticks(scale, (10, 200, 400, 600, 800, 1000), (-0.4, -0.2, 0.0, 0.2, 0.4), _bets_or_percent)
    yield word(scale.place(520, 0.2), "yield", colour=RED)
    yield word(scale.place(520, 0.065), "closing line value", colour=GREEN)
    yield word((WIDTH / 2, HEIGHT - 6), "bets; between the lines it lies 95 times in 100")


def _bets_or_percent(number: float) -> str:
    return f"{number:g}" if number > 1 else percent(number)


def bankrolls() -> Iterator[str]:
    """Draw twelve bankrolls of one rule."""
    rng = np.random.default_rng(5)
    won = rng.random((12, 1000)) < WINS
    paths = np.cumsum(np.where(won, 1.0, -1.0), axis=1) * 0.01 + 1.0
    scale = Scale((0.0, 1000.0), (0.2, 2.2))
    yield dotted(scale, (0.0, 1000.0), (1.0, 1.0))
    for path in paths:
        yield line(scale, np.arange(0.0, 1000.0, 10.0), path[::10], BLUE, width=1)
    yield from ticks(scale, (0, 250, 500, 750, 1000), (0.5, 1.0, 1.5, 2.0), lambda number: f"{number:g}")
    yield word((WIDTH / 2, HEIGHT - 6), "bets, each of 1 % of the initial bankroll")


def files() -> dict[str, str]:
    """Return what each file in ``docs/_static`` should hold."""
    return {
        "growth.svg": framed("Growth of a bankroll over the share staked", growth()),
        "value.svg": framed("Expected values of four offers with their intervals", value()),
        "closing-line.svg": framed("How closely yield and closing line value are known", closing_line()),
        "bankrolls.svg": framed("Twelve bankrolls of one rule", bankrolls()),
    }


if __name__ == "__main__":
    for name, content in files().items():
        (FOLDER / name).write_text(content, encoding="utf-8")
