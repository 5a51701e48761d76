"""The one bridge between nouns and arrays: matches, quotes and their details as columns."""

from monps.tables.appearances import AppearanceTable
from monps.tables.encode import TeamIndex
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable
from monps.tables.shots import ShotTable
from monps.tables.side_by_side import side_by_side
from monps.tables.team_matches import TeamMatchTable

__all__ = [
    "AppearanceTable",
    "MatchTable",
    "QuoteTable",
    "ShotTable",
    "TeamIndex",
    "TeamMatchTable",
    "side_by_side",
]
