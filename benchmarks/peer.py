"""The same work done by penaltyblog, as its documentation says."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd
import penaltyblog as pb
from penaltyblog.models import DixonColesGoalModel, FootballProbabilityGrid, PoissonGoalsModel

from monps import MatchTable
from monps.numerics.checks import Bools, Floats

Model = PoissonGoalsModel | DixonColesGoalModel
QUARTERS = np.arange(0.5, 6.75, 0.25).tolist()
HANDICAPS = np.arange(-3.0, 3.25, 0.25).tolist()


def columns(table: MatchTable) -> pd.DataFrame:
    """Set the matches out as penaltyblog takes them."""
    names = ("home_goals", "away_goals", "home", "away")
    return pd.DataFrame({name: table.frame[name].to_list() for name in names})


def fit(kind: type[Model], matches: pd.DataFrame, weights: Floats | None = None) -> Model:
    """Fit a model from zero; it has no other way."""
    model = kind(matches["home_goals"], matches["away_goals"], matches["home"], matches["away"], weights)
    model.fit()
    return model


def prices(grid: FootballProbabilityGrid) -> list[float]:
    """Ask a grid for every price it has a name for, on the usual lines."""
    return [
        *(grid.home_win, grid.draw, grid.away_win, grid.btts_yes, grid.btts_no),
        *(grid.double_chance_1x, grid.double_chance_x2, grid.double_chance_12),
        *(grid.draw_no_bet_home, grid.draw_no_bet_away, grid.win_to_nil_home(), grid.win_to_nil_away()),
        *(chance for line in QUARTERS for chance in grid.totals(line)[::2]),
        *(grid.asian_handicap_probs(side, line)["win"] for line in HANDICAPS for side in ("home", "away")),
        *(grid.exact_score(home, away) for home in range(7) for away in range(7)),
    ]


def margin_free(odds: Sequence[list[float]], method: str) -> list[list[float]]:
    """Remove the margin of one book after the other."""
    return [pb.implied.calculate_implied(row, method=method).probabilities for row in odds]


def goal_rates(results: Floats, rho: float) -> Floats:
    """Invert 1X2 probabilities match by match, shape (n, 2)."""
    found = [pb.models.goal_expectancy(*row, rho=rho) for row in results]
    return np.array([[one["home_exp"], one["away_exp"]] for one in found])


def season(table: MatchTable, wanted: Bools, half_life_days: float) -> tuple[int, float]:
    """Refit every match day, forecast it and score it; return how many matches, and their mean RPS.

    A team without a match in the past cannot be forecast: its matches are left out.
    """
    matches, outcome = columns(table), _outcomes(table)
    forecasts, happened = [], []
    for past, rows in _days(table, wanted):
        age = np.floor(table.kickoff_days[rows[0]]) - table.kickoff_days[past]
        model = fit(DixonColesGoalModel, matches[past], np.exp2(-age / half_life_days))
        known = matches.loc[rows][matches.loc[rows, ["home", "away"]].isin(model.teams).all(axis=1)]
        grids = model.predict_many(known["home"], known["away"])
        forecasts += [grid.home_draw_away for grid in grids]
        happened += outcome[known.index].tolist()
    probabilities, results = np.array(forecasts), np.array(happened)
    pb.metrics.ignorance_score(probabilities, results)
    return len(forecasts), pb.metrics.rps_average(probabilities, results)


def _days(table: MatchTable, wanted: Bools) -> Iterator[tuple[Bools, np.ndarray]]:
    days = np.floor(table.kickoff_days)
    for day in np.unique(days[wanted]):
        yield days < day, np.flatnonzero(wanted & (days == day))


def _outcomes(table: MatchTable) -> np.ndarray:
    return (1 - np.sign(table.home_goals - table.away_goals)).astype(int)


def sheet(model: DixonColesGoalModel, homes: list[str], aways: list[str]) -> Callable[[], list[list[float]]]:
    """Return a call that prices matches from a fitted model."""
    return lambda: [prices(grid) for grid in model.predict_many(homes, aways)]
