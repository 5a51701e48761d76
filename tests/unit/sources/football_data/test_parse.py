"""One row, one thing wrong with it: what is refused, why, and what stays."""

from datetime import UTC, datetime

import pytest

from monps.domain.football import Score, SideStats
from monps.domain.identifiers import Season
from monps.domain.ingestion import ParsedFile
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources.football_data import FootballData

HEADER = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR"
SOUND = "E0,13/08/2005,Alderbury,Brackwell,2,1,H"


def parse(*lines: str, name: str = "0506/E0.csv", strict: bool = False) -> ParsedFile:
    content = "\n".join([*lines, ""]).encode()
    return FootballData().parse(Payload(name, content), strict=strict)


def reasons(parsed: ParsedFile) -> list[tuple[int | None, str]]:
    assert all(reject.file == parsed.name for reject in parsed.rejects)
    return [(reject.line, reject.reason) for reject in parsed.rejects]


def refuse(row: str, header: str = HEADER) -> str:
    """Read a sound row and a bad one; return why that was refused."""
    sound = SOUND + "," * (header.count(",") - SOUND.count(","))
    parsed = parse(header, sound, row)
    assert [record.line for record in parsed.records] == [2]
    ((line, reason),) = reasons(parsed)
    assert line == 3
    return reason


def test_a_sound_row_is_a_match() -> None:
    (record,) = parse(HEADER, SOUND).records
    assert record.match.key.model_dump() == {
        "competition": "E0",
        "season": {"start": 2005},
        "home": "Alderbury",
        "away": "Brackwell",
        "meeting": 1,
    }
    assert record.match.score == Score(home=2, away=1)
    assert record.match.half_time is None
    assert record.match.home_stats == SideStats()
    assert record.match.kickoff == datetime(2005, 8, 13, tzinfo=UTC)
    assert not record.match.fixture.kickoff_known
    assert record.line == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("E0,14/08/2005,Castlemoor,Dunholme,-1,0,", "'-1' is no number of goals"),
        ("E0,14/08/2005,Castlemoor,Dunholme,1.5,0,", "'1.5' is no number of goals"),
        ("E0,14/08/2005,Castlemoor,Dunholme,0,41,", "'41' is no number of goals"),
        ("E0,14/08/2005,Castlemoor,Dunholme,two,0,", "'two' is no number of goals"),
        ("E0,14/08/2005,Castlemoor,Dunholme,2,,", "one side's goals are missing"),
        ("E0,14/08/2005,Castlemoor,Dunholme,2,0,A", "the result 'A' contradicts the goals 2-0"),
        ("E0,14/08/2005,,Dunholme,2,0,H", "the home team is missing"),
        ("E0,14/08/2005,Castlemoor,,2,0,H", "the away team is missing"),
        ("E0,14/08/2005,Castlemoor,Castlemoor,2,0,H", "Castlemoor cannot play itself"),
        ("E0,14/08/2005,Castle\x01moor,Dunholme,2,0,H", "the home team's name cannot be read"),
        (f"E0,14/08/2005,Castlemoor,{'D' * 121},2,0,H", "the away team's name cannot be read"),
        ("E0,,Castlemoor,Dunholme,2,0,H", "the date is missing"),
        ("E0,30/02/2006,Castlemoor,Dunholme,2,0,H", "'30/02/2006' is no date"),
        (",14/08/2005,Castlemoor,Dunholme,2,0,H", "the division (Div) is missing"),
        ("Premier,14/08/2005,Castlemoor,Dunholme,2,0,H", "'Premier' is no division code"),
        ("E0,14/08/2005,Alderbury,Brackwell,2,0,H", "was already read on line 2"),
        ("E0", "the date is missing"),
    ],
)
def test_an_impossible_row_is_refused(row: str, why: str) -> None:
    assert why in refuse(row)


def test_goals_are_not_taken_back() -> None:
    reason = refuse("E0,14/08/2005,Castlemoor,Dunholme,2,0,H,3,0,H", f"{HEADER},HTHG,HTAG,HTR")
    assert reason == "goals cannot be taken back: 3-0 at half-time, 2-0 at full time"


