"""Puts the parts together: the only place that knows the settings and which class does what."""

import logging
import shutil
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monps.errors import UnknownNameError
from monps.settings import Settings

if TYPE_CHECKING:
    from monps.domain.ingestion import ParsedFile
    from monps.domain.predictions import ForecastRequest
    from monps.domain.stakes import Limits
    from monps.models import ScoreModel
    from monps.ports.clock import Clock
    from monps.ports.shelf import OpenRunner
    from monps.ports.source import Fetcher, Payload, Request, Source
    from monps.ports.unit_of_work import UnitOfWork
    from monps.services.consult import Answer, Consultant
    from monps.services.doctor import Machine
    from monps.sources.simulated import SimulatedCountry
    from monps.staking import StakeRule
    from monps.storage.schema import SqlDatabase
    from monps.storage.shelf import Folder


_PRESENT = "present"
"""The file that notes at which moment a demonstration stands."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment as aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one clock that all others ask


@dataclass(frozen=True)
class StoppedClock:
    """Shows one moment for good: the present of a demonstration."""

    moment: datetime

    def now(self) -> datetime:
        """Return that moment."""
        return self.moment


@dataclass(frozen=True)
class Application:
    """What a door needs to call the services; each part is made when it is first asked for.

    Parameters
    ----------
    settings : Settings
        What the environment says.
    clock : Clock
        The time.
    """

    settings: Settings
    clock: "Clock"

    @property
    def freshness(self) -> timedelta:
        """Results older than this are stale."""
        return timedelta(days=self.settings.data_freshness_days)

    @property
    def limits(self) -> "Limits":
        """What stakes never exceed."""
        from monps.domain.stakes import Limits

        s = self.settings
        return Limits(
            per_bet=s.limit_per_bet,
            per_match=s.limit_per_match,
            per_day=s.limit_per_day,
            per_competition=s.limit_per_competition,
            drawdown_stop=s.limit_drawdown,
            daily_loss=s.limit_daily_loss,
        )

    @cached_property
    def database(self) -> "SqlDatabase":
        """The store's database."""
        from monps.storage.engine import Pool
        from monps.storage.schema import SqlDatabase

        settings = self.settings
        pool = Pool(settings.database_pool_size, settings.database_pool_overflow)
        return SqlDatabase(settings.database_url, pool)

    @cached_property
    def fetcher(self) -> "Fetcher":
        """The one polite HTTP client."""
        from monps.sources._fetch import PoliteFetcher

        return PoliteFetcher(self.settings.cache_dir / "payloads", self.clock)

    def fetch(self, request: "Request") -> "Payload":
        """Fetch politely what is not in the cache."""
        return self.fetcher.fetch(request)

    def open_work(self, *, write: bool = False) -> "UnitOfWork":
        """Begin a transaction; the first one makes sure that the schema is the one needed."""
        return self.database.open_work(write=write)

    def machine(self) -> "Machine":
        """Look at what we run on."""
        from monps.services.doctor import Machine

        major, minor, micro = (int(part) for part in sqlite3.sqlite_version.split("."))
        return Machine(sys.version_info[:3], (major, minor, micro), _free_bytes(self.database.file))

    def shelf(self, name: str) -> "Folder":
        """Return the folder in the cache in which finished work of one kind is kept."""
        from monps.storage.shelf import Folder

        return Folder(self.settings.cache_dir / name)

    @cached_property
    def consultant(self) -> "Consultant":
        """Who asks the brain; it keeps in memory what was learned."""
        from monps.brain import UnifiedBrain
        from monps.services.consult import Consultant
        from monps.services.keeper import Keeper

        return Consultant(self.open_work, Keeper(UnifiedBrain()), self.clock, self.freshness)

    def predict(self, requests: "Sequence[ForecastRequest]", *, keep: bool = True) -> "list[Answer]":
        """Ask the brain about fixtures, refuse what it is not sure of, and keep the rest."""
        from monps.services.predictions import Rules, Sender, refuse_unsure
        from monps.services.submit import keep_predictions

        furthest = timedelta(days=self.settings.max_prediction_days)
        rules = Rules(furthest, self.settings.min_confidence_threshold)
        answers = [refuse_unsure(answer, rules) for answer in self.consultant.predict_all(requests)]
        made = [answer.prediction for answer in answers if answer.prediction is not None]
        if keep and made:
            keep_predictions(self.open_work, made, Sender("cli"), self.clock.now())
        return answers

    @property
    def demo_folder(self) -> Path:
        """Where the demo keeps its files and its store; it may be deleted."""
        return self.settings.cache_dir / "demo"

    def demonstration(self, present: datetime | None = None) -> "Application":
        """Return the same application on an empty store of its own, its clock standing still on request."""
        store = self.demo_folder / "monps.sqlite"
        for file in (*self.demo_folder.glob(f"{store.name}*"), *self.demo_folder.glob(_PRESENT)):
            file.unlink()
        if present is not None:
            self.demo_folder.mkdir(parents=True, exist_ok=True)
            (self.demo_folder / _PRESENT).write_text(present.isoformat())
        return self.demonstrated()

    def demonstrated(self) -> "Application":
        """Return the application on the store of the last demonstration, at that one's present."""
        url = f"sqlite:///{self.demo_folder / 'monps.sqlite'}"
        there = replace(self, settings=self.settings.model_copy(update={"database_url": url}))
        noted = self.demo_folder / _PRESENT
        if not noted.exists():
            return there
        return replace(there, clock=StoppedClock(datetime.fromisoformat(noted.read_text())))


