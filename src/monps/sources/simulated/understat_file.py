"""A season as Understat's league payload: matches, every team's history, players' totals."""

from collections.abc import Iterator
from itertools import chain

import numpy as np
import orjson

from monps.numerics.checks import Bools, Floats, Ints
from monps.sources.simulated import names
from monps.sources.simulated.play import PENALTY_CHANCE
from monps.sources.simulated.scores import Rates, goal_difference, outcomes
from monps.sources.simulated.season import DivisionSeason
from monps.sources.simulated.squads import POSITION, POSITIONS

Value = str | int | float | bool | None
Json = Value | dict[str, "Json"] | list["Json"]
Rows = Iterator[dict[str, Json]]

_DECIMALS = 5
_LEAST_CHANCES = 0.01
_POINTS = np.array([[3, 0], [1, 1], [0, 3]])
_LETTERS = np.array([["w", "l"], ["d", "d"], ["l", "w"]])
_COUNTED = {
    "time": "minutes",
    "goals": "goals",
    "assists": "assists",
    "shots": "shots",
    "key_passes": "key_passes",
    "yellow_cards": "yellow_cards",
    "red_cards": "red_cards",
}


def content(division: DivisionSeason, played: Bools) -> bytes:
    """Write a division's season; a match that is not played stands without goals.

    Parameters
    ----------
    division : DivisionSeason
        With n matches.
    played : ndarray, shape (n,)
    """
    payload = {
        "teams": _teams(division, played),
        "players": list(_players(division, played)),
        "dates": list(_dates(division, played)),
    }
    return orjson.dumps(payload)


def forecasts(expected_goals: Floats) -> Floats:
    """Return what expected goals, shape (n, 2), say of each result, shape (n, 3): two Poisson rates.

    A side without a shot is given a hundredth of a goal.
    """
    home, away = np.maximum(expected_goals, _LEAST_CHANCES).T
    return outcomes(goal_difference(Rates(home, away), 0.0))


def _dates(division: DivisionSeason, played: Bools) -> Rows:
    events, chances = division.events, division.events.expected_goals.round(_DECIMALS)
    columns = zip(
        _moments(division), played.tolist(), division.schedule.home.tolist(), division.schedule.away.tolist(),
        events.goals.tolist(), chances.tolist(), forecasts(chances).round(4).tolist(), strict=True,
    )  # fmt: skip
    for place, (moment, over, home, away, goals, xg, forecast) in enumerate(columns):
        yield {
            "id": str(first_match(division) + place),
            "isResult": over,
            "h": _club(division, home),
            "a": _club(division, away),
            "goals": _pair(goals, known=over),
            "xG": _pair(xg, known=over),
            "datetime": moment,
            **({"forecast": dict(zip("wdl", map(str, forecast), strict=True))} if over else {}),
        }


def _teams(division: DivisionSeason, played: Bools) -> dict[str, Json]:
    histories: dict[int, list[Json]] = {club: [] for club in sorted(set(division.schedule.home.tolist()))}
    for club, game in zip(
        division.schedule.sides[np.repeat(played, 2)].tolist(), _games(division, played), strict=True
    ):
        histories[club].append(game)
    return {
        str(club + 1): {"id": str(club + 1), "title": division.clubs.names[club], "history": games}
        for club, games in histories.items()
    }


def _games(division: DivisionSeason, played: Bools) -> Rows:
    """Yield each side of each played match, home before away, as that team's history shows it."""
    columns = {name: values[played].ravel().tolist() for name, values in _game_columns(division).items()}
    moments = chain.from_iterable((m, m) for m, over in zip(_moments(division), played, strict=True) if over)
    pressing = ("att", "def", "att_allowed", "def_allowed")
    for moment, *values in zip(moments, *columns.values(), strict=True):
        game = dict(zip(columns, values, strict=True))
        att, actions, att_allowed, actions_allowed = (game.pop(name) for name in pressing)
        yield {
            **game,
            "date": moment,
            "ppda": {"att": att, "def": actions},
            "ppda_allowed": {"att": att_allowed, "def": actions_allowed},
        }


