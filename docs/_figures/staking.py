"""Draw the pictures of the pages on value, stake, closing line value and bankroll.

Run ``python docs/_figures/staking.py`` to write them anew into ``docs/_static``.
"""

from collections.abc import Iterator

import numpy as np
from drawing import BLUE, GREEN, RED, Scale, Sheet, dot, dotted, framed, line, percent, ticks, word, write

WIDTH, HEIGHT, LEFT = Sheet().width, Sheet().height, Sheet().left
WINS = 0.515


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
        yield dot(scale.place(middle, height), colour)
        yield word((WIDTH - 24, scale.place(middle, height)[1] + 5), name, "end")
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
    write(files())
