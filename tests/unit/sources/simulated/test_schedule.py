from datetime import date, timedelta

import numpy as np
import pytest

from monps.errors import UsageError
from monps.sources.simulated import schedule
from monps.sources.simulated.schedule import draw_schedule, pairings, round_days


@pytest.mark.parametrize("clubs", [2, 4, 8, 20, 22, 24])
def test_everybody_receives_everybody_once(clubs: int) -> None:
    rounds = pairings(clubs)
    met = {tuple(pair) for pair in rounds.reshape(-1, 2).tolist()}
    assert met == {(home, away) for home in range(clubs) for away in range(clubs) if home != away}
    assert len(met) == rounds.shape[0] * rounds.shape[1]


@pytest.mark.parametrize("clubs", [4, 20, 22])
def test_everybody_plays_once_a_round(clubs: int) -> None:
    for matches in pairings(clubs):
        assert sorted(matches.ravel().tolist()) == list(range(clubs))


def test_nobody_is_at_home_more_than_three_times_in_a_row() -> None:
    at_home = np.stack([np.isin(np.arange(20), matches[:, 0]) for matches in pairings(20)])
    runs = np.lib.stride_tricks.sliding_window_view(at_home, 4, axis=0)
    assert not runs.all(axis=-1).any()
    assert runs.any(axis=-1).all()


@pytest.mark.parametrize("clubs", [0, 1, 7])
def test_odd_numbers_of_clubs_are_refused(clubs: int) -> None:
    with pytest.raises(UsageError, match="even number"):
        pairings(clubs)


@pytest.mark.parametrize("start", range(1999, 2030))
def test_a_season_runs_from_august_to_may(start: int) -> None:
    days = [date(1970, 1, 1) + timedelta(days=int(day)) for day in round_days(42, start)]
    assert len(set(days)) == 42
    assert days == sorted(days)
    assert date(start, 8, 8) <= days[0] <= date(start, 8, 14)
    assert date(start + 1, 5, 1) <= days[-1] <= date(start + 1, 5, 31)
    assert {day.weekday() for day in days} == {1, 5}


def test_a_season_has_only_so_many_days() -> None:
    with pytest.raises(UsageError, match="no room for 80 rounds"):
        round_days(80, 2025)


def test_a_drawn_season_can_be_played() -> None:
    drawn = draw_schedule(np.arange(100, 122), 2025, np.random.default_rng(1))
    kickoff = drawn.day * 1440 + drawn.minute
    assert (np.diff(kickoff) >= 0).all()
    for club in range(100, 122):
        played = np.sort(drawn.day[(drawn.home == club) | (drawn.away == club)])
        assert len(played) == 42
        assert np.diff(played).min() >= 2
    assert drawn.week.min() >= 0
    assert drawn.week.max() < 52


def test_no_referee_is_in_two_places() -> None:
    drawn = draw_schedule(np.arange(20), 2025, np.random.default_rng(2))
    busy = set(zip(drawn.day.tolist(), drawn.minute.tolist(), drawn.referee.tolist(), strict=True))
    assert len(busy) == len(drawn.day)
    assert set(drawn.referee.tolist()) == set(range(schedule.REFEREES))


def test_kickoffs_are_spread_over_the_weekend() -> None:
    drawn = draw_schedule(np.arange(20), 2025, np.random.default_rng(3))
    weekday = (drawn.day + 3) % 7
    assert set(weekday.tolist()) <= {1, 2, 4, 5, 6}
    assert ((weekday == 5) & (drawn.minute == 15 * 60)).mean() > 0.4
