"""FBref: match reports, schedules and tables of seasons, from pages and tables that users kept."""

from monps.sources.fbref.source import FBref

__all__ = ["FBref"]
