"""football-data.co.uk: results, statistics and prices of 22 divisions since 1993, as CSV."""

from monps.sources.football_data.source import FootballData

__all__ = ["FootballData"]
