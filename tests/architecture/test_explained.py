"""Every public function of every room says which errors it raises and of which shape its arrays are.

A method that overrides an explained one needs no more words than it has: the first is where one looks. Where
all functions of a module or class share their shapes, the docstring of the module or class may say them.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Callable, Iterator

import pytest

import monps
from monps import errors
from monps.errors import UsageError

ARRAYS = re.compile(r"\b(Floats|Ints|Bools|ArrayLike|NDArray|ndarray)\b")
SHAPED = re.compile(r"[Ss]hape|\(n[,)]|\([a-z], [a-z]")
YEAR = re.compile(r"\((18|19|20)\d\d\)|, (18|19|20)\d\d,")
ERRORS = {name for name, kind in vars(errors).items() if inspect.isclass(kind)}
OF_NOBODY = {
    "": "only names what is in it",
    "checks": "comparisons",
    "design": "numbers columns",
    "grid": "adds up a grid",
    "grouped": "takes the value in the middle",
    "growth": "only names what is in it",
    "growth.returns": "a stake times its odds",
    "inversion": "only names what is in it",
    "inversion.grids": "chooses among others' formulas",
    "inversion.quotes": "sets prices out",
    "inversion.rates": "solves what others define",
    "inversion.targets": "chances as sums of a grid's cells",
    "objective": "puts others' terms together",
    "overround": "only names what is in it",
    "overround.removal": "calls the methods",
    "pairings": "adds up matches",
    "log_odds": "the logistic function",
    "running_sums": "adds up",
    "shared_goals": "a binomial share",
}
"""Modules of ``numerics`` whose calculation needs no paper, with the reason."""


DOORS = {"api", "asgi", "cli", "web"}
"""Their functions are read as pages, commands and routes, which tests of their own look at."""


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(monps.__path__, "monps."):
        if ".migrations" not in found.name and found.name.split(".")[1] not in DOORS:
            yield found.name


def functions(name: str) -> Iterator[tuple[str, Callable[..., object], str]]:
    """Yield the public functions of a module with their docstrings; inherited explanations count."""
    module = importlib.import_module(name)
    for label, thing in list(vars(module).items()):
        if label.startswith("_") or getattr(thing, "__module__", None) != name:
            continue
        if inspect.isfunction(thing):
            yield label, thing, thing.__doc__ or ""
        elif inspect.isclass(thing):
            yield from methods(thing)


def methods(kind: type) -> Iterator[tuple[str, Callable[..., object], str]]:
    for label, value in list(vars(kind).items()):
        function = plain(value)
        if not label.startswith("_") and inspect.isfunction(function):
            above = (plain(vars(base).get(label)) for base in kind.__mro__)
            told = " ".join(each.__doc__ or "" for each in above if inspect.isfunction(each))
            yield f"{kind.__name__}.{label}", function, told


def plain(value: object) -> object:
    """Return the function below a property or the like."""
    for below in ("fget", "func", "__func__"):
        value = getattr(value, below, None) or value
    return value


def raised(function: Callable[..., object]) -> set[str]:
    """Name our errors that a function's own body raises."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    calls = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    return {
        call.func.id for call in calls if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    } & ERRORS


def has_arrays(function: Callable[..., object]) -> bool:
    return any(ARRAYS.search(str(kind)) for kind in function.__annotations__.values())


def unexplained(name: str) -> list[str]:
    found = []
    for label, function, told in functions(name):
        found += [
            f"{label} raises {error} and does not say so" for error in raised(function) if error not in told
        ]
        if has_arrays(function) and not SHAPED.search(told + shared(name, label)):
            found.append(f"{label} does not say which shape its arrays have")
    return found


def shared(name: str, label: str) -> str:
    """Return what the module, and the class if there is one, tell of all their functions."""
    module = importlib.import_module(name)
    kind = vars(module).get(label.partition(".")[0]) if "." in label else None
    above = [base.__doc__ or "" for base in kind.__mro__[:-1]] if isinstance(kind, type) else []
    return " ".join([module.__doc__ or "", *above])


@pytest.mark.parametrize("name", [*modules()])
def test_errors_and_shapes_are_told(name: str) -> None:
    assert unexplained(name) == []


@pytest.mark.parametrize("name", [name for name in modules() if name.startswith("monps.numerics")])
def test_a_formula_has_its_paper(name: str) -> None:
    short = name.removeprefix("monps.numerics").lstrip(".")
    module = importlib.import_module(name)
    assert (short in OF_NOBODY) != bool(YEAR.search(inspect.getsource(module)))


class Silent:
    """Tells nothing."""

    def halves(self, values: "Floats") -> None:  # noqa: F821 - only its name is looked at
        """Refuse."""
        raise UsageError(values)


class Telling(Silent):
    """Tells what its base does not."""

    def halves(self, values: "Floats") -> None:  # noqa: F821
        """Refuse an array of shape (n,) with a ``UsageError``."""
        raise UsageError(values)


def test_what_is_not_told_is_found_and_what_is_told_is_not() -> None:
    [(_, silent, told)], [(_, telling, more)] = methods(Silent), methods(Telling)
    assert has_arrays(silent)
    assert raised(silent) == raised(telling) == {"UsageError"}
    assert not SHAPED.search(told)
    assert SHAPED.search(more)
    assert "UsageError" in more
