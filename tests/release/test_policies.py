"""What goes out with a version says that version."""

import re

import monps


def test_the_citation_is_of_this_version(root):
    text = (root / "CITATION.cff").read_text()
    assert re.findall(r"^version: (.+)$", text, re.MULTILINE) == [monps.__version__]
    assert re.findall(r"^license: (.+)$", text, re.MULTILINE) == ["Apache-2.0"]
    assert {"cff-version", "message", "title", "authors"} <= set(
        re.findall(r"^([\w-]+):", text, re.MULTILINE)
    )


def test_the_changelog_has_a_place_for_what_changed_and_for_numbers(root):
    newest = (root / "CHANGELOG.md").read_text().split("\n## [")[1]
    assert re.findall(r"^### (.+)$", newest, re.MULTILINE)[-1] == "Numbers changed"


def test_every_python_that_is_promised_is_tested_for(root):
    project = (root / "pyproject.toml").read_text()
    promised = re.findall(r"Python :: (\d+\.\d+)", project)
    assert f'requires-python = ">={promised[0]}"' in project
