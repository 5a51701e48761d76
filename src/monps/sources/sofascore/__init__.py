"""SofaScore: saved answers of its event, statistics, lineups and shotmap addresses."""

from monps.sources.sofascore.source import SofaScore

__all__ = ["SofaScore"]
