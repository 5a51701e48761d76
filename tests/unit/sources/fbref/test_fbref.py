"""What FBref's pages and tables say, also where they hide it in comments."""

import io
import tarfile
from datetime import date
from pathlib import Path

import pytest

from monps.domain.details import PLAYER_MEASURES, SIDE_MEASURES
from monps.domain.ingestion import ParsedFile
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources.fbref import FBref

PAYLOADS = Path(__file__).parents[3] / "payloads" / "fbref"


@pytest.fixture(scope="module")
def payloads() -> dict[str, Payload]:
    return {payload.name: payload for payload in FBref().files(PAYLOADS)}


@pytest.fixture(scope="module")
def parsed(payloads) -> dict[str, ParsedFile]:
    return {name: FBref().parse(payload) for name, payload in payloads.items()}


def without(payload: Payload, old: bytes, new: bytes = b"") -> Payload:
    assert old in payload.content
    return payload._replace(content=payload.content.replace(old, new))


def test_a_report_tells_its_match_and_what_sides_did(parsed) -> None:
    details = parsed["match_report.html"].details
    [match] = details.matches
    assert match == ("E0", 2022, "Arsenal", "Fulham", date(2022, 9, 3), 2, 1, "0a1b2c3d", "Paula Quill")
    home, away = (dict(zip(SIDE_MEASURES, row.measures, strict=True)) for row in details.sides)
    assert (home["possession"], home["passes"], home["passes_completed"]) == (61, 539, 430)
    assert (away["passes"], away["shots"], away["shots_on_target"], away["saves"]) == (343, 8, 3, 4)
    assert (home["aerials_won"], home["aerials_lost"], home["expected_goals"]) == (29, 18, 1.8)
    assert (home["yellow_cards"], away["yellow_cards"], away["red_cards"]) == (1, 2, 1)


def test_line_ups_are_read_from_comments_too_and_sums_are_no_players(parsed) -> None:
    rows = parsed["match_report.html"].details.appearances
    assert [(row.player.name, row.is_home, row.minutes) for row in rows] == [
        ("Aron N'Goal", True, 90),
        ("Dan Back", True, 75),
        ("Bo Winger", False, 30),
    ]
    told = dict(zip(PLAYER_MEASURES, rows[0].measures, strict=True))
    assert (told["goals"], told["penalties_scored"], told["penalties_missed"]) == (2, 1, 1)


def test_shots_are_read_from_comments(parsed) -> None:
    first, penalty, other = parsed["match_report.html"].details.shots
    assert (first.minute, first.expected_goals, first.result, first.x) == (12, 0.12, "goal", None)
    assert (penalty.minute, penalty.situation, penalty.result) == (90, "penalty", "saved")
    assert penalty.player == first.player
    assert (other.is_home, other.situation, other.shot_type) == (False, "free_kick", "head")


def test_a_schedule_tells_matches_played_and_to_come(parsed) -> None:
    details = parsed["schedule.html"].details
    assert [(match.home, match.away, match.home_goals) for match in details.matches] == [
        ("Arsenal", "Fulham", 2),
        ("Leeds United", "Nott'ham Forest", None),
    ]
    assert [match.referee for match in details.matches] == ["Paula Quill", None]
    assert [row.measures[SIDE_MEASURES.index("expected_goals")] for row in details.sides] == [1.8, 0.7]


def test_a_seasons_tables_tell_players_and_teams(parsed) -> None:
    team, player = parsed["shooting.html"].details.player_seasons
    assert (team.player.key, team.team, team.table) == ("squad/18bb7c10", "Arsenal", "squads_shooting_for")
    assert (player.player.name, player.table, player.totals["shots"]) == ("Aron N'Goal", "shooting", 1042)


def test_a_table_of_a_season_takes_place_and_year_from_its_path(parsed) -> None:
    rows = parsed["ENG/shooting/23.csv"].details.player_seasons
    assert [(row.competition, row.season, row.table, row.team) for row in rows] == [
        ("E0", 2022, "shooting", "Arsenal"),
        ("E0", 2022, "shooting", "Fulham"),
    ]
    assert rows[0].totals["np:G-xG"] == 1.6


