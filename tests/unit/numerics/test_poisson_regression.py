import numpy as np
import pytest
from scipy.optimize import minimize

from monps.errors import NotEnoughData, ShapeError, UsageError
from monps.numerics.poisson_regression import fit_poisson_regression


def drawn(seed, truth, n=500):
    """Draw counts whose log means are a linear form, with weights."""
    rng = np.random.default_rng(seed)
    design = np.concatenate([rng.normal(0.0, 0.5, (n, len(truth) - 1)), np.ones((n, 1))], axis=1)
    return design, rng.poisson(np.exp(design @ np.array(truth))).astype(float), rng.uniform(0.2, 2.0, n)


def free(size):
    return {"centre": np.zeros(size), "precision": np.zeros(size)}


@pytest.mark.parametrize("precision", [0.0, 30.0])
def test_it_is_the_minimum(precision):
    design, counts, weights = drawn(1, [0.8, -0.4, 0.2])
    centre = np.array([1.0, 1.0, 0.0])

    def surprise(b):
        logs = design @ b
        return (weights * (np.exp(logs) - counts * logs)).sum() + precision * ((b - centre) ** 2).sum() / 2

    found = fit_poisson_regression(design, counts, weights, centre=centre, precision=np.full(3, precision))
    other = minimize(surprise, np.zeros(3), method="BFGS", options={"gtol": 1e-7})
    np.testing.assert_allclose(found, other.x, atol=1e-6)


def test_the_truth_is_found_without_bias():
    truth = [0.8, -0.4, 0.2]
    fits = [fit_poisson_regression(*drawn(seed, truth), **free(3)) for seed in range(200)]
    np.testing.assert_allclose(np.mean(fits, axis=0), truth, atol=0.02)


def test_at_the_answer_expected_counts_are_those_seen():
    """The score equations of a log-linear model: Xᵀ(y − μ) = 0."""
    design, counts, weights = drawn(2, [0.5, 0.1])
    means = np.exp(design @ fit_poisson_regression(design, counts, weights, **free(2)))
    np.testing.assert_allclose(design.T @ (weights * (counts - means)), 0.0, atol=1e-7)


def test_a_prior_pulls_towards_its_centre():
    design, counts, weights = drawn(3, [0.8, 0.2], n=60)
    centre = np.array([-1.0, 0.2])
    pulled = [
        fit_poisson_regression(design, counts, weights, centre=centre, precision=np.array([firm, 0.0]))[0]
        for firm in (0.0, 10.0, 100.0, 1e9)
    ]
    assert (np.diff(pulled) < 0).all()
    assert pulled[-1] == pytest.approx(-1.0, abs=1e-6)


def test_scaling_a_column_scales_its_share():
    design, counts, weights = drawn(4, [0.8, 0.2])
    found = fit_poisson_regression(design, counts, weights, **free(2))
    scaled = fit_poisson_regression(design * [1e4, 1.0], counts, weights, **free(2))
    np.testing.assert_allclose(scaled * [1e4, 1.0], found, rtol=1e-8)


def test_a_far_start_still_arrives():
    design, counts, weights = drawn(5, [0.8, 0.2])
    near = fit_poisson_regression(design, counts, weights, **free(2))
    for far in (-12.0, 12.0):
        start = {"centre": np.array([0.0, far]), "precision": np.zeros(2)}
        np.testing.assert_allclose(fit_poisson_regression(design, counts, weights, **start), near, atol=1e-8)


def test_any_number_that_is_not_negative_may_be_counted():
    ones = np.ones((2, 1))
    found = fit_poisson_regression(ones, np.array([0.5, 1.0]), np.array([1.0, 3.0]), **free(1))
    assert np.exp(found[0]) == pytest.approx(0.875)


def test_columns_that_hang_together_are_refused_unless_a_prior_holds_them():
    design, counts, weights = drawn(6, [0.8, 0.2])
    tied = np.column_stack([design, design[:, 0] - 2.0 * design[:, 1]])
    with pytest.raises(UsageError, match="hang together"):
        fit_poisson_regression(tied, counts, weights, **free(3))
    held = fit_poisson_regression(tied, counts, weights, centre=np.zeros(3), precision=np.full(3, 1e-3))
    plain = fit_poisson_regression(design, counts, weights, **free(2))
    np.testing.assert_allclose(tied @ held, design @ plain, atol=1e-3)


def test_a_column_of_nothing_is_refused():
    with pytest.raises(UsageError, match="hang together"):
        fit_poisson_regression(np.zeros((3, 1)), np.ones(3), np.ones(3), **free(1))


def test_counts_that_leave_the_answer_open_are_refused():
    ones = np.ones((3, 1))
    with pytest.raises(NotEnoughData, match="prior"):
        fit_poisson_regression(ones, np.zeros(3), np.ones(3), **free(1))
    held = fit_poisson_regression(ones, np.zeros(3), np.ones(3), centre=np.zeros(1), precision=np.ones(1))
    assert -3.0 < held[0] < 0.0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"design": np.full((2, 1), np.nan)}, "design"),
        ({"counts": np.array([1.0, -1.0])}, "counts"),
        ({"weights": np.array([1.0, -1.0])}, "weights"),
        ({"precision": np.array([-1.0])}, "precision"),
        ({"centre": np.array([np.inf])}, "centre"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(wrong, message):
    usual = {"design": np.ones((2, 1)), "counts": np.ones(2), "weights": np.ones(2), **free(1)} | wrong
    design, counts, weights = (usual.pop(name) for name in ("design", "counts", "weights"))
    with pytest.raises(UsageError, match=message):
        fit_poisson_regression(design, counts, weights, **usual)


@pytest.mark.parametrize("wrong", [{"weights": np.ones(3)}, {"centre": np.zeros(2)}])
def test_arrays_that_do_not_fit_together_are_refused(wrong):
    usual = {"weights": np.ones(2), **free(1)} | wrong
    with pytest.raises(ShapeError):
        fit_poisson_regression(np.ones((2, 1)), np.ones(2), usual.pop("weights"), **usual)
