"""Every public name explains itself: numpydoc's sections, complete and in order."""

import inspect
from collections.abc import Iterator

import pytest
from numpydoc.docscrape import ClassDoc
from numpydoc.validate import validate

import monps

OF_ALL = {
    "GL03": "no double blank lines",
    "GL06": "known sections only",
    "GL07": "sections in order",
    "GL08": "a docstring at all",
    "SS03": "a first line that is a sentence",
    "PR02": "no parameter that is not there",
    "PR03": "parameters in their order",
    "PR07": "parameters with a description",
    "YD01": "yields explained",
}
OF_FUNCTIONS = OF_ALL | {
    "PR01": "every parameter explained",
    "PR04": "with its type",
    "RT01": "what is returned",
}

PUBLIC = {name: getattr(monps, name) for name in monps.__all__}
FUNCTIONS = [thing for thing in PUBLIC.values() if inspect.isfunction(thing)]
CLASSES = [thing for thing in PUBLIC.values() if inspect.isclass(thing)]


def methods(kind: type) -> Iterator[str]:
    for name, value in vars(kind).items():
        if not name.startswith("_") and isinstance(value, property | classmethod | type(methods)):
            yield f"{address(kind)}.{name}"


def address(thing: object) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"


def problems(name: str, wanted: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, said) for code, said in validate(name)["errors"] if code in wanted]


@pytest.mark.parametrize("name", [address(function) for function in FUNCTIONS])
def test_function(name: str) -> None:
    assert problems(name, OF_FUNCTIONS) == []


@pytest.mark.parametrize("name", [address(kind) for kind in CLASSES])
def test_class(name: str) -> None:
    assert problems(name, OF_ALL) == []


@pytest.mark.parametrize("name", [method for kind in CLASSES for method in methods(kind)])
def test_method(name: str) -> None:
    assert problems(name, OF_ALL) == []


@pytest.mark.parametrize("kind", [kind for kind in CLASSES if not issubclass(kind, Exception)])
def test_every_field_is_explained_by_the_class_or_one_it_builds_on(kind: type) -> None:
    explained = {
        name.strip()
        for base in kind.__mro__[:-1]
        for parameter in ClassDoc(base)["Parameters"]
        for name in parameter.name.split(",")
    }
    assert set(inspect.signature(kind).parameters) - explained == set()


def test_what_explains_nothing_is_found() -> None:
    assert {code for code, _ in problems("inspect.cleandoc", OF_FUNCTIONS)} >= {"PR01", "RT01"}