def test_a_players_matches_are_those_he_played_in_a_league(parsed) -> None:
    first, second = parsed["aaaaaaa1.csv"].details.appearances
    assert (first.player.key, first.is_home, first.started, first.minutes) == ("aaaaaaa1", True, True, 90)
    assert (second.is_home, second.started, second.minutes) == (False, False, 25)
    matches = parsed["aaaaaaa1.csv"].details.matches
    assert (matches[1].home, matches[1].home_goals, matches[1].away_goals) == ("Everton", 0, 1)


def test_another_countrys_premier_league_is_not_taken_for_englands(payloads) -> None:
    text = payloads["aaaaaaa1.csv"].content.replace(b"Arsenal,Fulham", b"CSKA Moscow,Arsenal Tula")
    file = FBref().parse(payloads["aaaaaaa1.csv"]._replace(content=text))
    assert [(each.line, "another country's" in each.reason) for each in file.rejects] == [(2, True)]
    assert len(file.details.appearances) == 1


def test_tables_that_were_withdrawn_are_missed_and_the_rest_is_read(payloads) -> None:
    report = payloads["match_report.html"]
    for name in (b'data-stat="xg"', b'data-stat="npxg"', b'data-stat="xg_assist"'):
        report = without(report, name, b'data-stat="gone"')
    file = FBref().parse(without(report, b'id="shots_all"', b'id="other"'))
    assert set(file.missing_columns) == {
        "summary.xg",
        "summary.npxg",
        "summary.xg_assist",
        "tables.shots_all",
    }
    assert len(file.details.appearances) == 3


def test_a_missing_line_up_is_said(payloads) -> None:
    file = FBref().parse(without(payloads["match_report.html"], b'id="stats_fd962109_summary"', b'id="x"'))
    assert ["stats_fd962109_summary is missing" in each.reason for each in file.rejects] == [True]


@pytest.mark.parametrize(
    ("old", "missing"),
    [
        (b"/en/comps/9/Premier-League-Stats", "the competition"),
        (b"Saturday September 3, 2022</a>", "the day"),
        (b'<a href="/en/squads/fd962109/Fulham-Stats">Fulham</a>', "both sides"),
    ],
)
def test_a_report_that_does_not_tell_its_match_is_refused(payloads, old, missing) -> None:
    with pytest.raises(DataRefused, match=f"does not tell {missing}"):
        FBref().parse(without(payloads["match_report.html"], old))


def test_other_competitions_are_passed_over_by_name(payloads) -> None:
    page = without(payloads["schedule.html"], b"sched_2022-2023_9_1", b"sched_2022-2023_999_1")
    with pytest.raises(DataRefused, match="sched_2022-2023_999_1 is of no competition that is known"):
        FBref().parse(page)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (b"<html><body><p>fbref.com</p></body></html>", "there is no table in it"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "none of FBref's"),
        (b"<html><body><table id='x'></table></body></html>", "none of its tables is read"),
        (b"<html><title>Just a moment...</title><body></body></html>", "challenge or block page"),
    ],
)
def test_a_page_without_its_tables_is_refused(page, why) -> None:
    with pytest.raises(DataRefused, match=why):
        FBref().parse(Payload("x.html", page))


@pytest.mark.parametrize("name", ["23.csv", "ENG/23.csv", "notes.csv"])
def test_a_table_whose_path_does_not_tell_which_it_is_is_refused(payloads, name) -> None:
    with pytest.raises(DataRefused, match="only its path can tell"):
        FBref().parse(payloads["ENG/shooting/23.csv"]._replace(name=name))


def test_files_in_a_tar_archive_are_read(tmp_path, payloads) -> None:
    with tarfile.open(tmp_path / "logs.tar.gz", "w:gz") as archive:
        for name in ("aaaaaaa1.csv", "readme.txt"):
            content = payloads["aaaaaaa1.csv"].content
            member = tarfile.TarInfo(f"logs/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    [payload] = FBref().files(tmp_path)
    assert payload.name == "logs.tar.gz/logs/aaaaaaa1.csv"
    assert FBref().parse(payload).details.appearances
