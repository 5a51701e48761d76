import sys

import pytest

from monps.errors import StorageError, UsageError
from monps.storage.engine import engine_for, explain


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_postgresql_means_psycopg(scheme):
    engine = engine_for(f"{scheme}://user:secret@host:5433/monps?host=/run")
    assert engine.dialect.driver == "psycopg"
    assert engine.url.render_as_string(hide_password=False) == (
        "postgresql+psycopg://user:secret@host:5433/monps?host=%2Frun"
    )


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:"])
def test_sqlite_needs_a_file(url):
    with pytest.raises(StorageError, match="names no file"):
        engine_for(url)


@pytest.mark.parametrize("url", ["", "monps.sqlite", "folder/monps.sqlite", "postgresql"])
def test_what_is_no_address_is_a_usage_error(url):
    with pytest.raises(UsageError, match="sqlite:///FILE"):
        engine_for(url)


@pytest.mark.parametrize("url", ["mysql://host/monps", "postgresql+psycopg2://host/monps", "duckdb:///file"])
def test_other_databases_are_a_usage_error(url):
    with pytest.raises(UsageError, match="SQLite or PostgreSQL"):
        engine_for(url)


def test_a_missing_driver_is_named_with_the_cure(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StorageError, match=r"pip install monps\[postgres\]"):
        engine_for("postgresql://host/monps")


def test_an_sqlite_without_strict_tables_is_refused(monkeypatch):
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 36, 0))
    with pytest.raises(StorageError, match="too old"):
        engine_for("sqlite:///monps.sqlite")


def test_an_error_is_explained_without_the_password():
    engine = engine_for("postgresql://user:secret@host/monps")
    said = str(explain(engine, ValueError("gone")))
    assert said == "postgresql+psycopg://user:***@host/monps cannot be used: gone"
