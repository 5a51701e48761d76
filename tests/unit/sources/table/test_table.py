"""Tables of one's own, as a mapping explains them."""

import io
from pathlib import Path

import polars as pl
import pytest

from monps.domain.details import PLAYER_MEASURES, SIDE_MEASURES
from monps.domain.identifiers import Season
from monps.errors import DataRefused, UsageError
from monps.ports.source import Payload
from monps.sources.table import TableSource
from monps.sources.table.mapping import mapping_of, read_mapping

MAPPINGS = Path(__file__).parents[4] / "examples" / "mappings"
MATCHES = {
    "source": "mine",
    "rows": "matches",
    "match": {
        "competition": {"value": "E0"},
        "season": "season",
        "date": "date",
        "home": "home",
        "away": "away",
        "home_goals": "hg",
        "away_goals": "ag",
    },
    "side": {
        "home": "h",
        "away": "a",
        "measures": {
            "passes": "{side}_passes",
            "aerials_lost": "{other}_won",
            "possession": {"column": "{side}_poss", "unknown": ["0"]},
            "red_cards": {"column": "{side}_events", "count": r"red\("},
        },
    },
}
CSV = (
    "season,date,home,away,hg,ag,h_passes,a_passes,h_won,a_won,h_poss,a_poss,h_events,a_events\n"
    "2022/2023,2022-09-03,Arsenal,Fulham,2,1,500,300,12,9,61,39,goal(3);red(9);red(80),\n"
    "2022/2023,2022-09-04,Leeds,Everton,0,0,410,380,20,22,0,0,,yellow(4)\n"
)
SIDES = {
    "source": "mine",
    "rows": "sides",
    "match": {"competition": {"value": "E0"}, "date": "date"},
    "side": {"is_home": "venue", "team": "team", "opponent": "opponent", "measures": {"passes": "passes"}},
}


def parse(mapping: dict, text: str, name: str = "t.csv"):
    return TableSource(mapping_of(mapping)).parse(Payload(name, text.encode()))


def measures(file, place: int = 0, *, is_home: bool = True) -> dict:
    [row] = [each for each in file.details.sides if (each.match, each.is_home) == (place, is_home)]
    return dict(zip(SIDE_MEASURES, row.measures, strict=True))


def test_both_sides_of_a_match_are_read_from_one_row() -> None:
    file = parse(MATCHES, CSV)
    assert file.details.matches[0][:4] == ("E0", 2022, "Arsenal", "Fulham")
    home, away = measures(file), measures(file, is_home=False)
    assert (home["passes"], home["aerials_lost"], away["aerials_lost"]) == (500, 9, 12)
    assert (home["red_cards"], away["red_cards"], home["shots"]) == (2, 0, None)
    assert (home["possession"], measures(file, 1)["possession"]) == (61, None)


def test_a_referee_is_read_where_a_column_names_him() -> None:
    named = MATCHES | {"match": MATCHES["match"] | {"referee": "led_by"}}
    header, first, second = CSV.splitlines()
    text = "\n".join((f"{header},led_by", f"{first},Paula Quill", f"{second},"))
    assert [match.referee for match in parse(named, text).details.matches] == ["Paula Quill", None]


def test_a_parquet_file_says_the_same() -> None:
    stream = io.BytesIO()
    pl.read_csv(io.StringIO(CSV)).write_parquet(stream)
    source = TableSource(mapping_of(MATCHES))
    assert source.parse(Payload("t.parquet", stream.getvalue())).details == parse(MATCHES, CSV).details


def test_rows_of_one_side_find_each_other() -> None:
    text = (
        "date,venue,team,opponent,passes\n2022-09-03,H,Arsenal,Fulham,500\n2022-09-03,A,Fulham,Arsenal,300\n"
    )
    file = parse(SIDES, text)
    [match] = file.details.matches
    assert (match.home, match.away, match.season) == ("Arsenal", "Fulham", 2022)
    assert measures(file, is_home=False)["passes"] == 300


def test_a_side_without_its_opponent_is_refused() -> None:
    mapping = SIDES | {"side": {"is_home": "venue", "team": "team"}}
    mapping["match"] = SIDES["match"] | {"key": "id"}
    text = "date,venue,team,id\n2022-09-03,H,Arsenal,1\n2022-09-03,A,Fulham,1\n2022-09-04,H,Leeds,2\n"
    file = parse(mapping, text)
    assert [(each.line, "both sides" in each.reason) for each in file.rejects] == [(4, True)]
    assert len(file.details.matches) == 1


FPL_ROWS = (
    "name,element,fixture,goals_scored,own_goals,penalties_missed,assists,yellow_cards,red_cards,key_passes,"
    "kickoff_time,minutes,opponent_team,team_a_score,team_h_score,was_home\n"
    "Aron_N'Goal_11,11,6,2,0,0,0,0,0,1,2018-09-03T14:00:00Z,90,9,1,2,True\n"
    "Bo_Winger_12,12,6,1,0,0,0,1,0,2,2018-09-03T14:00:00Z,30,1,1,2,False\n"
)


def test_the_mapping_for_fantasy_premier_league_reads_numbers_as_names() -> None:
    source = TableSource(read_mapping(MAPPINGS / "fpl.toml"))
    file = source.parse(Payload("2018-19/gws/gw4.csv", FPL_ROWS.encode()))
    [match] = file.details.matches
    assert (match.season, match.home, match.away, match.home_goals) == (2018, "1", "9", 2)
    first, second = file.details.appearances
    assert (first.player.key, first.player.name, first.minutes) == ("2018/11", "Aron N'Goal", 90)
    told = dict(zip(PLAYER_MEASURES, second.measures, strict=True))
    assert (told["goals"], told["yellow_cards"], told["expected_goals"]) == (1, 1, None)
    assert file.missing_columns == tuple(
        f"columns.{name}" for name in ("expected_assists", "expected_goals", "position", "starts", "team")
    )


