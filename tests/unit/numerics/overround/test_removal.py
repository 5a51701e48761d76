import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monps.errors import ShapeError, UnknownNameError, UsageError
from monps.numerics.overround import MARGIN_METHODS, remove_margin

ALWAYS_INSIDE = ("multiplicative", "power", "shin", "odds_ratio", "logarithmic")
NAN = float("nan")
BAD_BOOKS = [[2.0, NAN, 3.0], [1.0, 3.0, 3.0], [0.0, 3.0, 3.0], [3.2, 3.2, 3.2], [np.inf, 1.5, 2.0]]


def some_books(shortest):
    return st.integers(2, 9).flatmap(
        lambda outcomes: arrays(
            np.float64, st.tuples(st.integers(0, 5), st.just(outcomes)), elements=st.floats(shortest, 1000.0)
        )
    )


books = some_books(1.005)


@pytest.mark.parametrize("method", MARGIN_METHODS)
@given(odds=books)
def test_valid_books_become_distributions_and_others_nan(method, odds):
    free = remove_margin(odds, method)
    assert free.probabilities.shape == odds.shape
    assert np.isnan(free.probabilities[~free.valid]).all()
    inside = free.probabilities[free.valid]
    np.testing.assert_allclose(inside.sum(axis=1), 1.0, atol=1e-12)
    assert ((inside > 0.0) & (inside < 1.0)).all()
    assert not free.valid[free.overround < -1e-12].any()
    if free.parameter is not None:
        assert (np.isnan(free.parameter) == ~free.valid).all()


@pytest.mark.parametrize("method", ALWAYS_INSIDE)
@given(odds=some_books(1.05))
def test_some_methods_answer_whenever_there_is_a_margin(method, odds):
    free = remove_margin(odds, method)
    assert (free.valid == (free.overround >= -1e-12)).all()


@pytest.mark.parametrize("method", MARGIN_METHODS)
@given(odds=books)
def test_order_is_kept_and_nothing_gains(method, odds):
    free = remove_margin(odds, method)
    quoted, fair = 1.0 / odds[free.valid], free.probabilities[free.valid]
    assert (fair <= quoted * (1.0 + 1e-12)).all()
    order = np.argsort(quoted, axis=1, kind="stable")
    assert (np.diff(np.take_along_axis(fair, order, axis=1), axis=1) >= -1e-12).all()


@pytest.mark.parametrize("method", MARGIN_METHODS)
@given(weights=arrays(np.float64, 4, elements=st.floats(0.02, 1.0)))
def test_a_fair_book_stays_as_it_is(method, weights):
    fair = weights / weights.sum()
    free = remove_margin(1.0 / fair, method)
    assert free.valid
    np.testing.assert_allclose(free.probabilities, fair, atol=1e-9)
    assert float(free.overround) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("method", MARGIN_METHODS)
def test_bad_books_do_not_touch_good_ones(method):
    good = [2.0, 3.5, 3.9]
    free = remove_margin([*BAD_BOOKS, good], method)
    assert free.valid.tolist() == [False] * len(BAD_BOOKS) + [True]
    np.testing.assert_array_equal(free.probabilities[-1], remove_margin(good, method).probabilities)
    assert np.isnan(free.probabilities[:-1]).all()


def test_the_overround_of_what_is_no_book_is_unknown_or_negative():
    overround = remove_margin(BAD_BOOKS).overround
    assert np.isnan(overround[[0, 1, 2, 4]]).all()
    assert overround[3] == pytest.approx(-0.0625)


def test_one_book_many_books_books_of_many_bookmakers():
    odds = np.array([[[2.0, 3.5, 3.9], [2.1, 3.4, 3.8]], [[1.5, 4.5, 7.0], [1.4, 4.6, 8.0]]])
    every = remove_margin(odds)
    assert every.probabilities.shape == (2, 2, 3)
    assert every.overround.shape == every.parameter.shape == every.valid.shape == (2, 2)
    one = remove_margin(odds[1, 0])
    assert one.probabilities.shape == (3,)
    assert one.overround.shape == ()
    np.testing.assert_allclose(one.probabilities, every.probabilities[1, 0], atol=1e-15)


@pytest.mark.parametrize("method", MARGIN_METHODS)
def test_no_books(method):
    assert remove_margin(np.empty((0, 3)), method).probabilities.shape == (0, 3)


@pytest.mark.parametrize("odds", [2.0, [2.0], [[2.0], [3.0]]])
def test_fewer_than_two_outcomes(odds):
    with pytest.raises(ShapeError, match="at least 2 outcomes"):
        remove_margin(odds)


def test_unknown_method():
    with pytest.raises(UnknownNameError, match="shin"):
        remove_margin([2.0, 2.0], "shine")


def test_not_numbers():
    with pytest.raises(UsageError, match="odds"):
        remove_margin(["evens", "2/1"])
