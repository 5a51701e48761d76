"""``monps jobs``."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from monps.cli import options

if TYPE_CHECKING:
    from monps.domain.backtest import BacktestJob

app = typer.Typer(help="Backtests that the HTTP service runs in the background.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="N", help="The job's number.")]
State = Annotated[
    Literal["queued", "running", "done", "failed", "cancelled"] | None,
    typer.Option("--state", help="Only of this state."),
]
BeforeId = Annotated[int | None, typer.Option("--before", metavar="N", help="Only jobs below this number.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many.")]


@app.command("list")
def list_(
    *, state: State = None, before: BeforeId = None, limit: Limit = 100, json: options.Json = False
) -> None:
    """List jobs, newest first.

    Example: monps jobs list --state running
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.services.jobs import list_backtests

    page = list_backtests(bootstrap.application().open_work, state, before_id=before, limit=limit)
    if json:
        render.print_json(page)
        return
    title = f"{len(page.backtests)} of {page.total} backtests"
    _print(title, page.backtests)


@app.command()
def show(number: Number, *, json: options.Json = False) -> None:
    """Show one job: its progress, and its result once there is one.

    Example: monps jobs show 3 --json
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.services.jobs import show_backtest

    job = show_backtest(bootstrap.application().open_work, number)
    if json:
        render.print_json(job)
    else:
        _print(job.error or f"backtest {number}", (job,))


@app.command()
def cancel(number: Number, *, json: options.Json = False) -> None:
    """Cancel a job: at once while it waits, else as soon as its process is ended.

    Example: monps jobs cancel 3
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.services.jobs import cancel_backtest

    application = bootstrap.application()
    job = cancel_backtest(application.open_work, number, now=application.clock.now())
    if json:
        render.print_json(job)
    else:
        _print(f"backtest {number}", (job,))


def _print(title: str, jobs: "tuple[BacktestJob, ...]") -> None:
    from monps.cli import render

    rows = [
        [job.job_id, job.state, job.stage, job.request.forecaster, " ".join(job.request.competitions),
         f"{job.progress:.0%}"]
        for job in jobs
    ]  # fmt: skip
    render.out().print(render.table(title, ["", "state", "", "forecaster", "of"], ["done"], rows))
