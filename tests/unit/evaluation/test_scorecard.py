import numpy as np
import pytest
from pydantic import ValidationError

from monps.domain.evaluation import Estimate
from monps.errors import NotEnoughData
from monps.evaluation import Outcomes, reliability_bins, score
from monps.evaluation.scorecard import BINS

TEN = np.tile([0.5, 0.3, 0.2], (10, 1))
HAPPENED = np.repeat([0, 1, 2], [5, 3, 2])
NOT_PRICED = np.full((10, 3), np.nan)
PRICED = np.tile([0.4, 0.3, 0.3], (10, 1))
DAYS = np.arange(10.0)


def outcomes(closing=NOT_PRICED, days=DAYS):
    return Outcomes(TEN, HAPPENED, closing, days)


def drawn(n, seed=1):
    rng = np.random.default_rng(seed)
    p = rng.dirichlet((4.0, 3.0, 3.0), n)
    happened = (p.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1)
    return Outcomes(p, happened, rng.dirichlet((4.0, 3.0, 3.0), n), np.arange(n) // 7.0)


def test_the_scores_by_hand():
    card = score(outcomes())
    assert card.n == 10
    assert card.log_loss == pytest.approx(-0.5 * np.log(0.5) - 0.3 * np.log(0.3) - 0.2 * np.log(0.2))
    home, draw, away = (0.25 + 0.04) / 2, (0.25 + 0.04) / 2, (0.25 + 0.64) / 2
    assert card.rps == pytest.approx(0.5 * home + 0.3 * draw + 0.2 * away)
    assert card.brier == pytest.approx(0.5 * 0.38 + 0.3 * 0.78 + 0.2 * 0.98)


def test_calibration_by_hand():
    """Ten bins of one match each: every one is wrong by all that its forecast was not certain."""
    home, draw, away = 0.5, 0.3 * 0.7 + 0.7 * 0.3, 0.2 * 0.8 + 0.8 * 0.2
    assert score(outcomes()).ece == pytest.approx((home + draw + away) / 3)


def test_without_closing_prices_there_is_no_gap():
    card = score(outcomes())
    assert (card.n_priced, card.log_loss_gap, card.rps_gap) == (0, None, None)


def test_the_gap_by_hand():
    card = score(outcomes(PRICED))
    assert card.n_priced == 10
    assert card.log_loss_gap.value == pytest.approx(0.5 * np.log(0.4 / 0.5) + 0.2 * np.log(0.3 / 0.2))
    closing = [(0.36 + 0.09) / 2, (0.16 + 0.09) / 2, (0.16 + 0.49) / 2]
    own = [(0.25 + 0.04) / 2, (0.25 + 0.04) / 2, (0.25 + 0.64) / 2]
    assert card.rps_gap.value == pytest.approx(np.dot(np.subtract(own, closing), [0.5, 0.3, 0.2]))


def test_the_gap_is_taken_where_there_are_closing_prices():
    """Those of the last two matches, both away wins."""
    some = np.where(np.arange(10)[:, None] >= 8, PRICED, np.nan)
    card = score(outcomes(some))
    assert (card.n, card.n_priced) == (10, 2)
    assert card.log_loss_gap.value == pytest.approx(np.log(0.3 / 0.2))
    assert card.log_loss_gap.interval == pytest.approx((np.log(0.3 / 0.2),) * 2)


def test_prices_of_a_single_day_tell_no_gap():
    card = score(outcomes(PRICED, np.zeros(10)))
    assert (card.n_priced, card.log_loss_gap, card.rps_gap) == (10, None, None)


def test_the_interval_holds_the_gap_and_is_the_same_each_time():
    found = drawn(700)
    card = score(found)
    low, high = card.rps_gap.interval
    assert low < card.rps_gap.value < high
    assert card == score(found)


def test_the_closing_price_has_no_distance_to_itself():
    found = drawn(200)
    card = score(Outcomes(found.closing, found.happened, found.closing, found.days))
    assert card.log_loss_gap.value == 0.0
    assert card.log_loss_gap.interval == (0.0, 0.0)


def test_matches_of_one_day_are_drawn_together():
    """Seven matches a day with the same gap are as good as one: the interval is √7 times as wide."""
    rng = np.random.default_rng(2)
    happened = np.repeat(rng.integers(0, 3, 300), 7)
    p, closing = (np.repeat(rng.dirichlet((4.0, 3.0, 3.0), 300), 7, axis=0) for _ in range(2))
    together, apart = (
        np.ptp(score(Outcomes(p, happened, closing, days)).log_loss_gap.interval)
        for days in (np.arange(2100) // 7.0, np.arange(2100.0))
    )
    assert together / apart == pytest.approx(np.sqrt(7), rel=0.12)


def test_too_few_forecasts_are_not_scored():
    few = outcomes().where(np.arange(10) < BINS - 1)
    with pytest.raises(NotEnoughData, match="9 forecasts cannot be scored: 10 are needed"):
        score(few)


def test_some_of_the_matches_are_all_columns_of_them():
    found = drawn(50)
    some = found.where(np.arange(50) % 2 == 0)
    np.testing.assert_array_equal(some.probabilities, found.probabilities[::2])
    np.testing.assert_array_equal(some.days, found.days[::2])


def test_reliability_counts_every_match_once_for_each_outcome():
    found = drawn(500)
    bins = reliability_bins(found)
    assert len(bins) == 3 * BINS
    for place, name in enumerate(("home", "draw", "away")):
        mine = [each for each in bins if each.outcome == name]
        assert sum(each.count for each in mine) == 500
        seen = sum(each.observed * each.count for each in mine)
        assert seen == pytest.approx((found.happened == place).sum())
        said = sum(each.forecast * each.count for each in mine)
        assert said == pytest.approx(found.probabilities[:, place].sum())
        assert [each.forecast for each in mine] == sorted(each.forecast for each in mine)


def test_an_interval_has_its_ends_in_order():
    with pytest.raises(ValidationError, match="lower end"):
        Estimate(value=0.0, interval=(0.2, 0.1))
