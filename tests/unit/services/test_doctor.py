from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from fakes import FakeStore
from monps.errors import StorageError
from monps.services.doctor import Machine, check_age, check_disk, check_python, check_sqlite, diagnose

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
HEALTHY = Machine((3, 12, 1), (3, 52, 0), 50 * 10**9)


@dataclass
class FakeDatabase:
    revision: str | None = "0001"
    broken: bool = False
    is_sqlite: bool = True
    url: str = "sqlite:///matches.sqlite"
    moves: list[str] = field(default_factory=list)

    def current(self):
        if self.broken:
            raise StorageError("nobody answers")
        return self.revision

    def head(self):
        return "0001"

    def upgrade(self, revision="head"):
        self.moves.append(revision)

    def downgrade(self, revision):
        self.moves.append(revision)


def verdicts(machine=HEALTHY, database=None, store=None, now=NOW):
    found = diagnose(machine, database or FakeDatabase(), store or FakeStore(), now=now, freshness=WEEK)
    return {check.name: check.verdict for check in found.checks}, found.failed


def test_all_is_well_where_it_is(filled):
    oldest = min(filled.matches.latest_known_at(code) for code in ("SIM1", "SIM2"))
    assert verdicts(store=filled, now=oldest + WEEK) == (
        dict.fromkeys(["python", "disk", "sqlite", "database", "migrations", "data SIM1", "data SIM2"], "ok"),
        False,
    )


def test_old_data_is_a_warning_and_no_failure(filled):
    found, failed = verdicts(store=filled, now=NOW + timedelta(days=300))
    assert (found["data SIM1"], failed) == ("warn", False)


def test_no_data_is_a_warning():
    assert verdicts()[0]["data"] == "warn"


def test_a_database_that_cannot_be_reached_fails_and_is_not_asked_further():
    found, failed = verdicts(database=FakeDatabase(broken=True))
    assert failed
    assert found["database"] == "fail"
    assert "migrations" not in found
    assert "data" not in found


@pytest.mark.parametrize(("revision", "verdict"), [("0001", "ok"), (None, "warn"), ("0000", "fail")])
def test_the_schema_is_compared_with_what_is_needed(revision, verdict):
    assert verdicts(database=FakeDatabase(revision))[0]["migrations"] == verdict


def test_the_version_of_sqlite_matters_only_where_it_is_used():
    assert "sqlite" not in verdicts(database=FakeDatabase(is_sqlite=False))[0]


@pytest.mark.parametrize(
    ("version", "verdict"),
    [((3, 6, 23), "ok"), ((3, 7, 0), "warn"), ((3, 40, 1), "warn"), ((3, 51, 2), "warn"), ((3, 51, 3), "ok")],
)
def test_the_range_of_the_wal_reset_bug(version, verdict):
    assert check_sqlite(version).verdict == verdict


def test_an_old_python_fails():
    assert check_python((3, 10, 14)).verdict == "fail"
    assert check_python((3, 11, 0)).verdict == "ok"


@pytest.mark.parametrize(("free", "verdict"), [(10**7, "fail"), (5 * 10**8, "warn"), (10**10, "ok")])
def test_room_is_needed(free, verdict):
    assert check_disk(free).verdict == verdict


def test_data_is_stale_only_after_the_limit():
    assert check_age("E0", NOW - WEEK, NOW, WEEK).verdict == "ok"
    assert check_age("E0", NOW - WEEK - timedelta(seconds=1), NOW, WEEK).verdict == "warn"
