import ast
import subprocess
import sys
from pathlib import Path

import pytest

import monps

HEAVY = {"polars", "scipy", "numpy", "sqlalchemy", "alembic", "pydantic", "httpx", "structlog"}


def modules_after(code):
    script = f"import sys\n{code}\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stderr.split())


def test_importing_the_package_loads_nothing_heavy():
    assert not HEAVY & modules_after("import monps")


def test_help_loads_nothing_heavy():
    assert not HEAVY & modules_after("from monps.cli import main\nmain(['--help'])")


def test_what_a_command_needs_is_found_by_the_same_means():
    assert modules_after("from monps.cli import main\nmain(['markets', '--json'])") >= {"numpy"}


@pytest.mark.parametrize("name", monps.__all__)
def test_every_name_is_there(name):
    assert getattr(monps, name) is not None
    assert name in dir(monps)


def test_another_name_is_not():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = monps.nonsense


def test_type_checkers_are_told_the_same_names():
    stub = ast.parse(Path(monps.__file__).with_suffix(".pyi").read_text())
    imported = {alias.name for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert imported == set(monps.__all__)
