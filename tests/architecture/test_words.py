"""What is published names no machine and no package index."""

import re
import subprocess
from pathlib import Path

import pytest

FORBIDDEN = {
    "a path of one machine": r"(?<![\w.])/(?:work|root|tmp|home)/\w",
    "a package index": r"pypi\.org/simple|pythonhosted\.org|--(?:extra-)?index-url|\bartifactory\b|/simple/",
}
"""By reason, as regular expressions."""


@pytest.fixture(scope="module")
def published(root: Path) -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files are published")
    names = [name for name in listed.stdout.split("\0") if name and Path(name) != here(root)]
    return {name: (root / name).read_text(errors="replace") for name in names if (root / name).is_file()}


def here(root: Path) -> Path:
    return Path(__file__).relative_to(root)


@pytest.mark.parametrize("reason", FORBIDDEN)
def test_no_file_names(reason: str, published: dict[str, str]) -> None:
    found = {name: m.group() for name, text in published.items() if (m := re.search(FORBIDDEN[reason], text))}
    assert found == {}


def test_the_rules_find_what_they_forbid() -> None:
    examples = {"a path of one machine": "see /" + "tmp/x", "a package index": "https://pypi.org/" + "simple"}
    assert all(re.search(FORBIDDEN[reason], text) for reason, text in examples.items())
