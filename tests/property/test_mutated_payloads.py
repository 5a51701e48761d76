"""Payloads that are not what they were: a field removed, retyped or added, a file cut, a page instead.

Whatever happens to a payload, it is either refused whole with a reason, or what is refused in it and how it
changed is said; the rows that were not touched are read as before.
"""

import csv
import io
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monps.domain.ingestion import ParsedFile
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources import SOURCES

PAYLOADS = Path(__file__).parents[1] / "payloads"
JSON = {
    f"{name}/{payload.name}": (SOURCES[name](), payload)
    for name in SOURCES
    if name != "football-data"
    for payload in SOURCES[name]().files(PAYLOADS / name)
    if payload.name.endswith(".json")
}
CSV = {
    f"{name}/{payload.name}": (SOURCES[name](), payload)
    for name in SOURCES
    if name != "football-data"
    for payload in SOURCES[name]().files(PAYLOADS / name)
    if payload.name.endswith(".csv")
}
REMOVED = object()
OTHER_KINDS = [None, "", "nonsense", -7.5, True, [], {}, [[1]], {"a": {"b": 1}}]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value in a JSON document."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, (*path, key))
    if isinstance(value, list):
        for place, each in enumerate(value):
            yield from places(each, (*path, place))


def changed(document: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    document = deepcopy(document)
    parent = document
    for key in path[:-1]:
        parent = parent[key]
    change(parent, path[-1])
    return document


def replaced(document: Any, path: tuple[Any, ...], other: Any) -> Any:
    """Return a copy with another value in one place, or with nothing there."""

    def change(parent: Any, key: Any) -> None:
        if other is REMOVED:
            del parent[key]
        else:
            parent[key] = other

    return changed(document, path, change)


def written(rows: list[list[str]]) -> bytes:
    """Write rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def read(source: Any, payload: Payload) -> ParsedFile | None:
    """Parse a payload; None if it was refused, with a reason that names it."""
    try:
        return source.parse(payload)
    except DataRefused as refused:
        assert str(refused).startswith(f"{payload.name}: ")  # noqa: PT017 - every refusal must
        assert len(str(refused)) > len(payload.name) + 10  # noqa: PT017
        return None


@pytest.mark.parametrize("name", JSON)
def test_a_field_removed_or_of_another_kind_is_named_or_does_no_harm(name: str) -> None:
    """Every field is removed, and replaced by a value of every other kind."""
    source, payload = JSON[name]
    document, before = orjson.loads(payload.content), source.parse(payload)
    unsaid = []
    for path in places(document):
        for other in (REMOVED, *OTHER_KINDS):
            after = read(source, payload._replace(content=orjson.dumps(replaced(document, path, other))))
            if after is None:
                continue
            lost = sum(map(len, before.details)) - sum(map(len, after.details))
            told = after.rejects or after.missing_columns or after.retyped_columns
            # Who takes an entry of a list or an object away takes rows away; else nothing goes unsaid.
            if lost > 0 and not told and other not in (REMOVED, None, "", [], {}):
                unsaid.append((path, other, lost))
    assert unsaid == []


@pytest.mark.parametrize("name", JSON)
def test_a_new_field_is_told_and_changes_nothing(name: str) -> None:
    source, payload = JSON[name]
    document = orjson.loads(payload.content)
    objects = [p for p in places(document) if isinstance(p[-1], int)]
    for path in objects:
        mutated = changed(
            document,
            path,
            lambda parent, key: isinstance(parent[key], dict) and parent[key].update(brand_new=1),
        )
        after = source.parse(payload._replace(content=orjson.dumps(mutated)))
        assert after.details == source.parse(payload).details


@pytest.mark.parametrize("name", JSON)
@given(end=st.floats(0.0, 0.999))
@settings(max_examples=15, deadline=None)
def test_a_file_cut_short_is_refused_whole(name: str, end: float) -> None:
    source, payload = JSON[name]
    content = payload.content.rstrip()
    cut = payload._replace(content=content[: int(end * len(content))])
    assert read(source, cut) is None


@pytest.mark.parametrize("name", [*JSON, *CSV])
@pytest.mark.parametrize(
    ("page", "why"),
    [
        (
            b"<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>",
            "challenge or block page",
        ),
        (b"<html><body>You are being rate limited (1015)</body></html>", "challenge or block page"),
        (b"<html><body>Hello</body></html>", "web page"),
    ],
)
def test_a_page_instead_of_data_is_named(name: str, page: bytes, why: str) -> None:
    source, payload = (JSON | CSV)[name]
    with pytest.raises(DataRefused, match=why):
        source.parse(payload._replace(content=page))


@pytest.mark.parametrize("name", CSV)
def test_a_column_that_is_needed_is_missed_by_name(name: str) -> None:
    source, payload = CSV[name]
    rows = list(csv.reader(payload.content.decode().splitlines()))
    for place, column in enumerate(rows[0]):
        kept = [row[:place] + row[place + 1 :] for row in rows]
        try:
            after = source.parse(payload._replace(content=written(kept)))
        except DataRefused as refused:
            assert column in str(refused)  # noqa: PT017 - the column must be named
        else:
            told = any(missing.endswith(f".{column}") for missing in after.missing_columns)
            assert told or after.details == source.parse(payload).details  # nobody needed it


@pytest.mark.parametrize("name", CSV)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_cell_that_is_no_number_costs_its_row_and_no_other(name: str, data: st.DataObject) -> None:
    source, payload = CSV[name]
    header, *rows = csv.reader(payload.content.decode().splitlines())
    line = data.draw(st.integers(0, len(rows) - 1))
    rows[line][data.draw(st.integers(0, len(header) - 1))] = "n/a?"
    before = source.parse(payload)
    after = read(source, payload._replace(content=written([header, *rows])))
    if after is None:
        assert len(rows) == 1
        return
    assert sum(map(len, before.details[1:])) - sum(map(len, after.details[1:])) <= 2  # a game has two rows
    assert {reject.line for reject in after.rejects} - {None} <= set(range(2, len(rows) + 2))
