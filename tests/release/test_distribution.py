"""What is published installs into an empty environment and works there with nothing else."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import monps

pytestmark = pytest.mark.slow
PROGRAM = Path(__file__).with_name("user_program.py")


def run(*command, folder: Path) -> str:
    """Run a program outside the repository, in an environment that knows nothing of it."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("MONPS_", "PYTHON"))}
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**known, "MONPS_CACHE_DIR": str(folder / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
    ).stdout


@pytest.fixture(scope="module")
def built(root, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, root, folder=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    return built / f"monps-{monps.__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def sdist(built):
    return built / f"monps-{monps.__version__}.tar.gz"


@pytest.fixture(scope="module", params=["wheel", "sdist"])
def installed(request, root, tmp_path_factory) -> Path:
    """Return the programs of an environment that was empty before."""
    folder = tmp_path_factory.mktemp(request.param)
    venv.create(folder, with_pip=True)
    pins = root / "requirements" / "constraints.txt"
    package = request.getfixturevalue(request.param)
    run(folder / "bin" / "pip", "install", "--quiet", "--constraint", pins, package, folder=folder)
    return folder / "bin"


def test_the_demo_runs_with_nothing_else(installed, tmp_path):
    assert f"monps {monps.__version__}" in run(installed / "monps", "--version", folder=tmp_path)
    printed = run(installed / "monps", "demo", folder=tmp_path)
    assert "Scorecard" in printed


def test_everything_can_be_imported_that_needs_no_extra(installed, tmp_path):
    walk = (
        "import importlib, pkgutil, monps\n"
        "for module in pkgutil.walk_packages(monps.__path__, 'monps.'):\n"
        "    if not module.name.endswith('.env'):\n"
        "        importlib.import_module(module.name)\n"
    )
    run(installed / "python", "-W", "error", "-c", walk, folder=tmp_path)


def test_a_users_program_is_typed(installed, tmp_path):
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = true\n")
    checked = ["--python-executable", installed / "python"]
    said = run(sys.executable, "-m", "mypy", *checked, PROGRAM, folder=tmp_path)
    assert said == "Success: no issues found in 1 source file\n"


def test_both_hold_what_they_need_and_no_tests(wheel, sdist, root):
    in_wheel = set(zipfile.ZipFile(wheel).namelist())
    source = {
        path.relative_to(root / "src").as_posix()
        for path in (root / "src").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert source <= in_wheel
    assert {"monps/py.typed", "monps/__init__.pyi"} <= in_wheel
    assert {name.split("/")[0] for name in in_wheel} == {"monps", f"monps-{monps.__version__}.dist-info"}
    with tarfile.open(sdist) as archive:
        top = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"LICENSE", "README.md", "CHANGELOG.md", "pyproject.toml", "src/monps/py.typed"} <= top
    assert not any(name.startswith("tests") for name in top)
