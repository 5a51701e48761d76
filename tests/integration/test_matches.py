"""What the store remembers of matches, fixtures and quotes, and from when on."""

from datetime import UTC, datetime, timedelta

import pytest

from factories import (
    AWAY,
    HOME,
    SATURDAY,
    competition,
    fixture,
    fixture_record,
    match,
    parsed_file,
    quote,
    record,
)
from monps.domain.football import Score, SideStats
from monps.domain.identifiers import Season
from monps.domain.ingestion import Reject
from monps.errors import DataRefused, UsageError
from monps.ports.repositories import ALL_QUOTES, FileChanges, QuoteFilter
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY, TUESDAY = SATURDAY + 2 * DAY, SATURDAY + 3 * DAY
KNOWN = SATURDAY + 3 * HOUR
LATER = SATURDAY + 1000 * DAY


@pytest.fixture
def add(database):
    def store(parsed, read_at=MONDAY):
        with database.open_work(write=True) as work:
            changes = work.matches.add_file(parsed, read_at)
            work.commit()
        return changes

    return store


@pytest.fixture
def ask(database):
    """Ask the repository one question in a unit of work of its own."""

    def answer(question, *arguments):
        with database.open_work() as work:
            found = getattr(work.matches, question)(*arguments)
            return found if isinstance(found, str | datetime | None) else list(found)

    return answer


@pytest.fixture
def history(ask):
    return lambda as_of=LATER, *codes: [stored.match for stored in ask("history", codes, as_of)]


@pytest.fixture
def quotes(ask):
    return lambda as_of=LATER, only=ALL_QUOTES: [row.quote for row in ask("quotes", (), as_of, only)]


def test_a_match_is_known_from_its_own_moment(add, history):
    assert add(parsed_file(record())) == FileChanges(matches_added=1, quotes_added=1)
    assert history(KNOWN) == [match()]
    assert history(KNOWN - timedelta(microseconds=1)) == []


def test_reading_again_changes_nothing(add, history, quotes, ask):
    add(parsed_file(record(), name="a.csv"))
    version = ask("data_version", ())
    assert add(parsed_file(record(), name="b.csv"), TUESDAY) == FileChanges(matches_unchanged=1)
    assert history() == [match()]
    assert len(quotes()) == 1
    assert ask("data_version", ()) == version


def test_a_correction_is_known_from_when_it_was_read_and_the_old_word_stays(add, history):
    add(parsed_file(record()))
    corrected = match(goals=(3, 1))
    assert add(parsed_file(record(corrected)), TUESDAY) == FileChanges(matches_corrected=1)
    assert history(TUESDAY - timedelta(microseconds=1)) == [match()]
    assert history(TUESDAY) == [corrected.model_copy(update={"known_at": TUESDAY})]
    back = add(parsed_file(record()), TUESDAY + HOUR)
    assert back == FileChanges(matches_corrected=1)
    assert [found.score for found in history()] == [Score(home=2, away=1)]


def test_corrections_read_at_one_moment_follow_each_other(add, history, quotes):
    for goals in ((0, 0), (1, 0), (2, 0)):
        add(parsed_file(record(match(goals=goals), quote(odds=(2.0 + goals[0], 3.0, 4.0)))), MONDAY)
    assert [found.score.home for found in history()] == [2]
    assert [offered.odds[0] for offered in quotes()] == [2.0, 3.0, 4.0]
    assert [found.score.home for found in history(MONDAY)] == [1]


def test_a_clock_that_runs_behind_moves_no_correction_before_the_match(add, history):
    add(parsed_file(record()), SATURDAY - 900 * DAY)
    add(parsed_file(record(match(goals=(3, 1)))), SATURDAY - 800 * DAY)
    assert [found.score.home for found in history(KNOWN)] == [2]
    assert [found.score.home for found in history(KNOWN + timedelta(microseconds=1))] == [3]


