import numpy as np
import pytest

from monps.sources.simulated import DivisionSeason, SimulatedCountry
from monps.sources.simulated.play import FIRST_HALF_SHARE


def gathered(country: SimulatedCountry, name: str) -> np.ndarray:
    return np.concatenate([getattr(division.events, name) for division in country.divisions])


def rates(country: SimulatedCountry) -> np.ndarray:
    return np.concatenate([np.stack(division.rates, axis=1) for division in country.divisions])


def test_events_cannot_contradict_each_other(country: SimulatedCountry) -> None:
    goals, on_target, shots = (gathered(country, name) for name in ("goals", "shots_on_target", "shots"))
    assert (goals <= on_target).all()
    assert (on_target <= shots).all()
    assert (gathered(country, "half_time_goals") <= goals).all()
    assert (gathered(country, "penalties") + gathered(country, "own_goals") <= goals).all()
    assert (gathered(country, "expected_goals") >= 0.76 * gathered(country, "penalties")).all()
    assert (gathered(country, "defensive_actions") > 0).all()


def test_goals_and_expected_goals_average_the_true_rates(country: SimulatedCountry) -> None:
    truth = rates(country)
    for name in ("goals", "expected_goals"):
        values = gathered(country, name)
        error = np.sqrt(((values - truth) ** 2).mean() / truth.size)
        assert (values - truth).mean() == pytest.approx(0.0, abs=4 * error)
        assert np.polyfit(truth.ravel(), values.ravel(), 1)[0] == pytest.approx(1.0, abs=0.12)


def test_expected_goals_say_more_of_the_rates_than_goals(country: SimulatedCountry) -> None:
    truth, goals, chances = (
        rates(country).ravel(),
        gathered(country, "goals"),
        gathered(country, "expected_goals"),
    )
    with_goals, with_chances = (np.corrcoef(truth, values.ravel())[0, 1] for values in (goals, chances))
    assert with_chances > with_goals + 0.08


def test_the_first_half_has_its_share(country: SimulatedCountry) -> None:
    share = gathered(country, "half_time_goals").sum() / gathered(country, "goals").sum()
    assert share == pytest.approx(FIRST_HALF_SHARE, abs=0.02)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("shots", 11.0, 14.0),
        ("shots_on_target", 3.6, 4.8),
        ("corners", 4.7, 5.8),
        ("fouls", 10.0, 12.5),
        ("yellow_cards", 1.5, 2.1),
        ("red_cards", 0.04, 0.09),
    ],
)
def test_counts_are_like_those_of_a_league(
    country: SimulatedCountry, name: str, low: float, high: float
) -> None:
    counts = gathered(country, name)
    assert low < counts.mean() < high
    assert counts.var() > 0.9 * counts.mean()


def test_shots_corners_and_goals_hang_together(country: SimulatedCountry) -> None:
    names = ("goals", "shots", "shots_on_target", "corners")
    goals, shots, on_target, corners = (gathered(country, name).ravel() for name in names)
    assert 0.5 < np.corrcoef(goals, on_target)[0, 1] < 0.7
    assert 0.25 < np.corrcoef(goals, shots)[0, 1] < 0.5
    assert 0.4 < np.corrcoef(shots, corners)[0, 1] < 0.65


def test_strict_referees_show_more_cards(country: SimulatedCountry) -> None:
    divisions = [division for division in country.divisions if division.competition == "SIM1"]
    referee = np.concatenate([division.schedule.referee for division in divisions])
    cards = np.concatenate([division.events.yellow_cards.sum(axis=1) for division in divisions])
    means = np.bincount(referee, cards) / np.bincount(referee)
    by_chance = cards.std() / np.sqrt(len(cards) / 20)
    assert means.std() > 2 * by_chance


def test_news_and_surprise_leave_the_rates_as_expected(division: DivisionSeason) -> None:
    view = division.outlook
    assert np.exp(view.news).mean() == pytest.approx(1.0, abs=0.01)
    assert np.exp(view.surprise).mean() == pytest.approx(1.0, abs=0.01)
    assert np.exp(view.usual + view.news + view.surprise)[:, 0] == pytest.approx(division.rates.home)
