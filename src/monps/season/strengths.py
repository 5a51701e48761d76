"""Strengths as they may truly be: drawn from what a fit knows of them, and does not know."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from monps.numerics.checks import Floats, Ints
from monps.numerics.design import Layout
from monps.ratings.strengths import Strengths
from monps.tables.encode import TeamIndex


def draw_strengths(strengths: Strengths, count: int, rng: np.random.Generator) -> Iterator[Strengths]:
    """Draw sets of strengths from the Gaussian that the fit's covariance describes.

    They come in pairs that mirror each other at the estimate, so that their mean is the estimate itself and
    fewer of them say as much.

    Parameters
    ----------
    strengths : Strengths
        The estimate and its information.
    count : int
        Sets to draw.
    rng : numpy.random.Generator
        Where chance comes from.

    Yields
    ------
    Strengths
        The same but for its parameters.

    References
    ----------
    Hammersley & Morton (1956), A new Monte Carlo technique: antithetic variates, Mathematical Proceedings
    of the Cambridge Philosophical Society 52(3).
    """
    root = _square_root(strengths.covariance)
    half = rng.standard_normal(((count + 1) // 2, len(root))) @ root
    mirrored = np.stack([half, -half], axis=1).reshape(-1, len(root))
    for deviation in mirrored[:count]:
        yield replace(strengths, parameters=strengths.parameters + deviation)


def with_newcomers(strengths: Strengths, names: Sequence[str]) -> Strengths:
    """Return strengths that have a place for these teams too, each as unknown as a newcomer is.

    Parameters
    ----------
    strengths : Strengths
        A fit.
    names : sequence of str
        Teams, some of which it may never have seen.
    """
    teams = TeamIndex.of([*strengths.teams.names, *names])
    if len(teams) == len(strengths.teams):
        return strengths
    before = strengths.layout
    layout = replace(before, teams=len(teams))
    known = teams.encode(strengths.teams.names)
    unseen = np.setdiff1d(np.arange(len(teams)), known)
    places = _places(before, layout, known)
    parameters, information = np.zeros(layout.width), np.zeros((layout.width, layout.width))
    parameters[places], information[np.ix_(places, places)] = strengths.parameters, strengths.information
    precision = 1.0 / strengths.newcomer_variance if strengths.newcomer_variance else 0.0
    for block, mean in zip((layout.attack, layout.defence), strengths.newcomer, strict=True):
        parameters[block.start + unseen] = mean
        information[block.start + unseen, block.start + unseen] = precision
    return replace(strengths, teams=teams, layout=layout, parameters=parameters, curvature=information[None])


def _places(before: Layout, after: Layout, known: Ints) -> Ints:
    """Return where each parameter stands once there are more teams."""
    places = np.arange(before.width)
    for block in ("attack", "defence", "own") if before.own_advantage else ("attack", "defence"):
        places[getattr(before, block)] = getattr(after, block).start + known
    places[before.rho : before.rho + 1] = after.rho
    return places


def _square_root(covariance: Floats) -> Floats:
    """Return the symmetric square root: unlike others, it does not depend on how eigenvectors are chosen."""
    values, vectors = np.linalg.eigh(covariance)
    root: Floats = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    return root
