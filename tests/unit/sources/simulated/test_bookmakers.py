import numpy as np
import pytest

from monps.numerics.checks import Floats
from monps.sources.simulated import SimulatedCountry
from monps.sources.simulated.bookmakers import (
    BOOKMAKERS,
    LINES,
    SHORTEST_ODDS,
    add_margin,
    even_lines,
    handicap_probabilities,
)
from monps.sources.simulated.scores import Rates, goal_difference

PINNACLE = [book.code for book in BOOKMAKERS].index("PS")


def odds(country: SimulatedCountry, stage: str, market: str) -> Floats:
    return np.concatenate(
        [getattr(getattr(each.quotes, stage), market) for each in country.divisions], axis=1
    )


def fair(offered: Floats) -> Floats:
    return (1 / offered) / (1 / offered).sum(axis=-1, keepdims=True)


def expected_log_loss(country: SimulatedCountry, forecast: Floats) -> float:
    truth = np.concatenate([each.probabilities for each in country.divisions])
    return float(-(truth * np.log(forecast)).sum(axis=-1).mean())


@pytest.mark.parametrize("stage", ["early", "closing"])
@pytest.mark.parametrize("market", ["match_result", "totals", "handicap"])
def test_every_book_has_a_margin_on_every_match(country: SimulatedCountry, stage: str, market: str) -> None:
    offered = odds(country, stage, market)
    overround = (1 / offered).sum(axis=-1)
    assert offered.min() >= SHORTEST_ODDS > 1.01
    assert overround.min() > 1.0
    assert 1.02 < overround.mean() < 1.08
    assert (overround[PINNACLE] < overround[PINNACLE - 1]).mean() > 0.99
    assert np.array_equal(offered, offered.round(2))


def test_added_margins_sum_to_the_overround() -> None:
    fair_odds = np.random.default_rng(1).dirichlet([3.0, 2.0, 2.0], 500)
    implied = add_margin(fair_odds, np.full(500, 1.06))
    assert implied.sum(axis=1) == pytest.approx(np.full(500, 1.06), abs=1e-12)
    burden = implied / fair_odds
    assert (np.diff(np.take_along_axis(burden, np.argsort(fair_odds), axis=1), axis=1) <= 1e-12).all()


def test_closing_is_sharper_and_the_truth_sharpest(country: SimulatedCountry) -> None:
    truth = expected_log_loss(country, np.concatenate([each.probabilities for each in country.divisions]))
    early, closing = (fair(odds(country, stage, "match_result")) for stage in ("early", "closing"))
    for book in range(len(BOOKMAKERS)):
        assert (
            truth
            < expected_log_loss(country, closing[book])
            < expected_log_loss(country, early[book]) - 0.001
        )
    sharpest = np.argmin([expected_log_loss(country, book) for book in closing])
    assert sharpest == PINNACLE


def test_bookmakers_beat_the_base_rate_about_as_much_as_real_ones(country: SimulatedCountry) -> None:
    results = np.concatenate([each.results for each in country.divisions])
    base = np.bincount(results) / len(results)
    closing = fair(odds(country, "closing", "match_result")[PINNACLE])
    gain = np.log(closing[np.arange(len(results)), results]).mean() - (base * np.log(base)).sum()
    assert 0.03 < gain < 0.07


def test_bookmakers_are_calibrated(country: SimulatedCountry) -> None:
    results = np.concatenate([each.results for each in country.divisions])
    forecast = fair(odds(country, "closing", "match_result")[PINNACLE])[:, 0]
    for low in np.arange(0.1, 0.8, 0.1):
        inside = (forecast >= low) & (forecast < low + 0.1)
        error = np.sqrt(0.25 / inside.sum())
        assert (results[inside] == 0).mean() == pytest.approx(forecast[inside].mean(), abs=3.5 * error)


def test_random_bets_lose_about_the_margin(country: SimulatedCountry) -> None:
    offered = odds(country, "closing", "match_result")
    truth = np.concatenate([each.probabilities for each in country.divisions])
    lost = 1 - (truth * offered).mean(axis=(1, 2))
    assert (lost > 0.01).all()
    assert lost.argmin() == PINNACLE


def test_handicaps_settle_as_they_should() -> None:
    difference = np.zeros((1, 29))
    difference[0, 14 + np.array([-1, 0, 1, 2])] = 0.2, 0.3, 0.3, 0.2

    def home(line: float) -> float:
        return float(handicap_probabilities(difference, np.array([line]))[0, 0])

    assert home(0.5) == pytest.approx(0.8)
    assert home(0.0) == pytest.approx(0.5 / 0.7)
    assert home(-0.25) == pytest.approx(0.5 / (0.5 + 0.2 + 0.3 / 2))
    assert home(-1.0) == pytest.approx(0.2 / 0.7)


def test_the_line_makes_the_match_even() -> None:
    rng = np.random.default_rng(2)
    difference = goal_difference(Rates(*rng.uniform(0.5, 2.5, (2, 200))), -0.05)
    lines = even_lines(difference)
    assert np.isin(lines, LINES).all()
    assert handicap_probabilities(difference, lines) == pytest.approx(0.5 * np.ones((200, 2)), abs=0.09)
