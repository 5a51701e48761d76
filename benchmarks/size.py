"""What the core costs before it has done anything, beside penaltyblog: start, import, memory, installation.

Both are installed into fresh environments, with their dependencies and nothing else, and compiled.
"""

import os
import subprocess
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.report import Cell, Report
from benchmarks.timing import in_turn

ROOT = Path(__file__).parents[1]
PINS = ROOT / "requirements" / "constraints.txt"
ROUNDS = 9
EVERYTHING = "from monps import DixonColes, MatchTable, Poisson, QuoteTable, price, read, remove_margin"
NOTE = """Seconds are the best of nine runs in turn; imports are beyond starting the interpreter.
`import monps` loads names when they are first asked for: the row below it asks for all that a fit and its
prices need. Sizes are those of the files in all wheels, without pip itself."""


@dataclass(frozen=True)
class Environment:
    """A fresh environment with one package in it."""

    folder: Path

    @classmethod
    def made(cls, folder: Path, *requirements: str) -> "Environment":
        """Make it."""
        venv.create(folder, with_pip=True)
        made = cls(folder)
        made.python("-m", "pip", "install", "--quiet", "--constraint", str(PINS), *requirements)
        made.python("-m", "pip", "uninstall", "--quiet", "--yes", "pip", "setuptools")
        made.python("-m", "compileall", "-q", str(made.packages))
        return made

    @cached_property
    def packages(self) -> Path:
        """Where packages are."""
        return Path(self.python("-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())

    def python(self, *arguments: str) -> str:
        """Run its interpreter, and return what it prints."""
        return self.run("python", *arguments)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of its programs, and return what it prints."""
        scripts = self.folder / ("Scripts" if os.name == "nt" else "bin")
        settings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [str(scripts / program), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=settings).stdout

    def megabytes(self, *, bytecode: bool) -> float:
        """Size of everything installed, with or without what was compiled here."""
        files = (file for file in self.packages.rglob("*") if file.is_file())
        return sum(file.stat().st_size for file in files if bytecode or file.suffix != ".pyc") / 1e6

    def distributions(self) -> int:
        """How many distributions are installed."""
        return len(list(self.packages.glob("*.dist-info")))

    def resident(self, statement: str) -> float:
        """Megabytes of memory held at most while running a statement.

        Linux's own account of the program is read where there is one: ``ru_maxrss`` begins with what the
        program held that started it.
        """
        asked = f"{statement}; from pathlib import Path; print(Path('/proc/self/status').read_text())"
        if not Path("/proc/self/status").exists():
            asked = f"{statement}; import resource; print('VmHWM:', resource.getrusage(0).ru_maxrss // 1024)"
        lines = self.python("-c", asked).splitlines()
        return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM:"))


def measure() -> Report:
    """Install both, and measure."""
    return Report("Size beside penaltyblog", _rows(), (NOTE,))


def _rows() -> Iterator[dict[str, Cell]]:
    with TemporaryDirectory() as folder:
        ours = Environment.made(Path(folder) / "ours", str(ROOT))
        theirs = Environment.made(Path(folder) / "theirs", "penaltyblog")
        yield from _times(ours, theirs)
        for name, statement, target in (("import", "import monps", 80.0), ("all names", EVERYTHING, None)):
            held = theirs.resident("import penaltyblog"), ours.resident(statement)
            yield _row(f"memory resident after {name}, MB", *held, target)
        for name, bytecode, target in (("installed", False, 450.0), ("installed and compiled", True, None)):
            held = theirs.megabytes(bytecode=bytecode), ours.megabytes(bytecode=bytecode)
            yield _row(f"{name}, MB", *held, target)
        yield _row("distributions", theirs.distributions(), ours.distributions(), 60)


def _times(ours: Environment, theirs: Environment) -> Iterator[dict[str, Cell]]:
    bare, help_, nothing, everything, peer = _best(
        (ours, ("python", "-c", "pass")),
        (ours, ("monps", "--help")),
        (ours, ("python", "-c", "import monps")),
        (ours, ("python", "-c", EVERYTHING)),
        (theirs, ("python", "-c", "import penaltyblog")),
    )
    yield _row("`monps --help`, s", None, help_, 0.35)
    yield _row("`import monps`, s", peer - bare, nothing - bare, 0.25)
    yield _row("import of all that fits and prices need, s", peer - bare, everything - bare, None)


def _best(*runs: tuple[Environment, Sequence[str]]) -> list[float]:
    calls = [lambda where=where, arguments=arguments: where.run(*arguments) for where, arguments in runs]
    return [timing.best for timing in in_turn(calls, rounds=ROUNDS, at_least=0.0)]


def _row(name: str, theirs: float | None, ours: float, target: float | None) -> dict[str, Cell]:
    met = None if target is None else "yes" if ours <= target else "no"
    limit = None if target is None else f"≤ {target:g}"
    return {"what": name, "penaltyblog": theirs, "monps": ours, "target": limit, "met": met}
