"""Football data into calibrated, coherent, explained and audited betting prices.

The names below are loaded when they are first asked for, so that importing the package weighs nothing;
``__init__.pyi`` says the same to type checkers.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "SCORE_MODELS": "monps.models",
    "DixonColes": "monps.models",
    "MatchTable": "monps.tables.matches",
    "MonpsError": "monps.errors",
    "Poisson": "monps.models",
    "QuoteTable": "monps.tables.quotes",
    "Reading": "monps.library",
    "ScoreGrid": "monps.numerics.grid",
    "price": "monps.library",
    "read": "monps.library",
    "read_football_data": "monps.library",
    "remove_margin": "monps.library",
    "simulate": "monps.library",
}


__all__ = [*_HOMES]  # noqa: PLE0604 - strings, each a key above


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'monps' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*_HOMES, "__version__"]
