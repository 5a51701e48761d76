"""Whatever the nouns can say, the store gives back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import competition, parsed_file
from monps.domain.football import MAX_COUNT, MAX_GOALS, Fixture, Match, Score, SideStats
from monps.domain.identifiers import MatchKey, Season
from monps.domain.ingestion import FixtureRecord, MatchRecord
from monps.domain.odds import QUOTED_SELECTIONS, OddsQuote

FIRST, LAST = datetime(1870, 1, 1), datetime(2200, 1, 1)  # noqa: DTZ001 - the strategy adds the zone
END = datetime(2300, 1, 1, tzinfo=UTC)

moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=120).filter(
    lambda text: text == text.strip()
)
goals, counts = st.integers(0, MAX_GOALS), st.none() | st.integers(0, MAX_COUNT)
chances = st.none() | st.floats(0, allow_infinity=False, allow_nan=False)
stats = st.builds(SideStats, **dict.fromkeys(SideStats.model_fields, counts) | {"expected_goals": chances})
keys = st.builds(
    MatchKey,
    competition=st.sampled_from(["E0", "SC3", "ABCDEFGH"]),
    season=st.builds(Season, start=st.integers(1870, 2200)),
    home=words,
    away=words,
    meeting=st.integers(1, 9),
)
fixtures = st.builds(Fixture, key=keys, kickoff=moments, kickoff_known=st.booleans(), neutral=st.booleans())
prices = st.floats(1.0, 1e6, exclude_min=True)


@st.composite
def matches(draw):
    fixture, home, away = draw(fixtures), draw(goals), draw(goals)
    wait = draw(st.timedeltas(timedelta(microseconds=1), timedelta(days=400)))
    half_times = st.builds(Score, home=st.integers(0, home), away=st.integers(0, away))
    return Match(
        fixture=fixture,
        known_at=fixture.kickoff + wait,
        score=Score(home=home, away=away),
        half_time=draw(st.none() | half_times),
        home_stats=draw(stats),
        away_stats=draw(stats),
        referee=draw(st.none() | words),
    )


@st.composite
def quotes(draw):
    market = draw(st.sampled_from(sorted(QUOTED_SELECTIONS)))
    return OddsQuote(
        bookmaker=draw(words),
        market=market,
        line=draw(st.none() | st.integers(-24, 24).map(lambda quarters: quarters / 4)),
        closing=draw(st.booleans()),
        odds=tuple(draw(prices) for _ in QUOTED_SELECTIONS[market]),
        known_at=draw(moments),
    )


offers = st.lists(quotes(), max_size=8, unique_by=lambda quote: quote[:4]).map(tuple)
lines = st.integers(1, 10**6)
played = st.lists(
    st.builds(MatchRecord, matches(), offers, lines), max_size=5, unique_by=lambda row: row.match.key
)
to_come = st.lists(
    st.builds(FixtureRecord, fixtures, offers, lines), max_size=3, unique_by=lambda row: row.fixture.key
)
on_one_database = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)


@pytest.fixture
def stored(database):
    """Store a file, read everything back, and undo it, so that every example finds an empty store."""

    def read_back(parsed):
        with database.open_work(write=True) as work:
            work.matches.add_file(parsed, END)
            again = work.matches.add_file(parsed, END + timedelta(days=1))
            assert (again.matches_added, again.matches_corrected) == (0, 0)
            assert (again.fixtures_added, again.quotes_added) == (0, 0)
            return tuple(
                list(rows)
                for rows in (
                    work.matches.history((), END),
                    work.matches.fixtures((), END),
                    work.matches.quotes((), END),
                )
            )

    return read_back


@given(records=played)
@on_one_database
def test_matches_and_their_quotes_come_back_as_they_were(stored, records):
    matches, fixtures, quotes = stored(file_of(records, []))
    assert {found.match.key: found.match for found in matches} == {
        row.match.key: row.match for row in records
    }
    assert len(matches) == len(records)
    assert [found.match.kickoff for found in matches] == sorted(row.match.kickoff for row in records)
    assert fixtures == []
    numbers = {found.match.key: found.match_id for found in matches}
    given_quotes = {(numbers[row.match.key], quote) for row in records for quote in row.quotes}
    assert set(quotes) == given_quotes
    assert len(quotes) == len(given_quotes)


@given(rows=to_come)
@on_one_database
def test_fixtures_come_back_as_they_were(stored, rows):
    matches, fixtures, quotes = stored(file_of([], rows))
    assert matches == []
    assert {found.fixture.key: found.fixture for found in fixtures} == {
        row.fixture.key: row.fixture for row in rows
    }
    assert len(quotes) == sum(len(row.quotes) for row in rows)


def file_of(records, rows):
    codes = ("E0", "SC3", "ABCDEFGH")
    competitions = tuple(competition(code, tier=tier) for tier, code in enumerate(codes, 1))
    return parsed_file(*records, fixtures=rows).model_copy(update={"competitions": competitions})
