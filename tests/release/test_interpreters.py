"""Interpreters are found where they usually are, and only those that work."""

import runpy
import sys

import pytest

HERE = "{}.{}".format(*sys.version_info)


@pytest.fixture(scope="module")
def interpreters(root):
    return runpy.run_path(str(root / "release" / "interpreters.py"))


@pytest.fixture
def alone(monkeypatch, tmp_path):
    """No interpreter anywhere but where a test puts one."""
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("UV_PYTHON_INSTALL_DIR", str(tmp_path / "uv"))
    return tmp_path


def put(path, script):
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_versions_are_those_that_the_project_names(interpreters):
    assert interpreters["supported"]() == ["3.11", "3.12", "3.13", "3.14"]


@pytest.mark.parametrize(
    "place",
    [
        f"path/python{HERE}",
        f"pyenv/versions/{HERE}.7/bin/python{HERE}",
        f"uv/cpython-{HERE}.7-linux/bin/python{HERE}",
    ],
    ids=["path", "pyenv", "uv"],
)
def test_one_that_works_is_found(interpreters, alone, place):
    put(alone / place, f'exec {sys.executable} "$@"')
    assert interpreters["find"](HERE) == alone / place


def test_one_that_does_not_start_is_passed_over(interpreters, alone):
    put(alone / f"path/python{HERE}", "exit 127")
    assert interpreters["find"](HERE) is None
    put(alone / f"pyenv/versions/{HERE}.7/bin/python{HERE}", f'exec {sys.executable} "$@"')
    assert interpreters["find"](HERE) is not None


def test_one_of_another_version_is_passed_over(interpreters, alone):
    put(alone / "path/python3.99", f'exec {sys.executable} "$@"')
    assert interpreters["find"]("3.99") is None


@pytest.mark.usefixtures("alone")
def test_where_there_is_none_nothing_is_tested_and_that_is_an_error(interpreters, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["interpreters.py"])
    assert interpreters["main"]() == 1
    assert capsys.readouterr().out.count("not found, skipped") == 4
