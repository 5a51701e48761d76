"""``monps backtest``."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monps.cli import options

if TYPE_CHECKING:
    from monps.domain.evaluation import Evaluation

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


Stake = Annotated[
    str | None,
    typer.Option("--stake", metavar="RULE", help="Bet as well: flat, percentage, kelly, kelly_match ..."),
]
Price = Annotated[
    str, typer.Option("--price", help="At whose odds: average, best, pinnacle, a bookmaker, or books.")
]
Choice = Annotated[
    str,
    typer.Option("--choice", help="On what: value; to compare with, random, favourite, home, everything."),
]
Markets = Annotated[
    list[str] | None,
    typer.Option("--market", metavar="FAMILY", help="Only these markets; may be given again."),
]
Least = Annotated[float, typer.Option("--least-value", help="The expected value that must be cleared.")]
Caution = Annotated[
    float, typer.Option("--caution", min=0, help="How many standard errors below the estimate must clear it.")
]
Bankroll = Annotated[str, typer.Option("--initial", metavar="AMOUNT", help="The bankroll to begin with.")]


def backtest(  # noqa: PLR0913 - options, by name
    *,
    competition: Competitions,
    first: First,
    last: Last,
    forecaster: Forecaster = "goals",
    stake: Stake = None,
    price: Price = "average",
    choice: Choice = "value",
    market: Markets = None,
    least_value: Least = 0.02,
    caution: Caution = 1.0,
    initial: Bankroll = "1000.00",
    plot: Plot = None,
    json: options.Json = False,
) -> None:
    """Judge a forecaster walk-forward: every match from what was known on its morning.

    Its scores stand beside the closing price's on the same matches. With --stake, bets are replayed as well,
    at prices that existed then.

    Example: monps backtest -c E0 --from 2021-08-01 --to 2023-06-30 --forecaster market_memory
    """
    from monps import bootstrap
    from monps.backtest.rules import BettingRule
    from monps.cli import betting_sheets, pictures, render, scorecards
    from monps.cli.progress import progress
    from monps.domain.betting import StakedEvaluation
    from monps.services.backtest import run_backtest
    from monps.services.bet_backtest import Span, backtest_rules, require_choice
    from monps.staking.value import ValueRule

    if plot is not None:
        pictures.require_picture(plot)
    application = bootstrap.application()
    days = first.date(), last.date()
    now = application.clock.now()
    with progress(f"forecasting with {forecaster}", wanted=not json):
        if stake is None:
            found: Evaluation = run_backtest(application.open_work, forecaster, competition, days, now=now)
        else:
            rule = BettingRule(
                stake=bootstrap.stake_rule(stake),
                choice=require_choice(choice),
                price=price,
                markets=tuple(market) if market else BettingRule().markets,
                value=ValueRule(least_value=least_value, caution=caution, oldest_hours=24.0),
                initial=options.money(initial),
            )
            span = Span(forecaster, tuple(competition), *days)
            shelf = application.shelf("forecasts")
            (found,) = backtest_rules(application.open_work, span, [rule], now=now, shelf=shelf, markets=True)
    betting = found.betting if isinstance(found, StakedEvaluation) else None
    if plot is not None and betting is not None:
        pictures.draw_betting(betting, plot)
    elif plot is not None:
        pictures.draw_evaluation(found, plot)
    if json:
        render.print_json(found)
        return
    scorecards.show_evaluation(render.out(), found)
    if betting is not None:
        betting_sheets.show_betting(render.out(), betting)