def test_what_is_left_blank_is_no_correction(add, history):
    whole = match()
    add(parsed_file(record(whole)))
    bare = whole.model_copy(
        update={"half_time": None, "home_stats": SideStats(), "away_stats": SideStats(), "referee": None}
    )
    assert add(parsed_file(record(bare)), TUESDAY) == FileChanges(matches_unchanged=1)
    assert history() == [whole]


def test_another_source_adds_what_the_first_did_not_know(add, history):
    first = match().model_copy(update={"home_stats": SideStats(shots=9), "referee": None})
    second = match().model_copy(
        update={"home_stats": SideStats(expected_goals=1.25), "away_stats": SideStats()}
    )
    add(parsed_file(record(first)))
    assert add(parsed_file(record(second), source="understat"), TUESDAY).matches_corrected == 1
    [found] = history()
    assert found.home_stats == SideStats(shots=9, expected_goals=1.25)
    assert (found.away_stats, found.referee) == (first.away_stats, "T Ostrin")


def test_a_new_score_does_not_keep_a_half_time_that_it_contradicts(add, history):
    add(parsed_file(record(match(goals=(4, 2)))))
    add(parsed_file(record(match(goals=(1, 0)).model_copy(update={"half_time": None}))), TUESDAY)
    [found] = history()
    assert (found.score, found.half_time) == (Score(home=1, away=0), None)


def on_the_day(played):
    midnight = played.kickoff.replace(hour=0)
    timing = {"kickoff": midnight, "kickoff_known": False}
    known_at = {"known_at": midnight + DAY}
    return played.model_copy(update={"fixture": played.fixture.model_copy(update=timing), **known_at})


def test_a_source_that_knows_only_the_day_does_not_make_us_forget_the_hour(add, history):
    add(parsed_file(record(match())))
    assert add(parsed_file(record(on_the_day(match()))), TUESDAY) == FileChanges(matches_unchanged=1)
    assert history() == [match()]


def test_another_day_counts_even_without_the_hour(add, history):
    add(parsed_file(record(match())))
    moved = on_the_day(match(kickoff=SATURDAY + DAY))
    assert add(parsed_file(record(moved)), TUESDAY).matches_corrected == 1
    [found] = history()
    assert (found.kickoff, found.fixture.kickoff_known) == ((SATURDAY + DAY).replace(hour=0), False)


def test_matches_come_by_kick_off_and_only_of_the_competitions_asked_for(add, history):
    early = match("Cray", "Dunmere", kickoff=SATURDAY - DAY, competition="SIM2")
    add(parsed_file(record(match()), record(early)))
    assert history() == [early, match()]
    assert history(LATER, "SIM1") == [match()]
    assert history(LATER, "SIM1", "SIM2") == [early, match()]
    assert history(LATER, "SIM9") == []


def test_columns_say_what_history_says(add, database):
    first, second = match(kickoff=SATURDAY), match(HOME, "Quay Lane", (0, 3), kickoff=SATURDAY + 7 * DAY)
    add(parsed_file(record(first), record(second)))
    with database.open_work() as work:
        told = MatchTable.from_columns(work.matches.columns([], LATER))
        stored = list(work.matches.history([], LATER))
        expected = MatchTable.from_matches([row.match for row in stored], [row.match_id for row in stored])
        assert told.frame.equals(expected.frame)
        later = MatchTable.from_columns(work.matches.columns([], LATER, SATURDAY + DAY))
        assert later.frame["away"].to_list() == ["Quay Lane"]
        assert len(MatchTable.from_columns(work.matches.columns(["NONE1"], LATER))) == 0


