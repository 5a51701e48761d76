"""What SofaScore's answers say, together and apart."""

from datetime import date
from pathlib import Path

import orjson
import pytest

from monps.domain.details import PLAYER_MEASURES, SIDE_MEASURES
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources.sofascore import SofaScore

FILE = Path(__file__).parents[3] / "payloads" / "sofascore" / "event-10385501.json"
WHOLE = orjson.loads(FILE.read_bytes())
PARTS = {
    "": {"event": WHOLE["event"]},
    "/statistics": {"statistics": WHOLE["statistics"]},
    "/lineups": {"confirmed": True, "home": WHOLE["home"], "away": WHOLE["away"]},
    "/shotmap": {"shotmap": WHOLE["shotmap"]},
}


@pytest.fixture
def parsed():
    return SofaScore().parse(Payload("e.json", FILE.read_bytes()))


def parse(body: dict):
    return SofaScore().parse(Payload("e.json", orjson.dumps(body)))


def test_an_event_tells_its_match(parsed) -> None:
    [match] = parsed.details.matches
    assert match == ("E0", 2022, "Arsenal", "Fulham", date(2022, 9, 3), 2, 1, "10385501", "Paula Quill")


def test_statistics_are_of_the_whole_match(parsed) -> None:
    home, away = (dict(zip(SIDE_MEASURES, row.measures, strict=True)) for row in parsed.details.sides)
    assert (home["possession"], away["possession"], home["expected_goals"]) == (61, 39, 1.84)
    assert (home["long_balls"], home["long_balls_completed"], away["crosses"]) == (65, 31, 20)


def test_line_ups_tell_who_began_and_for_how_long(parsed) -> None:
    rows = {row.player.key: row for row in parsed.details.appearances}
    assert (rows["1"].started, rows["1"].minutes, rows["1"].is_home) == (True, 90, True)
    assert (rows["2"].started, rows["2"].minutes) == (False, None)
    assert dict(zip(PLAYER_MEASURES, rows["3"].measures, strict=True))["key_passes"] == 2


def test_shots_are_turned_towards_the_goal_and_own_goals_stand_with_the_player(parsed) -> None:
    first, saved, own = parsed.details.shots
    assert first.x == pytest.approx(0.905)
    assert (saved.is_home, saved.situation, saved.result) == (False, "corner", "saved")
    assert (own.is_home, own.result) == (True, "own_goal")  # listed with Fulham, for whom it counts


def test_answers_in_files_of_their_own_are_put_together(tmp_path, parsed) -> None:
    for place, (path, body) in enumerate(PARTS.items()):
        told = {"url": f"https://www.sofascore.com/api/v1/event/10385501{path}", "status": 200, "body": body}
        (tmp_path / f"{place}.json").write_bytes(orjson.dumps(told))
    [payload] = SofaScore().files(tmp_path)
    assert payload.name == "0.json + 1.json + 2.json + 3.json"
    assert SofaScore().parse(payload).details == parsed.details


def test_the_number_may_stand_in_the_names_of_files(tmp_path, parsed) -> None:
    for path, body in PARTS.items():
        (tmp_path / f"10385501{path.replace('/', '-')}.json").write_bytes(orjson.dumps(body))
    [payload] = SofaScore().files(tmp_path)
    assert SofaScore().parse(payload).details == parsed.details


@pytest.mark.parametrize("path", ["/statistics", "/lineups", "/shotmap"])
def test_an_answer_without_its_event_says_what_to_save(path) -> None:
    with pytest.raises(DataRefused, match="nothing says who played; save the answer of /event/"):
        parse(PARTS[path])


def test_an_event_alone_is_a_match(parsed) -> None:
    assert parse(PARTS[""]).details.matches == parsed.details.matches


def test_a_competition_without_a_code_of_ours_goes_by_its_number() -> None:
    event = WHOLE["event"] | {"tournament": {"uniqueTournament": {"id": 10783, "name": "Nations League"}}}
    assert parse({"event": event}).details.matches[0].competition == "S10783"


def test_a_match_to_come_has_no_goals() -> None:
    event = WHOLE["event"] | {"status": {"type": "notstarted"}, "homeScore": {}, "awayScore": {}}
    assert parse({"event": event}).details.matches[0].home_goals is None


def test_what_was_trimmed_is_passed_over() -> None:
    shots = [*WHOLE["shotmap"], {"__trimmed__": 12}]
    assert parse({**PARTS[""], "shotmap": shots}).rejects == ()


@pytest.mark.parametrize("body", [{"endpoint": ["/event/{id}"], "example": {}}, {"error": {"code": 403}}, []])
def test_what_is_none_of_its_answers_is_refused(body) -> None:
    with pytest.raises(DataRefused, match="none of SofaScore's answers"):
        parse(body)


@pytest.mark.parametrize("field", ["homeTeam", "startTimestamp", "id"])
def test_an_event_without_what_it_needs_is_refused_by_name(field) -> None:
    event = {name: value for name, value in WHOLE["event"].items() if name != field}
    with pytest.raises(DataRefused, match=f"event.{field} is missing"):
        parse({"event": event})