def application() -> Application:
    """Read the settings, send logs to standard error, and put the parts together.

    Raises
    ------
    UsageError
        If a setting makes no sense.
    """
    settings = Settings.read()
    _send_logs("debug" if settings.debug else settings.log_level, settings.log_format)
    return Application(settings, SystemClock())


def score_model(name: str) -> "ScoreModel":
    """Return a score model's recipe, with its usual settings, by its name.

    Raises
    ------
    UnknownNameError
        With the names that there are.
    """
    from monps.models import SCORE_MODELS

    if name not in SCORE_MODELS:
        raise UnknownNameError("score model", name, tuple(SCORE_MODELS))
    return SCORE_MODELS[name]()


def runner(name: str, workers: int, scheduler: str | None = None) -> "OpenRunner":
    """Return how to open a runner, by its name.

    Raises
    ------
    UnknownNameError
        With the names that there are.
    """
    from monps.runners import RUNNERS

    if name not in RUNNERS:
        raise UnknownNameError("runner", name, tuple(RUNNERS))
    return partial(RUNNERS[name], workers, scheduler)


def stake_rule(name: str) -> "StakeRule":
    """Return a way to stake, with its usual settings, by its name.

    Raises
    ------
    UnknownNameError
        With the names that there are.
    """
    from monps.staking import STAKE_RULES

    if name not in STAKE_RULES:
        raise UnknownNameError("stake rule", name, tuple(STAKE_RULES))
    return STAKE_RULES[name]


def source(name: str) -> "Source":
    """Return a source of data by its name.

    Raises
    ------
    UnknownNameError
        With the names that there are.
    """
    from monps.sources import SOURCES

    if name not in SOURCES:
        raise UnknownNameError("source", name, tuple(SOURCES))
    return SOURCES[name]()


def table_source(mapping: Path) -> "Source":
    """Return tables of one's own as a source, whose columns a TOML file explains.

    Raises
    ------
    UsageError
        If there is no such file.
    DataRefused
        If it says what makes no sense.
    """
    from monps.sources.table import TableSource
    from monps.sources.table.mapping import read_mapping

    return TableSource(read_mapping(mapping))


def read_files(name: str, paths: Iterable[Path], *, strict: bool = False) -> Iterator["ParsedFile"]:
    """Read the files of a source without a store, one at a time."""
    from monps.sources import read

    return read(source(name), paths, strict=strict)


def simulated_country(**settings: Any) -> "SimulatedCountry":
    """Return a country that does not exist, whose files are in the sources' own formats."""
    from monps.sources.simulated import SimulatedCountry

    return SimulatedCountry(**settings)


def simulated_files(country: "SimulatedCountry") -> Iterator["ParsedFile"]:
    """Read the files of a simulated country as those of a real one are read, one at a time."""
    from monps.ports.source import Payload

    reader = source("football-data")
    for name, content in country.payloads():
        if name.startswith(reader.name):
            yield reader.parse(Payload(name, content))


def _free_bytes(file: Path | None) -> int:
    folder = (file or Path.cwd()).absolute()
    while not folder.is_dir():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _send_logs(level: str, form: str) -> None:
    """Write our logs, and those of the server that runs us, in one form to standard error."""
    import structlog
    from structlog.stdlib import ProcessorFormatter

    # Tracebacks without the values of variables: one of them may be a key.
    readable: list[Any] = [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    ]
    for_programs = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    noted: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    rendered = for_programs if form == "json" else readable
    structlog.configure(
        processors=[*noted, *rendered],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=noted, processors=[ProcessorFormatter.remove_processors_meta, *rendered]
        )
    )
    server = logging.getLogger("uvicorn")
    server.handlers, server.propagate = [handler], False
    server.setLevel(level.upper())
