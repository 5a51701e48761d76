"""``monps predict``."""

from datetime import datetime
from typing import Annotated

import typer

from monps.cli import options

Home = Annotated[str, typer.Option("--home", metavar="TEAM", help="The side at home.")]
Away = Annotated[str, typer.Option("--away", metavar="TEAM", help="The visitors.")]
Kickoff = Annotated[
    datetime, typer.Option("--date", parser=options.moment, metavar="MOMENT", help="When it kicks off.")
]
Neutral = Annotated[bool, typer.Option("--neutral", help="Nobody is at home.")]
Every = Annotated[bool, typer.Option("--all", help="Print every market, not only the main ones.")]


def predict(  # noqa: PLR0913 - options, by name
    *,
    competition: options.Competition,
    home: Home,
    away: Away,
    date: Kickoff,
    as_of: options.AsOf = None,
    neutral: Neutral = False,
    every_market: Every = False,
    model: options.Model = options.DEFAULT_MODEL,
    json: options.Json = False,
) -> None:
    """Price one match from what was known at a moment.

    Example: monps predict --competition E0 --home Arsenal --away Chelsea --date 2023-05-02T19:00:00Z
    """
    from monps import bootstrap
    from monps.cli import render, sheets
    from monps.domain.predictions import ForecastRequest
    from monps.services.predict import predict_match

    request = ForecastRequest(
        competition=competition, home=home, away=away, kickoff=date, neutral=neutral, as_of=as_of
    )
    application = bootstrap.application()
    forecast = predict_match(
        application.open_work,
        bootstrap.score_model(model),
        request,
        now=application.clock.now(),
        freshness=application.freshness,
    )
    if json:
        render.print_json(forecast)
        return
    console = render.out()
    sheets.show_forecast(console, forecast)
    shown = forecast.markets if every_market else sheets.main_prices(forecast.markets)
    console.print(sheets.price_list(shown, f"Fair odds ({len(shown)} of {len(forecast.markets)}; --all)"))
