from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from monps.domain.audit import (
    AuditEntry,
    FieldChange,
    Head,
    Link,
    changes,
    event_of,
    link_after,
    verify_chain,
)

MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)

text = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1, max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
facts = st.none() | st.dictionaries(text, values, max_size=4)
entries = st.builds(
    AuditEntry,
    occurred_at=st.datetimes(timezones=st.just(UTC)),
    event_type=st.just("bet.placed"),
    entity_type=st.sampled_from(["bet", "prediction"]),
    entity_id=text,
    before=facts,
    after=facts,
    severity=st.sampled_from(["info", "warning", "error"]),
    actor=text,
    request_id=st.none() | text,
)


def entry(number=1, **changed):
    given = {
        "occurred_at": MOMENT,
        "event_type": "bet.placed",
        "entity_type": "bet",
        "entity_id": str(number),
    }
    return AuditEntry(**given | changed)


def chain_of(*entries):
    links, head = [], Head()
    for each in entries:
        links.append(link_after(head, each))
        head = Head(links[-1].event_id, links[-1].hash)
    return links, head


@given(st.lists(entries, max_size=5))
def test_a_chain_as_it_was_written_is_whole(written):
    links, head = chain_of(*written)
    verdict = verify_chain(links, head)
    assert (verdict.intact, verdict.events, verdict.last_hash) == (True, len(written), head.hash)


@given(entries)
def test_an_event_comes_back_as_the_entry_it_was(written):
    read = event_of(link_after(Head(), written))
    assert read.model_dump(include=set(AuditEntry.model_fields)) == written.model_dump()


@given(st.lists(entries, min_size=1, max_size=4), st.data())
def test_whatever_is_altered_is_found_where_it_is(written, data):
    links, head = chain_of(*written)
    place = data.draw(st.integers(0, len(links) - 1))
    field = data.draw(st.sampled_from(Link._fields))
    was = getattr(links[place], field)
    links[place] = links[place]._replace(**{field: was + 1 if isinstance(was, int) else f"{was} "})
    verdict = verify_chain(links, head)
    assert (verdict.intact, verdict.first_broken, verdict.events) == (False, place + 1, place)


@given(st.data())
def test_moving_a_line_break_between_fields_is_found(data):
    links, head = chain_of(entry())
    first = links[0]
    links[0] = data.draw(
        st.sampled_from(
            [
                first._replace(event_type=f"{first.event_type}\ninfo", severity="bet", entity_type="1"),
                first._replace(entity_type="", entity_id=f"bet\n{first.entity_id}"),
                first._replace(entity_id="", details=f"1\n{first.details}"),
            ]
        )
    )
    assert verify_chain(links, head).first_broken == 1


@pytest.mark.parametrize("gone", [1, 2, 3])
def test_what_is_removed_is_missed(gone):
    links, head = chain_of(*map(entry, range(3)))
    del links[gone - 1]
    verdict = verify_chain(links, head)
    assert (verdict.intact, verdict.first_broken) == (False, gone)
    assert ("removed" if gone == 3 else "missing") in verdict.reason


def test_what_is_reordered_is_found():
    links, head = chain_of(*map(entry, range(3)))
    first, second, third = links
    swapped = [first, third._replace(event_id=2), second._replace(event_id=3)]
    assert verify_chain(swapped, head).first_broken == 2


def test_an_event_forged_with_its_own_right_hash_breaks_the_next():
    links, head = chain_of(*map(entry, range(3)))
    forged = links[1]._replace(entity_id="9")
    links[1] = forged._replace(hash=forged.computed_hash())
    assert verify_chain(links, head).first_broken == 3


def test_an_end_that_was_rewritten_does_not_agree_with_the_noted_one():
    links, head = chain_of(entry())
    forged = links[0]._replace(entity_id="9")
    assert verify_chain([forged._replace(hash=forged.computed_hash())], head).first_broken == 1
    more, _ = chain_of(entry(), entry())
    assert verify_chain(more, head).first_broken == 2


def test_an_empty_chain_is_whole():
    assert verify_chain([], Head()).intact


def test_one_name_may_not_run_over_a_line():
    for field in ("entity_id", "actor", "request_id", "event_type", "entity_type"):
        with pytest.raises(ValidationError):
            entry(**{field: "a\nb"})


def test_numbers_that_are_none_are_refused():
    with pytest.raises(ValidationError):
        entry(after={"odds": float("nan")})


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValidationError):
        entry(occurred_at=MOMENT.replace(tzinfo=None))


def test_the_zone_does_not_matter_to_the_hash():
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    paris = entry(occurred_at=MOMENT.astimezone(ZoneInfo("Europe/Paris")))
    assert link_after(Head(), paris) == link_after(Head(), entry())
    assert link_after(Head(), entry(occurred_at=MOMENT + timedelta(microseconds=1))) != link_after(
        Head(), paris
    )


def test_changes_name_fields_by_pointer():
    before, after = {"a": 1, "b": {"c/d": 1, "e": 2}}, {"b": {"c/d": 2, "e": 2}, "f": [1]}
    assert changes(before, after) == (
        FieldChange(pointer="/a", before=1, after=None),
        FieldChange(pointer="/b/c~1d", before=1, after=2),
        FieldChange(pointer="/f", before=None, after=[1]),
    )
    assert changes(None, None) == ()