@pytest.mark.parametrize(
    ("half", "why"),
    [
        ("x,0,", "half-time: 'x' is no number of goals; it was left out"),
        ("1,,", "half-time: one side's goals are missing; it was left out"),
        ("1,0,D", "half-time: 'D' contradicts the goals; it was left out"),
    ],
)
def test_a_half_time_that_makes_no_sense_is_left_out(half: str, why: str) -> None:
    parsed = parse(f"{HEADER},HTHG,HTAG,HTR", f"{SOUND},{half}")
    assert reasons(parsed) == [(2, why)]
    assert parsed.records[0].match.half_time is None


def test_a_row_of_another_season_is_refused() -> None:
    rows = [f"E0,{day}/08/2005,Alderbury,Team {day},0,0,D" for day in range(11, 20)]
    parsed = parse(HEADER, *rows, "E0,13/08/2001,Castlemoor,Dunholme,2,1,H")
    assert len(parsed.records) == 9
    assert reasons(parsed) == [(11, "13/08/2001 is not in 2005/06, the season of most rows in this file")]


def test_a_time_that_is_none_leaves_the_day() -> None:
    parsed = parse(f"{HEADER},Time", f"{SOUND},25:00")
    assert reasons(parsed) == [(2, "'25:00' is no time of day; only the day was kept")]
    assert not parsed.records[0].match.fixture.kickoff_known


def test_a_time_is_of_the_united_kingdom() -> None:
    (record,) = parse(f"{HEADER},Time", f"{SOUND},15:00").records
    assert record.match.fixture.kickoff_known
    assert record.match.kickoff == datetime(2005, 8, 13, 14, tzinfo=UTC)
    assert record.match.known_at == datetime(2005, 8, 13, 17, tzinfo=UTC)


def test_a_referee_that_cannot_be_written_is_left_out_and_the_match_kept() -> None:
    parsed = parse(f"{HEADER},Referee", f"{SOUND},P Qu\x01ill")
    assert reasons(parsed) == [(2, "'P Qu\\x01ill' is no referee's name; the match was kept without it")]
    assert parsed.records[0].match.referee is None


def test_an_absurd_statistic_is_left_out_and_the_match_kept() -> None:
    parsed = parse(f"{HEADER},HS,AS,HST,AST,HF,AF,HxG,AxG", f"{SOUND},12,5,6,7,999,-1,1.4,x")
    assert set(reasons(parsed)) == {
        (2, "HF: '999' makes no sense and was left out"),
        (2, "AF: '-1' makes no sense and was left out"),
        (2, "7 shots on target of 5 shots: both were left out"),
        (2, "AxG: 'x' makes no sense and was left out"),
    }
    (record,) = parsed.records
    assert record.match.home_stats == SideStats(shots=12, shots_on_target=6, expected_goals=1.4)
    assert record.match.away_stats == SideStats()


def quotes(row: str, columns: str = "B365H,B365D,B365A") -> tuple[int, list[str]]:
    parsed = parse(f"{HEADER},{columns}", f"{SOUND},{row}")
    (record,) = parsed.records
    return len(record.quotes), [reject.reason for reject in parsed.rejects]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2.0,,4.0", "bet365 match_result: the price of draw (B365D) is missing"),
        ("2.0,3.5,1", "bet365 match_result: odds 1 (B365A) are not above 1"),
        ("2.0,0,4.0", "bet365 match_result: odds 0 (B365D) are not above 1"),
        ("2.0,n/a,4.0", "bet365 match_result: 'n/a' (B365D) is no price"),
        ("2.0,-3.5,4.0", "bet365 match_result: '-3.5' (B365D) is no price"),
        ("3.2,3.5,4.0", "bet365 match_result: the implied probabilities sum to 0.848, below 1.00"),
        ("2.4,1.02,3.0", "bet365 match_result: the implied probabilities sum to 1.730, above 1.50"),
    ],
)
def test_a_price_that_nobody_offers_is_refused_and_the_match_kept(row: str, why: str) -> None:
    assert quotes(row) == (0, [why])


