"""Do the tests notice when the code is wrong? Break it in one place at a time, and run them.

``python release/mutants.py ROOM [--sample N] [--seed S]`` prints the share of the mutants of a room that its
tests notice, and every one that they do not. A mutant is one change of a comparison, an arithmetic or logical
operator, a number or a truth value; texts, annotations and flags of strictness and order are left alone. Each
runs in a process of its own, forked from one that has loaded the libraries, so that what a module makes when
it is imported is made by the changed code too.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
ROOMS = {
    "markets": ("tests/unit/markets", "tests/contract/test_market.py", "tests/property/test_settlement.py"),
    "staking": ("tests/unit/staking",),
}
PRELOADED = (
    "numpy",
    "scipy.special",
    "scipy.optimize",
    "polars",
    "pydantic",
    "hypothesis",
    "pytest",
    "structlog",
)
FLAGS = {"strict", "maintain_order"}
"""Keywords that guard against what does not happen, or fix an order that is fixed again later."""

SECONDS = 600
QUIET = [
    "-x",
    "-q",
    "-n",
    "0",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:schemathesis",
    "--hypothesis-seed=1",
    "--assert=plain",
]
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or,
    ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Pow: ast.Mult, ast.Mod: ast.Mult, ast.FloorDiv: ast.Div,
}  # fmt: skip


class Mutant(NamedTuple):
    """A module with one change: of the expression with this number, to this."""

    file: Path
    number: int
    to: object
    line: int
    change: str

    @property
    def module(self) -> str:
        """Its name."""
        return ".".join(self.file.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")

    @property
    def source(self) -> str:
        """The changed code."""
        tree = ast.parse(self.file.read_text(encoding="utf-8"))
        _apply(list(_places(tree))[self.number], self.to)
        return ast.unparse(tree)

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT / 'src')}:{self.line}: {self.change}"


def mutants(file: Path) -> Iterator[Mutant]:
    """Yield every mutant of a file."""
    for number, node in enumerate(_places(ast.parse(file.read_text(encoding="utf-8")))):
        for to in _changes(node):
            changed = copy.deepcopy(node)
            _apply(changed, to)
            yield Mutant(file, number, to, node.lineno, f"{ast.unparse(node)}  →  {ast.unparse(changed)}")


def _places(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the expressions that can be changed; annotations and types are none."""
    left_alone = {id(part) for node in ast.walk(tree) for whole in _types(node) for part in ast.walk(whole)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Compare | ast.BinOp | ast.BoolOp | ast.UnaryOp | ast.Constant)
            and id(node) not in left_alone
        ):
            yield node


def _types(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
        yield node.annotation
    if isinstance(node, ast.FunctionDef) and node.returns:
        yield node.returns
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield from node.decorator_list
    if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id.istitle() for t in node.targets):
        yield node.value  # the name of a type
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"isinstance", "cast"}
    ):
        yield node
    if isinstance(node, ast.keyword) and node.arg in FLAGS:
        yield node.value


def _changes(node: ast.expr) -> Iterator[type[ast.AST] | object]:
    if isinstance(node, ast.Compare):
        yield from (SWAPS[type(op)] for op in node.ops[:1] if type(op) in SWAPS)
    elif isinstance(node, ast.BinOp | ast.BoolOp):
        yield from (SWAPS[type(op)] for op in (node.op,) if type(op) in SWAPS)
    elif isinstance(node, ast.UnaryOp):
        yield ast.UAdd
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
        yield (not node.value) if isinstance(node.value, bool) else node.value + 1


def _apply(node: ast.expr, change: object) -> None:
    if isinstance(node, ast.Constant):
        node.value = change  # type: ignore[assignment]
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else node.op
        if not isinstance(node.op, ast.UAdd):  # not x, ~x  →  x, twice turned
            node.operand = ast.UnaryOp(type(node.op)(), node.operand)
    elif isinstance(node, ast.Compare):
        node.ops[0] = change()  # type: ignore[operator]
    else:
        node.op = change()  # type: ignore[operator,attr-defined]


class Changed(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Gives one module the mutant's source."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """Answer for the module that is changed."""
        if name != self.mutant.module:
            return None
        inside = [str(self.mutant.file.parent)] if self.mutant.file.name == "__init__.py" else None
        spec = importlib.machinery.ModuleSpec(name, self, origin=str(self.mutant.file))
        spec.submodule_search_locations = inside
        return spec

    def get_filename(self, fullname: str) -> str:  # noqa: ARG002 - the interface's
        """Name the file."""
        return f"{self.mutant.file}#changed"

    def get_data(self, path: str) -> bytes:  # noqa: ARG002 - the interface's
        """Return the source."""
        return self.mutant.source.encode()


def survives(mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Run the tests in a fork; a mutant that makes them fail, or run for ever, does not survive."""
    child = os.fork()
    if child == 0:
        _test(mutant, tests)
    begun = time.monotonic()
    while time.monotonic() - begun < SECONDS:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _test(mutant: Mutant | None, tests: Sequence[str]) -> None:
    os.setpgid(0, 0)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if mutant is not None:
        sys.meta_path.insert(0, Changed(mutant))
    import pytest  # noqa: PLC0415 - preloaded

    os._exit(int(pytest.main([*QUIET, *tests])))


def sample(room: str, size: int, seed: int) -> list[Mutant]:
    """Draw mutants of a room without replacement; all of them where there are no more."""
    every = [each for file in sorted((ROOT / "src" / "monps" / room).rglob("*.py")) for each in mutants(file)]
    chosen = random.Random(seed).sample(range(len(every)), min(size, len(every)))  # noqa: S311 - no secret
    return [every[place] for place in sorted(chosen)]


def main() -> int:
    """Draw, test, and tell."""
    parser = argparse.ArgumentParser(prog="python release/mutants.py", description=__doc__.partition("\n")[0])
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name in PRELOADED:
        importlib.import_module(name)
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    if not survives(None, ROOMS[asked.room]):
        print("the tests fail without any change", file=sys.stderr)
        return 2
    drawn = sample(asked.room, asked.sample, asked.seed)
    left = []
    for number, mutant in enumerate(drawn, 1):
        if survives(mutant, ROOMS[asked.room]):
            left.append(mutant)
            print(f"survives: {mutant}", flush=True)
        if sys.stderr.isatty():
            print(f"\r{number}/{len(drawn)}", end="", file=sys.stderr)
    share = 1.0 - len(left) / len(drawn)
    print(f"{asked.room}: {len(drawn) - len(left)} of {len(drawn)} mutants noticed, {share:.0%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
