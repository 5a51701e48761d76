"""Ingesting details, linking names and looking at sources, from the command line."""

import csv
import io
from pathlib import Path

import pytest

PAYLOADS = Path(__file__).parents[1] / "payloads"
MAPPING = """
source = "mine"
rows = "matches"
[match]
competition = { value = "E0" }
date = "Date"
home = "Home"
away = "Away"
home_goals = "HG"
away_goals = "AG"
[side]
[side.measures]
passes = "{side}"
"""
RESULTS = (
    ("03/09/2022", "Arsenal", "Fulham", 2, 1),
    ("03/09/2022", "Leeds", "Everton", 0, 0),
    ("10/09/2022", "Fulham", "Leeds", 1, 3),
    ("11/09/2022", "Everton", "Arsenal", 0, 1),
)


@pytest.fixture
def results(empty, tmp_path):
    """Four results of football-data's, ingested."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Div", "Date", "HomeTeam", "AwayTeam", "FTHG", "FTAG", "FTR"])
    for day, home, away, x, y in RESULTS:
        writer.writerow(["E0", day, home, away, x, y, "H" if x > y else "A" if y > x else "D"])
    file = tmp_path / "2223" / "E0.csv"
    file.parent.mkdir()
    file.write_text(text.getvalue())
    assert empty("ingest", "football-data", str(file), "--json").json["matches_added"] == 4
    return empty


@pytest.fixture
def mine(tmp_path):
    """A table of one's own, with a name that nobody knows, and its mapping."""
    (tmp_path / "mine.toml").write_text(MAPPING)
    rows = ["Date,Home,Away,HG,AG,home,away", "2022-09-03,The Gunners,Fulham,2,1,500,300"]
    (tmp_path / "mine.csv").write_text("\n".join(rows) + "\n")
    return str(tmp_path / "mine.csv"), "--mapping", str(tmp_path / "mine.toml")


@pytest.mark.parametrize(
    ("source", "added"),
    [
        ("understat", {"shots_added": 4, "appearances_added": 5, "team_matches_added": 8}),
        ("fbref", {"shots_added": 3, "appearances_added": 4, "player_seasons_added": 3}),
        ("sofascore", {"shots_added": 3, "appearances_added": 3, "team_matches_added": 2}),
    ],
)
def test_a_source_is_ingested_twice_and_the_second_time_nothing_is_new(results, source, added) -> None:
    first = results("ingest", source, str(PAYLOADS / source), "--json")
    assert first.status == 0
    assert {name: first.json[name] for name in added} == added
    assert first.json["teams_linked"] >= 2
    assert first.json["rejected"] == []
    again = results("ingest", source, str(PAYLOADS / source), "--json").json
    assert again["files_unchanged"] == again["files"]
    assert not any(again[name] for name in added)
    assert "Ingested in" in results("ingest", source, str(PAYLOADS / source)).out


def test_a_refused_file_ends_with_4_after_the_others_are_in(results, tmp_path) -> None:
    page = tmp_path / "EPL_2023.json"
    page.write_text("<html><title>Just a moment...</title></html>")
    answer = results("ingest", "understat", str(page), str(PAYLOADS / "understat"), "--json")
    assert answer.status == 4
    assert answer.json["shots_added"] == 4
    [refused] = answer.json["rejected"]
    assert "challenge or block page" in refused["reason"]
    shown = results("sources")
    assert "challenge or block page" in " ".join(shown.out.split())


def test_sources_say_how_they_stand(results) -> None:
    results("ingest", "understat", str(PAYLOADS / "understat"), "--json")
    told = {each["source"]: each for each in results("sources", "--json").json["sources"]}
    assert told["football-data"]["matches"] == 4
    assert (told["understat"]["team_seasons"], told["understat"]["team_seasons_linked"]) == (4, 4)
    assert told["understat"]["last_read_at"] is not None
    assert "understat" in results("sources").out


def test_an_unknown_name_is_shown_linked_and_unlinked(results, mine) -> None:
    report = results("ingest", "table", *mine, "--json").json
    assert [each["name"] for each in report["unlinked"]] == ["The Gunners"]
    assert "The Gunners" in results("ingest", "table", *mine).out
    assert "The Gunners" in results("teams", "resolve").out
    linked = results("teams", "link", "mine", "The Gunners", "Arsenal", "--json").json
    assert (linked["team_seasons"], linked["matches_changed"]) == (1, 1)
    assert results("teams", "resolve", "--json").json["unlinked"] == []
    unlinked = results("teams", "unlink", "mine", "The Gunners", "--season", "2223", "--json").json
    assert (unlinked["team"], unlinked["season"], unlinked["matches_changed"]) == (None, "2022/23", 1)
    [still_open] = results("teams", "resolve", "--json").json["unlinked"]
    assert still_open["name"] == "The Gunners"
    assert "stands for Arsenal" in results("teams", "link", "mine", "The Gunners", "Arsenal").out
    events = results("audit", "list", "--json")
    assert events.status == 0
    assert "team.linked" in events.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["teams", "link", "mine", "The Gunners", "Arsenol"], "Arsenal"),
        (["teams", "link", "mine", "The Gunner", "Arsenal"], "The Gunners"),
        (["teams", "link", "yours", "The Gunners", "Arsenal"], "mine"),
        (["teams", "link", "mine", "The Gunners", "Arsenal", "--season", "2324"], "The Gunners"),
        (["teams"], "--competition"),
    ],
)
def test_a_link_to_what_is_not_there_says_what_is(results, mine, words, said) -> None:
    results("ingest", "table", *mine, "--json")
    answer = results(*words)
    assert answer.status == 2
    assert said in answer.err


def test_a_mapping_that_makes_no_sense_ends_with_4(results, mine, tmp_path) -> None:
    (tmp_path / "mine.toml").write_text(MAPPING.replace("passes", "paces"))
    answer = results("ingest", "table", *mine)
    assert answer.status == 4
    assert "paces are none of" in answer.err


@pytest.mark.parametrize("source", ["understat", "fbref"])
def test_what_cannot_be_fetched_says_so(results, source) -> None:
    answer = results("fetch", source, "E9", "2324")
    assert answer.status == 2
    assert "E0" in answer.err
