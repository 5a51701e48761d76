"""The tool that breaks the code breaks it where it should; and the tests of two rooms notice."""

import runpy
import subprocess
import sys

import pytest

CODE = '''\
"""A text with 1 and 2."""

Kind = int | None


def rule(home: int | None, limit: float = 2.5) -> bool:
    """Say whether 3 > 2."""
    return not home - 1 >= limit or home is None


FLAG = True
'''
CHANGES = [
    "2.5  →  3.5",
    "True  →  False",
    "home is None  →  home is not None",
    "not home - 1 >= limit  →  not not home - 1 >= limit",
    "home - 1 >= limit  →  home - 1 > limit",
    "home - 1  →  home + 1",
    "1  →  2",
    "not home - 1 >= limit or home is None  →  (not home - 1 >= limit) and home is None",
]


@pytest.fixture(scope="module")
def tool(root):
    return runpy.run_path(str(root / "release" / "mutants.py"))


@pytest.fixture
def broken(tool, tmp_path):
    file = tmp_path / "code.py"
    file.write_text(CODE)
    return list(tool["mutants"](file))


def test_each_mutant_has_one_change_and_texts_and_types_have_none(broken):
    assert len(broken) == len(CHANGES)
    said = {" ".join(each.change.split()) for each in broken}
    assert {" ".join(change.split()) for change in CHANGES if "and home" not in change} <= said
    assert sum(" and home is None" in each.change for each in broken) == 1
    assert all("int | None" in each.source and "A text with 1 and 2." in each.source for each in broken)


def test_a_change_changes_what_the_code_does(broken):
    def answers(source):
        names = {}
        exec(source, names)  # noqa: S102 - the text above
        return names["FLAG"], [names["rule"](home, 2) for home in range(-1, 7)], names["rule"].__defaults__

    whole = answers(CODE)
    changed = [each for each in broken if "None" not in each.change.split("→")[0]]
    assert all(answers(each.source) != whole for each in changed)


def test_a_sample_is_drawn_without_replacement_and_always_the_same(tool):
    drawn = tool["sample"]("staking", 30, 7)
    assert len(set(drawn)) == 30
    assert drawn == tool["sample"]("staking", 30, 7) != tool["sample"]("staking", 30, 8)
    assert {each.module.split(".")[1] for each in drawn} == {"staking"}


@pytest.mark.slow
@pytest.mark.parametrize("room", ["markets", "staking"])
def test_the_tests_notice_what_is_wrong(room, root):
    """Survivors, with the reasons why they live, are listed in ``release/survivors.md``."""
    script = str(root / "release" / "mutants.py")
    done = subprocess.run(
        [sys.executable, script, room, "--sample", "100"], capture_output=True, text=True, check=True
    )
    share = float(done.stdout.rsplit(",", 1)[1].strip(" %\n")) / 100
    assert share >= 0.85, done.stdout
