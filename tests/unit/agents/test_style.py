"""What style says beyond goals: corners, cards and halves, live and replayed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import polars as pl
import pytest

from histories import history_of, last_season, simulated
from monps.agents import History, Style, load
from monps.agents.style import StyleForecast
from monps.agents.style_fit import FittedFriction, FittedStyle
from monps.tables.matches import STATISTICS, MatchTable

SUBJECTS = ("corners", "cards")


@cache
def replayed() -> StyleForecast:
    return Style().replay(simulated(), last_season(simulated()))


@cache
def fitted() -> FittedStyle:
    season = int(simulated().matches.column("season").max())
    return Style().fit(
        simulated(), datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day()), {"SIM1": season}
    )["SIM1"]


def day() -> float:
    days = np.unique(np.floor(simulated().matches.kickoff_days[last_season(simulated())]))
    return float(days[len(days) // 2])


def rows() -> np.ndarray:
    matches = simulated().matches
    league = (matches.frame["competition"] == "SIM1").to_numpy()
    return league & (np.floor(matches.kickoff_days) == day())


def asked(**columns: pl.Expr) -> MatchTable:
    unled = {"referee": pl.lit(None, pl.String)} | columns
    return MatchTable(simulated().matches.frame.filter(rows()).with_columns(**unled))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_live_counts_are_the_replayed_ones(subject):
    found = getattr(fitted().forecast(asked(), simulated().quotes), subject)
    expected = replayed().counts(subject)[rows()]
    size = np.arange(found.size)
    means = np.stack([found.probabilities.sum(axis=2) @ size, found.probabilities.sum(axis=1) @ size], axis=1)
    np.testing.assert_allclose(means, expected, rtol=0.02)  # the grid ends somewhere


def test_live_halves_are_the_replayed_ones():
    found = fitted().forecast(asked(), simulated().quotes).first_half
    np.testing.assert_allclose(found, replayed().first_half[rows()], atol=1e-9)
    assert ((found > 0.3) & (found < 0.6)).all()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_count_grids_are_distributions_in_the_order_asked(subject):
    some = last_season(simulated()) & (np.arange(len(simulated().matches)) % 7 == 0)
    grid = replayed().count_grid(subject, some)
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0, atol=1e-9)
    home = grid.probabilities.sum(axis=2) @ np.arange(grid.size)
    np.testing.assert_allclose(home, replayed().counts(subject)[some, 0], rtol=0.02)


def test_a_strict_referee_raises_both_sides_cards():
    strict = replace(fitted(), referees={"Strict": 1.5})
    plain, led = (
        strict.forecast(asked(referee=pl.lit(name)), simulated().quotes).cards for name in ("Mild", "Strict")
    )
    totals = [
        (grid.probabilities.sum(axis=2) + grid.probabilities.sum(axis=1)) @ np.arange(grid.size)
        for grid in (plain, led)
    ]
    np.testing.assert_allclose(totals[1] / totals[0], 1.5, rtol=0.02)


def test_a_fit_that_was_written_down_says_the_same_of_counts():
    again = load(fitted().to_bytes())
    for subject in SUBJECTS:
        first, second = (
            getattr(each.forecast(asked(), simulated().quotes), subject) for each in (fitted(), again)
        )
        np.testing.assert_array_equal(first.probabilities, second.probabilities)
    assert isinstance(again, FittedStyle)
    assert again.targets["cards"].lesson.evidence == fitted().targets["cards"].lesson.evidence
    assert again.targets["cards"].lesson.judged == fitted().targets["cards"].lesson.judged


def test_without_statistics_there_are_goals_and_halves_alone():
    bare = without_statistics(simulated())
    season = int(bare.matches.column("season").max())
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day())
    found = Style().fit(bare, moment, {"SIM1": season})["SIM1"].forecast(asked(), bare.quotes)
    assert found.made.all()
    assert found.corners is None
    assert found.cards is None
    assert np.isfinite(found.first_half).all()


def without_statistics(history: History) -> History:
    nothing = [
        pl.lit(None, pl.Float64).alias(f"{side}_{name}") for side in ("home", "away") for name in STATISTICS
    ]
    return history_of(MatchTable(history.matches.frame.with_columns(nothing)), history.quotes)


def test_friction_moves_what_is_expected_only_where_its_gate_is_open():
    expected, effects = np.full((2, 2, 2), 2.0), np.full((2, 2, 2), np.log(1.1))
    lesson = fitted().targets["goals"].lesson
    shut, opened = (
        FittedFriction(expected, effects, replace(lesson, is_open=state)) for state in (False, True)
    )
    np.testing.assert_array_equal(shut.believed, expected)
    np.testing.assert_allclose(opened.believed, 2.2)
    assert FittedFriction(expected, effects, None).moves_prices is False
    share = FittedFriction(
        np.full((1, 1, 2), 0.5), np.full((1, 1, 2), np.log(3.0)), replace(lesson, is_open=True), is_share=True
    )
    np.testing.assert_allclose(share.believed, 0.75)
