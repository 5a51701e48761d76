"""Whom the names of sources mean: the same names, known aliases, fixtures that prove it; no guess."""

from monps.services.identity.names import fold
from monps.services.identity.resolve import resolve_names

__all__ = ["fold", "resolve_names"]
