"""Anytime goalscorers of the Premier League, walk-forward: ``python -m benchmarks scorers``.

``python -m benchmarks.scorers FILE`` writes the bins of the calibration picture into a file instead.

Every morning of a match day the players' minutes and parts of their sides' goals are learned from what was
known, and priced with the scoreline grids of the goals agent, which saw results up to that morning. Nobody
tells who will play: a player is listed if he has played for the side before and not left it since.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from itertools import compress
from typing import NamedTuple

import numpy as np
import polars as pl

from benchmarks import data, fantasy
from benchmarks.report import Cell, Report
from monps.agents import Goals, History
from monps.backtest import rows_between
from monps.domain.scorers import LineUp
from monps.numerics.calibration import reliability
from monps.numerics.checks import Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.resample import paired_difference
from monps.players import (
    FittedPlayers,
    GoalscorerCalculator,
    MinutesModel,
    PlayerModel,
    ShareModel,
    Squads,
    given,
)
from monps.players.goalscorer import SideScorers
from monps.players.records import POSITIONS, STARTERS, read_records
from monps.ratings.market_memory import with_implied_goals
from monps.tables.appearances import AppearanceTable

LEARNED, FIRST, LAST = 2017, 2018, 2022
BINS = 20
WHOLE = 1e-12
ELEVEN = "known eleven"
USUAL = "as shipped"
RECIPES = {
    USUAL: PlayerModel(),
    "goals alone": PlayerModel(shares=ShareModel(expected_goals_weight=0.0)),
    "expected goals alone": PlayerModel(shares=ShareModel(expected_goals_weight=1.0)),
    "half expected goals": PlayerModel(shares=ShareModel(expected_goals_weight=0.5)),
    "goals remembered for 240 days": PlayerModel(shares=ShareModel(half_life_days=240.0)),
    "goals remembered for 960 days": PlayerModel(shares=ShareModel(half_life_days=960.0)),
    "penalty takers remembered for 480 days": PlayerModel(shares=ShareModel(penalty_half_life_days=480.0)),
    "penalties as any other goal": PlayerModel(shares=ShareModel(prior_penalties=1e6)),
}
LINE_UPS = {
    "line-ups remembered for 1 and 4 games": PlayerModel(minutes=MinutesModel(slow_half_life_games=4.0)),
    "line-ups remembered for 2 and 16 games": PlayerModel(
        minutes=MinutesModel(fast_half_life_games=2.0, slow_half_life_games=16.0)
    ),
    "line-up weights as known beforehand": PlayerModel(minutes=MinutesModel(prior_line_ups=1e9)),
}
"""Other ways to tell who plays; each has to be learned anew every morning, which takes the most time."""
NOTES = (
    """Log loss a player and match of the chance to score at least once; differences to the average of the
player's position in the seasons before, below 0 where better, and of other recipes to the shipped one; 95 %
intervals by a bootstrap of match days.""",
    f"""ECE: calibration error over {BINS} bins of equal size. Who played: the chance given that one plays, as
bets are returned otherwise. Known eleven: line-ups given, without a bench, for those who start.""",
)


class Round(NamedTuple):
    """The matches of one day, and their grids."""

    day: date
    season: int
    homes: list[str]
    aways: list[str]
    grid: ScoreGrid

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Both sides of each match."""
        return list(zip(self.homes, self.aways, strict=True))

    def only(self, wanted: list[bool]) -> "Round":
        """Return some of the matches."""
        homes, aways = (list(compress(side, wanted)) for side in (self.homes, self.aways))
        return Round(self.day, self.season, homes, aways, self.grid[np.array(wanted)])


def measure() -> Report:
    """Judge the shipped recipe in three populations, and all others beside it."""
    return report(RECIPES | LINE_UPS)


def report(recipes: Mapping[str, PlayerModel]) -> Report:
    """Judge the shipped recipe, which must be among these, and the others beside it."""
    first, last = f"{FIRST}/{FIRST + 1 - 2000}", f"{LAST}/{LAST + 1 - 2000}"
    return Report(f"Anytime goalscorers, Premier League {first}–{last}", rows(judged(recipes)), NOTES)


def rows(forecasts: dict[str, pl.DataFrame]) -> Iterator[dict[str, Cell]]:
    """Yield a line for each population and season, and one for each other recipe."""
    recipes = {name: frame for name, frame in forecasts.items() if name != ELEVEN}
    usual = recipes[USUAL]
    for label, frame in (
        ("all listed", usual),
        ("who played", given_that_they_play(usual)),
        (ELEVEN, forecasts[ELEVEN]),
    ):
        yield _row(label, "all", frame)
        for season in range(FIRST, LAST + 1):
            yield _row(label, f"{season}/{season + 1 - 2000}", frame, season)
    for name, frame in recipes.items():
        if name != USUAL:
            yield _beside(name, frame, usual)
    yield _beside("chosen each season on the seasons before", _chosen(recipes), usual)


