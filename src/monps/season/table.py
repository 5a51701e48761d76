"""The table as it stands."""

from monps.domain.season import LeagueRules, TableRow
from monps.numerics.checks import Ints
from monps.season.league import LeagueSeason
from monps.season.ranking import rank, without_head_to_head

_COUNTED = ("played", "won", "drawn", "lost", "goals_for", "goals_against", "goal_difference")


def league_table(season: LeagueSeason, rules: LeagueRules, deductions: Ints) -> tuple[TableRow, ...]:
    """Return the table after the results so far.

    Head-to-head counts once the season is over: before, teams that are level may not have met twice. Teams
    that are level on everything stand in the order of their names.

    Parameters
    ----------
    season : LeagueSeason
        Teams and results.
    rules : LeagueRules
        What separates teams level on points.
    deductions : ndarray of int, shape (t,)
        Points taken away.
    """
    record = season.played.record
    points = record.points - deductions[:, None]
    over = not len(season.fixtures.home)
    criteria = rules.criteria if over else without_head_to_head(rules.criteria)
    order = rank(season.played, criteria, points=points)[:, 0].tolist()
    return tuple(
        TableRow(
            position=position,
            team=season.teams.names[team],
            points=int(points[team, 0]),
            deducted=int(deductions[team]),
            **{name: int(getattr(record, name)[team, 0]) for name in _COUNTED},
        )
        for position, team in enumerate(order, 1)
    )
