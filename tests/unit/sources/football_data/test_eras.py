"""Invented files in the columns of each era."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monps.domain.football import Score, SideStats
from monps.domain.ingestion import ParsedFile
from monps.domain.odds import OddsQuote
from monps.sources import read
from monps.sources.football_data import FootballData

PAYLOADS = Path(__file__).parents[3] / "payloads" / "football-data"


@pytest.fixture(scope="module")
def eras() -> dict[str, ParsedFile]:
    return {parsed.name: parsed for parsed in read(FootballData(), [PAYLOADS])}


def quotes(parsed: ParsedFile, place: int = 0) -> dict[tuple[str, str, bool], OddsQuote]:
    return {(quote.bookmaker, quote.market, quote.closing): quote for quote in parsed.records[place].quotes}


def test_nothing_is_refused_and_every_row_is_there(eras: dict[str, ParsedFile]) -> None:
    assert {name: len(parsed.records) for name, parsed in eras.items()} == {
        "0203/SC0.csv": 2,
        "0506/D2.csv": 2,
        "1213/E0.csv": 2,
        "1920/SP1.csv": 3,
        "2526/E0.csv": 1,
        "9394/E0.csv": 4,
    }
    assert not [reject for parsed in eras.values() for reject in parsed.rejects]
    assert {name: parsed.unknown_columns for name, parsed in eras.items() if parsed.unknown_columns} == {
        "2526/E0.csv": ("Weather", "ZZCH", "ZZCD", "ZZCA")
    }


def test_1993_results_alone(eras: dict[str, ParsedFile]) -> None:
    record = eras["9394/E0.csv"].records[-1]
    assert record.match.key.season.label == "1993/94"
    assert record.match.score == Score(home=4, away=0)
    assert not record.quotes


def test_2002_attendance_bookings_and_handicap_lines_of_their_own(eras: dict[str, ParsedFile]) -> None:
    parsed = eras["0203/SC0.csv"]
    first, second = parsed.records
    assert (first.match.key.meeting, second.match.key.meeting) == (1, 2)
    assert first.match.referee == "P Quill"
    assert first.match.away_stats == SideStats(
        shots=12, shots_on_target=7, fouls=11, corners=6, yellow_cards=2, red_cards=1
    )
    offered = quotes(parsed)
    assert offered["sporting_odds", "match_result", False].odds == (2.6, 3.25, 2.45)
    assert offered["ladbrokes", "asian_handicap", False].line == 0.25
    assert offered["bet365", "asian_handicap", False].line == 0.25
    assert "bet365" not in {quote.bookmaker for quote in second.quotes}


def test_2005_summaries_of_many_bookmakers(eras: dict[str, ParsedFile]) -> None:
    parsed = eras["0506/D2.csv"]
    assert parsed.records[0].match.key.home == "Köhlbach"
    assert parsed.records[1].match.half_time is None
    assert ("bet_victor", "match_result", False) in quotes(parsed)
    split = quotes(parsed, 1)["average", "asian_handicap", False]
    assert (split.line, split.odds) == (-0.25, (1.85, 2.0))


def test_2012_closing_prices_of_one_bookmaker(eras: dict[str, ParsedFile]) -> None:
    offered = quotes(eras["1213/E0.csv"])
    early, closing = (offered["pinnacle", "match_result", mark] for mark in (False, True))
    assert (early.odds, closing.odds) == ((1.65, 3.93, 5.9), (1.6, 4.05, 6.3))
    assert early.known_at == datetime(2012, 8, 17, 15, tzinfo=UTC)
    assert closing.known_at == datetime(2012, 8, 17, 23, 59, tzinfo=UTC)


def test_2019_kick_off_times_and_a_season_that_ran_into_july(eras: dict[str, ParsedFile]) -> None:
    parsed = eras["1920/SP1.csv"]
    assert {record.match.key.season.label for record in parsed.records} == {"2019/20"}
    assert parsed.records[0].match.kickoff == datetime(2019, 8, 16, 19, tzinfo=UTC)
    offered = quotes(parsed)
    assert offered["pinnacle", "asian_handicap", False].line == -0.25
    assert offered["pinnacle", "asian_handicap", True].line == -0.5
    assert offered["pinnacle", "totals", True].odds == (2.22, 1.74)
    assert not [quote for quote in parsed.records[1].quotes if quote.closing]


def test_2025_exchange_expected_goals_and_a_bookmaker_never_seen(eras: dict[str, ParsedFile]) -> None:
    parsed = eras["2526/E0.csv"]
    (record,) = parsed.records
    assert (record.match.home_stats.expected_goals, record.match.away_stats.expected_goals) == (1.84, 0.97)
    offered = quotes(parsed)
    assert offered["betfair_exchange", "totals", True].odds == (1.78, 2.28)
    assert offered["betfair_exchange", "asian_handicap", True].line == -1.0
    assert offered["nbk", "match_result", True].odds == (1.5, 4.4, 6.8)
    assert {"betfred", "betmgm", "bet_victor", "coral", "ladbrokes"} <= {book for book, _, _ in offered}


def test_a_fixture_comes_with_its_early_prices(eras: dict[str, ParsedFile]) -> None:
    (fixture,) = eras["2526/E0.csv"].fixtures
    assert fixture.fixture.kickoff == datetime(2025, 12, 26, 12, 30, tzinfo=UTC)
    assert {quote.closing for quote in fixture.quotes} == {False}
    assert {quote.known_at for quote in fixture.quotes} == {datetime(2025, 12, 26, 12, 29, tzinfo=UTC)}