def test_no_price_at_all_is_no_fault() -> None:
    assert quotes(",,") == (0, [])


def test_a_book_without_margin_is_sound() -> None:
    assert quotes("3,3,3") == (1, [])


def test_the_best_prices_of_many_books_may_sum_to_anything() -> None:
    assert quotes("3.2,3.5,4.0", "MaxH,MaxD,MaxA") == (1, [])
    assert quotes("3.2,3.5,4.0", "AvgH,AvgD,AvgA")[0] == 0


def test_an_exchange_may_sum_to_a_little_less() -> None:
    assert quotes("3.05,3.05,3.05", "BFEH,BFED,BFEA") == (1, [])
    assert quotes("3.2,3.2,3.2", "BFEH,BFED,BFEA")[0] == 0


def test_a_handicap_needs_its_line() -> None:
    columns = "AHh,PAHH,PAHA"
    assert quotes("-0.25,1.9,2.0", columns) == (1, [])
    assert quotes(",1.9,2.0", columns) == (0, ["pinnacle asian_handicap: '' (AHh) is no line"])
    assert quotes(",,", columns) == (0, [])


def test_a_fixture_to_be_played_is_no_match_and_no_fault() -> None:
    parsed = parse(
        f"{HEADER},B365H,B365D,B365A", SOUND + ",,,", "E0,20/08/2005,Castlemoor,Dunholme,,,,2,3.4,4"
    )
    assert [record.line for record in parsed.records] == [2]
    (fixture,) = parsed.fixtures
    assert (fixture.fixture.key.home, len(fixture.quotes), fixture.line) == ("Castlemoor", 1, 3)
    assert not parsed.rejects


def test_a_postponed_match_is_the_one_that_was_played() -> None:
    parsed = parse(HEADER, "E0,13/08/2005,Alderbury,Brackwell,,,", "E0,13/09/2005,Alderbury,Brackwell,1,0,H")
    assert [record.line for record in parsed.records] == [3]
    assert not parsed.fixtures
    assert reasons(parsed) == [(2, "Alderbury against Brackwell was already read on line 3")]


def test_some_sides_meet_more_than_once_at_the_same_ground() -> None:
    rows = [f"SC1,{date},Kilbrae,Loch Vennan,1,0,H" for date in ("14/12/2005", "13/08/2005", "13/08/2005")]
    parsed = parse(HEADER, *rows, "SC1,14/04/2006,Kilbrae,Loch Vennan,1,0,H")
    assert [(record.line, record.match.key.meeting) for record in parsed.records] == [(2, 2), (3, 1)]
    assert [line for line, _ in reasons(parsed)] == [4, 5]


def test_a_division_that_is_not_in_the_catalogue_is_read() -> None:
    parsed = parse(HEADER, "XY2,13/08/2005,Alderbury,Brackwell,2,1,H")
    (competition,) = parsed.competitions
    assert (competition.code, competition.country, competition.tier) == ("XY2", "XY", 2)
    assert "not in the catalogue" in competition.name


def test_several_divisions_in_one_file() -> None:
    parsed = parse(HEADER, SOUND, "D1,13/08/2005,Köhlbach,Ostheim,0,0,D")
    assert [competition.code for competition in parsed.competitions] == ["E0", "D1"]
    assert {record.match.key.season for record in parsed.records} == {Season(start=2005)}


def test_strict_refuses_the_file_for_one_row() -> None:
    assert parse(HEADER, SOUND, strict=True).records
    with pytest.raises(
        DataRefused, match=r"0506/E0\.csv: refused 1 times, and strict: line 3: the date is missing"
    ):
        parse(HEADER, SOUND, "E0", strict=True)


def test_rejects_stand_in_the_order_of_the_file() -> None:
    parsed = parse(f"{HEADER},PSH,PSD,PSA", f"{SOUND},1,1,1", "E0,,,,,,,,,", "E0,1/9/2005,A,B,,1,,,,")
    assert [line for line, _ in reasons(parsed)] == [2, 3, 4]


