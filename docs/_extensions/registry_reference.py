"""Directives that set out what the program registers: every market, every error, every HTTP route."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import Any, NoReturn

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from monps import bootstrap, errors
from monps.api.errors import outcome_of
from monps.api.main import create_app, create_service
from monps.api.measurements import Measurements
from monps.backtest.rules import CHOICES
from monps.brain import FORECASTERS
from monps.dna import DIMENSIONS
from monps.dna.dimensions import Dimension
from monps.markets.catalogue import CatalogueRow, catalogue
from monps.models import SCORE_MODELS
from monps.numerics.overround import MARGIN_METHODS
from monps.runners import RUNNERS
from monps.sources import SOURCES
from monps.staking import STAKE_RULES

REGISTRIES: dict[str, Mapping[str, object]] = {
    "Sources of data": SOURCES,
    "Score models": SCORE_MODELS,
    "Forecasters": FORECASTERS,
    "Ways to remove a margin": MARGIN_METHODS,
    "Dimensions of a team's profile": DIMENSIONS,
    "What to bet on, in backtests": CHOICES,
    "Ways to stake": STAKE_RULES,
    "Runners": RUNNERS,
}

Entry = tuple[str, list[str]]
"""A term, and the paragraphs that explain it."""


def market_entries() -> Iterator[Entry]:
    """Yield each family with its selections, rule, periods and lines."""
    for family, rows in groupby(catalogue(), lambda row: row.family):
        listed = list(rows)
        first = next((row for row in listed if row.period == "full_time"), listed[0])
        yield family, [f"{', '.join(first.selections)}: {first.rule}", *_places(listed)]


def _places(rows: list[CatalogueRow]) -> Iterator[str]:
    yield f"Periods: {', '.join(dict.fromkeys(row.period for row in rows))}."
    if lines := sorted({row.line for row in rows if row.line is not None}):
        yield f"Lines listed: {', '.join(f'{line:g}' for line in lines)}."


def error_entries() -> Iterator[Entry]:
    """Yield each error with what it means, the exit code, and the answer over HTTP."""
    for name, kind in vars(errors).items():
        if inspect.isclass(kind) and issubclass(kind, errors.MonpsError):
            answer = outcome_of(kind.__new__(kind))
            sentence = inspect.getdoc(kind).partition("\n\n")[0]
            yield (
                name,
                [sentence, f"Exit code {kind.exit_code}; over HTTP {answer.status} {answer.error_code}."],
            )


def route_entries() -> Iterator[Entry]:
    """Yield each route with what it does, its parameters and its answers, as the schema tells them."""
    schema = create_app(create_service(bootstrap.application(), _never)).openapi()
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            yield f"{method.upper()} {path}", list(_route(told))


def _never(*_: object) -> NoReturn:
    raise AssertionError("nothing is predicted while the documents are built")


def measurement_entries() -> Iterator[Entry]:
    """Yield each measurement that Prometheus can ask for, with its labels."""
    for family in Measurements().registry.collect():
        yield family.name, [family.documentation]


def _route(told: dict[str, Any]) -> Iterator[str]:
    yield told.get("description") or told["summary"]
    for parameter in told.get("parameters", ()):
        yield f"{parameter['name']} ({parameter['in']}): {parameter.get('description', '').strip()}".rstrip(
            ": "
        )
    yield f"Answers {', '.join(told['responses'])}."


def name_entries() -> Iterator[Entry]:
    """Yield each kind of thing that can be asked for by name, with the names and what they mean."""
    for kind, registry in REGISTRIES.items():
        yield kind, [f"{name}: {_meaning(thing)}" for name, thing in registry.items()]


def _meaning(thing: object) -> str:
    """Return a thing's own words, or the first sentence of its docstring or its class's."""
    if isinstance(thing, Dimension):
        return f"{thing.words} ({thing.unit})"
    explained = thing if inspect.isclass(thing) or inspect.isfunction(thing) else type(thing)
    return " ".join((inspect.getdoc(explained) or "").partition("\n\n")[0].split())


def _directive(entries: Callable[[], Iterator[Entry]]) -> type[Directive]:
    def run(_self: Directive) -> list[nodes.Node]:
        items = nodes.definition_list()
        for term, paragraphs in entries():
            explained = nodes.definition("", *(nodes.paragraph(text=text) for text in paragraphs))
            items += nodes.definition_list_item("", nodes.term("", "", nodes.literal(text=term)), explained)
        return [items]

    return type("Reference", (Directive,), {"run": run})


ENTRIES = {
    "market-reference": market_entries,
    "error-reference": error_entries,
    "route-reference": route_entries,
    "measurement-reference": measurement_entries,
    "name-reference": name_entries,
}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    for name, entries in ENTRIES.items():
        app.add_directive(name, _directive(entries))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
