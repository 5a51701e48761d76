"""Who resembles whom, by the distance of profiles, with what chance adds to it taken off."""

from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Floats, Ints

FEWEST_SHARED = 5
"""Dimensions that both must have for a distance to mean anything."""


class Distances(NamedTuple):
    """How far t teams are from each other.

    Parameters
    ----------
    distance, error : ndarray, shape (t, t)
        Root mean square difference of z over what both have, less what chance alone would add; and its
        standard error. NaN where too little is shared.
    shared : ndarray of int, shape (t, t)
        Dimensions that were compared.
    """

    distance: Floats
    error: Floats
    shared: Ints


def distances(z: Floats, z_error: Floats) -> Distances:
    """Compare every team with every other.

    Parameters
    ----------
    z, z_error : ndarray, shape (t, d)
        Profiles and their standard errors; NaN where unknown. A dimension on which a team's chance is
        greater than the differences between teams says nothing and is left out.

    Returns
    -------
    Distances
    """
    told = np.isfinite(z) & np.isfinite(z_error) & (z_error < 1.0)
    values, noise = np.where(told, z, 0.0), np.where(told, z_error**2, 0.0)
    both = told[:, None] & told[None]
    shared = both.sum(axis=2)
    chance = np.where(both, noise[:, None] + noise[None], 0.0)
    squares = np.where(both, (values[:, None] - values[None]) ** 2, 0.0)
    number = np.maximum(shared, 1)
    square = np.maximum((squares - chance).sum(axis=2) / number, 0.0)
    distance = np.sqrt(square)
    # Variance of a squared normal difference: 2 σ⁴ + 4 σ² δ², with δ² as estimated.
    spread = np.sqrt((2 * chance**2 + 4 * chance * np.maximum(squares - chance, 0.0)).sum(axis=2)) / number
    error = spread / np.maximum(2 * distance, np.sqrt(np.maximum(spread, 1e-300)))
    enough = (shared >= FEWEST_SHARED) & ~np.eye(len(z), dtype=np.bool_)
    return Distances(np.where(enough, distance, np.nan), np.where(enough, error, np.nan), shared)


def nearest(found: Distances, team: int, most: int) -> list[int]:
    """Return the numbers of the teams that resemble one most, the nearest first."""
    order = np.argsort(
        np.where(np.isfinite(found.distance[team]), found.distance[team], np.inf), kind="stable"
    )
    return [int(each) for each in order[:most] if np.isfinite(found.distance[team, each])]


def uniqueness(found: Distances) -> Floats:
    """Shape (t,): the share of the other teams that lie nearer to their nearest than each does to its own."""
    t = len(found.distance)
    near = np.where(np.isfinite(found.distance), found.distance, np.inf).min(axis=1, initial=np.inf)
    nearer = (near[None] < near[:, None]).sum(axis=1)
    return np.where(np.isfinite(near), nearer / max(t - 1, 1), np.nan)