def test_numbers_stay_and_join_matches_to_quotes(add, ask):
    other = match("Cray", "Dunmere", goals=(0, 0))
    add(parsed_file(record(), record(other, quote(bookmaker="bwin"))))
    before = {stored.match.key: stored.match_id for stored in ask("history", (), LATER)}
    add(parsed_file(record(match(goals=(5, 5)))), TUESDAY)
    assert {stored.match.key: stored.match_id for stored in ask("history", (), LATER)} == before
    by_match = {row.match_id: row.quote.bookmaker for row in ask("quotes", (), LATER)}
    assert by_match == {before[match().key]: "pinnacle", before[other.key]: "bwin"}


def test_a_changed_quote_is_known_from_when_it_was_read_and_the_old_one_stays(add, quotes):
    first, second = quote(odds=(2.0, 3.5, 4.0)), quote(odds=(2.1, 3.4, 3.9))
    add(parsed_file(record(match(), first)))
    assert add(parsed_file(record(match(), second)), TUESDAY) == FileChanges(
        matches_unchanged=1, quotes_added=1
    )
    assert quotes(TUESDAY - HOUR) == [first]
    assert quotes(TUESDAY) == [first, second._replace(known_at=TUESDAY)]
    assert add(parsed_file(record(match(), second)), TUESDAY + DAY) == FileChanges(matches_unchanged=1)


def test_a_quote_that_is_left_out_stays_and_a_new_one_is_known_from_its_own_moment(add, quotes):
    first, second = quote(), quote(bookmaker="bwin", known_at=SATURDAY - 2 * DAY)
    add(parsed_file(record(match(), first)))
    assert add(parsed_file(record(match(), second)), TUESDAY).quotes_added == 1
    assert quotes() == [second, first]


def test_quotes_without_a_line_are_as_unique_as_others(add, quotes):
    level = [quote("asian_handicap", line=0.0), quote("totals"), quote("totals", line=3.5), quote()]
    add(parsed_file(record(match(), *level)))
    assert sorted(quotes(), key=repr) == sorted(level, key=repr)
    again = add(parsed_file(record(match(), *level), name="again.csv"), TUESDAY)
    assert again == FileChanges(matches_unchanged=1)


def test_a_quote_that_recurs_in_its_row_counts_once(add, quotes):
    assert add(parsed_file(record(match(), quote(), quote()))).quotes_added == 1
    assert quotes() == [quote()]


def test_quotes_are_chosen_by_bookmaker_market_and_stage(add, quotes):
    offered = [
        quote(),
        quote(closing=True, known_at=SATURDAY),
        quote(bookmaker="bwin"),
        quote("totals"),
        quote("both_teams_to_score"),
    ]
    add(parsed_file(record(match(), *offered)))
    assert quotes(LATER, QuoteFilter(bookmakers=("bwin",))) == [offered[2]]
    assert quotes(LATER, QuoteFilter(markets=("totals", "both_teams_to_score"))) == offered[3:]
    assert quotes(LATER, QuoteFilter(closing=True)) == [offered[1]]
    assert len(quotes(LATER, QuoteFilter(closing=False))) == 4
    assert len(quotes(SATURDAY - HOUR)) == 4


def test_quotes_are_read_for_some_matches(add, database):
    early = quote("asian_handicap", line=0.0, known_at=SATURDAY - DAY)
    late, elsewhere = quote("totals", known_at=SATURDAY), quote("both_teams_to_score")
    other = match("Cray", "Dunmere", goals=(0, 0))
    add(parsed_file(record(match(), late, elsewhere, early), record(other, quote("totals"))))
    with database.open_work() as work:
        number = work.matches.number(match().key)

        def read(numbers, as_of):
            columns = work.matches.quotes_on(numbers, as_of, ("totals", "asian_handicap"))
            return QuoteTable.from_columns(columns).frame

        assert read([number], LATER).equals(QuoteTable.from_quotes([(number, early), (number, late)]).frame)
        assert read([number], SATURDAY - HOUR).equals(QuoteTable.from_quotes([(number, early)]).frame)
        assert read([], LATER).equals(QuoteTable.from_quotes([]).frame)


