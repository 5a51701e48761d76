"""The package is typed for whoever installs it."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("user_program.py")


def test_a_users_program_is_checked_against_the_installed_package(tmp_path):
    cache = ["--cache-dir", str(tmp_path / "cache"), "--config-file", "/dev/null"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", *cache, str(PROGRAM)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "Success: no issues found in 1 source file\n"


def test_what_the_checker_believes_is_true():
    made = runpy.run_path(str(PROGRAM))
    assert made["outcomes"].shape == made["fair"].shape == (1, 3)
    assert made["outcomes"] == pytest.approx(made["chances"])
