"""What is believed of teams that are new to a competition."""

from dataclasses import replace

import numpy as np
import pytest

from monps.numerics.pairings import Responses
from monps.ratings.newcomers import Seasons, learn_newcomers

USUAL = np.array([-0.2, -0.2])


def seasons_of(weak_newcomers: float, years: int = 5) -> Seasons:
    """Twenty regular teams and two new ones a season, which score and concede as told."""
    rng, rows = np.random.default_rng(3), []
    for year in range(years):
        teams = [*range(20), 20 + 2 * year, 21 + 2 * year]
        for host in teams:
            for guest in teams:
                if host != guest:
                    edge = weak_newcomers * ((host >= 20) - float(guest >= 20))
                    goals = rng.poisson([1.4 * np.exp(edge), 1.1 * np.exp(-edge)])
                    rows.append((host, guest, *goals, year))
    columns = np.array(rows, dtype=float).T
    host, guest = columns[:2].astype(int)
    goals = columns[2], columns[3]
    return Seasons(Responses(host, guest, *goals, *goals, np.ones(len(host))), columns[4], 20 + 2 * years)


@pytest.mark.parametrize("weakness", [-0.4, 0.0, 0.3])
def test_newcomers_strengths_are_learned_from_earlier_newcomers(weakness: float) -> None:
    learned = learn_newcomers(seasons_of(weakness), last=5, usual=USUAL, ridge=0.1)
    kept = 8 / 14  # eight newcomers were seen, six are believed in beforehand
    expected = kept * weakness * 20 / 22 + (1 - kept) * USUAL  # the league's mean has newcomers in it
    assert learned == pytest.approx(expected, abs=0.07)


def test_the_season_itself_and_later_ones_are_not_looked_at() -> None:
    seasons = seasons_of(-0.4)
    later = np.where(seasons.season >= 3, 9.0, 1.0)
    matches = replace(seasons.matches, home=later * seasons.matches.home, away=later * seasons.matches.away)
    altered = replace(seasons, matches=matches)
    before, after = (learn_newcomers(each, last=3, usual=USUAL, ridge=4.0) for each in (seasons, altered))
    assert before.tolist() == after.tolist()


def test_without_two_earlier_seasons_newcomers_are_as_usual() -> None:
    assert learn_newcomers(seasons_of(0.3), last=1, usual=USUAL, ridge=4.0) is USUAL


def test_nobody_is_new_in_the_first_season_that_is_known() -> None:
    assert not seasons_of(0.3).newcomers(0).any()
    assert np.flatnonzero(seasons_of(0.3).newcomers(1) & seasons_of(0.3).played_in(1)).tolist() == [22, 23]
