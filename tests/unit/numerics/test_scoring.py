import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monps.errors import ShapeError, UsageError
from monps.numerics.scoring import brier_score, ignorance_score, log_loss, ranked_probability_score

SCORES = (ranked_probability_score, log_loss, brier_score, ignorance_score)
BOUNDS = {ranked_probability_score: 1.0, brier_score: 2.0}
kinds = st.integers(2, 6)


@st.composite
def forecasts(draw, size=3):
    weights = draw(arrays(np.float64, (size, draw(kinds)), elements=st.floats(0.01, 1.0)))
    return weights / weights.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("score", SCORES)
@given(truth=forecasts(1), other=forecasts(1))
def test_the_truth_scores_best_on_average(score, truth, other):
    if truth.shape != other.shape:
        other = np.full_like(truth, 1.0 / truth.shape[1])
    outcomes = np.arange(truth.shape[1])
    honest = score(np.repeat(truth, len(outcomes), axis=0), outcomes) @ truth[0]
    assert honest <= score(np.repeat(other, len(outcomes), axis=0), outcomes) @ truth[0] + 1e-12


@pytest.mark.parametrize("score", BOUNDS)
@given(probabilities=forecasts(), data=st.data())
def test_scores_stay_in_bounds(score, probabilities, data):
    outcomes = data.draw(arrays(np.int64, 3, elements=st.integers(0, probabilities.shape[1] - 1)))
    scores = score(probabilities, outcomes)
    assert scores.shape == (3,)
    assert ((scores >= -1e-15) & (scores <= BOUNDS[score] + 1e-15)).all()


@given(probabilities=forecasts(), data=st.data())
def test_against_the_definitions(probabilities, data):
    rows, size = probabilities.shape
    outcomes = data.draw(arrays(np.int64, rows, elements=st.integers(0, size - 1)))
    happened = np.eye(size)[outcomes]
    steps = probabilities.cumsum(axis=1) - happened.cumsum(axis=1)
    np.testing.assert_allclose(
        ranked_probability_score(probabilities, outcomes), (steps**2).sum(axis=1) / (size - 1), atol=1e-14
    )
    np.testing.assert_allclose(
        brier_score(probabilities, outcomes), ((probabilities - happened) ** 2).sum(axis=1), atol=1e-14
    )
    np.testing.assert_allclose(np.exp(-log_loss(probabilities, outcomes)), probabilities[happened == 1.0])
    np.testing.assert_allclose(
        0.5 ** ignorance_score(probabilities, outcomes), probabilities[happened == 1.0]
    )


def test_a_near_miss_costs_less_than_a_far_one():
    home_win = [[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    assert ranked_probability_score(home_win, [0, 0]).tolist() == [0.5, 1.0]
    assert brier_score(home_win, [0, 0]).tolist() == [2.0, 2.0]


def test_the_impossible_costs_everything():
    assert log_loss([[1.0, 0.0]], [1]).tolist() == [np.inf]


def test_a_forecaster_at_random_scores_what_theory_says():
    # Uniform over three outcomes: RPS 5/18 for the outer two, 1/9 for the middle one.
    uniform = np.full((3, 3), 1.0 / 3.0)
    np.testing.assert_allclose(ranked_probability_score(uniform, [0, 1, 2]), [5 / 18, 1 / 9, 5 / 18])
    np.testing.assert_allclose(log_loss(uniform, [0, 1, 2]), np.log(3.0))
    np.testing.assert_allclose(brier_score(uniform, [0, 1, 2]), 2.0 / 3.0)


@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (([[0.5, 0.4]], [0]), UsageError, "sum"),
        (([[1.5, -0.5]], [0]), UsageError, "probabilities"),
        (([[0.5, 0.5]], [2]), UsageError, "outcomes"),
        (([[0.5, 0.5]], [0.5]), UsageError, "whole"),
        (([[0.5, 0.5]], [0, 1]), ShapeError, "lengths differ"),
        (([0.5, 0.5], [0]), ShapeError, "2 axes"),
        (([[0.5, 0.5]], [[0]]), ShapeError, "1 axes"),
    ],
)
def test_refusals(score, arguments, error, words):
    with pytest.raises(error, match=words):
        score(*arguments)