def test_a_name_that_does_not_fit_says_so() -> None:
    source = TableSource(read_mapping(MAPPINGS / "fpl.toml"))
    with pytest.raises(DataRefused, match="its name does not fit"):
        source.parse(Payload("gw4.csv", FPL_ROWS.encode()))


def test_a_mapping_chooses_files(tmp_path: Path) -> None:
    for name in ("2018-19/gws/gw1.csv", "2018-19/players.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a\n1\n")
    source = TableSource(read_mapping(MAPPINGS / "fpl.toml"))
    assert [payload.name for payload in source.files(tmp_path)] == ["2018-19/gws/gw1.csv"]


def test_another_mapping_reads_the_same_file_anew(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(CSV)
    other = MATCHES | {"side": {"home": "h", "away": "a", "measures": {"passes": "{side}_passes"}}}
    digests = {
        payload.digest
        for mapping in (MATCHES, other, MATCHES)
        for payload in TableSource(mapping_of(mapping)).files(tmp_path)
    }
    assert len(digests) == 2


def changed(mapping: dict, *path: str, to=...) -> dict:
    """Change one thing deep in a mapping, or take it away."""
    first, *rest = path
    if rest:
        return mapping | {first: changed(mapping.get(first, {}), *rest, to=to)}
    return {key: value for key, value in mapping.items() if key != first} | ({} if to is ... else {first: to})


@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        (changed(MATCHES, "match", "competition"), "match.competition: Field required"),
        (changed(MATCHES, "match", "home"), "rows of matches need home and away"),
        (changed(MATCHES, "side", "measures", "corner_kicks", to="c"), "corner_kicks are none of shots"),
        (
            changed(MATCHES, "match", "date", to={"column": "d", "value": "x"}),
            "say one of column, file and value",
        ),
        (changed(MATCHES, "match", "date", to={"file": "("}), "match.date.file"),
        (changed(MATCHES, "source", to="understat"), "a source of its own"),
        (changed(MATCHES, "source", to="My Table"), "source: String should match"),
        (changed(MATCHES, "rows", to="appearances"), "rows of one side need is_home"),
        (changed(SIDES, "rows", to="appearances"), "rows of appearances need a player"),
        (changed(SIDES, "match", "date"), "a key, or a date"),
        (changed(MATCHES, "colour", to="red"), "colour: Extra inputs are not permitted"),
    ],
)
def test_a_mapping_that_makes_no_sense_says_where(mapping: dict, why: str) -> None:
    with pytest.raises(DataRefused, match=why):
        mapping_of(mapping)


def test_a_mapping_that_is_no_toml_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_mapping(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("source = ")
    with pytest.raises(DataRefused, match=r"bad\.toml: this is no TOML"):
        read_mapping(tmp_path / "bad.toml")
    (tmp_path / "empty.toml").write_text("")
    with pytest.raises(DataRefused, match=r"empty\.toml: source: Field required"):
        read_mapping(tmp_path / "empty.toml")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (CSV.replace("2022-09-04", "4/9/22"), "day: 4/9/22 cannot be read"),
        (CSV.replace("410", "many"), "h.passes: many cannot be read"),
        (CSV.replace(",Leeds,", ",,"), "home is missing"),
        (CSV.replace("Leeds,Everton", "Leeds,Leeds"), "cannot play itself"),
        (CSV.replace("2022/2023,2022-09-04", "2022/2024,2022-09-04"), "season: 2022/2024 cannot be read"),
        (CSV.replace("Leeds,Everton", "Arsenal,Fulham"), "listed twice"),
    ],
)
def test_a_row_that_cannot_be_read_costs_itself_alone(text: str, why: str) -> None:
    file = parse(MATCHES, text)
    assert [(each.line, why in each.reason) for each in file.rejects] == [(3, True)]
    assert file.details.matches[0].home == "Arsenal"


def test_strict_refuses_the_file_for_a_row() -> None:
    payload = Payload("t.csv", CSV.replace("410", "many").encode())
    with pytest.raises(DataRefused, match="refused 1 times, and strict"):
        TableSource(mapping_of(MATCHES)).parse(payload, strict=True)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (CSV.split("\n", maxsplit=1)[0].encode(), "nothing in it but the names"),
        (CSV.replace("away,", "guest,").encode(), "required column missing: away"),
        (b"<html><title>Just a moment</title></html>", "challenge"),
        (b'{"a": 1}', "JSON, not a table"),
        (bytes(64), "binary data"),
    ],
)
def test_what_is_no_such_table_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(DataRefused, match=why):
        TableSource(mapping_of(MATCHES)).parse(Payload("t.csv", content))


def test_a_competition_that_is_no_code_is_refused() -> None:
    file = parse(
        changed(MATCHES, "match", "competition", to="home"), CSV.replace("Leeds,Everton", "E1,Everton")
    )
    assert [each.line for each in file.rejects] == [2]
    assert file.details.matches[0].competition == "E1"


def test_tables_are_not_fetched() -> None:
    with pytest.raises(UsageError, match="cannot be fetched"):
        TableSource(mapping_of(MATCHES)).plan(["E0"], [Season(start=2022)])
