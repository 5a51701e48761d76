"""What Understat's payloads say, whichever form they come in."""

from datetime import date
from pathlib import Path

import pytest

from monps.domain.details import PLAYER_MEASURES, SIDE_MEASURES, SourceMatch
from monps.domain.ingestion import ParsedFile
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources.understat import Understat
from monps.sources.understat.player_matches import teams_of

PAYLOADS = Path(__file__).parents[3] / "payloads" / "understat"


@pytest.fixture(scope="module")
def parsed() -> dict[str, ParsedFile]:
    source = Understat()
    return {payload.name: source.parse(payload) for payload in source.files(PAYLOADS)}


def sides(file: ParsedFile) -> dict[tuple[str, bool], dict[str, float]]:
    return {
        (file.details.matches[row.match].home, row.is_home): dict(
            zip(SIDE_MEASURES, row.measures, strict=True)
        )
        for row in file.details.sides
    }


def player(measures) -> dict[str, float]:
    return dict(zip(PLAYER_MEASURES, measures, strict=True))


def test_a_league_tells_matches_played_and_to_come(parsed) -> None:
    matches = parsed["league-json/EPL_2022.json"].details.matches
    assert matches[0] == SourceMatch("E0", 2022, "Arsenal", "Fulham", date(2022, 9, 3), 2, 1, "901")
    assert matches[-1][-5:] == (date(2022, 10, 1), None, None, "905", None)


def test_a_league_tells_what_each_side_did(parsed) -> None:
    told = sides(parsed["league-json/EPL_2022.json"])
    assert len(told) == 8
    home = told["Arsenal", True]
    assert home["expected_goals"] == 1.84
    assert home["non_penalty_expected_goals"] == pytest.approx(1.74)
    assert (home["ppda_passes"], home["ppda_actions"], home["ppda_allowed_passes"]) == (200, 20, 230)
    assert told["Arsenal", False]["expected_goals"] == 0.71
    assert home["shots"] is None


def test_a_player_who_moved_stands_with_the_first_of_his_teams(parsed) -> None:
    rows = {row.player.name: row for row in parsed["league-json/EPL_2022.json"].details.player_seasons}
    assert rows["Cy Mover"].team == "Leeds"
    assert rows["Cy Mover"].totals["teams"] == "Leeds,Everton"
    assert rows["Aron N'Goal"].totals["goals"] == 2


def test_a_match_tells_shots_and_who_played(parsed) -> None:
    details = parsed["match_901.json"].details
    first, *_, own = sorted(details.shots, key=lambda shot: shot.number)
    assert (first.is_home, first.player.name, first.assister) == (True, "Aron N'Goal", "Bo Winger")
    assert (first.minute, first.x, first.expected_goals, first.situation) == (12, 0.91, 0.12, "open_play")
    assert (own.result, own.is_home) == ("own_goal", True)
    rows = {row.player.key: row for row in details.appearances}
    assert (rows["14"].started, rows["12"].started) == (True, False)
    assert player(rows["14"].measures)["own_goals"] == player(rows["14"].measures)["yellow_cards"] == 1


def test_an_older_page_tells_the_same_as_the_answer(parsed) -> None:
    page, answer = parsed["EPL_2022.html"].details, parsed["league-json/EPL_2022.json"].details
    assert page.matches == answer.matches[:2]
    assert page.player_seasons == answer.player_seasons[:1]


def test_a_table_of_shots_tells_the_same_as_the_match(parsed) -> None:
    table, answer = parsed["tables/shots_epl_22-23.csv"].details, parsed["match_901.json"].details
    assert set(table.shots) == set(answer.shots)
    assert table.matches == answer.matches


def test_games_of_teams_are_joined_to_matches(parsed) -> None:
    table, answer = parsed["tables/team_games.csv"], parsed["league-json/EPL_2022.json"]
    played = {match[:7] for match in answer.details.matches if match.home_goals is not None}
    assert {match[:7] for match in table.details.matches} == played
    assert sides(table)["Leeds", False]["expected_goals"] == 0.95


def test_a_game_whose_opponent_is_not_told_is_refused() -> None:
    payload = next(each for each in Understat().files(PAYLOADS) if each.name.endswith("team_games.csv"))
    lines = payload.content.splitlines(keepends=True)
    file = Understat().parse(payload._replace(content=b"".join(lines[:-1])))
    assert [(reject.line, "mirrors" in reject.reason) for reject in file.rejects] == [(8, True)]
    assert len(file.details.matches) == 3


def test_a_players_other_matches_tell_his_side(parsed) -> None:
    rows = parsed["tables/player_matches.csv"].details.appearances
    assert [(row.player.name, row.is_home) for row in rows] == [
        ("Aron N'Goal", True),
        ("Aron N'Goal", False),
        ("Bo Winger", False),
        ("Bo Winger", True),
    ]
    assert player(rows[0].measures)["penalties_scored"] == 1


@pytest.mark.parametrize(
    ("career", "teams"),
    [
        ("AB CA AD", "AAA"),
        ("AB", "?"),
        ("AB AB", "??"),
        ("AB CA DE FD", "AADD"),
        ("AB CA AD DE FD", "AA?DD"),  # the day he changed, or the last before, or the first after
        ("AB CA DE FG HF", "AA?FF"),  # one match for one of two teams between two spells
        ("", ""),
    ],
)
def test_where_one_cannot_tell_the_side_nothing_is_said(career: str, teams: str) -> None:
    assert teams_of([tuple(match) for match in career.split()]) == [None if t == "?" else t for t in teams]


def test_a_table_that_is_none_of_understats_is_refused() -> None:
    with pytest.raises(DataRefused, match="no table of Understat"):
        Understat().parse(Payload("x.csv", b"Date,HomeTeam,AwayTeam,FTHG\n1,2,3,4\n"))


def test_only_a_files_name_tells_the_season_of_totals() -> None:
    payload = next(each for each in Understat().files(PAYLOADS) if "players_epl" in each.name)
    with pytest.raises(DataRefused, match="only its name can tell league and season"):
        Understat().parse(payload._replace(name="totals.csv"))


def test_a_page_without_data_says_since_when_it_is_empty() -> None:
    page = b"<html><title>EPL | Understat.com</title><script>var THEME = 'DARK';</script></html>"
    with pytest.raises(DataRefused, match="without data in it; since December 2025"):
        Understat().parse(Payload("EPL_2025.html", page))


@pytest.mark.parametrize("content", [b'{"dates": [], "teams": {}, "players": []}', b"[]"])
def test_an_answer_with_nothing_in_it_is_refused(content: bytes) -> None:
    with pytest.raises(DataRefused, match="holds no match"):
        Understat().parse(Payload("EPL_2031.json", content))


def test_a_file_named_as_another_league_is_refused() -> None:
    payload = next(each for each in Understat().files(PAYLOADS) if each.name.endswith("EPL_2022.json"))
    with pytest.raises(DataRefused, match="named as one of SP1"):
        Understat().parse(payload._replace(name="La_liga_2022.json"))
