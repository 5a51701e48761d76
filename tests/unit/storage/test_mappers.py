from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import SATURDAY, fixture, match, quote
from monps.errors import UsageError
from monps.storage.mappers import (
    fixture_facts,
    fixture_of,
    from_micros,
    is_played,
    match_facts,
    match_of,
    merge,
    padded,
    quote_of,
    storable,
    to_micros,
)

IDENTITY = ("SIM1", 2025, "Ashgrave", "Barrowmere", 1)
KNOWN = to_micros(SATURDAY + timedelta(hours=3))


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_keep_their_microseconds(moment):
    assert from_micros(to_micros(moment)) == moment


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), st.integers(-14, 14))  # noqa: DTZ001 - no zone yet
def test_a_moment_is_the_same_in_every_zone(naive, hours):
    moment = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert from_micros(to_micros(moment)) == moment


def test_a_naive_moment_is_refused():
    with pytest.raises(UsageError, match="time zone"):
        to_micros(datetime(2025, 1, 1))  # noqa: DTZ001 - that is the point


def test_nouns_come_back_from_their_rows():
    assert match_of((*IDENTITY, KNOWN, *match_facts(match()))) == match()
    assert fixture_of((*IDENTITY, 0, *fixture_facts(fixture()))) == fixture()
    for offered in (quote(), quote("totals", closing=True)):
        row = (*offered[:4], to_micros(offered.known_at), *padded(offered.odds))
        assert quote_of(row) == offered


def test_only_what_has_a_score_was_played():
    assert is_played(match_facts(match(goals=(0, 0))))
    assert not is_played(fixture_facts(fixture()))


def test_merging_takes_what_is_said_and_keeps_what_is_not():
    before = match_facts(match(goals=(2, 1)))
    assert merge(before, before, KNOWN) == before
    said = match_facts(match(goals=(3, 1)))
    assert merge(before, said, KNOWN) == said
    assert merge(said, match_facts(match(goals=(3, 1)).model_copy(update={"referee": None})), KNOWN) == said
    assert merge(fixture_facts(fixture()), before, KNOWN) == before


@pytest.mark.parametrize(
    ("midnight", "known_at", "kept"),
    [
        (SATURDAY.replace(hour=0), KNOWN, True),
        (SATURDAY - timedelta(hours=24) + timedelta(microseconds=1), KNOWN, True),
        (SATURDAY, KNOWN, True),
        (SATURDAY - timedelta(hours=24), KNOWN, False),
        (SATURDAY + timedelta(microseconds=1), KNOWN, False),
        (SATURDAY.replace(hour=0), to_micros(SATURDAY), False),
    ],
)
def test_the_hour_is_kept_within_the_day_and_before_the_result(midnight, known_at, kept):
    by_day = fixture().model_copy(update={"kickoff": midnight, "kickoff_known": False})
    kickoff, kickoff_known, *_ = merge(fixture_facts(fixture()), fixture_facts(by_day), known_at)
    assert (kickoff, kickoff_known) == (to_micros(SATURDAY if kept else midnight), kept)


def test_an_hour_learnt_later_counts():
    by_day = fixture().model_copy(update={"kickoff": SATURDAY.replace(hour=0), "kickoff_known": False})
    assert merge(fixture_facts(by_day), fixture_facts(fixture()), KNOWN) == fixture_facts(fixture())


@given(st.text(st.characters()))
def test_any_text_becomes_one_that_databases_take(text):
    kept = storable(text)
    assert "\0" not in kept
    kept.encode()
    assert kept == text or any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text)
