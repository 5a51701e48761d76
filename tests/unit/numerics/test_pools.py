import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from monps.errors import NotEnoughData, ShapeError, UsageError
from monps.numerics.pools import consensus, fit_pool_weights, linear_pool, logarithmic_pool
from monps.numerics.scoring import log_loss

NAN = float("nan")
HALVES = [[[0.5, 0.5]], [[0.8, 0.2]]]
masses = arrays(np.float64, (3, 4, 5), elements=st.floats(0.01, 1.0))
shares = arrays(np.float64, 3, elements=st.floats(-1.0, 2.0))


def distributions(weights):
    return weights / weights.sum(axis=-1, keepdims=True)


@given(mass=masses, weights=shares)
def test_log_pool_by_its_definition(mass, weights):
    members = distributions(mass)
    product = np.prod(members ** weights[:, None, None], axis=0)
    np.testing.assert_allclose(logarithmic_pool(members, weights), distributions(product), atol=1e-12)


@given(mass=masses, weights=shares)
def test_log_pool_of_grids_is_that_of_their_cells(mass, weights):
    cells = distributions(mass.reshape(3, 2, 10))
    pooled = logarithmic_pool(cells.reshape(3, 2, 2, 5), weights)
    np.testing.assert_allclose(pooled.reshape(2, 10), logarithmic_pool(cells, weights), atol=1e-14)


@given(mass=masses)
def test_members_of_one_mind_are_the_pool(mass):
    same = np.repeat(distributions(mass)[:1], 3, axis=0)
    np.testing.assert_allclose(logarithmic_pool(same, [0.2, 0.3, 0.5]), same[0], atol=1e-12)
    np.testing.assert_allclose(linear_pool(same, [0.2, 0.3, 0.5]), same[0], atol=1e-12)


@given(mass=masses)
def test_linear_pool_by_its_definition(mass):
    members = distributions(mass)
    mean = 0.5 * members[0] + 0.3 * members[1] + 0.2 * members[2]
    np.testing.assert_allclose(linear_pool(members, [0.5, 0.3, 0.2]), mean, atol=1e-14)


def test_weights_may_differ_from_event_to_event():
    members = np.array([[[0.8, 0.2], [0.8, 0.2]], [[0.3, 0.7], [0.3, 0.7]]])
    pooled = logarithmic_pool(members, [[1.0, 0.0], [0.0, 1.0]])
    np.testing.assert_allclose(pooled, [[0.8, 0.2], [0.3, 0.7]])


def test_a_zero_is_a_veto_unless_its_member_has_no_weight():
    members = [[[0.0, 1.0]], [[0.5, 0.5]]]
    assert logarithmic_pool(members, [0.1, 0.9]).tolist() == [[0.0, 1.0]]
    assert logarithmic_pool(members, [0.0, 1.0]).tolist() == [[0.5, 0.5]]
    with pytest.raises(UsageError, match="negative weight"):
        logarithmic_pool(members, [-0.1, 1.1])


def test_members_that_contradict_each_other_are_refused():
    with pytest.raises(UsageError, match="rule out"):
        logarithmic_pool([[[0.0, 1.0]], [[1.0, 0.0]]], [0.5, 0.5])


@pytest.mark.parametrize(
    ("pool", "members", "weights", "error"),
    [
        (logarithmic_pool, HALVES, [1.0], ShapeError),
        (logarithmic_pool, [0.5, 0.5], [1.0, 1.0], ShapeError),
        (logarithmic_pool, HALVES, [1.0, NAN], UsageError),
        (logarithmic_pool, [[[1.5, -0.5]]], [1.0], UsageError),
        (linear_pool, HALVES, [1.0], ShapeError),
        (linear_pool, HALVES, [0.7, 0.7], UsageError),
        (linear_pool, HALVES, [-0.5, 1.5], UsageError),
    ],
)
def test_refusals(pool, members, weights, error):
    with pytest.raises(error):
        pool(members, weights)


