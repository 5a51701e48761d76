"""Draw how four agents become one consensus, and how a prediction comes about and is made again.

Run ``python docs/_figures/consensus.py`` to write both pictures anew into ``docs/_static``.
"""

from collections.abc import Iterator

from drawing import BLUE, INK, PALE, WHITE, Sheet, framed, write

WIDTH, ROW = 720, 44
MEMBERS = (
    ("D", "bookmakers", "this match's prices", "leads, weight close to 1"),
    ("B", "market memory", "past prices", "moves it"),
    ("A", "goals", "results and shots", "moves it"),
    ("C", "style", "profiles", "moves it; corners, cards, halves"),
    ("", "voices", "recent against long", "move it against each other"),
)
STEPS = ("store, as of a moment", "fits, kept", "consensus", "prediction, kept")


def box(left: float, top: float, width: float, words: str, *, deep: bool = False) -> str:
    """Draw a box with a line of words in it."""
    fill, ink = (BLUE, WHITE) if deep else (PALE, INK)
    middle = left + width / 2
    return (
        f'<rect x="{left}" y="{top}" width="{width}" height="32" rx="6" fill="{fill}"/>'
        f'<text x="{middle}" y="{top + 21}" text-anchor="middle" fill="{ink}">{words}</text>'
    )


def arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Draw a line with a head at its end."""
    (x, y), (u, v) = start, end
    return (
        f'<line x1="{x}" y1="{y}" x2="{u}" y2="{v}" stroke="{INK}" stroke-width="1.5"/>'
        f'<circle cx="{u}" cy="{v}" r="3.5" fill="{INK}"/>'
    )


def consensus() -> str:
    """Return the picture of the pool."""
    height = ROW * len(MEMBERS) + 24
    words = "Four agents and five voices; the bookmakers lead, the others move the pool"
    return framed(words, _consensus(height), Sheet(WIDTH, height))


def _consensus(height: float) -> Iterator[str]:
    middle = height / 2 - 16
    for place, (letter, name, evidence, part) in enumerate(MEMBERS):
        top = 16 + place * ROW
        yield box(16, top, 170, f"{letter} {name}".strip())
        yield f'<text x="198" y="{top + 14}" fill="{INK}" font-size="12">{evidence}</text>'
        yield f'<text x="198" y="{top + 29}" fill="{INK}" font-size="12">{part}</text>'
        yield arrow((420, top + 16), (540, middle + 16))
    yield box(548, middle, 156, "one grid, all markets", deep=True)


def prediction() -> str:
    """Return the picture of a prediction's way."""
    words = "From the store to fits, consensus and a kept prediction; reproduce goes the same way again"
    return framed(words, _prediction(), Sheet(WIDTH, 132))


def _prediction() -> Iterator[str]:
    width, gap = 150, 30
    for place, words in enumerate(STEPS):
        left = 15 + place * (width + gap)
        yield box(left, 24, width, words, deep=place == len(STEPS) - 1)
        if place:
            yield arrow((left - gap + 2, 40), (left - 6, 40))
    yield f'<path d="M 630 60 V 96 H 90 V 64" fill="none" stroke="{BLUE}" stroke-width="1.5"/>'
    yield f'<circle cx="90" cy="62" r="3.5" fill="{BLUE}"/>'
    words = "reproduce: learn anew, compare every figure"
    yield f'<text x="360" y="116" text-anchor="middle" fill="{INK}">{words}</text>'


def files() -> dict[str, str]:
    """Return what each file in ``docs/_static`` should hold."""
    return {"consensus.svg": consensus(), "prediction.svg": prediction()}


if __name__ == "__main__":
    write(files())
