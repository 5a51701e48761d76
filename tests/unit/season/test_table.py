import numpy as np

from monps.domain.football import Competition
from monps.season import league_table, rules_of

A, B, C = range(3)
RULES = rules_of(Competition(code="E0", name="Premier League", country="England", tier=1))


def test_a_table_worked_out_by_hand(season_of):
    season = season_of(3, {(A, B): (2, 1), (B, C): (0, 0), (C, A): (3, 1)})
    rows = league_table(season, RULES, season.deductions({"C": 2}))
    shown = [
        (
            r.position,
            r.team,
            r.played,
            r.won,
            r.drawn,
            r.lost,
            r.goals_for,
            r.goals_against,
            r.points,
            r.deducted,
        )
        for r in rows
    ]
    assert shown == [
        (1, "A", 2, 1, 0, 1, 3, 4, 3, 0),
        (2, "C", 2, 1, 1, 0, 3, 1, 2, 2),
        (3, "B", 2, 0, 1, 1, 1, 2, 1, 0),
    ]
    assert [row.goal_difference for row in rows] == [-1, 2, -1]


def test_before_the_first_match_teams_stand_in_the_order_of_their_names(season_of):
    rows = league_table(season_of(4, {}), RULES, np.zeros(4, dtype=np.int64))
    assert [(row.position, row.team, row.points) for row in rows] == [
        (1, "A", 0), (2, "B", 0), (3, "C", 0), (4, "D", 0)
    ]  # fmt: skip
