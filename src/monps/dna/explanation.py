"""One match's friction taken apart: how large, how sure, and which dimensions make it."""

from typing import NamedTuple

import numpy as np

from monps.dna.friction import Lesson
from monps.dna.interaction import friction_terms
from monps.numerics.checks import Floats


class Explained(NamedTuple):
    """Friction's effect on one side.

    Parameters
    ----------
    log_effect, error : float
        On the logarithm of a count, or a share's log-odds, and its standard error.
    contributions : ndarray, shape (d, d)
        What the side's dimension i does upon its opponent's j; they sum to the effect.
    """

    log_effect: float
    error: float
    contributions: Floats


def explain_friction(lesson: Lesson, profiles: Floats) -> tuple[Explained, Explained]:
    """Take the friction of a match apart.

    Parameters
    ----------
    lesson : Lesson
        What was learned before its season.
    profiles : ndarray, shape (2, d)
        The home side's, and the away side's.

    Returns
    -------
    tuple of Explained
        For the home side, and for the away side.
    """
    d = profiles.shape[1]
    terms = friction_terms(profiles[None])[0, :, 1:] - lesson.means
    weighed = terms * lesson.effects[1:]
    errors = np.sqrt(np.maximum(np.einsum("si,ij,sj->s", terms, lesson.covariance, terms), 0.0))
    sides = [
        Explained(float(parts.sum()), float(error), np.diag(parts[:d]) + parts[d:].reshape(d, d))
        for parts, error in zip(weighed, errors, strict=True)
    ]
    return sides[0], sides[1]
