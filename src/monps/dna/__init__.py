"""Team DNA: profiles of teams from what was counted of them, and what two profiles do to each other."""

from monps.dna.dimensions import ALL, Dimension

DIMENSIONS: dict[str, Dimension] = {dimension.name: dimension for dimension in ALL}
"""Every dimension of a profile, by name."""

__all__ = ["DIMENSIONS", "Dimension"]