def judged(recipes: Mapping[str, PlayerModel]) -> dict[str, pl.DataFrame]:
    """Return every recipe's forecasts, a row a player and match, and what happened."""
    table = fantasy.appearances()
    happened = _happened(table)
    found: dict[str, list[pl.DataFrame]] = {name: [] for name in (*recipes, ELEVEN)}
    for each in _rounds():
        for name, frame in _forecasts(table, each, happened, recipes):
            found[name].append(frame)
    key = ["day", "team", "player_id"]
    return {
        name: pl.concat(frames)
        .join(happened.drop("position"), on=key, how="left")
        .with_columns(pl.col("goals", "minutes").fill_null(0.0))
        for name, frames in found.items()
    }


def _happened(table: AppearanceTable) -> pl.DataFrame:
    """Return who played, who started, and who scored."""
    records = read_records(table)
    micros = records.game_day[records.game] * 86_400e6
    return pl.DataFrame(
        {
            "day": pl.Series(micros.astype(np.int64)).cast(pl.Datetime("us")).dt.date(),
            "team": np.array(records.teams.names)[records.game_team[records.game]],
            "player_id": records.player_ids[records.player],
            "player": np.array(records.names)[records.player],
            "position": records.positions[records.player],
            "started": records.started,
            "minutes": records.minutes,
            "goals": records.goals,
        }
    )


def _rounds() -> Iterator[Round]:
    reading = data.real(["E0"], 2010, LAST)
    history = History(with_implied_goals(reading.matches, reading.quotes), reading.quotes)
    wanted = rows_between(history.matches, ("E0",), date(LEARNED, 7, 1), date(LAST + 1, 7, 1))
    grid = Goals().replay(history, wanted).grid(wanted)
    frame = history.matches.frame.filter(wanted).with_columns(day=pl.col("kickoff").dt.date())
    for _, rows in frame.with_row_index("row").group_by("day", maintain_order=True):
        yield Round(
            rows["day"][0],
            rows["season"][0],
            rows["home"].to_list(),
            rows["away"].to_list(),
            grid[rows["row"].to_numpy()],
        )


def _forecasts(
    table: AppearanceTable, each: Round, happened: pl.DataFrame, recipes: Mapping[str, PlayerModel]
) -> Iterator[tuple[str, pl.DataFrame]]:
    as_of = datetime.combine(each.day, time(), UTC)
    records, today = read_records(table.until(as_of)), as_of.timestamp() / 86_400
    known = [home in records.teams and away in records.teams for home, away in each.pairs]
    if not any(known):
        return
    round_ = each.only(known)
    times = {recipe.minutes: recipe.minutes.fit(records, today) for recipe in recipes.values()}
    for name, recipe in recipes.items():
        fitted = FittedPlayers(records, times[recipe.minutes], recipe.shares.fit(records, today))
        yield name, _priced(round_, fitted, fitted.expected(round_.homes), fitted.expected(round_.aways))
        if name == USUAL:
            yield from ((ELEVEN, frame) for frame in _elevens(round_, fitted, happened))


