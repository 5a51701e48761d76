from collections import defaultdict
from typing import Any

import numpy as np
import orjson
import pytest

from monps.sources.simulated import DivisionSeason, SimulatedCountry
from monps.sources.simulated.understat_file import content, forecasts


@pytest.fixture(scope="module")
def payload(division: DivisionSeason) -> dict[str, Any]:
    return orjson.loads(content(division, np.ones(len(division), dtype=np.bool_)))


def test_forecasts_are_distributions_even_without_a_shot() -> None:
    chances = forecasts(np.array([[0.0, 0.0], [2.0, 0.5]]))
    assert chances.sum(axis=1) == pytest.approx(np.ones(2))
    assert chances[0, 1] > 0.95
    assert chances[1, 0] > 0.7


def test_matches_are_the_division(payload: dict[str, Any], division: DivisionSeason) -> None:
    dates = payload["dates"]
    assert [(d["h"]["title"], d["a"]["title"]) for d in dates] == list(
        zip(division.home, division.away, strict=True)
    )
    assert [[int(d["goals"]["h"]), int(d["goals"]["a"])] for d in dates] == division.events.goals.tolist()
    assert len({d["id"] for d in dates}) == len(dates)
    assert all(sum(map(float, d["forecast"].values())) == pytest.approx(1, abs=2e-4) for d in dates)


def test_histories_mirror_each_other(payload: dict[str, Any]) -> None:
    games = [game for team in payload["teams"].values() for game in team["history"]]
    assert len(games) == 2 * len(payload["dates"])
    for mine, theirs in (("xG", "xGA"), ("npxG", "npxGA"), ("scored", "missed"), ("deep", "deep_allowed")):
        assert sum(game[mine] for game in games) == pytest.approx(sum(game[theirs] for game in games))
    for game in games:
        assert game["pts"] == 3 * game["wins"] + game["draws"]
        assert game["wins"] + game["draws"] + game["loses"] == 1
        assert game["result"] == "wdl"[[game["wins"], game["draws"], game["loses"]].index(1)]
        assert game["npxG"] <= game["xG"]
        assert game["ppda"]["def"] > 0


def test_histories_are_the_matches_of_the_team(payload: dict[str, Any]) -> None:
    dates = defaultdict(list)
    for match in payload["dates"]:
        for side, mark in (("h", "h"), ("a", "a")):
            dates[match[side]["id"]].append((match["datetime"], mark, float(match["xG"][side])))
    for number, team in payload["teams"].items():
        assert [(g["date"], g["h_a"], pytest.approx(g["xG"])) for g in team["history"]] == dates[number]


def test_players_add_up_to_their_team(payload: dict[str, Any], division: DivisionSeason) -> None:
    goals, minutes, chances = defaultdict(int), defaultdict(int), defaultdict(float)
    for player in payload["players"]:
        goals[player["team_title"]] += int(player["goals"])
        minutes[player["team_title"]] += int(player["time"])
        chances[player["team_title"]] += float(player["xG"])
        assert int(player["npg"]) <= int(player["goals"]) <= int(player["shots"])
        assert float(player["npxG"]) <= float(player["xG"]) + 1e-9
    own = division.events.own_goals.ravel()
    for team in payload["teams"].values():
        club = division.clubs.names.index(team["title"])
        scored = sum(game["scored"] for game in team["history"])
        assert goals[team["title"]] == scored - own[division.schedule.sides == club].sum()
        assert minutes[team["title"]] == len(team["history"]) * 11 * 90
        assert chances[team["title"]] == pytest.approx(sum(game["xG"] for game in team["history"]), abs=1e-3)


def test_positions_say_who_came_on(payload: dict[str, Any]) -> None:
    assert {player["position"] for player in payload["players"]} <= {
        "GK", "D", "M", "F", "D S", "M S", "F S", "S",
    }  # fmt: skip


def test_a_match_to_come_has_no_goals(country: SimulatedCountry) -> None:
    division = country.season("SIM2", 2025)
    payload = orjson.loads(content(division, division.played(country.until)))
    to_come = [match for match in payload["dates"] if not match["isResult"]]
    assert 0 < len(to_come) < len(division)
    assert all(match["goals"] == {"h": None, "a": None} == match["xG"] for match in to_come)
    assert not any("forecast" in match for match in to_come)
    games = sum(len(team["history"]) for team in payload["teams"].values())
    assert games == 2 * (len(division) - len(to_come))
