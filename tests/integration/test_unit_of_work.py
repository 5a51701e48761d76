"""Transactions: all or nothing, one writer, a snapshot for readers, and errors that explain themselves."""

import sqlite3
import threading

import pytest

from factories import SATURDAY, match, parsed_file, record
from monps.errors import DataRefused, StorageError
from monps.storage import engine as engine_module
from monps.storage.engine import engine_for
from monps.storage.schema import SqlDatabase
from monps.storage.unit_of_work import SqlUnitOfWork


def add(work, *records, name="2526/SIM1.csv"):
    return work.matches.add_file(parsed_file(*records, name=name), SATURDAY)


def names(work):
    return [file.name for file in work.matches.files()]


def test_without_a_commit_nothing_happened(database):
    with database.open_work(write=True) as work:
        add(work, record())
        assert names(work) != []
    with database.open_work() as work:
        assert names(work) == []
        assert list(work.matches.competitions()) == []


def test_an_exception_undoes_everything_and_goes_on(database):
    def fail():
        with database.open_work(write=True) as work:
            add(work, record())
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.open_work() as work:
        assert names(work) == []


def test_after_a_commit_one_can_go_on(database):
    with database.open_work(write=True) as work:
        add(work, record(), name="a")
        work.commit()
        add(work, record(match("Cray", "Dunmere")), name="b")
    with database.open_work() as work:
        assert names(work) == ["a"]


def test_a_unit_can_be_entered_again(database):
    unit = database.open_work(write=True)
    for name in "ab":
        with unit as work:
            add(work, name=name)
            work.commit()
    with database.open_work() as work:
        assert names(work) == ["a", "b"]


def test_a_reader_sees_one_snapshot(database):
    with database.open_work() as reader:
        assert names(reader) == []
        with database.open_work(write=True) as writer:
            add(writer, record())
            writer.commit()
        assert names(reader) == []
    with database.open_work() as reader:
        assert names(reader) == ["2526/SIM1.csv"]


def test_a_reader_cannot_write_by_mistake(database):
    with pytest.raises(StorageError, match=r"read-?only"), database.open_work() as work:
        add(work, record())
    with database.open_work() as work, pytest.raises(StorageError, match="not opened to write"):
        work.commit()


def test_writers_wait_for_each_other(database):
    order = []

    def second():
        with database.open_work(write=True) as work:
            order.append("second")
            add(work, name="b")
            work.commit()

    with database.open_work(write=True) as work:
        add(work, name="a")
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.3)
        order.append("first")
        work.commit()
    thread.join()
    assert order == ["first", "second"]
    with database.open_work() as work:
        assert names(work) == ["a", "b"]


def test_a_writer_that_waits_too_long_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setattr(engine_module, "_PATIENCE_SECONDS", 0.1)
    database = SqlDatabase(f"sqlite:///{tmp_path / 'monps.sqlite'}")
    with database.open_work(write=True), pytest.raises(StorageError, match="locked"):
        database.open_work(write=True).__enter__()
    database.close()


def test_a_server_that_is_gone_is_named():
    unit = SqlUnitOfWork(engine_for("postgresql://nobody@localhost:9/monps"))
    with pytest.raises(StorageError, match="nobody@localhost:9/monps cannot be used"):
        unit.__enter__()


def test_a_database_s_own_error_explains_itself_without_statements(database):
    impossible = match().model_copy(update={"referee": {}})
    with (
        pytest.raises(StorageError, match="cannot be used") as refused,
        database.open_work(write=True) as work,
    ):
        add(work, record(impossible))
    assert "INSERT" not in str(refused.value)
    with database.open_work() as work:
        assert names(work) == []


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_data_that_a_database_cannot_hold_are_refused_and_the_next_are_kept(database):
    damaged = match().model_copy(update={"referee": "T\0strin"})
    with pytest.raises(DataRefused, match="NUL"), database.open_work(write=True) as work:
        add(work, record(damaged))
    with database.open_work(write=True) as work:
        assert add(work, record()).matches_added == 1
        work.commit()


def test_sqlite_is_set_up_as_it_should_be(tmp_path):
    file = tmp_path / "monps.sqlite"
    database = SqlDatabase(f"sqlite:///{file}")
    with database.open_work() as work:
        ask = work.matches._connection.exec_driver_sql
        settings = {
            name: ask(f"PRAGMA {name}").scalar() for name in ("foreign_keys", "synchronous", "busy_timeout")
        }
    assert settings == {"foreign_keys": 1, "synchronous": 2, "busy_timeout": 15000}
    database.close()
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