@given(mass=masses)
def test_consensus_is_the_mean_of_all_who_quote(mass):
    books = distributions(mass)
    even = logarithmic_pool(np.moveaxis(books, 1, 0), np.full(4, 0.25))
    np.testing.assert_allclose(consensus(books), even, atol=1e-12)
    books[:, 2, 0] = NAN
    present = logarithmic_pool(np.moveaxis(books[:, [0, 1, 3]], 1, 0), np.full(3, 1 / 3))
    np.testing.assert_allclose(consensus(books), present, atol=1e-12)


def test_consensus_by_weight():
    books = [[[0.8, 0.2], [0.5, 0.5], [0.1, 0.9]], [[NAN, NAN], [NAN, NAN], [0.1, 0.9]]]
    pooled = consensus(books, [3.0, 1.0, 0.0])
    np.testing.assert_allclose(pooled[0], logarithmic_pool([[[0.8, 0.2]], [[0.5, 0.5]]], [3.0, 1.0])[0])
    assert np.isnan(pooled[1]).all()


@pytest.mark.parametrize(
    ("books", "weights", "error"),
    [
        ([[0.5, 0.5]], None, ShapeError),
        ([[[0.5, 0.5]]], [1.0, 1.0], ShapeError),
        ([[[0.5, 0.5]]], [-1.0], UsageError),
        ([[[1.5, -0.5]]], None, UsageError),
    ],
)
def test_consensus_refusals(books, weights, error):
    with pytest.raises(error):
        consensus(books, weights)


@pytest.fixture(scope="module")
def forecasters():
    """The truth's logs plus noise, three times, and what came of it."""
    generator = np.random.default_rng(5)
    logs = generator.normal(size=(3000, 3))
    truth = distributions(np.exp(logs))
    members = [
        distributions(np.exp(logs + generator.normal(0, noise, logs.shape))) for noise in (0.3, 0.6, 2.0)
    ]
    outcomes = (truth.cumsum(axis=1) < generator.random((3000, 1))).sum(axis=1)
    return np.stack(members), outcomes


def test_learned_weights_prefer_the_better_and_beat_every_member(forecasters):
    members, outcomes = forecasters
    fit = fit_pool_weights(members, outcomes, precision=0.0)
    assert fit.weights[0] > fit.weights[1] > fit.weights[2]
    loss = log_loss(logarithmic_pool(members, fit.weights), outcomes).sum()
    assert fit.loss == pytest.approx(loss, abs=1e-8)
    assert all(loss < log_loss(member, outcomes).sum() for member in members)


def test_a_strong_prior_keeps_its_centre(forecasters):
    members, outcomes = forecasters
    np.testing.assert_allclose(fit_pool_weights(members, outcomes, precision=1e9).weights, 1 / 3, atol=1e-4)
    centred = fit_pool_weights(members, outcomes, precision=1e9, centre=[1.0, 0.0, 0.0])
    np.testing.assert_allclose(centred.weights, [1.0, 0.0, 0.0], atol=1e-4)


def test_identical_members_share_by_the_prior_alone(forecasters):
    members, outcomes = forecasters
    twins = np.stack([members[0], members[0]])
    with pytest.raises(NotEnoughData):
        fit_pool_weights(twins, outcomes, precision=0.0)
    weights = fit_pool_weights(twins, outcomes).weights
    assert weights[0] == pytest.approx(weights[1])


@pytest.mark.parametrize(
    ("members", "outcomes", "centre", "error"),
    [
        (HALVES, [0, 1], None, ShapeError),
        (HALVES, [2], None, UsageError),
        (HALVES, [0], [1.0], ShapeError),
        ([[[0.0, 1.0]]], [0], None, UsageError),
        ([[[[0.5, 0.5]]]], [0], None, ShapeError),
    ],
)
def test_learning_refuses(members, outcomes, centre, error):
    with pytest.raises(error):
        fit_pool_weights(members, outcomes, centre=centre)
