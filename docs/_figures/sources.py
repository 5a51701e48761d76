"""Draw the pictures of the pages on sources and identity.

Run ``python docs/_figures/sources.py`` to write them anew into ``docs/_static``.
"""

from collections.abc import Sequence
from pathlib import Path

INK, GREY, BLUE, GREEN, RED = "#1f2933", "#9aa5b1", "#104e8b", "#1b7f4b", "#b3261e"
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img"
     font-family="system-ui, sans-serif" font-size="14">
<title>{words}</title>
<rect width="{width}" height="{height}" rx="8" fill="#ffffff"/>
{shapes}
</svg>
"""
FOLDER = Path(__file__).parents[1] / "_static"


def box(place: tuple[int, int, int, int], lines: Sequence[str], color: str = INK) -> str:
    """Draw a box at x, y with a width and a height, and lines of text in its middle."""
    x, y, width, height = place
    top = y + height / 2 - 9 * (len(lines) - 1) + 5
    texts = "".join(
        f'<text x="{x + width / 2}" y="{top + 18 * row}" text-anchor="middle" fill="{color}">{line}</text>'
        for row, line in enumerate(lines)
    )
    frame = f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="6" fill="none" stroke="{color}"/>'
    return frame + texts


def arrow(start: tuple[int, int], end: tuple[int, int], color: str = GREY) -> str:
    """Draw an arrow to the right or downwards."""
    (x1, y1), (x2, y2) = start, end
    tip = (
        f"{x2 - 7},{y2 - 4} {x2},{y2} {x2 - 7},{y2 + 4}"
        if y1 == y2
        else f"{x2 - 4},{y2 - 7} {x2},{y2} {x2 + 4},{y2 - 7}"
    )
    line = f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{color}"/>'
    return f'{line}<polyline points="{tip}" fill="none" stroke="{color}"/>'


def way_of_a_payload() -> str:
    """Draw how a payload becomes rows that models can ask for."""
    steps = (
        (("payload", "as it came"), BLUE),
        (("parsed", "under the", "source's names"), INK),
        (("linked", "to matches,", "teams, players"), GREEN),
        (("asked", "as of a moment"), BLUE),
    )
    shapes = [
        box((20 + 155 * place, 40, 125, 80), lines, color) for place, (lines, color) in enumerate(steps)
    ]
    shapes += [arrow((145 + 155 * place, 80), (175 + 155 * place, 80)) for place in range(3)]
    shapes.append(box((20, 160, 125, 50), ("refused whole,", "with a reason"), RED))
    shapes.append(box((175, 160, 125, 50), ("rows refused,", "drift counted"), RED))
    shapes.append(box((330, 160, 125, 50), ("open, kept,", "not handed out"), GREY))
    shapes += [arrow((82 + 155 * place, 120), (82 + 155 * place, 160)) for place in range(3)]
    words = (
        "A payload is parsed, linked and then asked for as of a moment; what fails on the way is kept apart"
    )
    return FRAME.format(width=640, height=230, words=words, shapes="\n".join(shapes))


def ways_to_know() -> str:
    """Draw the order in which a name is judged."""
    steps = ("decided by somebody?", "the same name?", "a known alias?", "the same results?")
    shapes = []
    for place, question in enumerate(steps):
        y = 20 + 62 * place
        shapes.append(box((20, y, 210, 40), (question,), BLUE))
        shapes.append(arrow((230, y + 20), (300, y + 20), GREEN))
        shapes.append(f'<text x="265" y="{y + 12}" text-anchor="middle" fill="{GREEN}">yes</text>')
        if place < len(steps) - 1:
            shapes.append(arrow((125, y + 40), (125, y + 62)))
    shapes.append(box((300, 20, 140, 40), ("linked",), GREEN))
    shapes.append(box((300, 82, 140, 102), ("linked, unless", "fixtures", "contradict"), GREEN))
    shapes.append(box((300, 206, 140, 40), ("linked",), GREEN))
    shapes.append(arrow((125, 246), (125, 276)))
    shapes.append(box((20, 276, 420, 40), ("open, with suggestions, until somebody decides",), RED))
    words = (
        "A name is linked by a decision, as the same name, as an alias or by results; otherwise it stays open"
    )
    return FRAME.format(width=460, height=336, words=words, shapes="\n".join(shapes))


PICTURES = {"sources": way_of_a_payload, "identity": ways_to_know}


def main() -> None:
    """Write every picture."""
    for name, draw in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()
