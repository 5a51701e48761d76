"""``monps backtest``."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from monps.cli import options

Competitions = Annotated[
    list[str], typer.Option("--competition", "-c", metavar="CODE", help="E0, SP1 ...; may be given again.")
]
Forecaster = Annotated[
    str, typer.Option("--forecaster", "-f", metavar="NAME", help="goals, market_memory, dixon_coles ...")
]
First = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day to judge.")]
Last = Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day to judge.")]
Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Draw calibration and gaps as a PNG or SVG.")
]


def backtest(
    *,
    competition: Competitions,
    first: First,
    last: Last,
    forecaster: Forecaster = "goals",
    plot: Plot = None,
    json: options.Json = False,
) -> None:
    """Judge a forecaster walk-forward: every match from what was known on its morning.

    Its scores stand beside the closing price's on the same matches.

    Example: monps backtest -c E0 --from 2021-08-01 --to 2023-06-30 --forecaster market_memory
    """
    from monps import bootstrap
    from monps.cli import pictures, render, scorecards
    from monps.cli.progress import progress
    from monps.services.backtest import run_backtest

    if plot is not None:
        pictures.require_picture(plot)
    application = bootstrap.application()
    with progress(f"forecasting with {forecaster}", wanted=not json):
        found = run_backtest(
            application.open_work,
            forecaster,
            competition,
            (first.date(), last.date()),
            now=application.clock.now(),
        )
    if plot is not None:
        pictures.draw_evaluation(found, plot)
    if json:
        render.print_json(found)
    else:
        scorecards.show_evaluation(render.out(), found)
