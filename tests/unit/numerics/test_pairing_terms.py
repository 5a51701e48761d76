import numpy as np
import pytest

import strength_problems as problems
from monps.numerics import pairing_terms
from monps.numerics.pairing_terms import Terms, dixon_coles_terms, poisson_terms
from monps.numerics.pairings import Pairings, gather

TEAMS, STEP = 4, 1e-6


@pytest.fixture
def sums() -> Pairings:
    return gather(problems.played(np.random.default_rng(3), 60, TEAMS), TEAMS)


@pytest.fixture
def point() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    return *rng.normal(0.0, 0.2, (2, 1, TEAMS, TEAMS)), np.array([-0.08])


def differentiated(sums: Pairings, point: tuple, which: int, cell: tuple[int, ...], *, name: str) -> float:
    """Central difference of a slope (or the value, name = "value") in one of x, y, ρ."""

    def at(step: float) -> float:
        moved = [part.copy() for part in point]
        moved[which][cell] += step
        terms = dixon_coles_terms(sums, *moved)
        return read(terms, name, cell)

    return (at(STEP) - at(-STEP)) / (2 * STEP)


def read(terms: Terms, name: str, cell: tuple[int, ...]) -> float:
    if name == "value":
        return float(terms.value[0])
    if name == "rho":
        return float(terms.rho[0])
    return float(part(terms, name)[cell])


def part(terms: Terms, name: str) -> np.ndarray:
    return terms.parts[getattr(pairing_terms, name)]


@pytest.mark.parametrize("cell", [(0, 0, 1), (0, 2, 3), (0, 3, 0)])
def test_slopes_and_information_of_a_pairing(sums: Pairings, point: tuple, cell: tuple[int, ...]) -> None:
    terms = dixon_coles_terms(sums, *point)
    value_slopes = [differentiated(sums, point, which, cell, name="value") for which in (0, 1)]
    assert [part(terms, name)[cell] for name in "XY"] == pytest.approx(value_slopes, abs=1e-6)
    bends = {
        "XX": differentiated(sums, point, 0, cell, name="X"),
        "YY": differentiated(sums, point, 1, cell, name="Y"),
        "XY": differentiated(sums, point, 1, cell, name="X"),
        "X_RHO": differentiated(sums, point, 0, cell, name="rho"),
        "Y_RHO": differentiated(sums, point, 1, cell, name="rho"),
    }
    for name, minus in bends.items():
        assert part(terms, name)[cell] == pytest.approx(-minus, abs=1e-6), name


def test_slope_and_information_of_rho(sums: Pairings, point: tuple) -> None:
    terms = dixon_coles_terms(sums, *point)
    assert terms.rho[0] == pytest.approx(differentiated(sums, point, 2, (0,), name="value"), abs=1e-6)
    assert terms.rho_rho[0] == pytest.approx(-differentiated(sums, point, 2, (0,), name="rho"), abs=1e-6)


def test_without_rho_the_low_scores_add_nothing(sums: Pairings, point: tuple) -> None:
    x, y, _ = point
    plain, corrected = poisson_terms(sums, x, y), dixon_coles_terms(sums, x, y, np.zeros(1))
    assert plain.rho is None
    np.testing.assert_allclose(plain.value, corrected.value, atol=1e-12)
    for name in ("X", "Y", "XX", "YY"):
        np.testing.assert_allclose(part(plain, name), part(corrected, name), atol=1e-12)


def test_an_impossible_score_that_was_seen_has_no_value(sums: Pairings, point: tuple) -> None:
    x, y, _ = point
    assert np.isnan(dixon_coles_terms(sums, x, y, np.array([1.5])).value[0])


def test_an_impossible_score_of_two_that_never_met_does_no_harm(sums: Pairings, point: tuple) -> None:
    x, y, rho = (part.copy() for part in point)
    apart = np.s_[:, 0, 1]
    for held in (sums.played, sums.home, sums.away):
        held[apart] = 0.0
    sums.low[:, :, 0, 1] = 0.0
    expected = dixon_coles_terms(sums, x, y, rho).value
    x[apart] = np.log(20.0)
    assert dixon_coles_terms(sums, x, y, rho).value == pytest.approx(expected)
