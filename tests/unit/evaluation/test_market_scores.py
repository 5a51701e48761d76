import numpy as np
import pytest

from monps.evaluation import Outcomes, score_market


def scored(market, probabilities, happened, closing=None):
    nothing = np.full_like(probabilities, np.nan)
    days = np.arange(len(happened), dtype=float)
    given = Outcomes(probabilities, happened, nothing if closing is None else closing, days)
    return score_market(market, given)


def test_a_market_by_hand():
    """Three overs of four, each forecast at 0.6: ten bins would need ten matches, so there are twenty."""
    happened = np.tile([0, 0, 0, 1], 5)
    found = scored("totals 2.5", np.tile([0.6, 0.4], (20, 1)), happened)
    assert (found.market, found.n) == ("totals 2.5", 20)
    assert found.log_loss == pytest.approx(-0.75 * np.log(0.6) - 0.25 * np.log(0.4))
    assert found.base_log_loss == pytest.approx(-0.75 * np.log(0.75) - 0.25 * np.log(0.25))


def test_calibration_by_hand():
    """Ten bins of two matches: in every second one both were over, in the others one was."""
    found = scored("totals 2.5", np.tile([0.6, 0.4], (20, 1)), np.tile([0, 0, 0, 1], 5))
    assert found.ece == pytest.approx((0.4 + 0.1) / 2)


def test_a_selection_that_never_won_costs_the_base_rate_nothing():
    found = scored("correct_score", np.tile([0.5, 0.3, 0.2], (10, 1)), np.zeros(10, dtype=int))
    assert found.base_log_loss == 0.0
    assert found.log_loss == pytest.approx(np.log(2))


def test_who_knows_the_shares_and_no_more_scores_the_base_rate():
    happened = np.random.default_rng(1).integers(0, 3, 400)
    shares = np.bincount(happened) / 400
    found = scored("match_result", np.tile(shares, (400, 1)), happened)
    assert found.log_loss == pytest.approx(found.base_log_loss)


def test_the_gap_is_to_the_closing_price_of_the_matches_that_have_one():
    happened, ours = np.tile([0, 0, 0, 1], 5), np.tile([0.6, 0.4], (20, 1))
    closing = np.tile([0.75, 0.25], (20, 1))
    closing[12:] = np.nan
    found = scored("totals 2.5", ours, happened, closing)
    worse = 0.75 * np.log(0.75 / 0.6) + 0.25 * np.log(0.25 / 0.4)
    assert (found.n, found.n_priced) == (20, 12)
    assert found.log_loss_gap.value == pytest.approx(worse)
    assert scored("totals 2.5", ours, happened).log_loss_gap is None
