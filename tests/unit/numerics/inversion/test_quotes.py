import numpy as np
import pytest

from monps.errors import ShapeError, UsageError
from monps.numerics.inversion import QuotedMarkets


def test_what_is_not_named_is_missing():
    quotes = QuotedMarkets.read(2, result=[[2.0, 3.5, 4.0], [1.5, 4.0, 7.0]])
    assert len(quotes) == 2
    assert quotes.totals.shape == (2, 0, 2)
    assert quotes.handicap_lines.shape == (2, 0)
    assert np.isnan(quotes.both_score).all()


@pytest.mark.parametrize(
    "odds",
    [
        {"result": [[2.0, 2.0]]},
        {"result": [2.0, 3.5, 4.0]},
        {"result": [[2.0, 3.5, 4.0]] * 2},
        {"totals": [[[1.9, 1.9]]]},
        {"handicaps": [[[1.9, 1.9]]], "handicap_lines": [[0.5, 1.0]]},
    ],
)
def test_shapes_must_fit(odds):
    with pytest.raises(ShapeError, match="must have shape"):
        QuotedMarkets.read(1, **odds)


def test_lines_are_quarters():
    with pytest.raises(UsageError, match="multiples"):
        QuotedMarkets.read(1, totals=[[[1.9, 1.9]]], total_lines=[[2.3]])


def test_no_such_market():
    with pytest.raises(UsageError, match="corners"):
        QuotedMarkets.read(1, corners=[[1.9, 1.9]])