def _game_columns(division: DivisionSeason) -> dict[str, np.ndarray]:
    """Columns of the histories, each of shape (n, 2): the home side's view, the away side's."""
    events, results = division.events, division.results
    xg, npxg = events.expected_goals, events.expected_goals - PENALTY_CHANCE * events.penalties
    points, letters = _POINTS[results], _LETTERS[results]
    forecast = forecasts(xg)
    return {
        "h_a": np.broadcast_to(["h", "a"], points.shape),
        "xG": xg.round(_DECIMALS), "xGA": _other(xg).round(_DECIMALS),
        "npxG": npxg.round(_DECIMALS), "npxGA": _other(npxg).round(_DECIMALS),
        "npxGD": (npxg - _other(npxg)).round(_DECIMALS),
        "att": events.passes_allowed, "def": events.defensive_actions,
        "att_allowed": _other(events.passes_allowed), "def_allowed": _other(events.defensive_actions),
        "deep": events.deep, "deep_allowed": _other(events.deep),
        "scored": events.goals, "missed": _other(events.goals),
        "xpts": (forecast @ _POINTS).round(4), "pts": points, "result": letters,
        **{name: (letters == name[0]).astype(np.int64) for name in ("wins", "draws", "loses")},
    }  # fmt: skip


def _players(division: DivisionSeason, played: Bools) -> Rows:
    """Yield the totals of everyone who was on the pitch, a club after the other."""
    totals = _totals(division, played)
    present = totals["games"] > 0
    columns = {key: map(str, values[present].tolist()) for key, values in totals.items()}
    numbers = division.squads.number[present].tolist()
    places = np.argwhere(present).tolist()
    for (club, place), number, *texts in zip(places, numbers, *columns.values(), strict=True):
        player = dict(zip(columns, texts, strict=True))
        position = POSITIONS[POSITION[place]] if player["starts"] != "0" else ""
        substitute = "S" if player["games"] != player.pop("starts") else ""
        yield {
            "id": str(number + 1),
            "player_name": names.player(number),
            "team_title": division.clubs.names[club],
            "position": f"{position} {substitute}".strip(),
            **player,
        }


def _totals(division: DivisionSeason, played: Bools) -> dict[str, Floats | Ints]:
    """Sum what players did over the played matches, every array of shape (clubs, 24)."""
    done, over = division.appearances, np.repeat(played, 2)
    of_club = (np.arange(len(division.clubs))[:, None] == division.schedule.sides[over]).astype(np.float64)

    def count(values: Ints | Bools) -> Ints:
        total: Ints = (of_club @ values[over]).astype(np.int64)
        return total

    counts = {key: count(getattr(done, name)) for key, name in _COUNTED.items()}
    penalties = count(done.penalties)
    xg, xa, build_up = (
        of_club @ shares[over] for shares in (done.expected_goals, done.expected_assists, done.build_up)
    )
    from_play = xg - PENALTY_CHANCE * penalties
    chances = {
        "xG": xg,
        "xA": xa,
        "npxG": from_play,
        "xGChain": from_play + xa + build_up,
        "xGBuildup": build_up,
    }
    return {
        "games": count(done.minutes > 0),
        "starts": count(done.starts),
        **counts,
        "npg": counts["goals"] - penalties,
        **{key: values.round(_DECIMALS) for key, values in chances.items()},
    }


def _moments(division: DivisionSeason) -> list[str]:
    return division.kickoff.dt.strftime("%Y-%m-%d %H:%M:%S").to_list()


def first_match(division: DivisionSeason) -> int:
    """Return the number of a division's first match in a season; the others follow it."""
    return 1 + 1_000 * (10 * division.season.start + division.tier)


def _club(division: DivisionSeason, club: int) -> dict[str, Json]:
    name = division.clubs.names[club]
    return {"id": str(club + 1), "title": name, "short_title": name[:3].upper()}


def _pair(values: list[float], *, known: bool) -> dict[str, Json]:
    home, away = map(str, values) if known else (None, None)
    return {"h": home, "a": away}


def _other(values: np.ndarray) -> np.ndarray:
    return values[:, ::-1]
