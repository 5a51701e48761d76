"""Runs backtests, one after the other, each in a process of its own."""

import multiprocessing
import os
import signal
import threading
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog

from monps.domain.backtest import BacktestJob, BacktestRequest, BacktestResult
from monps.errors import MonpsError
from monps.services import jobs

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from monps.bootstrap import Application

_log = structlog.get_logger()

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_BETWEEN_NOTES = 2.0
_POLITENESS = 5
_PATIENCE_SECONDS = 5.0


class Worker:
    """Takes jobs from the store in a thread, and watches the process that runs the present one.

    Parameters
    ----------
    application : Application
        Where the jobs are.
    """

    def __init__(self, application: "Application") -> None:
        self._application = application
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backtests", daemon=True)
        self._seen = time.monotonic()

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more; the present job waits again, for the next start."""
        self._stopped.set()
        self._thread.join()

    @property
    def is_alive(self) -> bool:
        """Whether jobs are being taken."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopped.wait(SECONDS_BETWEEN_LOOKS):
            try:
                job = jobs.claim_backtest(self._application.open_work, now=self._application.clock.now())
                if job is not None:
                    _Watch(self._application, job, self._stopped).until_it_ends()
            except MonpsError as error:
                _log.warning("jobs cannot be looked after; trying again", error=str(error))


class Told(NamedTuple):
    """What a process tells of its job: ``stage``, ``result`` or ``error``, and what belongs to it."""

    kind: str
    content: Any


class _Watch:
    """One job, the process that runs it, and the pipe between."""

    def __init__(self, application: "Application", job: BacktestJob, stopped: threading.Event) -> None:
        self._open_work, self._clock, self._job, self._stopped = (
            application.open_work, application.clock, job, stopped,
        )  # fmt: skip
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process: BaseProcess = context.Process(
            target=run_job, args=(replace(application), job.request, theirs), daemon=True
        )
        self._process.start()
        theirs.close()
        self._stage, self._progress = "starting", 0.0
        self._noted = self._looked = time.monotonic()

    def until_it_ends(self) -> None:
        """Note progress until the job ends, is cancelled, or the service stops."""
        try:
            while not self._is_over():
                pass
        finally:
            self._end_process()
            self._pipe.close()

    def _is_over(self) -> bool:
        told = self._next()
        if told is None:
            return self._look_around()
        if told.kind == "stage":
            self._stage, self._progress = told.content
            return self._is_time_to_look() and self._look_around()
        now, number = self._clock.now(), self._job.job_id
        if told.kind == "result":
            result = BacktestResult.model_validate_json(told.content)
            jobs.finish_backtest(self._open_work, number, result, now=now)
        else:
            jobs.fail_backtest(self._open_work, number, told.content, now=now)
        return True

    def _is_time_to_look(self) -> bool:
        """Say so twice a second, however much is told in between, and as soon as the service stops."""
        return self._stopped.is_set() or time.monotonic() - self._looked >= SECONDS_BETWEEN_LOOKS

    def _next(self) -> Told | None:
        if not self._pipe.poll(SECONDS_BETWEEN_LOOKS):
            return None
        try:
            told: Told = self._pipe.recv()
        except EOFError:
            self._process.join(_PATIENCE_SECONDS)
            return Told("error", f"its process ended with status {self._process.exitcode} and said nothing")
        return told

    def _look_around(self) -> bool:
        now, number = self._clock.now(), self._job.job_id
        self._looked = time.monotonic()
        if self._stopped.is_set():
            jobs.release_backtest(self._open_work, number, now=now)
            return True
        if time.monotonic() - self._noted < SECONDS_BETWEEN_NOTES and not self._is_cancelled():
            return False
        self._noted = time.monotonic()
        job = jobs.note_progress(self._open_work, number, self._stage, self._progress, now=now)
        if job.cancel_wanted:
            self._end_process()
            jobs.stop_backtest(self._open_work, number, now=now)
        return job.cancel_wanted or job.is_finished

    def _is_cancelled(self) -> bool:
        return jobs.show_backtest(self._open_work, self._job.job_id).cancel_wanted

    def _end_process(self) -> None:
        self._process.terminate()
        self._process.join(_PATIENCE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def run_job(application: "Application", request: BacktestRequest, pipe: Connection) -> None:
    """Run a backtest in this process, and tell of it through a pipe.

    Parameters
    ----------
    application : Application
        Where the history is.
    request : BacktestRequest
        What to judge.
    pipe : Connection
        Whom to tell.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(_POLITENESS)
    try:
        found = jobs.run_request(
            application.open_work,
            request,
            now=application.clock.now(),
            on_stage=lambda stage, progress: pipe.send(Told("stage", (stage, progress))),
        )
        pipe.send(Told("result", found.model_dump_json()))
    except Exception as error:  # noqa: BLE001 - the task wrapper: a job's error belongs to the job
        pipe.send(Told("error", _sentence(error)))


def _sentence(error: Exception) -> str:
    if isinstance(error, MonpsError):
        return str(error)
    _log.error("backtest failed", exc_info=error)
    return f"{type(error).__name__}; the log says more"


def _end_with_parent() -> None:
    """End at once when the service is gone: nobody would hear the result."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
