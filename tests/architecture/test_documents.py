"""The documents say what is there: decisions, commands, settings, exit codes, targets, pictures."""

import re
import runpy
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

import monps
from monps import errors
from monps.brain import FORECASTERS
from monps.cli.app import app
from monps.dna import DIMENSIONS
from monps.numerics.overround import MARGIN_METHODS
from monps.settings import Settings

RELIABILITY = "docs/methods-evidence/reliability.md"
CONCEPTS = Path(__file__).parents[2] / "docs" / "concepts"
PICTURE = re.compile(
    r"!\[([^\]]*)\]\(([^)]+\.svg)\)|^```\{(?:image|figure)\} (\S+\.svg)\n:alt: (.+)$", re.MULTILINE
)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|#)([^)#\s]+)[^)]*\)")


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    named = [*root.glob("*.md"), *(p for p in root.glob("docs/**/*.md") if "_build" not in p.parts)]
    return {str(path.relative_to(root)): path.read_text() for path in named}


@pytest.fixture(scope="module")
def text(pages: dict[str, str]) -> str:
    return "\n".join(pages.values())


def commands(context: typer.Context) -> Iterator[str]:
    if not isinstance(context.command, TyperGroup):
        yield context.command_path
        return
    for name in context.command.list_commands(context):
        below = context.command.get_command(context, name)
        yield from commands(typer.Context(below, info_name=name, parent=context))


COMMANDS = sorted(commands(typer.Context(get_command(app), info_name="monps")))


def test_the_index_lists_every_decision(root: Path) -> None:
    folder = root / "docs" / "adr"
    listed = re.findall(r"^(\d{4}-[\w-]+)$", (folder / "index.md").read_text(), re.MULTILINE)
    assert listed == sorted(path.stem for path in folder.glob("[0-9]*.md"))


def test_every_decision_has_its_headings(pages: dict[str, str]) -> None:
    decisions = {name: page for name, page in pages.items() if re.match(r"docs/adr/\d", name)}
    for name, page in decisions.items():
        assert re.findall(r"^## (.+)$", page, re.MULTILINE) == ["Context", "Decision", "Consequences"], name
        assert page.startswith(f"# {int(name[9:13])}. "), name


def test_every_local_link_leads_somewhere(root: Path, pages: dict[str, str]) -> None:
    broken = [
        (name, target)
        for name, page in pages.items()
        for target in LINK.findall(page)
        if not (root / name).parent.joinpath(target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_shown_at_work(command: str, text: str) -> None:
    assert re.search(rf"^\$? ?{re.escape(command)}\b|`{re.escape(command)}\b", text, re.MULTILINE)


def test_no_command_is_shown_that_is_not_there(text: str) -> None:
    shown = set(re.findall(r"(?:^\$ |`)monps ([a-z]+)\b", text, re.MULTILINE))
    assert shown <= {command.split()[1] for command in COMMANDS}


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_listed(setting: str, pages: dict[str, str]) -> None:
    assert f"| `MONPS_{setting.upper()}` |" in pages["docs/reference/settings.md"]


def test_exit_codes_are_those_of_the_errors(pages: dict[str, str]) -> None:
    listed = set(
        map(int, re.findall(r"^\| (\d) \|", pages["docs/how-to/exit-codes-and-json.md"], re.MULTILINE))
    )
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert listed == {0, *(kind.exit_code for kind in kinds)}


def test_every_make_target_named_exists(root: Path, text: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)(?=`|\s*$|\s+#)", text, re.MULTILINE)) <= targets


@pytest.mark.parametrize("name", monps.__all__)
def test_every_public_name_is_in_the_reference(name: str, pages: dict[str, str]) -> None:
    assert re.search(rf":: monps\.{name}$", pages["docs/reference/python.md"], re.MULTILINE)


@pytest.mark.parametrize(
    ("page", "registry"),
    [("docs/how-to/backtest-a-forecaster.md", FORECASTERS), ("docs/methods.md", MARGIN_METHODS)],
    ids=["forecasters", "margin methods"],
)
def test_the_page_lists_the_registry(
    page: str, registry: Mapping[str, object], pages: dict[str, str]
) -> None:
    rows = re.findall(r"^\| (`[^|]+`) \|", pages[page], re.MULTILINE)
    assert sorted(name for row in rows for name in re.findall(r"`(\w+)`", row)) == sorted(registry)


@pytest.fixture(scope="module")
def drawn(root: Path) -> dict[str, str]:
    """Every picture and table as its script draws it now."""
    folder = root / "docs" / "_figures"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        made = [runpy.run_path(str(path)) for path in sorted(folder.glob("*.py"))]
        return {name: text for each in made if "files" in each for name, text in each["files"]().items()}


def test_pictures_are_what_their_scripts_draw(root: Path, drawn: dict[str, str]) -> None:
    static = root / "docs" / "_static"
    stale = [name for name, text in drawn.items() if (static / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run the scripts in docs/_figures"
    assert len(drawn) > 20


@pytest.mark.parametrize("concept", sorted(path.stem for path in CONCEPTS.glob("*.md")))
def test_a_concept_has_a_picture_and_words_for_whoever_cannot_see_it(
    concept: str, root: Path, drawn: dict[str, str]
) -> None:
    text = (CONCEPTS / f"{concept}.md").read_text(encoding="utf-8")
    shown = PICTURE.findall(text)
    assert shown
    for alt, path, other_path, other_alt in shown:
        name = (path or other_path).removeprefix("../_static/")
        assert len((alt or other_alt).split()) > 4, name
        assert name in drawn, f"no script draws {name}"
        assert (root / "docs" / "_static" / name).is_file()


def test_the_registry_marks_what_was_found_not_to_repeat_itself(pages: dict[str, str]) -> None:
    measured = re.findall(r"^\| [^|]+ \| `(\w+)` \|.*\| (yes|no) \|$", pages[RELIABILITY], re.MULTILINE)
    assert {name: found == "yes" for name, found in measured} == {
        name: dimension.repeats for name, dimension in DIMENSIONS.items()
    }


def accuracy(page: str) -> dict[str, list[str]]:
    """Each forecaster's figures in a page's table of accuracy."""
    rows = re.findall(r"^\| \**`(\w+)`\** \| [^|]+ \|(.+)\|$", page, re.MULTILINE)
    return {name: re.findall(r"-?\d+\.?\d*", figures) for name, figures in rows}


def test_both_front_pages_show_the_same_figures(pages: dict[str, str]) -> None:
    english, french = accuracy(pages["README.md"]), accuracy(pages["README.fr.md"])
    assert english == french
    assert {"brain", "closing"} <= english.keys()
