"""Run the tests on every Python that monps supports and that this machine has.

``python release/interpreters.py [pytest arguments]`` makes an environment for each interpreter in
``.venv-<version>``, installs monps and what the tests need in the pinned versions, and runs the tests
there. Which interpreters were not found is said at the end; it is an error only if none was.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PINS = "requirements/constraints.txt"
WHAT = (".[postgres,plot,distributed,telemetry]", "--group", "test", "--group", "check", "--group", "docs")


def supported() -> list[str]:
    """Return the versions that the project declares."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return re.findall(r"Programming Language :: Python :: (\d+\.\d+)", text)


def candidates(version: str) -> Iterator[Path]:
    """Yield where an interpreter of a version may be: on the path, or with pyenv or uv."""
    if (found := shutil.which(f"python{version}")) is not None:
        yield Path(found)
    for home, pattern in (("PYENV_ROOT", "versions"), ("UV_PYTHON_INSTALL_DIR", "")):
        usual = {"PYENV_ROOT": "~/.pyenv", "UV_PYTHON_INSTALL_DIR": "~/.local/share/uv/python"}[home]
        base = Path(os.environ.get(home, usual)).expanduser() / pattern
        yield from sorted(base.glob(f"*{version}.*/bin/python{version}"), reverse=True)


def find(version: str) -> Path | None:
    """Return an interpreter of this version that starts and can make environments."""
    question = "import sys, venv, ensurepip; print('{}.{}'.format(*sys.version_info))"
    for path in candidates(version):
        asked = subprocess.run([path, "-c", question], capture_output=True, text=True, check=False)
        if asked.returncode == 0 and asked.stdout.strip() == version:
            return path
    return None


def passes(version: str, interpreter: Path, arguments: Sequence[str]) -> bool:
    """Make an environment, install, and run the tests."""
    home = ROOT / f".venv-{version}"
    python = home / "bin" / "python"
    subprocess.run([interpreter, "-m", "venv", home], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--upgrade", "pip>=25.1"], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--constraint", PINS, "--editable", *WHAT]
    if subprocess.run(pip, cwd=ROOT, check=False).returncode:
        print(f"Python {version}: the pinned versions cannot be installed")
        return False
    return subprocess.run([python, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode == 0


def main() -> int:
    """Test on all that there are, and say which there are not."""
    found = {version: find(version) for version in supported()}
    results = {v: passes(v, path, sys.argv[1:]) for v, path in found.items() if path is not None}
    for version, path in found.items():
        said = "not found, skipped" if path is None else "passed" if results[version] else "FAILED"
        print(f"Python {version}: {said}{f' ({path})' if path else ''}")
    return 0 if results and all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
