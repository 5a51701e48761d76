from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest

from factories import SATURDAY, fixture_record, match, parsed_file, quote, record
from fakes import NOON, FakeClock, FakeSource, FakeStore
from monps.domain.ingestion import Reject
from monps.errors import StorageError
from monps.ports.source import Payload
from monps.services.ingest import ingest

REJECT = Reject(file="a.csv", line=3, reason="the date is missing")
LATER = SATURDAY + timedelta(days=1000)


@dataclass
class Shelf:
    """Payloads, the source that parses them, and a count of how often it was asked to."""

    payloads: list[Payload] = field(default_factory=list)
    source: FakeSource = field(default_factory=FakeSource)
    parsed: Counter = field(default_factory=Counter)

    def put(self, name, *records, content=None, **said):
        payload = Payload(name, content if content is not None else repr(records).encode())
        fixtures = said.pop("fixtures", ())
        whole = parsed_file(*records, name=name, fixtures=fixtures)
        self.source.parsed[name] = whole.model_copy(update={"digest": payload.digest, **said})
        self.payloads = [kept for kept in self.payloads if kept.name != name] + [payload]

    @property
    def name(self):
        return self.source.name

    def parse(self, payload, *, strict=False):
        self.parsed[payload.name] += 1
        return self.source.parse(payload, strict=strict)


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def store():
    return FakeStore()


@pytest.fixture
def read(shelf, store):
    def run(**options):
        return ingest(shelf.payloads, shelf, store, **{"clock": FakeClock(), **options})

    return run


def other(goals=(0, 0)):
    return record(match("Cray", "Dunmere", goals))


def test_every_file_is_a_transaction_of_its_own(shelf, store, read):
    shelf.put("a.csv", record(match(), quote(), quote("totals")), fixtures=[fixture_record()])
    shelf.put("b.csv", other())
    report = read()
    assert (report.files, report.matches_added, report.quotes_added) == (2, 2, 3)
    assert store.commits == 2
    assert len(list(store.matches.history((), LATER))) == 2


def test_what_is_stored_is_neither_parsed_nor_written_again(shelf, store, read):
    shelf.put("a.csv", record(), other(), rejects=(REJECT,), unknown_columns=("Weather",))
    first, again = read(), read()
    assert shelf.parsed == {"a.csv": 1}
    assert store.commits == 1
    assert (again.files, again.files_unchanged, again.matches_unchanged) == (1, 1, 2)
    assert (again.matches_added, again.quotes_added) == (0, 0)
    assert again.rejected == first.rejected == (REJECT,)
    assert again.unknown_columns == first.unknown_columns == {"Weather": 1}


def test_a_stored_file_under_another_name_is_reported_under_that(shelf, read):
    shelf.put("a.csv", record(), content=b"same", rejects=(REJECT,))
    read()
    shelf.payloads = [Payload("copy.csv", b"same")]
    report = read()
    assert report.files_unchanged == 1
    assert [reject.file for reject in report.rejected] == ["copy.csv"]


def test_a_corrected_file_is_known_from_when_it_was_read(shelf, store, read):
    shelf.put("a.csv", other())
    read()
    shelf.put("a.csv", other((1, 0)))
    later = NOON + timedelta(days=7)
    report = read(clock=FakeClock(later))
    assert (report.matches_corrected, report.files_unchanged) == (1, 0)
    [corrected] = [row for row in store.matches.reports if row.known_at == later]
    assert corrected.reported.score.home == 1


def test_a_file_put_back_to_what_it_was_is_read_again(shelf, read):
    for goals in ((0, 0), (1, 0), (0, 0)):
        shelf.put("a.csv", other(goals))
        report = read()
    assert (report.files_unchanged, report.matches_corrected) == (0, 1)


def test_a_refused_file_is_reported_and_the_others_are_kept(shelf, store, read):
    shelf.put("a.csv", record())
    shelf.payloads.append(Payload("page.csv", b"<html>"))
    shelf.put("b.csv", other())
    report = read()
    assert (report.files, report.files_refused, report.matches_added) == (3, 1, 2)
    assert report.rejected == (Reject(file="page.csv", reason="refused"),)
    assert store.commits == 3
    assert [(each.file, each.kind, each.detail) for each in store.details.reports] == [
        ("page.csv", "refused", "refused")
    ]


def test_a_payload_with_a_fault_is_parsed_though_its_content_is_stored(shelf, read):
    shelf.put("a.csv", record(), content=b"")
    read()
    shelf.payloads = [Payload("broken.csv.gz", b"", fault="the archive is damaged")]
    assert read().files_refused == 1


def test_strict_refuses_a_file_even_if_it_is_stored(shelf, store, read):
    shelf.put("a.csv", record(), rejects=(REJECT,))
    shelf.put("b.csv", other())
    read()
    report = read(strict=True)
    assert (report.files_refused, report.files_unchanged) == (1, 1)
    assert (len(store.matches.readings), len(store.details.reports)) == (2, 1)


def test_rejects_and_unknown_columns_are_gathered(shelf, read):
    shelf.put("a.csv", record(), rejects=(REJECT,), unknown_columns=("B", "A"))
    shelf.put("b.csv", other(), unknown_columns=("B",))
    report = read()
    assert report.rejected == (REJECT,)
    assert report.unknown_columns == {"A": 1, "B": 2}


def test_each_file_is_announced_once_it_is_done(shelf, store, read):
    shelf.put("a.csv", record())
    shelf.payloads.append(Payload("page.csv", b"<html>"))
    said = []
    read(on_file=lambda name: said.append((name, store.commits)))
    read(on_file=lambda name: said.append((name, store.commits)))
    assert said == [("a.csv", 1), ("page.csv", 2), ("a.csv", 2), ("page.csv", 3)]


def test_payloads_are_taken_one_at_a_time(shelf, store):
    shelf.put("a.csv", record())
    shelf.put("b.csv", other())
    taken = []

    def payloads():
        for payload in shelf.payloads:
            taken.append(store.commits)
            yield payload

    ingest(payloads(), shelf, store, clock=FakeClock())
    assert taken == [0, 1]


def test_seconds_are_the_clock_s(shelf, store):
    class Ticking:
        ticks = count()

        def now(self):
            return NOON + timedelta(seconds=next(self.ticks))

    shelf.put("a.csv", record())
    assert ingest(shelf.payloads, shelf, store, clock=Ticking()).seconds == 2


def test_a_failing_store_ends_it_and_what_was_committed_stays(shelf, store):
    shelf.put("a.csv", record())
    shelf.put("b.csv", other())

    def open_work(*, write=False):
        if write and store.commits:
            raise StorageError("the disk is full")
        return store(write=write)

    with pytest.raises(StorageError, match="full"):
        ingest(shelf.payloads, shelf, open_work, clock=FakeClock())
    assert [file.name for file in store.matches.files()] == ["a.csv"]


def test_nothing_to_read_is_nothing_done(read):
    report = read()
    assert (report.files, report.rejected, report.seconds) == (0, (), 0)
