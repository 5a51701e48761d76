"""When goals fall."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.errors import UsageError
from monps.markets.timing import BAND_MINUTES, PERIODS, QUARTER_HOURS, GoalTiming
from monps.markets.views import Window
from monps.numerics.thinning import window_counts

FIRST_HALF = PERIODS["first_half"]


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ((0.5, 0.5), "six|6"),
        ((0.0, 0.2, 0.2, 0.2, 0.2, 0.2), "above 0"),
        ((0.1,) * 6, "sum"),
        ((np.nan,) * 6, "finite"),
    ],
)
def test_shares_that_are_none_are_refused(shares, message):
    with pytest.raises(UsageError, match=message):
        GoalTiming(shares)


def test_attraction_is_refused():
    with pytest.raises(UsageError, match="repulsion"):
        GoalTiming(repulsion=-0.1)


@given(st.floats(0.05, 0.95))
def test_the_first_half_is_moved_with_its_proportions(share):
    moved = GoalTiming().with_first_half(share)
    assert moved.first_half == pytest.approx(share, abs=1e-12)
    assert sum(moved.shares) == pytest.approx(1.0, abs=1e-12)
    assert moved.shares[0] / moved.shares[2] == pytest.approx(0.1228 / 0.1694)
    assert moved.shares[3] / moved.shares[5] == pytest.approx(0.1637 / 0.2321)


def test_periods_cover_the_match():
    assert list(PERIODS["full_time"]) == [band for name in QUARTER_HOURS for band in PERIODS[name]]
    assert [*FIRST_HALF, *PERIODS["second_half"]] == list(PERIODS["full_time"])


def test_a_period_named_by_minutes_covers_them():
    for name, bands in PERIODS.items():
        if name.startswith("minutes"):
            first, last = map(int, name.split("_")[1:])
            assert (bands.start * BAND_MINUTES + 1, bands.stop * BAND_MINUTES) == (first, last)


@pytest.mark.parametrize("share", [-0.1, 1.1, np.nan])
def test_a_first_half_that_is_no_share_is_refused(share):
    with pytest.raises(UsageError, match="share"):
        GoalTiming().with_first_half(share)


@pytest.mark.parametrize("size", [2, 3, 5])
@pytest.mark.parametrize("period", ["first_half", "minutes_76_90"])
def test_whatever_the_final_score_there_was_some_score_in_a_part(size, period):
    """What is worth 1 at every score of a part is worth 1 at every final score, the highest ones included."""
    spread = Window(PERIODS[period]).expectation(np.ones((1, size, size)), size, GoalTiming())
    np.testing.assert_allclose(spread, 1.0, atol=1e-12)


def test_a_league_learns_its_first_half():
    rng = np.random.default_rng(3)
    goals = rng.poisson(2.6, 20_000)
    even = GoalTiming(repulsion=0.0)
    first = rng.binomial(goals, 0.48)
    assert even.fit(first, goals, prior_matches=0).first_half == pytest.approx(0.48, abs=0.006)
    assert even.first_half < even.fit(first[:500], goals[:500]).first_half < 0.47


def half_time_totals(folder, division: str) -> np.ndarray:
    """Read goals of the first half and of the match, shape (n, 2)."""
    columns = ("HTHG", "HTAG", "FTHG", "FTAG")
    rows = []
    for path in sorted(folder.glob(f"football-data/*/{division}.csv")):
        with path.open(encoding="latin-1") as lines:
            rows += [[row[name] for name in columns] for row in csv.DictReader(lines) if row["FTHG"]]
    goals = np.array([row for row in rows if all(row)], dtype=np.int64)
    return np.stack([goals[:, :2].sum(axis=1), goals[:, 2:].sum(axis=1)], axis=1)


@pytest.mark.parametrize("division", ["E1", "I1"])
def test_the_defaults_are_what_leagues_show(data_dir, division):
    first, goals = half_time_totals(data_dir, division).T
    default = GoalTiming()
    learned = default.fit(first, goals, prior_matches=0)
    assert learned.first_half == pytest.approx(default.first_half, abs=0.012)
    plain = GoalTiming(repulsion=0.0).fit(first, goals, prior_matches=0)
    gain = log_loss(plain, first, goals) - log_loss(learned, first, goals)
    assert gain > 0.0005


def log_loss(timing: GoalTiming, first: np.ndarray, goals: np.ndarray) -> float:
    counts = window_counts(
        np.array(timing.shares), np.isin(np.arange(6), FIRST_HALF), goals.max(), timing.repulsion
    )
    return float(-np.log(counts[goals, first]).mean())
