"""A database that nobody holds any more keeps no connection open."""

import gc
import sqlite3

import pytest
from sqlalchemy import event

from monps.storage.schema import SqlDatabase


@pytest.fixture
def watched(tmp_path):
    """A database, and the connections that it opens."""
    database = SqlDatabase(f"sqlite:///{tmp_path / 'monps.sqlite'}")
    made = []
    event.listen(database._engine, "connect", lambda connection, _record: made.append(connection))
    database.upgrade()
    return [database], made


def all_closed(made):
    gc.collect()
    assert made
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_a_forgotten_database_closes_its_connections(watched):
    held, made = watched
    with held[0].open_work() as work:
        assert list(work.matches.competitions()) == []
    held.clear()
    del work
    all_closed(made)


def test_a_database_that_only_a_unit_of_work_holds_closes_them_once_that_is_left(watched):
    held, made = watched
    with held.pop().open_work() as work:
        assert list(work.matches.competitions()) == []
    del work
    all_closed(made)