@pytest.mark.parametrize("column", HEADER.split(",")[:6])
def test_a_missing_column_is_named(column: str) -> None:
    header = HEADER.replace(column, "Nonsense", 1)
    with pytest.raises(DataRefused, match=rf"0506/E0\.csv: required column missing: {column}$"):
        parse(header, SOUND)


def test_other_names_of_the_required_columns() -> None:
    assert len(parse("Div,Date,HT,AT,HG,AG,Res", SOUND).records) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b" \r\n ", "the file is empty"),
        (b",,,\n,,,\n", "nothing but blank lines"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "a web page (HTML)"),
        (b"<?xml version='1.0'?>", "XML"),
        (b'{"error": 404}', "JSON"),
        (b"PK\x03\x04rest", "a zip archive or an Excel workbook"),
        (b"\x1f\x8brest", "a gzip archive"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\x00\x01\x02\x03" * 30, "binary data"),
        (b"Date;Home;Away\n1;2;3", "text that begins 'Date;Home;Away'"),
    ],
)
def test_what_is_no_match_data_is_called_by_its_name(content: bytes, why: str) -> None:
    with pytest.raises(DataRefused, match=r"^x\.csv: ") as refused:
        FootballData().parse(Payload("x.csv", content))
    assert why in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_as_they_come(encoding: str, end: str) -> None:
    row = SOUND.replace("Alderbury", "Köhlbach")
    content = end.join([HEADER, row, "", ",,,", f"{SOUND},,,,,", ""]).encode(encoding)
    parsed = FootballData().parse(Payload("0506/E0.csv", content))
    assert [record.match.key.home for record in parsed.records] == ["Köhlbach", "Alderbury"]
    assert not parsed.rejects


def test_one_damaged_line_does_not_change_how_the_others_are_read() -> None:
    good = SOUND.replace("Alderbury", "Köhlbach").encode()
    damaged = SOUND.replace("Alderbury", 'Castle"moor').encode().replace(b"Brackwell", b"Br\x81ckwell")
    content = b"\n".join([HEADER.encode(), good, damaged, SOUND.encode(), b""])
    parsed = FootballData().parse(Payload("0506/E0.csv", content))
    assert [record.match.key.home for record in parsed.records] == ["Köhlbach", "Alderbury"]
    assert [line for line, _ in reasons(parsed)] == [3]


def test_a_file_that_was_cut_off_loses_its_last_line_only() -> None:
    content = f"{HEADER}\n{SOUND}\nE0,14/08/2005,Castlemoor,Dunholme,1".encode()
    parsed = FootballData().parse(Payload("0506/E0.csv", content))
    assert [record.line for record in parsed.records] == [2]
    assert reasons(parsed) == [(3, "the file ends in the middle of this line")]


def test_short_rows_and_surplus_cells() -> None:
    header = f"{HEADER},B365H,B365D,B365A,,"
    parsed = parse(header, SOUND, "E0,14/08/2005,Castlemoor,Dunholme,0,0,D,2,3.4,4,,,9,9,9")
    assert [len(record.quotes) for record in parsed.records] == [0, 1]
    assert not parsed.rejects
    assert not parsed.unknown_columns


def test_a_header_alone_is_a_season_that_has_not_begun() -> None:
    parsed = parse(f"{HEADER},B365H,B365D,B365A,Weather")
    assert (parsed.records, parsed.fixtures, parsed.rejects) == ((), (), ())
    assert parsed.unknown_columns == ("Weather",)


def test_a_file_with_nothing_but_bad_rows_is_read_to_its_end() -> None:
    parsed = parse(HEADER, "E0,x,Alderbury,Brackwell,1,0,H", "E0,y,Alderbury,Brackwell,1,0,H")
    assert not parsed.records
    assert len(parsed.rejects) == 2


def test_the_digest_is_of_the_verbatim_bytes() -> None:
    payload = Payload("a.csv", f"{HEADER}\n{SOUND}\n".encode())
    parsed = FootballData().parse(payload)
    assert parsed.digest == payload.digest
    assert len(parsed.digest) == 64
