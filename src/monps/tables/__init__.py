"""The one bridge between nouns and arrays: matches and quotes as columns."""

from monps.tables.encode import TeamIndex
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

__all__ = ["MatchTable", "QuoteTable", "TeamIndex"]
