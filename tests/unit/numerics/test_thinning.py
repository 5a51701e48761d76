"""Thinning: parts of a match given its final score."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import NotEnoughData, UsageError
from monps.numerics.thinning import (
    exchangeable,
    first_goal_counts,
    fit_half_share,
    fit_shares,
    ordered_counts,
    window_counts,
)

QUARTERS = np.array([0.12, 0.14, 0.17, 0.16, 0.17, 0.24])
FIRST_HALF = np.arange(6) < 3
shares = st.lists(st.floats(0.05, 1.0), min_size=6, max_size=6).map(lambda x: np.array(x) / np.sum(x))
repulsions = st.floats(0.0, 1.0)


def draw_bands(rng: np.random.Generator, goals: np.ndarray, repulsion: float) -> np.ndarray:
    """Draw goals per band, shape (n, 6): every goal falls by itself, and crowded matches are drawn anew."""
    bands = rng.multinomial(goals, QUARTERS)
    crowded = np.ones(len(goals), bool)
    while crowded.any():
        bands[crowded] = rng.multinomial(goals[crowded], QUARTERS)
        pairs = (bands * (bands - 1) / 2).sum(axis=1)
        crowded &= rng.random(len(goals)) > np.exp(-repulsion * pairs)
    return bands


@given(shares, repulsions, st.integers(0, 12))
def test_every_number_of_goals_is_spread_whole(share, repulsion, most):
    counts = window_counts(share, FIRST_HALF, most, repulsion)
    np.testing.assert_allclose(counts.sum(axis=1), 1.0, atol=1e-12)
    assert (np.triu(counts, 1) == 0).all()


@given(shares, repulsions)
def test_what_is_not_inside_is_outside(share, repulsion):
    inside = window_counts(share, FIRST_HALF, 8, repulsion)
    outside = window_counts(share, ~FIRST_HALF, 8, repulsion)
    for goals in range(9):
        np.testing.assert_allclose(inside[goals, : goals + 1], outside[goals, goals::-1], atol=1e-14)


@given(shares)
def test_without_repulsion_it_is_binomial(share):
    counts = window_counts(share, FIRST_HALF, 6)
    part = share[FIRST_HALF].sum()
    binomial = [comb(6, k) * part**k * (1 - part) ** (6 - k) for k in range(7)]
    np.testing.assert_allclose(counts[6], binomial, atol=1e-14)


def test_the_whole_match_holds_all_goals_and_nothing_holds_none():
    everything = window_counts(QUARTERS, np.ones(6, bool), 7, 0.2)
    np.testing.assert_array_equal(everything, np.eye(8))
    np.testing.assert_array_equal(window_counts(QUARTERS, np.zeros(6, bool), 7, 0.2)[:, 0], np.ones(8))


def test_repulsion_makes_pairs_rarer_by_its_factor():
    even = np.full(2, 0.5)
    alone, apart = (window_counts(even, np.array([True, False]), 2, r)[2] for r in (0.0, 0.3))
    assert apart[2] / apart[1] == pytest.approx(np.exp(-0.3) * alone[2] / alone[1])


@given(shares, repulsions, st.integers(2, 6))
def test_scores_inside_are_distributions_that_average_to_their_counts(share, repulsion, size):
    counts = window_counts(share, FIRST_HALF, 2 * (size - 1), repulsion)
    inside = exchangeable(counts, size)
    np.testing.assert_allclose(inside.sum(axis=(2, 3)), 1.0, atol=1e-12)
    home, away, x, y = np.indices((size,) * 4)
    assert (inside[(x > home) | (y > away)] == 0).all()
    expected = (inside * x).sum(axis=(2, 3))
    total = home[:, :, 0, 0] + away[:, :, 0, 0]
    mean = counts[total] @ np.arange(counts.shape[1])
    np.testing.assert_allclose(expected * total, mean * home[:, :, 0, 0], atol=1e-12)


def test_thinning_without_repulsion_is_independent_for_both_sides():
    inside = exchangeable(window_counts(QUARTERS, FIRST_HALF, 8), 5)
    side = window_counts(QUARTERS, FIRST_HALF, 4)
    np.testing.assert_allclose(inside, np.einsum("hx,ay->haxy", side, side), atol=1e-14)


@pytest.mark.parametrize(
    ("goals", "held"),
    [
        (slice(1), [0, 1, 1, 1, 1]),
        (slice(3), [0, 1, 2, 3, 3]),
        (slice(-1, None), [0, 1, 1, 1, 1]),
        (slice(1, 2), [0, 0, 1, 1, 1]),
    ],
)
def test_slices_of_the_order(goals, held):
    np.testing.assert_array_equal(ordered_counts(goals, 4), np.eye(5)[held])


@given(shares, repulsions)
def test_first_goals_agree_with_the_bands_that_have_none(share, repulsion):
    first = first_goal_counts(share, 9, repulsion)
    np.testing.assert_allclose(first.sum(axis=1), 1.0, atol=1e-12)
    assert (first > -1e-15).all()
    opening = window_counts(share, np.arange(6) < 1, 9, repulsion)
    np.testing.assert_allclose(first[:, 0], 1 - opening[:, 0], atol=1e-12)
    np.testing.assert_allclose(first[:, 6], np.eye(1, 10)[0], atol=1e-15)


def test_shares_are_found_again():
    rng = np.random.default_rng(7)
    bands = draw_bands(rng, rng.poisson(2.7, 40_000), repulsion=0.25)
    fitted = fit_shares(bands, np.arange(6), np.full(6, 1 / 6), repulsion=0.25)
    np.testing.assert_allclose(fitted, QUARTERS, atol=0.005)
    half = fit_half_share(bands[:, :3].sum(axis=1), bands.sum(axis=1), QUARTERS, repulsion=0.25)
    assert half == pytest.approx(QUARTERS[:3].sum(), abs=0.006)


def test_at_the_maximum_expected_goals_are_those_observed():
    rng = np.random.default_rng(8)
    bands = draw_bands(rng, rng.poisson(2.7, 500), repulsion=0.25)
    fitted = fit_shares(bands, np.arange(6), np.full(6, 1 / 6), repulsion=0.25)
    goals, totals = np.arange(bands.sum(axis=1).max() + 1), bands.sum(axis=1)
    for band in range(6):
        counts = window_counts(fitted, np.arange(6) == band, goals[-1], 0.25)
        assert (counts @ goals)[totals].sum() == pytest.approx(bands[:, band].sum(), rel=1e-9)


def test_a_prior_pulls_more_the_more_matches_it_counts_as():
    first, goals = np.array([0, 0, 1, 0]), np.array([1, 2, 4, 3])
    fits = [
        fit_half_share(first, goals, QUARTERS, repulsion=0.2, prior_matches=weight)
        for weight in (0.0, 1.0, 10.0, 1e6)
    ]
    assert fits == sorted(fits)
    assert fits[-1] == pytest.approx(QUARTERS[:3].sum(), abs=1e-5)


def test_no_goals_leave_the_prior():
    none = np.zeros(3, dtype=np.int64)
    assert fit_half_share(none, none, QUARTERS, prior_matches=5) == pytest.approx(QUARTERS[:3].sum())


@pytest.mark.parametrize(("first", "goals"), [([0, 0], [0, 0]), ([2, 1], [2, 1]), ([], [])])
def test_a_half_without_goals_needs_a_prior(first, goals):
    with pytest.raises(NotEnoughData, match="prior"):
        fit_half_share(np.array(first, dtype=np.int64), np.array(goals, dtype=np.int64), QUARTERS)


@pytest.mark.parametrize(("first", "goals"), [([3], [2]), ([-1], [2])])
def test_impossible_first_halves_are_refused(first, goals):
    with pytest.raises(UsageError, match="first half"):
        fit_half_share(np.array(first), np.array(goals), QUARTERS)


def test_a_sample_without_a_finite_answer_is_refused():
    crowded = np.array([[12, 0], [0, 12], [12, 0]])
    with pytest.raises(NotEnoughData, match="lopsided"):
        fit_shares(crowded, np.arange(2), np.full(2, 0.5), repulsion=5.0)
