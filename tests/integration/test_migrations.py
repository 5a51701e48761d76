"""How the tables come about, and what is said where they are not what is needed."""

import subprocess
import sys
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from monps.errors import StorageError, UsageError
from monps.storage import schema
from monps.storage.engine import WRITE, engine_for
from monps.storage.orm import metadata
from monps.storage.schema import HEAD, SqlDatabase


@pytest.fixture
def empty(empty_database_url):
    database = SqlDatabase(empty_database_url)
    yield database
    database.close()


@pytest.fixture
def run(database_url):
    engine = engine_for(database_url)

    def execute(statement, **values):
        with engine.connect().execution_options(**{WRITE: True}) as connection:
            connection.execute(text(statement), values)
            connection.commit()

    yield execute
    engine.dispose()


def with_tables(url):
    with closing(SqlDatabase(url)) as database:
        database.upgrade()


def tables(url):
    engine = engine_for(url)
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
    engine.dispose()
    return names


def test_up_down_and_up_again(empty, empty_database_url):
    assert empty.current() is None
    empty.upgrade()
    first = tables(empty_database_url)
    assert first == set(metadata.tables) | {"alembic_version"}
    assert empty.current() == empty.head()
    empty.downgrade("base")
    assert empty.current() is None
    assert tables(empty_database_url) == {"alembic_version"}
    empty.upgrade()
    assert tables(empty_database_url) == first
    assert empty.current() == empty.head()


def test_one_step_down(empty):
    empty.upgrade()
    empty.downgrade("-1")
    assert empty.current() != HEAD


def test_the_newest_revision_is_the_one_written_down():
    assert ScriptDirectory.from_config(schema._config()).get_current_head() == HEAD


def test_the_tables_are_what_the_migrations_make(database_url):
    engine = engine_for(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_sqlite_tables_are_made_as_the_models_say(tmp_path):
    """What Alembic does not compare: STRICT, WITHOUT ROWID, and the names of constraints."""

    def made(name, make):
        engine = engine_for(f"sqlite:///{tmp_path / name}")
        make(engine)
        with engine.connect() as connection:
            rows = connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE name <> 'alembic_version'")
            )
            found = {row.name: " ".join(row.sql.replace('"', "").split()) for row in rows if row.sql}
        engine.dispose()
        return found

    migrated = made("migrated", lambda engine: with_tables(str(engine.url)))
    assert migrated == made(
        "created", lambda engine: metadata.create_all(engine.execution_options(**{WRITE: True}))
    )
    assert all("STRICT" in sql for sql in migrated.values() if sql.startswith("CREATE TABLE"))


def test_a_database_at_head_is_ready(database):
    database.prepare()
    with database.open_work() as work:
        assert list(work.matches.competitions()) == []


def test_an_empty_sqlite_file_is_made_ready(tmp_path):
    database = SqlDatabase(f"sqlite:///{tmp_path / 'new' / 'folder' / 'monps.sqlite'}")
    with database.open_work() as work:
        assert list(work.matches.competitions()) == []
    assert database.current() == HEAD
    database.close()


def test_to_look_at_a_file_that_is_not_there_does_not_make_it(tmp_path):
    database = SqlDatabase(f"sqlite:///{tmp_path / 'monps.sqlite'}")
    assert database.current() is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_an_empty_server_is_not_changed_unasked(empty):
    with pytest.raises(StorageError, match="monps db upgrade"):
        empty.open_work()


def test_a_newer_revision_is_refused_with_the_cure(database, run):
    run("UPDATE alembic_version SET version_num = :revision", revision="9999")
    for use in (database.open_work, database.upgrade, lambda: database.downgrade("base")):
        with pytest.raises(StorageError, match="monps db upgrade") as refused:
            use()
        assert "newer monps" in str(refused.value)


def test_an_older_revision_is_refused_with_the_cure(database, monkeypatch):
    monkeypatch.setattr(schema, "HEAD", "9999")
    with pytest.raises(
        StorageError, match=rf"at revision {HEAD}, but 9999 is needed; run `monps db upgrade`"
    ):
        database.open_work()


def test_a_downgraded_database_is_refused(database, backend):
    with database.open_work():
        pass
    database.downgrade("base")
    if backend == "postgresql":
        with pytest.raises(StorageError, match="monps db upgrade"):
            database.open_work()
    else:
        database.open_work()
        assert database.current() == HEAD


def test_a_revision_that_there_is_not_is_a_usage_error(database):
    with pytest.raises(UsageError, match="nonsense"):
        database.upgrade("nonsense")
    assert database.current() == HEAD


PREPARE = """
import sys
from pathlib import Path
from monps.storage.schema import SqlDatabase
import alembic.command
database = SqlDatabase(sys.argv[1])
print("waiting", flush=True)
sys.stdin.readline()
if not database.is_sqlite:
    database.upgrade()
database.prepare()
database.close()
"""


def test_many_processes_that_start_at_once_all_find_it_ready(empty, empty_database_url):
    command = [sys.executable, "-c", PREPARE, empty_database_url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, **pipes) for _ in range(6)]
    for process in processes:
        assert process.stdout.readline() == "waiting\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate()[1] for process in processes]
    assert said == [""] * 6
    assert [process.returncode for process in processes] == [0] * 6
    assert empty.current() == HEAD


def test_a_migration_that_fails_leaves_nothing(empty, empty_database_url, monkeypatch):
    monkeypatch.setattr("sqlalchemy.LargeBinary", None)
    with pytest.raises(StorageError):
        empty.upgrade()
    monkeypatch.undo()
    assert empty.current() is None
    assert tables(empty_database_url) == set()
    empty.upgrade()
    assert empty.current() == HEAD


def test_a_file_that_is_no_database_is_refused(tmp_path):
    file = tmp_path / "monps.sqlite"
    file.write_bytes(b"not a database, but long enough to look at" * 100)
    database = SqlDatabase(f"sqlite:///{file}")
    for use in (database.current, database.open_work, database.upgrade):
        with pytest.raises(StorageError, match="cannot be used"):
            use()
    database.close()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").touch()
    database = SqlDatabase(f"sqlite:///{tmp_path / 'file' / 'monps.sqlite'}")
    with pytest.raises(StorageError, match="cannot be"):
        database.open_work()


def test_a_server_that_is_not_there_is_refused_without_its_password():
    database = SqlDatabase("postgres://user:secret@localhost:9/monps")
    with pytest.raises(StorageError, match="cannot be used") as refused:
        database.current()
    assert "secret" not in str(refused.value)
