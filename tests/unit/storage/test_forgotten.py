"""A database that nobody holds any more keeps no connection open."""

import gc
import sqlite3

import pytest
from sqlalchemy import event

from monps.storage.schema import SqlDatabase


def test_a_forgotten_database_closes_its_connections(tmp_path):
    database = SqlDatabase(f"sqlite:///{tmp_path / 'monps.sqlite'}")
    made = []
    event.listen(database._engine, "connect", lambda connection, _record: made.append(connection))
    database.upgrade()
    with database.open_work() as work:
        assert list(work.matches.competitions()) == []
    assert made
    del database, work
    gc.collect()
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
