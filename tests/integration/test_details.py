"""What sources say beyond results, in the store: linked, dated, corrected, and taken back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from factories import fixture, match, parsed_file, record
from fakes import FakeClock
from monps.domain.details import (
    AppearanceRecord,
    Details,
    Player,
    PlayerSeason,
    ShotRecord,
    SideRecord,
    SourceMatch,
    player_measures,
    side_measures,
)
from monps.domain.football import Competition
from monps.domain.identity import LinkDecision, Scope
from monps.domain.ingestion import ParsedFile
from monps.errors import DataRefused, StorageError
from monps.services.history import read_history
from monps.services.identity import resolve_names
from monps.services.ingest import ingest
from monps.sources.understat import Understat

PAYLOADS = Path(__file__).parents[1] / "payloads" / "understat"
ENGLAND = Competition(code="E0", name="Premier League", country="England", tier=1)
READ_AT = datetime(2022, 12, 1, 12, tzinfo=UTC)
HOME, AWAY, STARTED = True, False, True
LATER = READ_AT + timedelta(days=30)
RESULTS = (
    ("Arsenal", "Fulham", (2, 1), datetime(2022, 9, 3, 14, tzinfo=UTC)),
    ("Leeds", "Everton", (0, 0), datetime(2022, 9, 3, 16, 30, tzinfo=UTC)),
    ("Fulham", "Leeds", (1, 3), datetime(2022, 9, 10, 14, tzinfo=UTC)),
    ("Everton", "Arsenal", (0, 1), datetime(2022, 9, 11, 14, tzinfo=UTC)),
)


def results() -> ParsedFile:
    rows = [
        record(plain(match(home, away, goals, kickoff=kickoff, competition="E0")), line=line)
        for line, (home, away, goals, kickoff) in enumerate(RESULTS, 2)
    ]
    return parsed_file(*rows, name="2223/E0.csv").model_copy(update={"competitions": (ENGLAND,)})


def plain(played):
    """Leave out expected goals, as results do; name the referee of one match only."""
    named = played.referee if played.fixture.key.home == "Arsenal" else None
    update = {"referee": named} | {
        f"{side}_stats": getattr(played, f"{side}_stats").model_copy(update={"expected_goals": None})
        for side in ("home", "away")
    }
    return played.model_copy(update=update)


def store(database, file: ParsedFile, at: datetime = READ_AT):
    with database.open_work(write=True) as work:
        work.matches.add_file(file, at)
        changes = work.details.add_file(file, at)
        work.commit()
    return changes


ARSENAL = SourceMatch("E0", 2022, "Arsenal FC", "Fulham", RESULTS[0][3].date(), 2, 1, "901")


def told(name: str = "mine/a.csv", *, goals: float = 1.5, digest: str = "0", **more) -> ParsedFile:
    details = Details(
        matches=(ARSENAL,),
        sides=(
            SideRecord(
                0, is_home=True, measures=side_measures(expected_goals=goals, passes=more.get("passes"))
            ),
            SideRecord(0, is_home=False, measures=side_measures(expected_goals=0.7)),
        ),
        shots=(
            ShotRecord(
                0, 7, HOME, Player("p1", "Nine"), "Ten", 12, 0.9, 0.5, 0.3, "open_play", "head", "goal"
            ),
            ShotRecord(0, 8, AWAY, None, None, 90, None, None, None, None, None, None),
        ),
        appearances=(
            AppearanceRecord(0, HOME, Player("p1", "Nine"), "FW", STARTED, 90, player_measures(goals=1)),
        ),
        player_seasons=(
            PlayerSeason("E0", 2022, "Arsenal FC", Player("p1", "Nine"), "shooting", {"Sh": 9.0}),
        ),
    )
    return ParsedFile(source="mine", name=name, digest=digest, competitions=(ENGLAND,), details=details)


def decide(database, name: str, team: str | None, **scope) -> int:
    with database.open_work(write=True) as work:
        changed = work.identity.decide(
            LinkDecision(
                decided_at=READ_AT,
                source="mine",
                country="England",
                name=name,
                team=team,
                basis="user",
                **scope,
            )
        )
        for each in work.identity.scopes():
            work.identity.link_matches(each, ())
        work.commit()
    return changed


def linked_store(database):
    store(database, results())
    changes = store(database, told())
    decide(database, "Arsenal FC", "Arsenal")
    decide(database, "Fulham", "Fulham")
    return changes


def read(database, method: str, as_of: datetime = LATER, **more):
    with database.open_work() as work:
        columns = getattr(work.details, method)(["E0"], as_of, **more)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_old_appearances_are_left_out_on_request(database) -> None:
    linked_store(database)
    kickoff = RESULTS[0][3]
    assert len(read(database, "appearances", since=kickoff)) == 1
    assert read(database, "appearances", since=kickoff + timedelta(seconds=1)) == []


def test_what_is_not_linked_is_kept_and_not_handed_out(database) -> None:
    store(database, results())
    assert store(database, told()).team_matches_added == 2
    assert read(database, "team_matches") == []
    decide(database, "Arsenal FC", "Arsenal")
    assert read(database, "team_matches") == []
    decide(database, "Fulham", "Fulham")
    assert len(read(database, "team_matches")) == 2


def test_rows_say_who_when_and_what(database) -> None:
    changes = linked_store(database)
    assert changes == (2, 2, 1, 1, 0, 0, 0)
    away, home = sorted(read(database, "team_matches"), key=lambda row: row["is_home"])
    assert (home["team"], home["opponent"], home["goals"], home["goals_against"]) == (
        "Arsenal",
        "Fulham",
        2,
        1,
    )
    assert (home["expected_goals"], home["passes"], home["source"]) == (1.5, None, "mine")
    assert (away["team"], away["goals"], away["expected_goals"]) == ("Fulham", 1, 0.7)
    first, second = sorted(read(database, "shots"), key=lambda row: row["minute"])
    assert (first["player"], first["assister"], first["x"], first["result"]) == ("Nine", "Ten", 0.9, "goal")
    assert (second["player_id"], second["team"], second["expected_goals"]) == (None, "Fulham", None)
    [row] = read(database, "appearances")
    assert (row["player_id"], row["started"], row["goals"], row["shots"]) == (
        first["player_id"],
        True,
        1,
        None,
    )
    [totals] = read(database, "player_seasons")
    assert (totals["team"], totals["table"], totals["totals"]) == ("Arsenal", "shooting", '{"Sh":9.0}')


def test_details_are_known_with_the_result_and_not_before(database) -> None:
    linked_store(database)
    known_at = RESULTS[0][3] + timedelta(hours=3)
    assert len(read(database, "shots", known_at)) == 2
    assert read(database, "shots", known_at - timedelta(microseconds=1)) == []


def test_totals_are_known_from_when_they_are_read(database) -> None:
    linked_store(database)
    assert read(database, "player_seasons", READ_AT - timedelta(microseconds=1)) == []


def test_only_the_sources_asked_for_answer(database) -> None:
    linked_store(database)
    assert read(database, "shots", sources=["another"]) == []
    assert len(read(database, "shots", sources=["mine"])) == 2


def test_the_same_again_changes_nothing(database) -> None:
    linked_store(database)
    before = read(database, "team_matches")
    assert store(database, told(), LATER) == (0, 0, 0, 0, 0, 0, 0)
    assert read(database, "team_matches") == before


def test_a_new_reading_of_a_file_corrects_it_from_then_on(database) -> None:
    linked_store(database)
    assert store(database, told(goals=1.9, digest="1"), LATER).details_corrected == 1
    goals = {
        moment: {row["expected_goals"] for row in read(database, "team_matches", moment) if row["is_home"]}
        for moment in (LATER - timedelta(days=1), LATER)
    }
    assert list(goals.values()) == [{1.5}, {1.9}]
    [row] = [row for row in read(database, "team_matches", LATER) if row["is_home"]]
    assert row["known_at"] == int(LATER.timestamp()) * 1_000_000


def test_another_file_of_the_source_fills_blanks_but_corrects_nothing(database) -> None:
    linked_store(database)
    changes = store(database, told("mine/b.csv", passes=420.0), LATER)
    assert (changes.team_matches_added, changes.details_filled, changes.details_corrected) == (0, 1, 0)
    changes = store(database, told("mine/c.csv", goals=9.9), LATER)
    assert (changes.details_differing, changes.details_corrected) == (1, 0)
    [row] = [row for row in read(database, "team_matches") if row["is_home"]]
    assert (row["expected_goals"], row["passes"]) == (1.5, 420.0)


def test_expected_goals_reach_the_match_and_leave_it_again(database) -> None:
    linked_store(database)

    def goals():
        with database.open_work() as work:
            [first, *_] = work.matches.history(["E0"], LATER)
            return first.match.home_stats.expected_goals, work.matches.data_version(["E0"])

    first, version = goals()
    assert first == 1.5
    assert decide(database, "Arsenal FC", None) == 1
    taken_back, other_version = goals()
    assert taken_back is None
    assert other_version != version
    assert decide(database, "Arsenal FC", "Arsenal", competition="E0", season=2022) == 1
    assert goals()[0] == 1.5


def led_by(database):
    with database.open_work() as work:
        columns = work.matches.columns(["E0"], LATER)
    return dict(zip(columns["home"], columns["referee"], strict=True))


def test_a_referee_reaches_the_match_where_results_name_none(database) -> None:
    linked_store(database)
    leeds = SourceMatch("E0", 2022, "Leeds", "Everton", RESULTS[1][3].date(), referee="Paula Quill")
    store(database, named(leeds, ARSENAL._replace(referee="Michael Oliver")))
    decide(database, "Leeds", "Leeds")
    decide(database, "Everton", "Everton")
    assert led_by(database) == {
        "Arsenal": "T Ostrin",
        "Leeds": "Paula Quill",
        "Fulham": None,
        "Everton": None,
    }
    decide(database, "Leeds", None)
    assert led_by(database)["Leeds"] is None


def test_a_referee_is_corrected_and_never_forgotten(database) -> None:
    store(database, results())
    for name in ("Leeds", "Everton"):
        store(database, named(SourceMatch("E0", 2022, "Leeds", "Everton")))
        decide(database, name, name)
    for digest, told_now, believed in (
        ("1", "P Quil", "P Quil"),
        ("2", "P Quill", "P Quill"),
        ("3", None, "P Quill"),
    ):
        store(database, named(SourceMatch("E0", 2022, "Leeds", "Everton", referee=told_now), digest=digest))
        decide(database, "Leeds", "Leeds")
        assert led_by(database)["Leeds"] == believed


def test_what_a_linked_match_is_told_later_reaches_it_too(database) -> None:
    pair = SourceMatch("E0", 2022, "Leeds", "Everton")
    store(database, results())
    store(database, named(pair))
    resolve_names(database.open_work, READ_AT)
    store(database, named(pair._replace(referee="Paula Quill"), digest="2"))
    resolve_names(database.open_work, READ_AT)
    assert led_by(database)["Leeds"] is None  # nothing is open there
    resolve_names(database.open_work, READ_AT, [Scope("mine", "E0", 2022)])
    assert led_by(database)["Leeds"] == "Paula Quill"


def named(*matches: SourceMatch, digest: str = "9") -> ParsedFile:
    file = told("mine/b.csv", digest=digest)
    return file.model_copy(update={"details": Details(matches=matches)})


def test_a_later_revision_of_expected_goals_does_not_reach_into_the_past(database) -> None:
    linked_store(database)
    store(database, told(goals=2.2, digest="1"), LATER)
    with database.open_work(write=True) as work:
        work.identity.link_matches(Scope("mine", "E0", 2022), ())
        work.commit()
    with database.open_work() as work:
        [first, *_] = work.matches.history(["E0"], LATER)
    assert first.match.home_stats.expected_goals == 1.5


def test_every_decision_is_on_record(database) -> None:
    linked_store(database)
    decide(database, "Arsenal FC", None)
    with database.open_work() as work:
        assert [(each.name, each.team) for each in work.identity.decisions("England")] == [
            ("Arsenal FC", "Arsenal"),
            ("Fulham", "Fulham"),
            ("Arsenal FC", None),
        ]
        assert work.identity.decisions("Spain") == ()


def test_a_file_of_details_is_whole_or_not_there(database) -> None:
    store(database, results())
    nameless = told().model_copy(update={"competitions": ()})
    with pytest.raises(DataRefused, match="nothing is said of the competitions E0"):
        store(database, nameless)
    with database.open_work() as work:
        assert work.identity.scopes() == ()
        assert [file.name for file in work.matches.files()] == ["2223/E0.csv"]


def test_details_follow_their_file(database) -> None:
    with database.open_work(write=True) as work, pytest.raises(StorageError, match="before itself"):
        work.details.add_file(told(), READ_AT)


def test_a_source_is_read_linked_and_stands_as_it_does(database) -> None:
    store(database, results())
    source = Understat()
    report = ingest(source.files(PAYLOADS), source, database.open_work, clock=FakeClock(READ_AT))
    assert (report.files, report.files_refused, report.unlinked) == (7, 0, ())
    assert (report.teams_linked, report.matches_linked) == (4, 4)
    with database.open_work() as work:
        history = read_history(work, ["E0"], LATER, details=True)
        [_, understat] = work.details.standings()
    assert (len(history.team_matches), len(history.shots), len(history.appearances)) == (8, 4, 5)
    assert history.team_matches.frame["source"].unique().to_list() == ["results+understat"]
    assert (understat.source, understat.team_seasons, understat.team_seasons_linked) == ("understat", 4, 4)
    assert (understat.matches, understat.matches_linked, understat.shots) == (5, 4, 4)
    again = ingest(source.files(PAYLOADS), source, database.open_work, clock=FakeClock(LATER))
    assert (again.files_unchanged, again.shots_added, again.teams_linked) == (7, 0, 0)


def test_results_that_come_later_are_linked_then(database) -> None:
    source = Understat()
    first = ingest(source.files(PAYLOADS), source, database.open_work, clock=FakeClock(READ_AT))
    assert (first.teams_linked, first.matches_linked) == (0, 0)
    store(database, results())
    linked = resolve_names(database.open_work, READ_AT)
    assert (linked.teams_linked, linked.matches_linked) == (4, 4)


def test_a_refused_file_is_the_sources_last_error(database, tmp_path) -> None:
    page = tmp_path / "EPL_2023.json"
    page.write_bytes(b"<html><title>Just a moment...</title></html>")
    source = Understat()
    ingest(source.files(tmp_path), source, database.open_work, clock=FakeClock(READ_AT))
    with database.open_work() as work:
        [standing] = work.details.standings()
    assert standing.last_error.startswith("EPL_2023.json: this is a challenge or block page")
    assert (standing.last_error_at, standing.files) == (READ_AT, 0)


def test_drift_is_noted_once(database) -> None:
    file = told().model_copy(update={"missing_columns": ("shots.xG",), "retyped_columns": ("shots.minute",)})
    parsed = {payload.name: payload for payload in Understat().files(PAYLOADS)}

    class Changed:
        name = "mine"

        def parse(self, payload, *, strict=False):  # noqa: ARG002 - a protocol
            return file.model_copy(update={"name": payload.name, "digest": payload.digest})

    ingest(parsed.values(), Changed(), database.open_work, clock=FakeClock(READ_AT))
    with database.open_work() as work:
        [standing] = work.details.standings()
    assert standing.drift == ("missing: shots.xG", "retyped: shots.minute")


def test_sides_that_meet_more_than_once_are_told_apart_by_the_day(database) -> None:
    scotland = Competition(code="SC0", name="Premiership", country="Scotland", tier=1, meetings=3)
    days = [datetime(2022, 8, 6, 14, tzinfo=UTC), datetime(2023, 4, 1, 14, tzinfo=UTC)]
    rows = [
        record(
            plain(match("Celtic", "Hearts", (goals, 0), kickoff=day, competition="SC0")).model_copy(
                update={
                    "fixture": replaced(fixture("Celtic", "Hearts", kickoff=day, competition="SC0"), meeting)
                }
            ),
            line=meeting + 1,
        )
        for meeting, (day, goals) in enumerate(zip(days, (1, 3), strict=True), 1)
    ]
    store(database, parsed_file(*rows, name="2223/SC0.csv").model_copy(update={"competitions": (scotland,)}))
    matches = tuple(
        SourceMatch("SC0", 2022, "Celtic", "Hearts", day.date(), goals, 0)
        for day, goals in zip(days, (1, 3), strict=True)
    )
    sides = tuple(
        SideRecord(place, is_home=True, measures=side_measures(passes=100.0 * place)) for place in range(2)
    )
    file = ParsedFile(
        source="mine", name="s.csv", digest="9", competitions=(scotland,),
        details=Details(matches=matches, sides=sides),
    )  # fmt: skip
    store(database, file)
    resolve_names(database.open_work, READ_AT)
    with database.open_work() as work:
        columns = work.details.team_matches(["SC0"], datetime(2024, 1, 1, tzinfo=UTC))
    assert sorted(zip(columns["goals"], columns["passes"], strict=True)) == [(1, 0.0), (3, 100.0)]


def replaced(played, meeting: int):
    return played.model_copy(update={"key": played.key.model_copy(update={"meeting": meeting})})


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda _: b"<html><title>Just a moment...</title></html>",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b'"dates"', b'"days"'),
        lambda content: content.replace(b'"datetime"', b'"when"'),
        lambda _: b'{"dates": [], "teams": {}, "players": []}',
    ],
    ids=["a challenge", "cut short", "a part renamed", "a field renamed", "nothing in it"],
)
def test_a_spoilt_file_under_the_same_name_takes_nothing_away(database, spoilt) -> None:
    store(database, results())
    source = Understat()
    [payload] = [each for each in source.files(PAYLOADS) if each.name == "league-json/EPL_2022.json"]

    def kept():
        return [
            read(database, method) for method in ("team_matches", "shots", "appearances", "player_seasons")
        ]

    ingest([payload], source, database.open_work, clock=FakeClock(READ_AT))
    before = kept()
    assert len(before[0]) == 8
    bad = payload._replace(content=spoilt(payload.content))
    report = ingest([bad], source, database.open_work, clock=FakeClock(LATER))
    assert report.files_refused == 1
    assert len(report.rejected[0].reason) > 20
    assert kept() == before
    again = ingest([payload], source, database.open_work, clock=FakeClock(LATER))
    assert again.files_unchanged == 1


def test_a_field_of_another_kind_costs_its_rows_and_takes_nothing_away(database) -> None:
    store(database, results())
    source = Understat()
    [payload] = [each for each in source.files(PAYLOADS) if each.name == "league-json/EPL_2022.json"]
    ingest([payload], source, database.open_work, clock=FakeClock(READ_AT))
    before = read(database, "team_matches")
    bad = payload._replace(content=payload.content.replace(b'"deep": 5', b'"deep": "many"'))
    report = ingest([bad], source, database.open_work, clock=FakeClock(LATER))
    assert "teams.history.deep" in report.retyped_columns
    assert any("teams.history.deep is the text 'many'" in reject.reason for reject in report.rejected)
    assert read(database, "team_matches") == before
