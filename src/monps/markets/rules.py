"""Rules: how the selections of a market settle."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Bools, Floats

WIN, VOID, LOSS = 1.0, 0.0, -1.0
"""What a bet of one unit settles to; half wins and half losses lie between."""


class Rule(NamedTuple):
    """How the selections of a market settle.

    Parameters
    ----------
    selections : tuple of str
        Their names.
    settle : callable
        From a view's arguments (and the line, where there is one), arrays of one shape (…), to the settlement
        of a unit stake on every selection, shape (k, …), in {-1, -½, 0, ½, 1}.
    words : str
        The rule in words; ``{line}`` stands for the line.
    winners : int
        How many selections win, voids aside, so that the probabilities sum to it; 0 where that varies.
    """

    selections: tuple[str, ...]
    settle: Callable[..., Floats]
    words: str
    winners: int = 1


def won(*masks: Bools) -> Floats:
    """Settle selections that win or lose.

    Parameters
    ----------
    *masks : ndarray of bool, shape (…)
        Where each of the k selections wins.

    Returns
    -------
    ndarray, shape (k, …)
    """
    return np.where(np.stack(masks), WIN, LOSS)


def yes_no(event: Callable[..., Bools], words: str) -> Rule:
    """Make the rule of one event: yes wins if it happens, no if not; for views of any shape.

    Parameters
    ----------
    event : callable
        From a view's arguments (and the line, where there is one) to whether it happened.
    words : str
        The rule in words.
    """

    def settle(*arguments: Floats | float) -> Floats:
        happened = event(*arguments)
        return won(happened, ~happened)

    return Rule(("yes", "no"), settle, words)


def against(margin: Floats) -> Floats:
    """Settle the two sides of a line; a quarter line is half a stake on each of its neighbours.

    Parameters
    ----------
    margin : ndarray, shape (…)
        By how much the first side has beaten the line.

    Returns
    -------
    ndarray, shape (2, …)

    Examples
    --------
    >>> against(np.array([0.5, 0.25, 0.0, -0.25, -0.5]))[0].tolist()
    [1.0, 0.5, 0.0, -0.5, -1.0]
    """
    settled = np.clip(2.0 * margin, LOSS, WIN)
    return np.stack([settled, VOID - settled])
