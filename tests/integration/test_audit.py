"""The chain in its table: whole under many writers, append-only, and telling when it was touched."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text

from factories import SATURDAY
from monps.domain.audit import AuditEntry, Head, link_after
from monps.errors import StorageError
from monps.ports.audit import AuditFilter
from monps.storage.engine import WRITE, engine_for


def entry(number=1, **changed):
    given = {
        "occurred_at": SATURDAY,
        "event_type": "bet.placed",
        "entity_type": "bet",
        "entity_id": str(number),
    }
    return AuditEntry(**given | changed)


@pytest.fixture
def append(database):
    def write(*entries):
        with database.open_work(write=True) as work:
            written = [work.audit.append(each) for each in entries]
            work.commit()
        return written

    return write


@pytest.fixture
def ask(database):
    def answer(question, *arguments, **options):
        with database.open_work() as work:
            found = getattr(work.audit, question)(*arguments, **options)
            return list(found) if question == "events" else found

    return answer


@pytest.fixture
def tamper(database_url, backend):
    engine = engine_for(database_url)

    def execute(*statements):
        with engine.connect().execution_options(**{WRITE: True}) as connection:
            if backend == "sqlite":
                connection.execute(text("DROP TRIGGER IF EXISTS audit_events_no_update"))
                connection.execute(text("DROP TRIGGER IF EXISTS audit_events_no_delete"))
            else:
                connection.execute(text("ALTER TABLE audit_events DISABLE TRIGGER ALL"))
            for statement in statements:
                connection.execute(text(statement))
            connection.commit()

    yield execute
    engine.dispose()


@pytest.fixture
def tampered(append, tamper, statement):
    append(entry(1), entry(2), entry(3))
    tamper(statement)


def test_what_is_appended_is_what_is_read(append, ask):
    written = append(entry(1, after={"odds": 2.1}), entry(2, before={"odds": 2.1}, after={"odds": 2.2}))
    assert ask("events") == written[::-1]
    assert ask("find", 2) == written[1]
    assert ask("find", 3) is None
    expected = link_after(Head(), entry(1, after={"odds": 2.1})).hash
    assert (written[0].event_id, written[0].hash, written[1].previous_hash) == (1, expected, expected)
    assert ask("verify").intact


def test_an_event_lasts_only_if_what_it_tells_of_does(database, append, ask):
    append(entry(1))
    with database.open_work(write=True) as work:
        work.audit.append(entry(2))
    assert ask("count") == 1
    append(entry(3))
    assert [event.entity_id for event in ask("events")] == ["3", "1"]
    assert ask("verify").intact


def test_a_reader_cannot_append(ask):
    with pytest.raises(StorageError):
        ask("append", entry())


def test_filters_choose_and_pages_follow(append, ask):
    hour = timedelta(hours=1)
    append(
        entry(1),
        entry(2, event_type="bet.settled", severity="warning"),
        entry(1, entity_type="prediction", occurred_at=SATURDAY + hour),
        entry(3, occurred_at=SATURDAY + 2 * hour),
    )

    def numbers(limit=100, **only):
        return [event.event_id for event in ask("events", AuditFilter(**only), limit=limit)]

    assert numbers() == [4, 3, 2, 1]
    assert numbers(event_type="bet.settled") == numbers(severity="warning") == [2]
    assert numbers(entity_type="bet", entity_id="1") == [1]
    assert numbers(since=SATURDAY + hour) == [4, 3]
    assert numbers(until=SATURDAY + hour) == [3, 2, 1]
    assert numbers(limit=2) == [4, 3]
    assert numbers(limit=2, before_id=3) == [2, 1]
    assert numbers(after_id=2) == [4, 3]
    assert ask("count", AuditFilter(entity_type="bet", before_id=2)) == 3


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_events SET severity = 'info'", "DELETE FROM audit_events"]
)
def test_the_database_itself_refuses_changes(database, append, ask, statement):
    append(entry())
    with pytest.raises(StorageError, match="never altered"), database.open_work(write=True) as work:
        work.audit._connection.execute(text(statement))
    assert ask("count") == 1


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_events SET severity = 'error' WHERE event_id = 2", (2, "altered")),
        ("UPDATE audit_events SET occurred_at = 9223372036854775807 WHERE event_id = 2", (2, "altered")),
        ("UPDATE audit_events SET details = 'no JSON' WHERE event_id = 2", (2, "altered")),
        ("DELETE FROM audit_events WHERE event_id = 1", (1, "missing")),
        ("DELETE FROM audit_events WHERE event_id = 3", (3, "removed")),
        ("DELETE FROM audit_events", (1, "removed")),
        ("DELETE FROM audit_head", (1, "more were added")),
        ("UPDATE audit_head SET hash = 'x'", (3, "noted to end")),
    ],
)
@pytest.mark.usefixtures("tampered")
def test_what_was_done_behind_its_back_is_named(ask, broken):
    verdict = ask("verify")
    assert not verdict.intact
    assert (verdict.first_broken, broken[1] in verdict.reason) == (broken[0], True)


def test_two_events_that_changed_places_are_found(append, ask, tamper):
    append(entry(1), entry(2), entry(3))
    move = "UPDATE audit_events SET event_id = {} WHERE event_id = {}"
    tamper(move.format(99, 2), move.format(2, 3), move.format(3, 99))
    assert ask("verify").first_broken == 2


def test_a_damaged_event_says_so_when_it_is_read(append, ask, tamper):
    append(entry(1))
    tamper("UPDATE audit_events SET details = 'no JSON'")
    with pytest.raises(StorageError, match="event 1 is damaged"):
        ask("find", 1)


def test_many_writers_make_one_chain(database, ask):
    problems = []

    def write(writer):
        try:
            for number in range(10):
                with database.open_work(write=True) as work:
                    work.audit.append(entry(f"{writer}-{number}"))
                    work.commit()
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            problems.append(error)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    verdict = ask("verify")
    assert (verdict.intact, verdict.events) == (True, 80)
    assert len({event.entity_id for event in ask("events")}) == 80
