import numpy as np

from histories import last_season, simulated
from monps.agents import BaseRate


def test_all_matches_of_a_day_are_alike():
    history, wanted = simulated(), last_season(simulated())
    found = BaseRate().replay(history, wanted)
    competition, days = history.matches.frame["competition"].to_numpy(), history.matches.kickoff_days // 1
    for code in np.unique(competition):
        rows = wanted & (competition == code)
        for day in np.unique(days[rows]):
            same = found.home[rows & (days == day)], found.away[rows & (days == day)]
            assert max(np.ptp(side) for side in same) < 1e-6


def test_rates_are_about_the_goals_that_were_seen():
    history, wanted = simulated(), last_season(simulated())
    found, table = BaseRate(half_life_days=2_000.0).replay(history, wanted), simulated().matches
    league = table.frame["competition"].to_numpy() == "SIM1"
    assert abs(found.home[wanted & league].mean() - table.home_goals[league].mean()) < 0.15
    assert abs(found.away[wanted & league].mean() - table.away_goals[league].mean()) < 0.15


def test_a_shorter_memory_moves_more():
    history, wanted = simulated(), last_season(simulated())
    short, long = (BaseRate(half_life_days=days).replay(history, wanted) for days in (60.0, 1_000.0))
    league = wanted & (history.matches.frame["competition"].to_numpy() == "SIM1")
    assert np.std(short.home[league]) > np.std(long.home[league])
