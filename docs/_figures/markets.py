"""Draw the pictures of the pages on markets and on the overround.

Run ``python docs/_figures/markets.py`` to write them anew into ``docs/_static``.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from drawing import BLUE, GREEN, GREY, PALE, RED, WHITE, Sheet, bar, framed, word, write

from monps.domain.market import MarketKey
from monps.markets.catalogue import market
from monps.numerics.checks import Floats
from monps.numerics.overround import remove_margin

LINES, GOALS = (2.0, 2.25, 2.5), 6
CELL, LEFT = 62, 150
COLOURS = {1.0: GREEN, 0.5: "#9fd0b4", 0.0: "#dde3ea", -0.5: "#eeb5b0", -1.0: RED}
WORDS = {1.0: "1", 0.5: "½", 0.0: "0", -0.5: "−½", -1.0: "−1"}
ODDS = (2.10, 3.40, 3.60)
NAMES = ("home", "draw", "away")


def settlement() -> Iterator[str]:
    """Draw what a unit on over comes to, by line and number of goals: the rules themselves are asked."""
    for row, line in enumerate(LINES):
        over = market(MarketKey("totals", line)).payoffs(GOALS)[0, :, 0]
        y = 56 + row * (CELL - 10)
        yield word((LEFT - 14, y + 31), f"over {line:g}", "end")
        for goals, payoff in enumerate(over.tolist()):
            yield bar((LEFT + goals * CELL, y), (CELL - 3, CELL - 13), COLOURS[payoff])
            ink = WHITE if abs(payoff) == 1.0 else "#1f2933"
            yield word((LEFT + goals * CELL + CELL / 2 - 1, y + 30), WORDS[payoff], colour=ink)
    for goals in range(GOALS):
        yield word((LEFT + goals * CELL + CELL / 2 - 1, 44), str(goals), colour=GREY)
    yield word((LEFT + GOALS * CELL / 2, 22), "goals in the match")


def books() -> Iterator[str]:
    """Draw one over the odds of a match, and the chances that two methods read in them."""
    raw = 1.0 / np.array(ODDS)
    rows = (
        ("one over the odds", raw),
        ("multiplicative", remove_margin(ODDS, method="multiplicative").probabilities),
        ("power", remove_margin(ODDS, method="power").probabilities),
    )
    for place, (name, shares) in enumerate(rows):
        yield from _stack(40 + 62 * place, name, shares)
    full = LEFT + 400
    yield f'<line x1="{full}" y1="28" x2="{full}" y2="222" stroke="{GREY}" stroke-dasharray="3 4"/>'
    yield word((full, 22), "1")
    yield word((full + 10, 252), f"above 1: {raw.sum() - 1.0:.4f}, the overround", "end")


def _stack(y: int, name: str, shares: Floats | Sequence[float]) -> Iterator[str]:
    yield word((LEFT - 14, y + 26), name, "end")
    x = float(LEFT)
    colours = ((BLUE, WHITE), (PALE, "#1f2933"), ("#7fa3c7", "#1f2933"))
    for outcome, share, (colour, ink) in zip(NAMES, shares, colours, strict=True):
        yield bar((x, y), (400 * float(share) - 2, 42), colour)
        yield word((x + 200 * float(share), y + 26), f"{outcome} {share:.3f}", colour=ink)
        x += 400 * float(share)


def files() -> dict[str, str]:
    """Return what each file in ``docs/_static`` should hold."""
    return {
        "settlement.svg": framed(
            "What a unit on over 2, 2.25 and 2.5 goals comes to, by the number of goals",
            settlement(),
            Sheet(LEFT + GOALS * CELL + 20, 226),
        ),
        "overround.svg": framed(
            "One over the odds of a match, which add up to more than 1, and the chances read in them",
            books(),
            Sheet(LEFT + 450, 266),
        ),
    }


if __name__ == "__main__":
    write(files())
