"""The page on the architecture shows what is there."""

import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawing(root: Path):
    sys.path.insert(0, str(root / "docs" / "_extensions"))
    try:
        import architecture  # noqa: PLC0415 - not a package
    finally:
        sys.path.pop(0)
    return architecture


@pytest.fixture(scope="module")
def imports(drawing):
    return drawing.imports()


@pytest.fixture(scope="module")
def svg(drawing, imports):
    return ET.fromstring(drawing.picture(drawing.floors(), imports))  # noqa: S314 - our own


def test_every_room_has_a_box(root, svg):
    source = root / "src" / "monps"
    modules = {path.stem for path in source.glob("*.py")} - {"__init__"}
    rooms = modules | {path.parent.name for path in source.glob("*/__init__.py")}
    assert {text.text for text in svg.iter(f"{SVG}text")} == rooms


def test_every_import_has_a_line_and_each_leads_down(drawing, imports, svg):
    level = {room: number for number, rooms in enumerate(drawing.floors()) for room in rooms}
    drawn = {path.find(f"{SVG}title").text for path in svg.iter(f"{SVG}path")}
    assert drawn == {f"{one} imports {other}: {count}" for (one, other), count in imports.items()}
    assert ("services", "domain") in imports
    assert all(level[one] < level[other] for one, other in imports)


def test_the_words_tell_the_same(drawing, imports):
    told = dict(drawing.table(drawing.floors(), imports))
    assert {
        (one, other) for one, below in told.items() for other in below.split(", ") if other != "–"
    } == set(imports)


def test_the_floors_are_those_of_the_contract(root, drawing):
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    order = [room for rooms in drawing.floors() for room in rooms]
    assert order == sorted(
        order, key=lambda room: next(n for n, layer in enumerate(layers) if f"({room})" in layer)
    )
