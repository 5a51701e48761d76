"""Understat: expected goals, pressing, shots and players of six leagues since 2014."""

from monps.sources.understat.source import Understat

__all__ = ["Understat"]
