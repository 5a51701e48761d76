"""Whoever is killed while reading files leaves each of them whole or not at all."""

import multiprocessing
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import func, inspect, select, text

from ingestion_process import ingest_folder
from monps.sources.simulated import SimulatedCountry
from monps.storage.engine import engine_for
from monps.storage.orm import match_revisions, matches, quotes, rejects, source_files
from monps.storage.schema import SqlDatabase

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["ingestion_process"])

END = datetime(2100, 1, 1, tzinfo=UTC)


class Complete(NamedTuple):
    """What an ingestion that nobody disturbs leaves behind, and how long it takes."""

    files: dict[str, tuple[int, int]]
    nouns: tuple[list, ...]
    seconds: float


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write three seasons of two divisions."""
    folder = tmp_path_factory.mktemp("country")
    SimulatedCountry(seed=4, seasons=3, sizes=(12, 12)).write(folder)
    return folder / "football-data"


@pytest.fixture(scope="module")
def complete(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Complete:
    """Read them once without a kill."""
    url = f"sqlite:///{tmp_path_factory.mktemp('complete') / 'monps.sqlite'}"
    before = time.perf_counter()
    ingest_folder(url, folder)
    return Complete(stored(url), nouns(url), time.perf_counter() - before)


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.slow)])
def test_on_sqlite(tmp_path, folder, complete, kills):
    whole = []
    for number in range(kills):
        url = f"sqlite:///{tmp_path / f'{number}.sqlite'}"
        whole.append(check_after_kill(url, folder, complete, seed=number))
        integrity(url)
    came_at_many_moments(whole)


@pytest.mark.parametrize("kills", [3, pytest.param(30, marks=pytest.mark.slow)])
@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_on_postgresql(make_url_of, folder, complete, kills):
    urls = (make_url_of("monps_template") for _ in range(kills))
    whole = [check_after_kill(url, folder, complete, seed=number) for number, url in enumerate(urls)]
    came_at_many_moments(whole)


def came_at_many_moments(whole: list[int]) -> None:
    """Make sure that enough kills found the work at different stages."""
    assert len(set(whole)) >= min(len(whole) // 6, 5)


def check_after_kill(url: str, folder: Path, complete: Complete, *, seed: int) -> int:
    """Kill an ingestion at a random moment, look at what is left, and let the next one finish it.

    Returns how many files were whole.
    """
    kill_after(random.Random(seed).uniform(0.0, 1.3 * complete.seconds), url, folder)  # noqa: S311 - no secret
    left = stored(url)
    assert left == {name: complete.files[name] for name in left}
    report = ingest_folder(url, folder)
    assert (report.files, report.files_unchanged) == (len(complete.files), len(left))
    assert stored(url) == complete.files
    assert nouns(url) == complete.nouns
    return len(left)


def kill_after(seconds: float, url: str, folder: Path) -> None:
    """Start an ingestion and kill it so many seconds later."""
    started = processes.Event()
    process = processes.Process(target=ingest_folder, args=(url, folder, started))
    process.start()
    assert started.wait(60)
    time.sleep(seconds)
    process.kill()
    process.join()
    process.close()


def stored(url: str) -> dict[str, tuple[int, int]]:
    """Count each file's revisions and quotes; everything must belong to a file that is on record."""
    return ask(url, _count)


def _count(connection) -> dict[str, tuple[int, int]]:
    if not inspect(connection).has_table("quotes"):
        return {}
    files = dict(tuple(row) for row in connection.execute(select(source_files.c.id, source_files.c.name)))
    of_file = select(match_revisions.c.file_id, func.count()).group_by(match_revisions.c.file_id)
    revisions = dict(tuple(row) for row in connection.execute(of_file))
    quoted = dict(
        tuple(row)
        for row in connection.execute(
            select(match_revisions.c.file_id, func.count())
            .join(quotes, quotes.c.match_id == match_revisions.c.match_id)
            .group_by(match_revisions.c.file_id)
        )
    )
    assert revisions.keys() == files.keys()
    assert connection.scalar(select(func.count()).select_from(matches)) == sum(revisions.values())
    assert connection.scalar(select(func.count()).select_from(rejects)) == 0
    return {name: (revisions[number], quoted[number]) for number, name in files.items()}


def nouns(url: str) -> tuple[list, ...]:
    """Read everything back, without the store's numbers."""
    database = SqlDatabase(url)
    with database.open_work() as work:
        found = (
            [row.match for row in work.matches.history((), END)],
            [row.fixture for row in work.matches.fixtures((), END)],
            [row.quote for row in work.matches.quotes((), END)],
        )
    database.close()
    return found


def integrity(url: str) -> None:
    """Ask SQLite itself."""

    def check(connection) -> None:
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []

    ask(url, check)


def ask(url: str, question: Callable):
    """Ask on a connection of its own."""
    engine = engine_for(url)
    with engine.connect() as connection:
        answer = question(connection)
    engine.dispose()
    return answer
