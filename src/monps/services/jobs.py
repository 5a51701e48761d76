"""Backtests as jobs: asked for, begun, watched, cancelled, and begun anew where their process was lost."""

from datetime import datetime, timedelta
from typing import Any

import structlog

from monps.backtest.rules import BettingRule
from monps.domain.audit import AuditEntry
from monps.domain.backtest import MOST_ATTEMPTS, BacktestJob, BacktestRequest, BacktestResult, JobState
from monps.domain.base import Noun
from monps.errors import ConflictError, JobNotFoundError, UnknownNameError
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.backtest import OnStage, require_agent, run_backtest
from monps.services.bet_backtest import Span, backtest_rules
from monps.services.history import require_competition
from monps.staking import STAKE_RULES, StakeRule

_log = structlog.get_logger()

LOST_AFTER = timedelta(seconds=30)
"""A running job not seen for so long has lost its process."""


class JobPage(Noun):
    """Some jobs, newest first, of how many, and from where the next page goes on."""

    backtests: tuple[BacktestJob, ...]
    total: int
    next: int | None = None


def start_backtest(
    open_work: UnitOfWorkFactory, request: BacktestRequest, *, now: datetime, actor: str = "cli"
) -> BacktestJob:
    """Put a backtest into the queue.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where jobs are kept.
    request : BacktestRequest
        What to judge.
    now : datetime
        The present.
    actor : str
        Who asks.

    Raises
    ------
    UnknownNameError
        If the forecaster or a competition is not known.
    UsageError
        If there is no such staking rule.
    """
    require_agent(request.forecaster)
    if request.stake is not None:
        require_stake(request.stake)
    with open_work(write=True) as work:
        for code in request.competitions:
            require_competition(work, code)
        job = work.jobs.add(request, actor, now)
        _record(work, "backtest.queued", job, now=now, actor=actor)
        work.commit()
    return job


def run_request(
    open_work: UnitOfWorkFactory, request: BacktestRequest, *, now: datetime, on_stage: OnStage
) -> BacktestResult:
    """Do what a job asks for; no job is looked at or changed.

    Raises
    ------
    MonpsError
        As ``run_backtest``.
    """
    days = request.first_day, request.last_day
    if request.stake is not None:
        on_stage("forecasting and betting", 0.1)
        span = Span(request.forecaster, request.competitions, *days)
        rule = BettingRule(stake=require_stake(request.stake))
        [staked] = backtest_rules(open_work, span, [rule], now=now, markets=True)
        return BacktestResult.of_bets(staked, request.stake)
    found = run_backtest(
        open_work, request.forecaster, request.competitions, days, now=now, on_stage=on_stage
    )
    return BacktestResult.model_validate(found.model_dump())


def require_stake(name: str) -> StakeRule:
    """Return a way to stake, with its usual settings.

    Raises
    ------
    UnknownNameError
        With those that there are.
    """
    if name not in STAKE_RULES:
        raise UnknownNameError("stake rule", name, tuple(STAKE_RULES))
    return STAKE_RULES[name]


def list_backtests(
    open_work: UnitOfWorkFactory,
    state: JobState | None = None,
    *,
    before_id: int | None = None,
    limit: int = 100,
) -> JobPage:
    """Return jobs, newest first; ``next`` of a page is ``before_id`` of the next."""
    with open_work() as work:
        found = work.jobs.all(state, before_id=before_id, limit=limit + 1)
        total = work.jobs.count(state)
    page = tuple(found[:limit])
    return JobPage(backtests=page, total=total, next=page[-1].job_id if len(found) > limit else None)


def show_backtest(open_work: UnitOfWorkFactory, job_id: int) -> BacktestJob:
    """Return one job.

    Raises
    ------
    JobNotFoundError
        If there is none of this number.
    """
    with open_work() as work:
        return _require(work, job_id)


def cancel_backtest(
    open_work: UnitOfWorkFactory, job_id: int, *, now: datetime, actor: str = "cli"
) -> BacktestJob:
    """Cancel a job: at once while it waits, else as soon as the process that runs it looks.

    Raises
    ------
    JobNotFoundError
        If there is none of this number.
    ConflictError
        If it is finished.
    """
    with open_work(write=True) as work:
        job = _require(work, job_id)
        if job.is_finished:
            raise ConflictError(f"backtest {job_id} is {job.state} already")
        if job.state == "queued":
            changed = _finished(job, "cancelled", now)
        else:
            changed = job.model_copy(update={"cancel_wanted": True})
        if changed != job:
            _keep(work, "backtest.cancelled", changed, job, now=now, actor=actor)
        work.commit()
    return changed


def claim_backtest(open_work: UnitOfWorkFactory, *, now: datetime) -> BacktestJob | None:
    """Begin the oldest job that waits, if there is one; jobs that lost their process wait again first."""
    with open_work() as work:
        waits = work.jobs.oldest("queued") or next(iter(_lost(work, now)), None)
    if waits is None:
        return None
    with open_work(write=True) as work:
        for job in _lost(work, now):
            _begin_anew(work, job, now)
        job_or_none = work.jobs.oldest("queued")
        claimed = job_or_none and _begin(work, job_or_none, now)
        work.commit()
    return claimed


