"""The list of licences is what is installed."""

import json
import runpy
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    (sys.platform, sys.version_info[:2]) != ("linux", (3, 11)),
    reason="the list is of an installation on Linux with Python 3.11",
)


@pytest.fixture(scope="module")
def licences(root):
    return runpy.run_path(str(root / "release" / "licences.py"))


@pytest.fixture(scope="module")
def parts(licences):
    return licences["parts"]()


def test_the_page_is_what_the_command_writes(root, licences, parts):
    written = (root / "docs" / "reference" / "licences.md").read_text()
    assert written == licences["page"](parts, "3.11"), "run: python release/licences.py"


def test_every_distribution_says_its_licence(parts):
    assert [part.name for part in parts if part.licence == "not said"] == []


def test_a_strong_copyleft_is_in_no_installation(parts):
    """It would bind who passes monps on; the LGPL of the PostgreSQL driver, an extra, does not."""
    assert [part.name for part in parts if "GPL" in part.licence.replace("LGPL", "")] == []
    assert {part.extras for part in parts if "LGPL" in part.licence} == {("postgres",)}


def test_the_core_stays_small(parts):
    core = [part.name for part in parts if not part.extras]
    assert {"numpy", "polars", "pydantic"} <= set(core)
    assert len(core) < 60


def test_what_is_needed_only_by_an_extra_is_marked(parts):
    extras = {part.name: part.extras for part in parts}
    assert extras["distributed"] == ("distributed",)
    assert extras["matplotlib"] == ("plot",)
    assert extras["numpy"] == ()


def test_the_bill_of_materials_has_the_same(root, parts):
    script = str(root / "release" / "licences.py")
    printed = subprocess.run([sys.executable, script, "--json"], capture_output=True, text=True, check=True)
    bill = json.loads(printed.stdout)
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "monps")
    assert [(c["name"], c["version"]) for c in bill["components"]] == [(p.name, p.version) for p in parts]
    assert len({component["purl"] for component in bill["components"]}) == len(parts)
