"""Margin removal: from decimal odds to fair probabilities."""

from monps.numerics.overround.closed import Book
from monps.numerics.overround.removal import MARGIN_METHODS, MarginFree, remove_margin

__all__ = ["MARGIN_METHODS", "Book", "MarginFree", "remove_margin"]