def note_progress(
    open_work: UnitOfWorkFactory, job_id: int, stage: str, progress: float, *, now: datetime
) -> BacktestJob:
    """Keep how far a job is, and that its process lives; the answer says whether to cancel it."""
    with open_work(write=True) as work:
        job = _require(work, job_id)
        if job.state == "running":
            job = job.model_copy(update={"stage": stage, "progress": progress, "seen_at": now})
            work.jobs.replace(job)
        work.commit()
    return job


def finish_backtest(
    open_work: UnitOfWorkFactory, job_id: int, result: BacktestResult, *, now: datetime
) -> BacktestJob:
    """Keep what a job found."""
    return _end(open_work, job_id, "done", now, result=result, progress=1.0)


def fail_backtest(open_work: UnitOfWorkFactory, job_id: int, error: str, *, now: datetime) -> BacktestJob:
    """Keep why a job failed."""
    return _end(open_work, job_id, "failed", now, error=error)


def stop_backtest(open_work: UnitOfWorkFactory, job_id: int, *, now: datetime) -> BacktestJob:
    """Keep that a job was cancelled while it ran."""
    return _end(open_work, job_id, "cancelled", now)


def release_backtest(open_work: UnitOfWorkFactory, job_id: int, *, now: datetime) -> None:
    """Let a running job wait again, because the service is shut down; that counts as no attempt."""
    with open_work(write=True) as work:
        job = _require(work, job_id)
        if job.state == "running":
            waits = {"state": "queued", "stage": "waiting", "progress": 0.0, "attempts": job.attempts - 1}
            _keep(work, "backtest.queued", job.model_copy(update=waits), job, now=now)
        work.commit()


def _end(
    open_work: UnitOfWorkFactory, job_id: int, state: JobState, now: datetime, **more: Any
) -> BacktestJob:
    with open_work(write=True) as work:
        job = _require(work, job_id)
        if not job.is_finished:
            ended = _finished(job, state, now, **more)
            _keep(work, f"backtest.{state}", ended, job, now=now)
            job = ended
        work.commit()
    _log.info("backtest ended", job_id=job_id, state=job.state, error=job.error)
    return job


def _lost(work: UnitOfWork, now: datetime) -> list[BacktestJob]:
    running = work.jobs.all("running", limit=1000)
    return [job for job in running if now - (job.seen_at or job.created_at) > LOST_AFTER]


def _begin_anew(work: UnitOfWork, job: BacktestJob, now: datetime) -> None:
    if job.cancel_wanted:
        changed = _finished(job, "cancelled", now)
    elif job.attempts >= MOST_ATTEMPTS:
        changed = _finished(job, "failed", now, error=f"its process was lost {job.attempts} times")
    else:
        changed = job.model_copy(update={"state": "queued", "stage": "waiting", "progress": 0.0})
    _keep(work, f"backtest.{changed.state}", changed, job, now=now, severity="warning")


def _begin(work: UnitOfWork, job: BacktestJob, now: datetime) -> BacktestJob:
    begun = {"state": "running", "stage": "starting", "attempts": job.attempts + 1}
    running = job.model_copy(update=begun | {"started_at": now, "seen_at": now})
    _keep(work, "backtest.begun", running, job, now=now)
    return running


def _finished(job: BacktestJob, state: JobState, now: datetime, **more: Any) -> BacktestJob:
    ended = dict(job) | {"state": state, "stage": state, "finished_at": now} | more
    return BacktestJob.model_validate(ended)


def _require(work: UnitOfWork, job_id: int) -> BacktestJob:
    job = work.jobs.find(job_id)
    if job is None:
        raise JobNotFoundError(f"there is no backtest {job_id}")
    return job


def _keep(work: UnitOfWork, event_type: str, job: BacktestJob, before: BacktestJob, **told: Any) -> None:
    work.jobs.replace(job)
    _record(work, event_type, job, before, **told)


def _record(
    work: UnitOfWork,
    event_type: str,
    job: BacktestJob,
    before: BacktestJob | None = None,
    *,
    now: datetime,
    **told: Any,
) -> None:
    entry = {"occurred_at": now, "event_type": event_type, "entity_type": "backtest", **told}
    facts = {"before": _facts(before) if before else None, "after": _facts(job)}
    work.audit.append(AuditEntry.model_validate({**entry, "entity_id": str(job.job_id), **facts}))


def _facts(job: BacktestJob) -> dict[str, Any]:
    """Return a job as JSON; of its result the scores are enough, the rest is kept with the job."""
    facts = job.model_dump(mode="json", exclude={"result", "seen_at"})
    scores = {"n", "rps", "log_loss", "brier", "ece"}
    return facts | {"result": job.result and job.result.model_dump(mode="json", include=scores)}
