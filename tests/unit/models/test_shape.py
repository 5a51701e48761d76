import numpy as np
import pytest

from monps.models import SCORE_MODELS
from monps.models.shape import fit_shape

TRUTH = {
    "bivariate_poisson": {"share": 0.2},
    "zero_inflated_poisson": {"goalless": 0.08},
    "negative_binomial": {"dispersion": 0.12, "rho": -0.08},
    "weibull_copula": {"waiting": 1.15, "dependence": -0.6},
    "conway_maxwell": {"dispersion": 1.2, "rho": -0.08},
}


def test_every_shaped_model_has_a_truth_here() -> None:
    assert {name for name, model in SCORE_MODELS.items() if model.shape_bounds} == set(TRUTH)


def drawn(name: str, n: int) -> tuple:
    """Draw n scores from a model's own grids, with the rates they were drawn from."""
    model, rng = SCORE_MODELS[name](), np.random.default_rng(142)
    rates = tuple(rng.uniform(0.8, 2.0, (2, n)))
    cells = model.scorelines(*rates, TRUTH[name]).cells
    places = (cells.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1)
    return model, rates, tuple(side.astype(float) for side in np.divmod(places, 15))


@pytest.mark.parametrize("name", TRUTH)
def test_scores_scattered_as_a_model_says_give_its_shape_back(name: str) -> None:
    model, rates, scores = drawn(name, 8000)
    found = fit_shape(model, scores, rates, np.ones(8000))
    assert found.keys() == TRUTH[name].keys()
    for parameter, (low, high) in model.shape_bounds.items():
        assert found[parameter] == pytest.approx(TRUTH[name][parameter], abs=0.12 * (high - low))


@pytest.mark.parametrize("name", TRUTH)
def test_poisson_scores_come_near_the_poisson_end(name: str) -> None:
    rng = np.random.default_rng(143)
    rates = tuple(rng.uniform(0.8, 2.0, (2, 6000)))
    scores = tuple(rng.poisson(side).astype(float) for side in rates)
    found = fit_shape(SCORE_MODELS[name](), scores, rates, np.ones(6000))
    plain = {"share": 0.0, "goalless": 0.0, "rho": 0.0, "waiting": 1.0, "dependence": 0.0}
    plain["dispersion"] = 1.0 if name == "conway_maxwell" else 0.0
    for parameter, (low, high) in SCORE_MODELS[name].shape_bounds.items():
        assert found[parameter] == pytest.approx(plain[parameter], abs=0.1 * (high - low))


def test_weights_choose_the_matches_that_count() -> None:
    model, rates, scores = drawn("bivariate_poisson", 4000)
    chosen = np.arange(4000) < 2500
    part = fit_shape(
        model, tuple(s[chosen] for s in scores), tuple(r[chosen] for r in rates), np.full(2500, 3.0)
    )
    whole = fit_shape(model, scores, rates, np.where(chosen, 3.0, 0.0))
    assert whole == pytest.approx(part, abs=1e-6)


def test_scores_beyond_the_grid_are_left_out() -> None:
    model, rates, scores = drawn("bivariate_poisson", 1000)
    odd = tuple(np.append(side, 20.0) for side in scores)
    more = tuple(np.append(side, 1.5) for side in rates)
    here, there = (
        fit_shape(model, scores, rates, np.ones(1000)),
        fit_shape(model, odd, more, np.ones(1001)),
    )
    assert here == pytest.approx(there)


def test_with_nothing_to_look_at_the_middle_is_taken() -> None:
    none = np.zeros(0)
    found = fit_shape(SCORE_MODELS["bivariate_poisson"](), (none, none), (none, none), none)
    assert found == {"share": 0.25}
