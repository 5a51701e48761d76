import numpy as np
import pytest
from scipy.stats import ttest_1samp

from monps.errors import NotEnoughData, ShapeError, UsageError
from monps.numerics.diebold_mariano import diebold_mariano


def moving_average(generator, size=300):
    noise = generator.normal(size=size + 2)
    return noise[2:] + noise[1:-1] + noise[:-2]


def test_one_step_ahead_it_is_the_paired_t_test():
    generator = np.random.default_rng(1)
    first, second = generator.normal(size=(2, 50))
    test, student = diebold_mariano(first, second), ttest_1samp(first - second, 0.0)
    assert test.statistic == pytest.approx(student.statistic)
    assert test.p_value == pytest.approx(student.pvalue)
    assert test.difference == pytest.approx((first - second).mean())


def test_exchanging_the_two_turns_the_sign():
    first, second = np.random.default_rng(2).normal(size=(2, 80))
    one, other = diebold_mariano(first, second, horizon=3), diebold_mariano(second, first, horizon=3)
    assert one.statistic == pytest.approx(-other.statistic)
    assert one.p_value == pytest.approx(other.p_value)


def test_correlated_losses_are_not_taken_for_evidence():
    generator = np.random.default_rng(3)
    pairs = [moving_average(generator) for _ in range(600)]
    naive = np.mean([diebold_mariano(d, 0.0 * d).p_value < 0.05 for d in pairs])
    aware = np.mean([diebold_mariano(d, 0.0 * d, horizon=8).p_value < 0.05 for d in pairs])
    assert naive > 0.15
    assert aware < 0.10


def test_the_correction_of_harvey_leybourne_and_newbold():
    difference = np.random.default_rng(4).normal(size=40)
    centred = difference - difference.mean()
    variance = (centred @ centred + 2 * 0.5 * centred[1:] @ centred[:-1]) / 40
    corrected = difference.mean() / np.sqrt(variance / 40) * np.sqrt((40 + 1 - 2 * 2 + 2 * 1 / 40) / 40)
    assert diebold_mariano(difference, np.zeros(40), horizon=2).statistic == pytest.approx(corrected)


@pytest.mark.parametrize(
    ("first", "second", "horizon", "error"),
    [
        ([1.0, 2.0], [1.0], 1, ShapeError),
        ([1.0, 2.0], [1.0, np.nan], 1, UsageError),
        ([1.0, 2.0], [1.0, 1.0], 2, UsageError),
        ([1.0, 2.0], [1.0, 1.0], 0, UsageError),
        ([1.0, 2.0], [0.0, 1.0], 1, NotEnoughData),
    ],
)
def test_refusals(first, second, horizon, error):
    with pytest.raises(error):
        diebold_mariano(first, second, horizon=horizon)
