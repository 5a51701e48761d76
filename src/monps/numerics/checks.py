"""One grammar of messages for arrays that have the wrong shape or hold the wrong numbers."""

from collections.abc import Sized
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from monps.errors import ShapeError, UsageError

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]


def floats(name: str, values: ArrayLike) -> Floats:
    """Read an array of float64.

    Raises
    ------
    UsageError
        If something in it is not a number.
    """
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name} must be numbers: {error}") from error


def finite(name: str, values: ArrayLike) -> Floats:
    """Read an array in which every number is finite."""
    array = floats(name, values)
    _refuse(name, array, ~np.isfinite(array), "finite")
    return array


def non_negative(name: str, values: ArrayLike) -> Floats:
    """Read an array of finite numbers ≥ 0."""
    array = finite(name, values)
    _refuse(name, array, array < 0, "at least 0")
    return array


def positive(name: str, values: ArrayLike) -> Floats:
    """Read an array of finite numbers > 0."""
    array = finite(name, values)
    _refuse(name, array, array <= 0, "above 0")
    return array


def within(name: str, values: ArrayLike, low: float, high: float) -> Floats:
    """Read an array of numbers in [low, high]."""
    array = finite(name, values)
    _refuse(name, array, (array < low) | (array > high), f"in [{low:g}, {high:g}]")
    return array


def distributions(name: str, values: ArrayLike, tolerance: float = 1e-9) -> Floats:
    """Read an array whose last axis holds probabilities that sum to 1."""
    array = within(name, values, 0.0, 1.0)
    totals = array.sum(axis=-1)
    _refuse(f"the sum of {name}", totals, np.abs(totals - 1.0) > tolerance, "1")
    return array


def dimensions(name: str, array: Floats, count: int) -> Floats:
    """Return an array as it is.

    Raises
    ------
    ShapeError
        If its shape has another number of axes.
    """
    if array.ndim != count:
        raise ShapeError(f"{name} must have {count} axes, not {array.ndim} (shape {array.shape})")
    return array


def same_length(**arrays: Sized) -> int:
    """Return the common length of the arrays' first axes.

    Raises
    ------
    ShapeError
        If they differ.
    """
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ShapeError(f"lengths differ: {listed}")
    return next(iter(lengths.values()))


def same_shape(**arrays: Floats) -> None:
    """Pass arrays that have one shape.

    Raises
    ------
    ShapeError
        If they do not.
    """
    shapes = {name: array.shape for name, array in arrays.items()}
    if len(set(shapes.values())) > 1:
        listed = ", ".join(f"{name} is {shape}" for name, shape in shapes.items())
        raise ShapeError(f"shapes differ: {listed}")


def _refuse(name: str, array: Floats, wrong: Bools, wanted: str) -> None:
    if wrong.any():
        where = tuple(int(i) for i in np.argwhere(wrong)[0])
        place = f"[{', '.join(map(str, where))}]" if where else ""
        raise UsageError(f"{name}{place} must be {wanted}, not {array[where]:g}")
