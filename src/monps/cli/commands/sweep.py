"""``monps sweep``."""

from enum import StrEnum
from typing import Annotated

import typer

from monps.cli import options
from monps.cli.commands.backtest import Competitions


class Runner(StrEnum):
    """Where tasks run."""

    SERIAL = "serial"
    PROCESSES = "processes"
    DASK = "dask"


Forecasters = Annotated[
    list[str], typer.Option("--forecaster", "-f", metavar="NAME", help="goals, elo ...; may be given again.")
]
First = Annotated[str, typer.Option("--from", metavar="SEASON", help="The first season to judge: 2015/16.")]
Last = Annotated[str, typer.Option("--to", metavar="SEASON", help="The last season to judge.")]
Where = Annotated[Runner, typer.Option("--runner", help="Where the tasks run.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Processes to start for it.")]
Scheduler = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="A Dask cluster: tcp://host:8786.")
]


def sweep(  # noqa: PLR0913 - options, by name
    *,
    competition: Competitions,
    first: First,
    last: Last,
    forecaster: Forecasters,
    runner: Where = Runner.SERIAL,
    workers: Workers = 2,
    scheduler: Scheduler = None,
    json: options.Json = False,
) -> None:
    """Judge several forecasters season by season, in several processes or on a cluster.

    What is finished is kept, and never run again: a sweep that was stopped goes on where it stopped.

    Example: monps sweep -c E0 -c SP1 --from 2015/16 --to 2022/23 -f elo -f goals --runner processes
    """
    from monps import bootstrap
    from monps.cli import render, sweeps
    from monps.cli.progress import progress
    from monps.domain.identifiers import seasons_between
    from monps.services.backtest import require_agent
    from monps.services.sweep import plan_sweep, run_sweep

    application = bootstrap.application()
    forecasters = {name: require_agent(name) for name in forecaster}
    seasons = seasons_between(first, last)
    with progress("reading", wanted=not json):
        jobs = plan_sweep(
            application.open_work, forecasters, competition, seasons, now=application.clock.now()
        )
    with progress("forecasting", wanted=not json, total=len(jobs)) as step:
        found = run_sweep(
            jobs, application.shelf("sweeps"), bootstrap.runner(runner, workers, scheduler), step=step
        )
    if json:
        render.print_json(found)
    else:
        sweeps.show_sweep(render.out(), found)
