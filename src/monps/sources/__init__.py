"""Providers of football data: each plans what to fetch and parses what came; it never fetches.

To add one, write a package with a class that satisfies ``monps.ports.source.Source`` and list it here.
"""

from monps.ports.source import Source
from monps.sources._read import read
from monps.sources.fbref import FBref
from monps.sources.football_data import FootballData
from monps.sources.sofascore import SofaScore
from monps.sources.understat import Understat

__all__ = ["SOURCES", "read"]

SOURCES: dict[str, type[Source]] = {
    FootballData.name: FootballData,
    Understat.name: Understat,
    FBref.name: FBref,
    SofaScore.name: SofaScore,
}
"""The sources by the name that the command line knows them by."""
