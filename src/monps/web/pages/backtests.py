"""Backtests: run, watch, compare, download."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError

from monps.brain import FORECASTERS
from monps.domain.backtest import BacktestJob, BacktestRequest, BacktestResult
from monps.domain.evaluation import Estimate, Evaluation, MarketScore, Scorecard
from monps.services.jobs import cancel_backtest, list_backtests, show_backtest, start_backtest
from monps.services.queries import list_competitions
from monps.web.desk import Actor, Desk, Writing
from monps.web.naming import market_name, market_of
from monps.web.refusals import Refusal
from monps.web.rendering import page
from monps.web.security import CheckedForm, Form
from monps.web.sheets import Value, csv_response
from monps.web.views import scoreboards
from monps.web.writing import Writer

router = APIRouter()
STAKES = {
    "flat": "a hundredth of the first bankroll on every bet that is worth one",
    "percentage": "a hundredth of the present bankroll on every bet that is worth one",
    "kelly": "a quarter of the stake that makes money grow fastest, less where we are unsure; each bet alone",
    "kelly_market": "the same, the selections of one market taken together",
    "kelly_match": "the same, all bets of one match taken together",
}
"""Every way to stake, and what it does."""
_LISTED, _MOST_COMPARED = 50, 12
_YEAR = timedelta(days=365)
_GAPS = ("rps_gap", "log_loss_gap")
_BETS = ("bets", "staked", "profit")
_COLUMNS = (
    "part", "name", "n", "rps", "log_loss", "brier", "ece",
    *(f"{gap}{end}" for gap in _GAPS for end in ("", "_from", "_to")), *_BETS, "yield", "clv",
)  # fmt: skip


@router.get("/backtests")
def show_backtests(request: Request, desk: Desk) -> HTMLResponse:
    """List jobs, and offer to run another."""
    jobs = list_backtests(desk.open_work, limit=_LISTED).backtests
    with desk.open_work() as work:
        newest = work.matches.latest_known_at() or desk.clock.now()
    return page(
        request,
        "backtests.html",
        jobs=jobs,
        running=any(not job.is_finished for job in jobs),
        competitions=list_competitions(desk.open_work),
        forecasters=tuple(FORECASTERS),
        rules=STAKES,
        first_day=(newest - _YEAR).date(),
        last_day=newest.date(),
    )


@router.post("/backtests")
def run_backtest(form: CheckedForm, desk: Desk, actor: Actor) -> RedirectResponse:
    """Put a backtest into the queue, and show it."""
    job = start_backtest(desk.open_work, _requested(form), now=desk.clock.now(), actor=actor)
    return RedirectResponse(f"/backtests/{job.job_id}", 303)


@router.get("/backtests/compare")
def compare(request: Request, desk: Desk, job: Annotated[list[int] | None, Query()] = None) -> HTMLResponse:
    """Show finished backtests side by side."""
    chosen = [show_backtest(desk.open_work, number) for number in (job or [])[:_MOST_COMPARED]]
    done = [each for each in chosen if each.result]
    return page(
        request,
        "compare.html",
        jobs=[(each, scoreboards.gap_line(each.result)) for each in done if each.result],
        gaps=scoreboards.jobs_picture(done),
    )


@router.get("/backtests/{job_id}.csv")
def download(desk: Desk, job_id: int) -> Response:
    """Hand out what a backtest found, part by part."""
    job = show_backtest(desk.open_work, job_id)
    return csv_response(f"monps-backtest-{job_id}.csv", _COLUMNS, _rows(job))


@router.get("/backtests/{job_id}")
def show_job(request: Request, desk: Desk, writer: Writing, job_id: int) -> HTMLResponse:
    """Show how far a backtest is, or what it found."""
    job = show_backtest(desk.open_work, job_id)
    return page(
        request,
        "backtest.html",
        job=job,
        **result_parts(job.result, writer),
    )


@router.post("/backtests/{job_id}/cancel")
def cancel(form: CheckedForm, desk: Desk, actor: Actor, job_id: int) -> RedirectResponse:  # noqa: ARG001 - it is checked
    """Cancel a backtest."""
    cancel_backtest(desk.open_work, job_id, now=desk.clock.now(), actor=actor)
    return RedirectResponse(f"/backtests/{job_id}", 303)


def result_parts(found: Evaluation | None, writer: Writer) -> dict[str, Any]:
    """Return the pictures of what a backtest found; none where it found nothing yet."""
    if found is None:
        return dict.fromkeys(("calibration", "gaps", "log_loss_gaps", "gains"))
    parts = scoreboards.parts_of(found)
    return {
        "calibration": scoreboards.calibration_picture(found),
        "gaps": scoreboards.gaps_picture(parts),
        "log_loss_gaps": scoreboards.gaps_picture(parts, "log_loss_gap"),
        "gains": scoreboards.gains_picture(found.markets, lambda name: market_name(market_of(name), writer)),
    }


def _requested(form: Form) -> BacktestRequest:
    """Read a request from a form.

    Raises
    ------
    Refusal
        If it makes no sense.
    """
    chosen = [name.partition(".")[2] for name in form if name.startswith("competition.")]
    given = {
        "competitions": tuple(chosen),
        "first_day": form.get("first_day"),
        "last_day": form.get("last_day"),
        "forecaster": form.get("forecaster"),
        "stake": form.get("stake") or None,
    }
    try:
        return BacktestRequest.model_validate(given)
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(map(str, problem["loc"]))
        raise Refusal(422, f"{field}: {problem['msg']}" if field else problem["msg"]) from error


def _rows(job: BacktestJob) -> Iterator[tuple[Value, ...]]:
    found = job.result
    if found is None:
        return
    yield (*_row("all", job.request.forecaster, found), *_bets(found))
    for part, cards in (("competition", found.by_competition), ("season", found.by_season)):
        for name, card in cards.items():
            yield _row(part, name, card)
    for each in found.markets:
        yield _row("market", each.market, each)


def _row(part: str, name: str, card: Scorecard | MarketScore) -> tuple[Value, ...]:
    """Write scores; a market has some of them."""
    scores = (getattr(card, field, None) for field in ("n", "rps", "log_loss", "brier", "ece"))
    gaps = (end for gap in _GAPS for end in _ends(getattr(card, gap, None)))
    return (part, name, *scores, *gaps)


def _bets(found: BacktestResult) -> tuple[Value, ...]:
    money = (None if (amount := getattr(found, field)) is None else float(amount) for field in _BETS)
    return (*money, *(each.value if each else None for each in (found.yield_, found.clv)))


def _ends(gap: Estimate | None) -> tuple[float | None, ...]:
    return (gap.value, *gap.interval) if gap else (None, None, None)
