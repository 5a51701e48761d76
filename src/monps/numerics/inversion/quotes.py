"""All that one bookmaker quotes on each of n matches."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from monps.errors import ShapeError, UsageError
from monps.numerics import checks
from monps.numerics.checks import Floats

_LEAST_STEP = 0.25
_SHAPES = {
    "result": "n3",
    "totals": "nt2",
    "total_lines": "nt",
    "handicaps": "nh2",
    "handicap_lines": "nh",
    "both_score": "n2",
}


@dataclass(frozen=True, slots=True, eq=False)
class QuotedMarkets:
    """Decimal odds of n matches, NaN where there is no quote.

    Parameters
    ----------
    result : ndarray, shape (n, 3)
        Home win, draw, away win.
    totals : ndarray, shape (n, t, 2)
        Over and under each of t goal lines.
    total_lines : ndarray, shape (n, t)
        The lines, multiples of ¼.
    handicaps : ndarray, shape (n, h, 2)
        Home and away side at each of h Asian handicap lines.
    handicap_lines : ndarray, shape (n, h)
        Goals given to the home side, multiples of ¼: −0.75 where it must win by a goal for half the stake.
    both_score : ndarray, shape (n, 2)
        Both sides score, and not.

    Raises
    ------
    ShapeError
        If the shapes do not fit together.
    UsageError
        If a line is not a multiple of ¼.
    """

    result: Floats
    totals: Floats
    total_lines: Floats
    handicaps: Floats
    handicap_lines: Floats
    both_score: Floats

    def __post_init__(self) -> None:
        sizes: dict[str, int] = {"2": 2, "3": 3}
        for field in fields(self):
            _fit(field.name, getattr(self, field.name).shape, _SHAPES[field.name], sizes)
        for lines in (self.total_lines, self.handicap_lines):
            if not (np.isnan(lines) | (np.mod(lines, _LEAST_STEP) == 0.0)).all():
                raise UsageError("lines must be multiples of 0.25")

    def __len__(self) -> int:
        return len(self.result)

    @classmethod
    def read(cls, matches: int, **odds: ArrayLike) -> "QuotedMarkets":
        """Read what is quoted on a number of matches; markets that are not named are missing.

        Raises
        ------
        UsageError
            If there is no market of a name.
        ShapeError
            If odds have another shape than their market's.

        Examples
        --------
        >>> quotes = QuotedMarkets.read(1, totals=[[[1.9, 1.9]]], total_lines=[[2.5]])
        >>> quotes.result.tolist(), quotes.handicaps.shape
        ([[nan, nan, nan]], (1, 0, 2))
        """
        unknown = odds.keys() - _SHAPES.keys()
        if unknown:
            raise UsageError(f"no such market: {', '.join(sorted(unknown))}; known are {', '.join(_SHAPES)}")
        sizes = {"n": matches, "t": 0, "h": 0, "2": 2, "3": 3}
        missing = {name: np.full([sizes[axis] for axis in shape], np.nan) for name, shape in _SHAPES.items()}
        return cls(**missing | {name: checks.floats(name, values) for name, values in odds.items()})


def _fit(name: str, shape: tuple[int, ...], axes: str, sizes: dict[str, int]) -> None:
    if len(shape) != len(axes) or any(
        sizes.setdefault(axis, length) != length for axis, length in zip(axes, shape, strict=True)
    ):
        wanted = ", ".join(str(sizes.get(axis, axis)) for axis in axes)
        raise ShapeError(f"{name} must have shape ({wanted}), not {shape}")
