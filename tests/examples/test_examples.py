"""Every example runs as it stands, and says what it is meant to show."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

FOLDER = Path(__file__).parents[2] / "examples"
SAYS = {
    "price_a_match.py": r"match_result, home +\d+\.\d%   fair odds \d",
    "judge_forecasters.py": r"closing +\d+ +\d\.\d{4} +0\.\d{5}   [+-]0\.\d{4} \[",
    "stake_a_match.py": r"match_result: home .* expected value \+1[0-2]\.\d%  stake +[1-9]",
    "own_market.py": r"\d+ matches: expected \d+\.\d%, happened \d+\.\d% ± \d\.\d%",
    "sweep_half_lives.py": r"run 8, then 0; the same results: True",
}
NOTEBOOKS = sorted(path.name for path in FOLDER.glob("*.ipynb"))


def test_every_script_is_tested_and_every_example_is_listed():
    scripts = {path.name for path in FOLDER.glob("*.py")}
    listed = set(re.findall(r"\]\((.+?)\)", (FOLDER / "README.md").read_text()))
    assert scripts == set(SAYS)
    assert listed == scripts | set(NOTEBOOKS)


@pytest.mark.parametrize("name", SAYS)
def test_a_script_runs_and_says_what_it_shows(name, tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", str(FOLDER / name)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(SAYS[name], done.stdout), done.stdout


@pytest.fixture
def off_screen():
    before = mpl.get_backend()
    mpl.use("agg")
    yield
    plt.close("all")
    mpl.use(before)


@pytest.mark.usefixtures("off_screen")
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebooks_cells_run_one_after_the_other(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    notebook, names = json.loads((FOLDER / name).read_text()), {}
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(cells):
        exec(compile(cell, f"{name}, cell {number}", "exec"), names)  # noqa: S102 - what a notebook is for
    assert plt.get_fignums()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_kept_without_outputs(name):
    notebook = json.loads((FOLDER / name).read_text())
    assert notebook["nbformat"] == 4
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in cells] == [[]] * len(cells)
    assert notebook["cells"][0]["cell_type"] == "markdown"
