"""Statistics of groups of rows."""

import numpy as np

from monps.numerics.checks import Floats, Ints


def group_medians(values: Floats, group: Ints) -> Floats:
    """Return each group's median, column by column.

    Parameters
    ----------
    values : ndarray, shape (n, c)
        Finite.
    group : ndarray of int, shape (n,)
        Which of the g groups each row is in, counted from 0; no group is empty.

    Returns
    -------
    ndarray, shape (g, c)

    Examples
    --------
    >>> import numpy as np
    >>> group_medians(np.array([[1.0], [9.0], [2.0], [4.0]]), np.array([0, 1, 0, 1])).ravel().tolist()
    [1.5, 6.5]
    """
    counts = np.bincount(group)
    first = np.cumsum(counts) - counts
    ordered = np.stack([column[np.lexsort((column, group))] for column in values.T], axis=1)
    return np.asarray((ordered[first + (counts - 1) // 2] + ordered[first + counts // 2]) / 2.0)
