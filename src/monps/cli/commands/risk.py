"""``monps risk``."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monps.cli import options

if TYPE_CHECKING:
    from pydantic import BaseModel

app = typer.Typer(help="Size bets, and see what open ones can lose.", no_args_is_help=True)

Balance = Annotated[str, typer.Option("--balance", metavar="AMOUNT", help="What there is to bet with.")]
Fraction = Annotated[float, typer.Option("--fraction", help="How much of Kelly's stake: 0.25 is a quarter.")]
Odds = Annotated[float, typer.Option("--odds", help="Decimal odds.")]
Chance = Annotated[float, typer.Option("--probability", "-p", help="Of winning what is not given back.")]
Error = Annotated[
    float, typer.Option("--standard-error", help="Of the probability: the stake shrinks for it.")
]
Commission = Annotated[float, typer.Option("--commission", help="Share of the winnings that is kept.")]


@app.command()
def position(  # noqa: PLR0913 - options, by name
    *,
    balance: Balance,
    odds: Odds,
    probability: Chance,
    standard_error: Error = 0.0,
    commission: Commission = 0.0,
    fraction: Fraction = 0.25,
    json: options.Json = False,
) -> None:
    """Size one bet, and say which limits bit.

    Example: monps risk position --balance 1000.00 --odds 2.10 --probability 0.52
    """
    from monps import bootstrap
    from monps.cli import render, risk_sheets
    from monps.domain.stakes import PositionRequest
    from monps.services.risk import size_position

    asked = {
        "funds": {"balance": balance}, "odds": odds, "probability": probability, "fraction": fraction,
        "standard_error": standard_error, "commission": commission,
        "limits": bootstrap.application().limits,
    }  # fmt: skip
    found = size_position(_read(PositionRequest, asked))
    if json:
        render.print_json(found)
    else:
        render.out().print(risk_sheets.positions("Stake", [("the bet", found)]))


Offers = Annotated[
    list[str],
    typer.Option("--offer", metavar="OFFER", help="match_result:home=2.10, totals 2.5:over=1.95 ...; again."),
]
HomeGoals = Annotated[
    float | None, typer.Option("--home-goals", help="Expected goals at home; or a fixture:")
]
AwayGoals = Annotated[float | None, typer.Option("--away-goals", help="Expected goals of the visitors.")]
Code = Annotated[str | None, typer.Option("--competition", "-c", metavar="CODE", help="its competition,")]
Home = Annotated[str | None, typer.Option("--home", metavar="TEAM", help="the side at home,")]
Away = Annotated[str | None, typer.Option("--away", metavar="TEAM", help="the visitors,")]
Kickoff = Annotated[
    datetime | None, typer.Option("--date", parser=options.moment, metavar="MOMENT", help="and its kick-off.")
]
Forecaster = Annotated[str, typer.Option("--forecaster", "-f", metavar="NAME", help="By whose forecast.")]


@app.command()
def portfolio(  # noqa: PLR0913 - options, by name
    *,
    balance: Balance,
    offer: Offers,
    home_goals: HomeGoals = None,
    away_goals: AwayGoals = None,
    competition: Code = None,
    home: Home = None,
    away: Away = None,
    date: Kickoff = None,
    as_of: options.AsOf = None,
    forecaster: Forecaster = "brain",
    fraction: Fraction = 0.25,
    json: options.Json = False,
) -> None:
    """Size all bets on offer on one match together.

    Example: monps risk portfolio --balance 1000 --home-goals 1.6 --away-goals 1.1 --offer totals 2.5:over=2
    """
    from monps import bootstrap
    from monps.cli import render, risk_sheets
    from monps.domain.stakes import PortfolioRequest
    from monps.services.risk import size_portfolio

    asked = {
        "funds": {"balance": balance}, "offers": [_offer(text) for text in offer], "home_goals": home_goals,
        "away_goals": away_goals, "competition": competition, "home": home, "away": away, "kickoff": date,
        "as_of": as_of, "fraction": fraction,
    }  # fmt: skip
    application = bootstrap.application()
    request = _read(PortfolioRequest, asked | {"limits": application.limits})
    found = size_portfolio(application.open_work, request, now=application.clock.now(), forecaster=forecaster)
    if json:
        render.print_json(found)
    else:
        risk_sheets.show_portfolio(render.out(), found, offer)


Bankroll = Annotated[str, typer.Option("--bankroll", "-b", metavar="NAME", help="Whose open bets.")]
Confidence = Annotated[float, typer.Option("--confidence", help="Of the value at risk: 0.95 is 95 %.")]
Quick = Annotated[str, typer.Option("--forecaster", "-f", metavar="NAME", help="By whose grids.")]
Draws = Annotated[int, typer.Option("--simulations", help="Outcomes to draw, if they cannot be listed.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Where the chance of drawn outcomes comes from.")]


@app.command()
def var(
    *,
    bankroll: Bankroll = "main",
    confidence: Confidence = 0.95,
    simulations: Draws = 20_000,
    seed: Seed = 1,
    forecaster: Quick = "dixon_coles",
    json: options.Json = False,
) -> None:
    """Say what a bankroll's open bets can lose: value at risk, and the mean loss beyond.

    Example: monps risk var --bankroll main --confidence 0.99
    """
    from monps import bootstrap
    from monps.cli import render, risk_sheets
    from monps.domain.stakes import VaRRequest
    from monps.services.exposure import risk_of_book

    asked = {"bankroll": bankroll, "confidence": confidence, "simulations": simulations, "seed": seed}
    application = bootstrap.application()
    found = risk_of_book(
        application.open_work,
        _read(VaRRequest, asked),
        now=application.clock.now(),
        forecaster=forecaster,
    )
    if json:
        render.print_json(found)
    else:
        render.out().print(risk_sheets.losses(found))


@app.command()
def book(
    *, bankroll: Bankroll = "main", forecaster: Quick = "dixon_coles", json: options.Json = False
) -> None:
    """Say what is at stake on open bets, by match, day, competition and bookmaker.

    Example: monps risk book --bankroll main
    """
    from monps import bootstrap
    from monps.cli import render, risk_sheets
    from monps.services.exposure import open_exposure

    application = bootstrap.application()
    found = open_exposure(application.open_work, bankroll, now=application.clock.now(), forecaster=forecaster)
    if json:
        render.print_json(found)
    else:
        risk_sheets.show_book(render.out(), found)


def _offer(text: str) -> dict[str, Any]:
    """Read ``totals 2.5:over=1.95``."""
    what, _, odds = text.rpartition("=")
    market, _, selection = what.rpartition(":")
    family, _, line = market.strip().partition(" ")
    if not family or not selection or not odds:
        raise typer.BadParameter(f"{text!r} is no offer; write it as totals 2.5:over=1.95")
    return {"family": family, "line": line or None, "selection": selection.strip(), "odds": odds}


def _read(kind: "type[BaseModel]", asked: dict[str, Any]) -> Any:
    from pydantic import ValidationError

    from monps.errors import UsageError
    from monps.services.bankrolls import sentence

    try:
        return kind.model_validate(asked)
    except ValidationError as error:
        raise UsageError(sentence(error)) from error
