"""``monps value``."""

from typing import Annotated

import typer

from monps.cli import options

Round = Annotated[bool, typer.Option("--round", help="The next round alone, not two weeks ahead.")]
Forecaster = Annotated[str, typer.Option("--forecaster", "-f", metavar="NAME", help="By whose forecast.")]
Least = Annotated[
    float, typer.Option("--least-value", help="The expected value that must be cleared: 0.02 is 2 %.")
]
Caution = Annotated[
    float,
    typer.Option("--caution", min=0, help="How many standard errors below the estimate must clear it."),
]
Oldest = Annotated[float, typer.Option("--oldest-hours", min=0, help="Older quotes are stale.")]
Bankroll = Annotated[
    str | None, typer.Option("--bankroll", "-b", metavar="NAME", help="Size the bets for this bankroll.")
]
Stake = Annotated[
    str, typer.Option("--stake", metavar="RULE", help="kelly, kelly_market, kelly_match, flat, percentage.")
]
Place = Annotated[bool, typer.Option("--place", help="Write the bets down in the bankroll's books.")]
Every = Annotated[bool, typer.Option("--all", help="Print every offer, not only the bets.")]


def value(  # noqa: PLR0913 - options, by name
    *,
    competition: options.Competition,
    as_of: options.AsOf = None,
    one_round: Round = False,
    forecaster: Forecaster = "brain",
    least_value: Least = 0.02,
    caution: Caution = 1.0,
    oldest_hours: Oldest = 168.0,
    bankroll: Bankroll = None,
    stake: Stake = "kelly_match",
    place: Place = False,
    every_offer: Every = False,
    json: options.Json = False,
) -> None:
    """Hold bookmakers' odds on the matches to come against the forecast. Usually there is no bet.

    Example: monps value --competition E0 --round
    """
    from monps import bootstrap
    from monps.cli import render, value_sheets
    from monps.cli.progress import progress
    from monps.errors import UsageError
    from monps.services.place import place_bets
    from monps.services.value import Question, Staking, find_value, slips_of
    from monps.staking.value import ValueRule

    if place and bankroll is None:
        raise UsageError("say with --bankroll whose money is to be bet")
    application = bootstrap.application()
    now = application.clock.now()
    rule = ValueRule(least_value=least_value, caution=caution, oldest_hours=oldest_hours)
    question = Question(competition, as_of or now, rule, forecaster, one_round)
    staking = Staking(bankroll, bootstrap.stake_rule(stake), application.limits) if bankroll else None
    with progress(f"asking {forecaster}", wanted=not json):
        found = find_value(
            application.open_work, question, now=now, staking=staking, keeper=application.consultant.keeper
        )
    if place and bankroll:
        place_bets(application.open_work, bankroll, slips_of(found), now=now)
    if json:
        render.print_json(found)
    else:
        value_sheets.show_value(render.out(), found, every_offer=every_offer)
