"""The ``architecture`` directive: rooms, floor by floor, and who imports whom, read from the code."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import grimp
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
PACKAGE = "monps"
WIDTH, FLOOR, BOX, GAP = 880, 86, 40, 12
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="100%" role="img"
     font-family="system-ui, sans-serif" font-size="13" text-anchor="middle">
<title>{words}</title>
<rect width="{width}" height="{height}" rx="8" fill="#ffffff"/>
{shapes}
</svg>
"""
Imports = Mapping[tuple[str, str], int]


def floors() -> list[tuple[str, ...]]:
    """Return the rooms of each floor, from the top: those of the layer contract that the code has."""
    contracts = tomllib.loads(PROJECT.read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    source = PROJECT.parent / "src" / PACKAGE
    listed = (re.findall(r"\w+", layer) for layer in layers)
    there = (
        tuple(r for r in rooms if (source / r).is_dir() or (source / f"{r}.py").is_file()) for rooms in listed
    )
    return [rooms for rooms in there if rooms]


def imports() -> Imports:
    """Count the imports of modules of one room by modules of another."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    pairs = (
        (_room(importer), _room(imported))
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    )
    return Counter((one, other) for one, other in pairs if one and other and one != other)


def _room(module: str) -> str:
    return module.removeprefix(PACKAGE).lstrip(".").partition(".")[0]


def picture(storeys: Sequence[Sequence[str]], counts: Imports) -> str:
    """Draw the rooms as boxes, and a line for each room that another one imports."""
    places = dict(_places(storeys))
    lines = "\n".join(
        _line(places, *pair, count) for pair, count in sorted(counts.items()) if set(pair) <= places.keys()
    )
    boxes = "\n".join(_box(room, *place) for room, place in places.items())
    words = f"{len(places)} rooms on {len(storeys)} floors; every line leads down"
    return FRAME.format(
        width=WIDTH, height=FLOOR * len(storeys) + GAP, words=words, shapes=f"{lines}\n{boxes}"
    )


def _places(storeys: Sequence[Sequence[str]]) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Yield each room with the middle of its upper edge, and its width."""
    for level, rooms in enumerate(storeys):
        share = (WIDTH - GAP) / len(rooms)
        for place, room in enumerate(rooms):
            yield room, (GAP / 2 + share * (place + 0.5), level * FLOOR + GAP, min(share - GAP, 150.0))


def _line(places: Mapping[str, tuple[float, float, float]], one: str, other: str, count: int) -> str:
    (x, y, _), (to_x, to_y, _) = places[one], places[other]
    begin, middle = y + BOX, (y + BOX + to_y) / 2
    path = f"M{x:.0f} {begin:.0f} C{x:.0f} {middle:.0f} {to_x:.0f} {middle:.0f} {to_x:.0f} {to_y:.0f}"
    told = f"<title>{one} imports {other}: {count}</title>"
    return f'<path d="{path}" fill="none" stroke="#104e8b" stroke-opacity="0.28">{told}</path>'


def _box(room: str, x: float, y: float, width: float) -> str:
    rectangle = f'<rect x="{x - width / 2:.0f}" y="{y:.0f}" width="{width:.0f}" height="{BOX}" rx="6"'
    text = f'<text x="{x:.0f}" y="{y + BOX / 2 + 5:.0f}" fill="#10273d">{room}</text>'
    return f'{rectangle} fill="#ecf2f8" stroke="#104e8b"/>{text}'


def table(storeys: Sequence[Sequence[str]], counts: Imports) -> Iterator[tuple[str, str]]:
    """Yield each room with the rooms that it imports."""
    for room in (room for rooms in storeys for room in rooms):
        yield room, ", ".join(sorted(other for one, other in counts if one == room)) or "–"


class Architecture(Directive):
    """Shows the picture, and the same in words."""

    def run(self) -> list[nodes.Node]:
        """Return both."""
        storeys, counts = floors(), imports()
        words = nodes.definition_list()
        for room, below in table(storeys, counts):
            term = nodes.term("", "", nodes.literal(text=room))
            words += nodes.definition_list_item("", term, nodes.definition("", nodes.paragraph(text=below)))
        return [nodes.raw("", picture(storeys, counts), format="html"), words]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("architecture", Architecture)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