def test_a_fixture_is_seen_until_its_result_is_known(add, ask, history):
    early = quote(known_at=SATURDAY - DAY)
    to_come = parsed_file(fixtures=[fixture_record(fixture(), early)])
    assert add(to_come, SATURDAY - HOUR) == FileChanges(fixtures_added=1, quotes_added=1)
    [before] = ask("fixtures", (), SATURDAY - DAY)
    assert before.fixture == fixture()
    assert ask("fixtures", (), SATURDAY - 2 * DAY) == []
    assert add(parsed_file(record(match(), early))) == FileChanges(matches_added=1)
    assert ask("fixtures", (), KNOWN) == []
    assert ask("fixtures", (), KNOWN - HOUR) == [before]
    [after] = ask("history", (), KNOWN)
    assert after == (before.match_id, match())
    assert history(KNOWN - HOUR) == []


def test_a_fixture_that_is_moved_keeps_its_number(add, ask):
    add(parsed_file(fixtures=[fixture_record()]), SATURDAY - 9 * DAY)
    moved = fixture(kickoff=SATURDAY + 30 * DAY)
    assert add(parsed_file(fixtures=[fixture_record(moved)]), SATURDAY - DAY).fixtures_added == 1
    assert [stored.fixture for stored in ask("fixtures", (), SATURDAY - 2 * DAY)] == [fixture()]
    assert [stored.fixture for stored in ask("fixtures", (), SATURDAY)] == [moved]
    assert len({stored.match_id for at in (2, 0) for stored in ask("fixtures", (), SATURDAY - at * DAY)}) == 1


def test_an_old_list_of_fixtures_says_nothing_of_a_match_played_since(add, ask, history):
    add(parsed_file(record()))
    stale = parsed_file(fixtures=[fixture_record(fixture(), quote(odds=(9.0, 9.0, 1.2)))])
    assert add(stale, TUESDAY) == FileChanges()
    assert history() == [match()]
    assert ask("fixtures", (), LATER) == []


def test_a_fixture_list_read_after_the_match_does_not_hide_a_result_read_later(add, ask, history):
    add(parsed_file(fixtures=[fixture_record()]), TUESDAY)
    add(parsed_file(record()), TUESDAY + DAY)
    assert history(KNOWN) == [match()]
    assert ask("fixtures", (), LATER) == []


def test_a_file_is_remembered_with_what_was_refused_in_it(add, ask):
    reject = Reject(file="2526/SIM1.csv", line=7, reason="goals cannot be taken back")
    update = {"rejects": (reject, reject.model_copy(update={"line": None})), "unknown_columns": ("Ž", "x\0y")}
    parsed = parsed_file(record(), fixtures=[fixture_record(fixture("Cray"))]).model_copy(update=update)
    add(parsed)
    [found] = ask("files")
    assert (found.source, found.name, found.digest) == (parsed.source, parsed.name, parsed.digest)
    assert (found.read_at, found.matches, found.fixtures) == (MONDAY, 1, 1)
    assert (found.rejected, found.unknown_columns) == (update["rejects"], update["unknown_columns"])


def test_only_the_last_payload_of_a_name_counts_as_stored(database, add):
    def stored(parsed, source="football-data"):
        with database.open_work() as work:
            return work.matches.stored_file(source, parsed.digest)

    first, second = parsed_file(record()), parsed_file(record(match(goals=(0, 0))))
    assert stored(first) is None
    add(first)
    assert stored(first).matches == 1
    assert stored(first, "understat") is None
    add(second, TUESDAY)
    assert stored(first) is None
    add(first, TUESDAY + DAY)
    assert stored(first).read_at == TUESDAY + DAY
    assert stored(second) is None


def test_files_come_by_name_each_once(add, ask):
    for name in ("b.csv", "a.csv", "b.csv"):
        add(parsed_file(record(), name=name))
    assert [file.name for file in ask("files")] == ["a.csv", "b.csv"]


