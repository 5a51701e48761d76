"""The house's hard limits, counted."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

MOST_LINES_IN_A_FILE = 400
MOST_LINES_IN_A_FUNCTION = 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[Path, str]:
    return {path.relative_to(root): path.read_text() for path in sorted((root / "src").rglob("*.py"))}


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_files_are_short(modules: dict[Path, str]) -> None:
    assert {p: n for p, text in modules.items() if (n := text.count("\n")) > MOST_LINES_IN_A_FILE} == {}


def test_functions_are_short(modules: dict[Path, str]) -> None:
    long = {
        f"{path}:{function.name}": lines
        for path, text in modules.items()
        for function in functions(text)
        if (lines := code_lines(function)) > MOST_LINES_IN_A_FUNCTION
    }
    assert long == {}


def test_half_of_the_functions_have_at_most_ten_lines(modules: dict[Path, str]) -> None:
    lengths = sorted(code_lines(function) for text in modules.values() for function in functions(text))
    assert lengths[len(lengths) // 2] <= 10


def test_no_module_has_an_empty_name(modules: dict[Path, str]) -> None:
    assert [path for path in modules if EMPTY_NAMES & {*path.parent.parts, path.stem}] == []
