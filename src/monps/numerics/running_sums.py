"""Sums over the past that fade with age, asked for at many moments at once."""

from typing import NamedTuple

import numpy as np

from monps.numerics import checks
from monps.numerics.checks import Floats, Ints


class Observations(NamedTuple):
    """What became known, and of whom.

    Parameters
    ----------
    days : ndarray, shape (m,)
        When each became known.
    groups : ndarray of int, shape (m,)
        To whom each belongs; below 0 to nobody.
    values : ndarray, shape (m, k)
        What is summed.
    """

    days: Floats
    groups: Ints
    values: Floats


class Questions(NamedTuple):
    """From when one looks, and at whom.

    Parameters
    ----------
    days : ndarray, shape (q,)
        The moments; what became known up to and at one counts.
    groups : ndarray of int, shape (q,)
        Whose sums.
    """

    days: Floats
    groups: Ints


def fading_sums(seen: Observations, asked: Questions, half_life_days: float) -> Floats:
    """Sum what was known at each question's moment, each observation halved per half-life of age.

    Parameters
    ----------
    seen : Observations
        The m observations.
    asked : Questions
        The q questions.
    half_life_days : float
        Age at which an observation counts half.

    Returns
    -------
    ndarray, shape (q, k)
        0 where nothing was known.

    Examples
    --------
    >>> seen = Observations(np.array([0.0, 10.0]), np.array([0, 0]), np.array([[8.0], [2.0]]))
    >>> fading_sums(seen, Questions(np.array([5.0, 10.0, 20.0]), np.array([0, 0, 0])), 10.0).ravel().round(3)
    array([5.657, 6.   , 3.   ])
    """
    values = checks.dimensions("values", checks.finite("values", seen.values), 2)
    checks.same_length(days=seen.days, groups=seen.groups, values=values)
    checks.same_length(days=asked.days, groups=asked.groups)
    checks.positive("half_life_days", half_life_days)
    sums = np.zeros((len(asked.days), values.shape[1]))
    order = np.lexsort((seen.days, seen.groups))
    starts = np.searchsorted(seen.groups[order], np.arange(seen.groups.max(initial=-1) + 2))
    by_group = np.argsort(asked.groups, kind="stable")
    edges = np.searchsorted(asked.groups[by_group], np.arange(len(starts)))
    for group in range(len(starts) - 1):
        own, of = order[starts[group] : starts[group + 1]], by_group[edges[group] : edges[group + 1]]
        if len(own) and len(of):
            sums[of] = _one_group(seen.days[own], values[own], asked.days[of], half_life_days)
    return sums


def _one_group(days: Floats, values: Floats, asked: Floats, half_life_days: float) -> Floats:
    """Answer for observations in order of their days; those after the last question do not matter."""
    last = np.searchsorted(days, asked.max(), side="right")
    days, values = days[: max(last, 1)], values[: max(last, 1)]
    totals = np.zeros((len(days) + 1, values.shape[1]))
    np.cumsum(np.exp2((days - days[0]) / half_life_days)[:, None] * values, axis=0, out=totals[1:])
    places = np.searchsorted(days, asked, side="right")
    # Before the first observation there is nothing to fade, and its age would be negative.
    fade = np.exp2(-np.maximum(asked - days[0], 0.0) / half_life_days)
    return np.asarray(fade[:, None] * totals[places])