def test_names_that_no_database_takes_are_written_with_a_backslash(add, ask):
    parsed = parsed_file(record())
    damaged = Reject(file="x", reason="\0 is no date")
    add(parsed.model_copy(update={"name": "a\udce9b\0.csv", "rejects": (damaged,)}))
    [found] = ask("files")
    assert found.name == r"a\udce9b\x00.csv"
    assert found.rejected[0].reason == r"\x00 is no date"


def test_competitions_and_teams(add, ask, database):
    earlier = match("Cray", "Dunmere", kickoff=SATURDAY - 365 * DAY)
    add(parsed_file(record(), record(earlier), record(match("Elmford", HOME, competition="SIM2"))))
    assert ask("competitions") == [competition("SIM1", tier=1), competition("SIM2", tier=2)]
    with database.open_work() as work:
        assert work.matches.competition("SIM2") == competition("SIM2", tier=2)
        assert work.matches.competition("SIM3") is None
    assert ask("teams", "SIM1") == [HOME, AWAY, "Cray", "Dunmere"]
    assert ask("teams", "SIM1", Season(start=2024)) == ["Cray", "Dunmere"]
    assert ask("teams", "SIM2") == [HOME, "Elmford"]
    assert ask("teams", "SIM3") == []


def test_the_last_word_on_a_competition_counts(add, ask):
    add(parsed_file(record()))
    renamed = competition().model_copy(update={"name": "First Division"})
    add(parsed_file(record()).model_copy(update={"competitions": (renamed,)}))
    assert ask("competitions") == [renamed]


def test_the_newest_result(add, ask):
    assert ask("latest_known_at") is None
    add(parsed_file(record(), record(match("Cray", "Dunmere", kickoff=SATURDAY - DAY, competition="SIM2"))))
    assert ask("latest_known_at") == KNOWN
    assert ask("latest_known_at", "SIM2") == KNOWN - DAY
    assert ask("latest_known_at", "SIM3") is None
    add(parsed_file(fixtures=[fixture_record(fixture("Cray", "Elmford"))]), TUESDAY)
    assert ask("latest_known_at") == KNOWN


def test_the_data_version_changes_with_the_competition_s_data_alone(add, ask):
    add(parsed_file(record(), record(match(competition="SIM2"))))
    first, second, both = (ask("data_version", codes) for codes in (["SIM1"], ["SIM2"], []))
    add(parsed_file(record(match(), quote(bookmaker="bwin"))), TUESDAY)
    assert ask("data_version", ["SIM1"]) != first
    assert ask("data_version", ["SIM2"]) == second
    assert ask("data_version", []) not in (both, first, second)
    assert ask("data_version", ["SIM9"]) == ""


def test_a_match_listed_twice_refuses_the_file_and_keeps_nothing(add, ask):
    with pytest.raises(DataRefused, match="lists a match twice"):
        add(parsed_file(record(), record(match(goals=(0, 0)))))
    assert ask("files") == []


def test_a_competition_of_which_nothing_is_said_refuses_the_file(add, ask):
    with pytest.raises(DataRefused, match="SIM1"):
        add(parsed_file(record()).model_copy(update={"competitions": ()}))
    assert ask("competitions") == []


def test_a_file_without_matches_is_remembered(add, ask):
    assert add(parsed_file()) == FileChanges()
    assert len(ask("files")) == 1


def test_a_naive_moment_is_refused(ask):
    with pytest.raises(UsageError, match="time zone"):
        ask("history", (), datetime(2025, 1, 1))  # noqa: DTZ001 - that is the point


def test_any_time_zone_will_do(add, history):
    add(parsed_file(record()))
    east = KNOWN.astimezone(tz=datetime.fromisoformat("2025-01-01T00:00:00+05:30").tzinfo)
    assert history(east) == [match()]
    assert history(east)[0].kickoff.tzinfo is UTC
