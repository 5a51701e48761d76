"""Records: what every player did in every game of his side, one row each, as arrays."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from monps.domain.scorers import Position
from monps.errors import NotEnoughData
from monps.numerics import checks
from monps.numerics.checks import Bools, Floats, Ints
from monps.tables.appearances import AppearanceTable
from monps.tables.encode import TeamIndex

POSITIONS: tuple[Position, ...] = ("goalkeeper", "defender", "midfielder", "forward")
UNKNOWN_POSITION = len(POSITIONS)
STARTERS, MATCH_MINUTES = 11, 90
SIDE_MINUTES = STARTERS * MATCH_MINUTES

_ABBREVIATED = (
    r"^G",
    r"^(D([^M]|$)|[LRCW]{1,2}B\b)",
    r"^([DACLR]?M|AMC)",
    r"^(F|S?ST|CF|[LR]W|ATT)",
)
"""How sources abbreviate each position: GK, DC, LB, DMC, MID, AMR, FW, ST …"""
_MEASURES = ("goals", "own_goals", "penalties_scored", "penalties_missed", "non_penalty_expected_goals")
_GAME = ["match_id", "team"]


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """n appearances of p players in g games; a game is one side's view of a match.

    Parameters
    ----------
    teams : TeamIndex
        All sides.
    player_ids : ndarray of int, shape (p,)
    names : tuple of str, length p
    positions : ndarray of int, shape (p,)
        Place in ``POSITIONS``, or ``UNKNOWN_POSITION``.
    clubs : ndarray of int, shape (p,)
        The side each player was last seen with.
    game_team, game_day : ndarray, shape (g,)
        Whose game, and its kick-off in days from 1970; in order of time.
    player, game : ndarray of int, shape (n,)
        Who appeared in which.
    started : ndarray of bool, shape (n,)
    minutes : ndarray, shape (n,)
        Above 0.
    goals, own_goals, penalties_scored, penalties_missed, non_penalty_expected_goals : ndarray, shape (n,)
        NaN where unknown.
    """

    teams: TeamIndex
    player_ids: Ints
    names: tuple[str, ...]
    positions: Ints
    clubs: Ints
    game_team: Ints
    game_day: Floats
    player: Ints
    game: Ints
    started: Bools
    minutes: Floats
    goals: Floats
    own_goals: Floats
    penalties_scored: Floats
    penalties_missed: Floats
    non_penalty_expected_goals: Floats

    def __len__(self) -> int:
        return len(self.player)

    @property
    def last_days(self) -> Floats:
        """Each side's latest kick-off, in days from 1970."""
        last = np.zeros(len(self.teams))
        np.maximum.at(last, self.game_team, self.game_day)
        return last

    def per_game(self, values: Floats) -> Floats:
        """Sum values of appearances, shape (n,), over each game, shape (g,)."""
        return checks.floats("sums", np.bincount(self.game, values, len(self.game_day)))

    def per_player(self, values: Floats) -> Floats:
        """Sum values of appearances, shape (n,), over each player, shape (p,)."""
        return checks.floats("sums", np.bincount(self.player, values, len(self.names)))


def read_records(appearances: AppearanceTable) -> Records:
    """Bring appearances into arrays, one row for each player and game.

    Where several sources speak of a game, the one that accounts for most minutes says who played, and the
    others fill in what it does not know of those players. Who did not play has no row. Where a source does
    not say who started, the eleven with most minutes did.

    Parameters
    ----------
    appearances : AppearanceTable
        As known at a moment.

    Raises
    ------
    NotEnoughData
        If nobody played.
    """
    frame = _merged(appearances.frame)
    if frame.is_empty():
        raise NotEnoughData("no appearance of a player was known")
    games = frame.select("match_id", "team", "kickoff").unique(maintain_order=True).with_row_index("game")
    players = _players(frame)
    rows = frame.join(games, on=_GAME, maintain_order="left").join(
        players.select("player_id", place="index"), on="player_id", maintain_order="left"
    )
    teams = TeamIndex.of(games["team"])
    return Records(
        teams=teams,
        player_ids=players["player_id"].to_numpy(),
        names=tuple(players["player"]),
        positions=players["place"].to_numpy(),
        clubs=teams.encode(players["team"].to_list()),
        game_team=teams.encode(games["team"].to_list()),
        game_day=games["kickoff"].dt.epoch("us").to_numpy() / 86_400e6,
        player=rows["place"].to_numpy().astype(np.int64),
        game=rows["game"].to_numpy().astype(np.int64),
        started=rows["started"].to_numpy(),
        minutes=rows["minutes"].to_numpy().astype(np.float64),
        **{name: rows[name].to_numpy().astype(np.float64) for name in _MEASURES},
    )


def _merged(frame: pl.DataFrame) -> pl.DataFrame:
    """One row for each player and game, in order of time; ``started`` is known."""
    played = frame.filter(pl.col("minutes") > 0)
    fullest = (
        played.group_by(*_GAME, "source")
        .agg(pl.col("minutes").sum().alias("recorded"))
        .sort("recorded", "source", descending=[True, False])
        .unique(_GAME, keep="first", maintain_order=True)
    )
    leading = played.join(fullest, on=[*_GAME, "source"], how="semi", nulls_equal=True)
    if leading.height < played.height:
        leading = _filled_in(leading, played)
    return leading.sort("kickoff", "match_id", "team", "player_id").with_columns(started=_started())


def _filled_in(leading: pl.DataFrame, played: pl.DataFrame) -> pl.DataFrame:
    """Let the other sources say what the leading one does not."""
    names = ("position", "started", *_MEASURES)
    key = ["match_id", "player_id"]
    told = played.group_by(key).agg(pl.col(name).drop_nulls().first().alias(f"{name}_told") for name in names)
    joined = leading.join(told, on=key, how="left")
    return joined.with_columns(pl.coalesce(name, f"{name}_told").alias(name) for name in names)


def _started() -> pl.Expr:
    told = pl.col("started").fill_null(value=False)
    number = told.sum().over(_GAME)
    longest = pl.col("minutes").rank("ordinal", descending=True).over(_GAME) <= STARTERS
    return pl.when((number > 0) & (number <= STARTERS)).then(told).otherwise(longest)


def _players(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a row a player: name and side as last seen, and where he has mostly played."""
    text = pl.col("position").str.to_uppercase()
    place = pl.coalesce(pl.when(text.str.contains(found)).then(i) for i, found in enumerate(_ABBREVIATED))
    return (
        frame.with_columns(place=place)
        .group_by("player_id")
        .agg(
            pl.col("player").last(),
            pl.col("team").last(),
            pl.col("place").drop_nulls().mode().min().alias("place"),
        )
        .sort("player_id")
        .with_columns(pl.col("place").fill_null(UNKNOWN_POSITION))
        .with_row_index("index")
    )
