"""Each method satisfies the equation that defines it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import brentq
from scipy.spatial.distance import jensenshannon

from monps.numerics.overround import MARGIN_METHODS, solved

SEVERAL = st.integers(2, 8)
EXACT = {"rtol": 1e-11, "atol": 1e-12}


@st.composite
def margined(draw, outcomes=SEVERAL):
    """Inverse odds, shape (k, 4), that sum to between 1.001 and 1.4."""
    weights = draw(arrays(np.float64, (draw(outcomes), 4), elements=st.floats(0.05, 1.0)))
    total = draw(st.floats(1.001, 1.4))
    inverse = weights / weights.sum(axis=0) * total
    return (
        np.minimum(inverse, 0.99) if (np.minimum(inverse, 0.99).sum(axis=0) > 1.0).all() else inverse / total
    )


def solve(method, inverse):
    probabilities, parameter = MARGIN_METHODS[method](inverse)
    return probabilities, parameter


@given(inverse=margined())
def test_multiplicative(inverse):
    probabilities, parameter = solve("multiplicative", inverse)
    np.testing.assert_allclose(probabilities / inverse, (probabilities / inverse)[:1] + 0 * inverse, **EXACT)
    assert parameter is None


@given(inverse=margined())
def test_additive(inverse):
    probabilities, margin = solve("additive", inverse)
    np.testing.assert_allclose(inverse - probabilities, margin + 0 * inverse, **EXACT)


@given(inverse=margined())
def test_differential_margin_weighs_by_the_odds(inverse):
    probabilities, _ = solve("differential_margin", inverse)
    margins = inverse / probabilities - 1.0
    kept = (np.abs(probabilities) > 1e-3).all(axis=0)
    fair_odds = 1.0 / probabilities
    share = margins / fair_odds
    np.testing.assert_allclose(share[:, kept], share[:1, kept] + 0 * share[:, kept], rtol=1e-8, atol=1e-10)


@given(inverse=margined())
def test_power(inverse):
    probabilities, exponent = solve("power", inverse)
    np.testing.assert_allclose(np.log(probabilities), exponent * np.log(inverse), **EXACT)


@given(inverse=margined())
def test_shin(inverse):
    probabilities, insiders = solve("shin", inverse)
    quoted = np.sqrt(insiders * probabilities + (1.0 - insiders) * probabilities**2)
    np.testing.assert_allclose(inverse, quoted * quoted.sum(axis=0), **EXACT)
    assert ((insiders >= -1e-15) & (insiders < 1.0)).all()


@given(inverse=margined(st.just(2)))
def test_shin_is_additive_for_two_outcomes(inverse):
    np.testing.assert_allclose(solve("shin", inverse)[0], solve("additive", inverse)[0], atol=1e-12)


@given(inverse=margined())
def test_odds_ratio(inverse):
    probabilities, ratio = solve("odds_ratio", inverse)
    against, fair = (1.0 - inverse) / inverse, (1.0 - probabilities) / probabilities
    np.testing.assert_allclose(fair / against, ratio + 0 * inverse, **EXACT)


@given(inverse=margined())
def test_logarithmic(inverse):
    probabilities, constant = solve("logarithmic", inverse)
    quoted, fair = (np.log(part / (1.0 - part)) for part in (inverse, probabilities))
    np.testing.assert_allclose(quoted - fair, constant + 0 * inverse, rtol=1e-10, atol=1e-11)


@given(inverse=margined())
def test_balanced_books_pay_out_the_same(inverse):
    probabilities, insiders = solve("balanced_books", inverse)
    np.testing.assert_allclose(insiders + (1.0 - insiders) * probabilities, inverse, **EXACT)


@given(inverse=margined())
def test_goto_steps_back_by_standard_errors(inverse):
    probabilities, steps = solve("goto", inverse)
    errors = np.sqrt(inverse * (1.0 - inverse) / inverse)
    np.testing.assert_allclose((inverse - probabilities) / errors, steps + 0 * inverse, rtol=1e-9, atol=1e-12)


@given(inverse=margined())
def test_jensen_shannon_distances_are_equal(inverse):
    probabilities, distance = solve("jensen_shannon", inverse)
    solved = ~np.isnan(probabilities).any(axis=0)
    fair, quoted = probabilities[:, solved], inverse[:, solved]
    apart = jensenshannon(np.stack([fair, 1.0 - fair]), np.stack([quoted, 1.0 - quoted]))
    np.testing.assert_allclose(apart, distance[solved] + 0 * apart, atol=1e-8)
    np.testing.assert_allclose(fair.sum(axis=0), 1.0, atol=1e-12)


@pytest.mark.parametrize("seed", range(40))
def test_jensen_shannon_answers_exactly_when_there_is_an_answer(seed):
    generator = np.random.default_rng(seed)
    inverse = generator.dirichlet(np.full(5, 0.5)) * generator.uniform(1.0, 1.3)
    inverse = np.clip(inverse, 1e-4, 0.995)
    probabilities, distance = solve("jensen_shannon", inverse[:, None])
    wanted = _jensen_shannon_by_bisection(inverse)
    if wanted is None:
        assert np.isnan(probabilities).all()
    else:
        assert distance[0] == pytest.approx(wanted, abs=1e-9)


def _jensen_shannon_by_bisection(inverse):
    def apart(fair, quoted):
        return jensenshannon([fair, 1.0 - fair], [quoted, 1.0 - quoted])

    def fair_sum(distance):
        return sum(brentq(lambda p, r=r: apart(p, r) - distance, 0.0, r, xtol=1e-15) for r in inverse)

    furthest = min(apart(0.0, r) for r in inverse) * (1.0 - 1e-12)
    if inverse.sum() < 1.0 or fair_sum(furthest) > 1.0:
        return None
    return brentq(lambda distance: fair_sum(distance) - 1.0, 0.0, furthest, xtol=1e-14)


@pytest.mark.parametrize("method", ["power", "shin", "odds_ratio"])
def test_a_few_books_that_take_long_do_not_spoil_the_others(method):
    generator = np.random.default_rng(3)
    usual = (generator.dirichlet([4, 3, 3], 50) * 1.05).T
    hard = np.array([[0.999999, 0.99999, 0.5], [0.5, 0.999, 0.5], [1e-6, 0.99, 0.9999]])
    together, _ = solve(method, np.concatenate([usual, hard], axis=1))
    np.testing.assert_allclose(together.sum(axis=0), 1.0, atol=1e-12)
    np.testing.assert_allclose(together[:, :50], solve(method, usual)[0], atol=1e-14)


def test_a_search_that_never_arrives_ends():
    stuck = solved._approach(lambda value, _: (value, 0.0 * value), np.ones(3), np.ones((2, 3)))
    np.testing.assert_array_equal(stuck, np.ones(3))
