"""The log of dependencies names each one, and none that is gone."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

LOG = "docs/adr/0009-dependencies.md"
USED_WITHOUT_IMPORT = {
    "tzdata": "zoneinfo looks for it",
    "python-multipart": "FastAPI reads forms with it",
    "psycopg": "SQLAlchemy loads it by the database's address",
    "opentelemetry-sdk": "imported as opentelemetry.sdk",
    "opentelemetry-instrumentation-fastapi": "imported as opentelemetry.instrumentation.fastapi",
}


def runtime(project: dict) -> Iterator[str]:
    yield from project["project"]["dependencies"]
    for extra in project["project"]["optional-dependencies"].values():
        yield from extra


def development(project: dict) -> Iterator[str]:
    for group in project["dependency-groups"].values():
        yield from group


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower()


@pytest.fixture(scope="module")
def project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text())


@pytest.fixture(scope="module")
def declared(project: dict) -> set[str]:
    return {name_of(requirement) for requirement in (*runtime(project), *development(project))}


@pytest.fixture(scope="module")
def logged(root: Path) -> dict[str, str]:
    return dict(re.findall(r"^\| `([\w.-]+)` \| (.+) \|$", (root / LOG).read_text(), flags=re.MULTILINE))


def test_every_dependency_has_its_reason(declared: set[str], logged: dict[str, str]) -> None:
    assert declared - set(logged) == set()


def test_no_reason_outlives_its_dependency(declared: set[str], logged: dict[str, str]) -> None:
    assert set(logged) - declared == set()


def test_every_dependency_is_pinned(declared: set[str], root: Path) -> None:
    pins = (root / "requirements" / "constraints.txt").read_text().lower()
    measured_only = {"penaltyblog"}
    unpinned = {
        name
        for name in declared - measured_only
        if not re.search(rf"^{re.escape(name)}==", pins, re.MULTILINE)
    }
    assert unpinned == set()


def test_the_pins_name_no_index(root: Path) -> None:
    pins = (root / "requirements" / "constraints.txt").read_text()
    assert "://" not in pins
    assert not re.search(r"^--", pins, re.MULTILINE)


def test_every_dependency_is_used(root: Path, project: dict) -> None:
    source = "\n".join(path.read_text() for path in (root / "src").rglob("*.py"))
    names = {name_of(requirement) for requirement in runtime(project)} - set(USED_WITHOUT_IMPORT)
    assert {n for n in names if not re.search(rf"(?:from|import) {n.replace('-', '_')}\b", source)} == set()
