"""What the program registers is in the documents, and what the documents name is registered."""

import inspect
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

from monps import errors
from monps.backtest.rules import CHOICES
from monps.brain import FORECASTERS
from monps.dna import DIMENSIONS
from monps.markets import MARKETS
from monps.markets.catalogue import catalogue
from monps.models import SCORE_MODELS
from monps.numerics.overround import MARGIN_METHODS
from monps.runners import RUNNERS
from monps.sources import SOURCES
from monps.staking import STAKE_RULES

HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
ANCHORED = re.compile(r"\[[^\]]*\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)")


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[Path, str]:
    named = [*root.glob("*.md"), *(p for p in root.glob("docs/**/*.md") if "_build" not in p.parts)]
    return {path: path.read_text() for path in named}


@pytest.fixture(scope="module")
def reference(root: Path) -> ModuleType:
    sys.path.insert(0, str(root / "docs" / "_extensions"))
    try:
        import registry_reference  # noqa: PLC0415 - not a package
    finally:
        sys.path.pop(0)
    return registry_reference


@pytest.mark.parametrize(
    ("page", "directive"),
    [
        ("markets", "market-reference"),
        ("errors", "error-reference"),
        ("http", "route-reference"),
        ("http", "measurement-reference"),
        ("names", "name-reference"),
    ],
)
def test_the_page_sets_out_the_registry(root: Path, reference: ModuleType, page: str, directive: str) -> None:
    assert f"```{{{directive}}}" in (root / "docs" / "reference" / f"{page}.md").read_text()
    assert directive in reference.ENTRIES


def test_every_market_family_is_set_out_with_its_selections_and_periods(reference: ModuleType) -> None:
    told = {family: " ".join(paragraphs) for family, paragraphs in reference.market_entries()}
    assert list(told) == list(MARKETS)
    for row in catalogue():
        assert row.period in told[row.family]
        assert row.line is None or f"{row.line:g}" in told[row.family]
        assert row.rule.split()[0] in told[row.family]


def test_every_error_is_set_out_with_its_exit_code(reference: ModuleType) -> None:
    told = dict(reference.error_entries())
    kinds = [k for k in vars(errors).values() if inspect.isclass(k) and issubclass(k, errors.MonpsError)]
    assert set(told) == {kind.__name__ for kind in kinds}
    assert all(f"Exit code {kind.exit_code};" in told[kind.__name__][1] for kind in kinds)


def test_every_route_is_set_out(reference: ModuleType) -> None:
    from monps.api.routes import ROUTERS  # noqa: PLC0415 - FastAPI is slow to import

    told = dict(reference.route_entries())
    shown = {term.split()[1] for term in told}
    listed = {route.path for router in ROUTERS for route in router.routes if route.include_in_schema}
    assert all(any(path.endswith(route) for path in shown) for route in listed)
    assert listed
    assert all(paragraphs[0] for paragraphs in told.values())


@pytest.mark.parametrize(
    "registry",
    [CHOICES, DIMENSIONS, FORECASTERS, MARGIN_METHODS, RUNNERS, SCORE_MODELS, SOURCES, STAKE_RULES],
)
def test_everything_that_has_a_name_is_explained(
    reference: ModuleType, registry: Mapping[str, object]
) -> None:
    told = [
        paragraph.partition(": ") for _, paragraphs in reference.name_entries() for paragraph in paragraphs
    ]
    explained = {name for name, _, words in told if len(words.split()) > 1}
    assert set(registry) - explained == set()


def slug(heading: str) -> str:
    """Return the anchor that a heading gets."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def test_every_link_into_a_page_finds_its_heading(pages: dict[Path, str]) -> None:
    anchors = {path: {slug(heading) for heading in HEADING.findall(text)} for path, text in pages.items()}
    broken = [
        (path.name, target, anchor)
        for path, text in pages.items()
        for target, anchor in ANCHORED.findall(text)
        if anchor not in anchors.get((path.parent / target).resolve() if target else path, set())
    ]
    assert broken == []


def test_a_link_to_a_heading_that_is_not_there_would_be_found() -> None:
    assert slug("How numbers are allowed to change") == "how-numbers-are-allowed-to-change"
    assert ANCHORED.findall("see [it](a.md#b-c), [that](#d)") == [("a.md", "b-c"), ("", "d")]
