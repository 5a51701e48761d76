"""What the pictures share: a white sheet, readable on a dark page too; scales, lines, boxes and words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from monps.numerics.checks import Floats

INK, GREY, BLUE, PALE = "#1f2933", "#9aa5b1", "#104e8b", "#ecf2f8"
RED, GREEN, WHITE = "#b3261e", "#1b7f4b", "#ffffff"
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img"
     font-family="system-ui, sans-serif" font-size="14">
<title>{words}</title>
<rect width="{width}" height="{height}" rx="8" fill="#ffffff"/>
{shapes}
</svg>
"""
FOLDER = Path(__file__).parents[1] / "_static"


class Sheet(NamedTuple):
    """The size of a picture, and what its axes leave free."""

    width: int = 640
    height: int = 300
    left: int = 64
    right: int = 24
    bottom: int = 48
    top: int = 24


class Scale(NamedTuple):
    """From numbers to places on the picture."""

    x: tuple[float, float]
    y: tuple[float, float]
    sheet: Sheet = Sheet()

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point lies."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        width, height, left, right, bottom, top = self.sheet
        return left + across * (width - left - right), height - bottom - up * (height - bottom - top)

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


def dot(place: tuple[float, float], colour: str = BLUE, radius: float = 5) -> str:
    """Draw a point."""
    return f'<circle cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="{radius:g}" fill="{colour}"/>'


def bar(place: tuple[float, float], size: tuple[float, float], colour: str = BLUE) -> str:
    """Draw a filled rectangle from its upper left corner."""
    (x, y), (width, height) = place, size
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>'


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


def percent(number: float) -> str:
    """Write a share."""
    return f"{100 * number:g} %".replace("-", "−")


def framed(words: str, shapes: Iterable[str], sheet: Sheet = Sheet()) -> str:  # noqa: B008 - a constant
    """Put shapes into a picture; the words are for whoever cannot see it."""
    return FRAME.format(width=sheet.width, height=sheet.height, words=words, shapes="\n".join(shapes))


def attributed(shapes: Iterable[str], **attributes: str) -> Iterator[str]:
    """Give shapes common attributes: ``text_anchor="middle"``."""
    given = " ".join(f'{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    yield from (f"<g {given}>", *shapes, "</g>")


def write(files: dict[str, str]) -> None:
    """Write pictures and tables into ``docs/_static``."""
    for name, content in files.items():
        (FOLDER / name).write_text(content, encoding="utf-8")
