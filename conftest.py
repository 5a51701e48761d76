"""Every example in the documents and the docstrings is executed as a test.

Each document has a folder of its own, and one namespace for its Python blocks. A ``console`` block runs each
``$ monps …`` line; a command must end well unless ``$ echo $?`` follows it and says how it ended. Output
that is shown must match, blanks aside; ``...`` stands for anything.
"""

import doctest
import io
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from sybil import Example, Sybil
from sybil.evaluators.doctest import NUMBER, OutputChecker
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

LOOSELY = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | NUMBER
ASKS_STATUS = "echo $?"


class Command(NamedTuple):
    """A line after the prompt, and the output shown below it."""

    line: str
    shown: str


class Shell:
    """Runs ``monps`` where we are, in this process."""

    status = 0

    def run(self, line: str) -> str:
        """Run one command and return all it printed; its status is kept."""
        if line == ASKS_STATUS:
            return f"{self.status}\n"
        program, *arguments = shlex.split(line)
        if program != "monps":
            raise ValueError(
                f"only monps runs in a console block, not {program!r}: write it in a shell block"
            )
        from monps.cli import main  # noqa: PLC0415 - most tests need no command line

        printed = io.StringIO()
        with redirect_stdout(printed), redirect_stderr(printed):
            self.status = main(arguments)
        return printed.getvalue()


def commands(block: str) -> Iterator[Command]:
    """Split a console block at its prompts; a backslash joins lines."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, shown = part.replace("\\\n", " ").partition("\n")
        yield Command(" ".join(line.split()), shown)


def evaluate_console(example: Example) -> str | None:
    """Run a console block; return what is wrong with it, if anything is."""
    shell: Shell = example.namespace["shell"]
    listed = list(commands(example.parsed))
    for place, command in enumerate(listed):
        printed = shell.run(command.line)
        explained = listed[place + 1 : place + 2] and listed[place + 1].line == ASKS_STATUS
        if shell.status and not explained and command.line != ASKS_STATUS:
            return f"$ {command.line}\nended with status {shell.status}:\n{printed}"
        if command.shown and not OutputChecker().check_output(command.shown, printed, LOOSELY):
            return f"$ {command.line}\nshould print:\n{command.shown}\nbut printed:\n{printed}"
    return None


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write three seasons of the simulated country as football-data.co.uk would publish them."""
    from monps.sources.simulated import SimulatedCountry  # noqa: PLC0415 - most tests need no country

    folder = tmp_path_factory.mktemp("simulated")
    SimulatedCountry(seasons=3).write(folder)
    return folder / "football-data"


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory, downloads: Path) -> Iterator[Shell]:
    """Put each document in a folder with an empty store and a country's files in ``downloads``."""
    folder = tmp_path_factory.mktemp("shell")
    (folder / "downloads").symlink_to(downloads, target_is_directory=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("MONPS_DATABASE_URL", f"sqlite:///{folder / 'monps.sqlite'}")
        patch.setenv("MONPS_CACHE_DIR", str(folder / "cache"))
        patch.setenv("COLUMNS", "110")
        yield Shell()


documents = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=LOOSELY),
        CodeBlockParser("console", evaluate_console),
        SkipParser(),
    ],
    patterns=["README.md", "README.fr.md", "docs/*.md", "docs/*/*.md"],
    fixtures=["shell"],
)
docstrings = Sybil(parsers=[DocTestParser(LOOSELY)], path="src", pattern="*.py")
pytest_collect_file = (documents + docstrings).pytest()