def _elevens(each: Round, fitted: FittedPlayers, happened: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the starters of every match, their line-ups being given."""
    started = happened.filter(pl.col("started"), pl.col("day") == each.day)
    for place, teams in enumerate(each.pairs):
        elevens = [started.filter(pl.col("team") == team) for team in teams]
        if all(eleven.height == STARTERS for eleven in elevens):
            home, away = (
                given(fitted, team, _line_up(eleven, fitted))
                for team, eleven in zip(teams, elevens, strict=True)
            )
            only = each.only([other == place for other in range(len(each.homes))])
            yield _priced(only, fitted, home, away).filter(pl.col("starts") == 1.0)


def _line_up(eleven: pl.DataFrame, fitted: FittedPlayers) -> LineUp:
    seen = set(fitted.records.names)
    places = dict(zip(eleven["player"].to_list(), eleven["position"].to_list(), strict=True))
    newcomers = {name: POSITIONS[place] for name, place in places.items() if name not in seen}
    return LineUp(starting=tuple(places), newcomers=newcomers)


def _priced(each: Round, fitted: FittedPlayers, home: Squads, away: Squads) -> pl.DataFrame:
    """Return a row for each player who is known, and check that all first goals make one whole."""
    sheet = GoalscorerCalculator(each.grid).price(home.shares, away.shares)
    first = sum(side.first.sum(axis=1) + side.own_goal_first for side in (sheet.home, sheet.away))
    if (most := np.abs(first + sheet.no_goal - 1.0).max()) > WHOLE:
        raise AssertionError(f"the first goal's chances miss 1 by {most}")
    sides = ((each.homes, home, sheet.home), (each.aways, away, sheet.away))
    return pl.concat(_side(fitted, *side) for side in sides).with_columns(
        day=pl.lit(each.day), season=pl.lit(each.season, pl.Int32)
    )


def _side(fitted: FittedPlayers, teams: list[str], squads: Squads, scorers: SideScorers) -> pl.DataFrame:
    side, column = np.nonzero((squads.players >= 0) & (squads.players < len(fitted.records.names)))
    player = squads.players[side, column]
    return pl.DataFrame(
        {
            "team": np.array(teams)[side],
            "player_id": fitted.records.player_ids[player],
            "position": fitted.records.positions[player],
            "starts": squads.shares.starts[side, column],
            "plays": squads.shares.plays[side, column],
            "chance": scorers.anytime[side, column],
            "two_or_more": scorers.two_or_more[side, column],
        }
    )


def given_that_they_play(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep who played, with their chances given that they would."""
    played = frame.filter(pl.col("minutes") > 0)
    return played.with_columns(chance=pl.col("chance") / pl.col("plays"))


def _row(label: str, seasons: str, frame: pl.DataFrame, season: int | None = None) -> dict[str, Cell]:
    shown = frame.filter(pl.col("season") >= FIRST if season is None else pl.col("season") == season)
    mine, theirs = log_losses(shown["chance"].to_numpy(), shown), log_losses(_averages(frame, shown), shown)
    return {
        "players": label,
        "seasons": seasons,
        "n": shown.height,
        "scored": f"{(shown['goals'] > 0).mean():.4f}",
        "expected": f"{shown['chance'].mean():.4f}",
        "log loss": f"{mine.mean():.5f}",
        "position average": f"{theirs.mean():.5f}",
        "difference": _difference(mine, theirs, shown),
        "ECE": f"{reliability(shown['chance'], shown['goals'] > 0, bins=BINS).calibration_error:.4f}",
    }


def _beside(name: str, frame: pl.DataFrame, usual: pl.DataFrame) -> dict[str, Cell]:
    key = ["day", "team", "player_id"]
    shown = frame.filter(pl.col("season") >= FIRST).sort(key)
    mine, theirs = (
        log_losses(f["chance"].to_numpy(), f)
        for f in (shown, usual.filter(pl.col("season") >= FIRST).sort(key))
    )
    return {
        "players": f"all listed, {name}",
        "seasons": "all",
        "n": shown.height,
        "scored": None,
        "expected": f"{shown['chance'].mean():.4f}",
        "log loss": f"{mine.mean():.5f}",
        "position average": None,
        "difference": f"to {USUAL}: {_difference(mine, theirs, shown)}",
        "ECE": f"{reliability(shown['chance'], shown['goals'] > 0, bins=BINS).calibration_error:.4f}",
    }


def _chosen(forecasts: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Take for each season the recipe with the least log loss in all seasons before."""
    chosen = []
    for season in range(FIRST, LAST + 1):
        earlier = {name: frame.filter(pl.col("season") < season) for name, frame in forecasts.items()}
        losses = {name: log_losses(f["chance"].to_numpy(), f).mean() for name, f in earlier.items()}
        best = min(losses, key=losses.__getitem__)
        chosen.append(forecasts[best].filter(pl.col("season") == season))
    return pl.concat(chosen)


def log_losses(chances: Floats, frame: pl.DataFrame) -> Floats:
    """Return the log loss of every row; it is infinite where what was given no chance happened."""
    scored = (frame["goals"] > 0).to_numpy()
    with np.errstate(divide="ignore"):
        return -np.log(np.where(scored, chances, 1.0 - chances))


def _averages(frame: pl.DataFrame, shown: pl.DataFrame) -> Floats:
    """Return how many of each row's position scored in the seasons before."""
    before = [
        frame.filter(pl.col("season") < season)
        .group_by("position")
        .agg((pl.col("goals") > 0).mean().alias("average"))
        .with_columns(season=pl.lit(season, frame.schema["season"]))
        for season in range(FIRST, LAST + 1)
    ]
    joined = shown.join(pl.concat(before), on=["season", "position"], how="left", maintain_order="left")
    return joined["average"].clip(1e-4, 1.0).to_numpy()


def _difference(mine: Floats, theirs: Floats, shown: pl.DataFrame) -> str:
    if impossible := int(np.isinf(mine).sum()):
        return f"infinite: {impossible} scored who had been given no chance"
    days = shown["day"].dt.epoch("d").to_numpy()
    found = paired_difference(mine, theirs, days, np.random.default_rng(1))
    return f"{found.mean:+.5f} ({found.low:+.5f} … {found.high:+.5f})"


def calibration(frame: pl.DataFrame) -> pl.DataFrame:
    """Return bins of equal size: mean forecast, share who scored, its standard error, and the count."""
    judged_rows = frame.filter(pl.col("season") >= FIRST)
    found = reliability(judged_rows["chance"], judged_rows["goals"] > 0, bins=BINS)
    names = ("forecast", "observed", "error", "count")
    return pl.DataFrame({name: getattr(found, name) for name in names})


if __name__ == "__main__":
    calibration(judged({USUAL: RECIPES[USUAL]})[USUAL]).write_csv(sys.argv[1], float_precision=6)
