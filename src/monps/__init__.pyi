from monps.errors import MonpsError
from monps.library import Reading, price, read, read_football_data, remove_margin, simulate
from monps.models import SCORE_MODELS, DixonColes, Poisson
from monps.numerics.grid import ScoreGrid
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

__version__: str

__all__ = [
    "SCORE_MODELS",
    "DixonColes",
    "MatchTable",
    "MonpsError",
    "Poisson",
    "QuoteTable",
    "Reading",
    "ScoreGrid",
    "price",
    "read",
    "read_football_data",
    "remove_margin",
    "simulate",
]
