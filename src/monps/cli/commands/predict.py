"""``monps predict``."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monps.cli import options

if TYPE_CHECKING:
    from monps.bootstrap import Application
    from monps.domain.predictions import ForecastRequest
    from monps.domain.scorers import LineUps

BRAIN = "brain"

CompetitionOption = Annotated[
    str | None, typer.Option("--competition", "-c", metavar="CODE", help="E0, SP1 ...")
]
Home = Annotated[str | None, typer.Option("--home", metavar="TEAM", help="The side at home.")]
Away = Annotated[str | None, typer.Option("--away", metavar="TEAM", help="The visitors.")]
Kickoff = Annotated[
    datetime | None,
    typer.Option("--date", parser=options.moment, metavar="MOMENT", help="When it kicks off."),
]
Neutral = Annotated[bool, typer.Option("--neutral", help="Nobody is at home.")]
Referee = Annotated[str | None, typer.Option("--referee", metavar="NAME", help="Who leads the match.")]
File = Annotated[
    Path | None,
    typer.Option(
        "--file", exists=True, dir_okay=False, metavar="CSV",
        help="Fixtures: columns competition, home, away, date, and neutral or referee if need be.",
    ),
]  # fmt: skip
Round = Annotated[bool, typer.Option("--round", help="The next round of the competition in the store.")]
Every = Annotated[bool, typer.Option("--all", help="Print every market, not only the main ones.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Keep no prediction.")]
Scorers = Annotated[bool, typer.Option("--scorers", help="Say who scores, too.")]
Forecaster = Annotated[
    str, typer.Option("--model", metavar="NAME", help="The brain, or a single score model instead.")
]


def predict(  # noqa: PLR0913 - options, by name
    *,
    competition: CompetitionOption = None,
    home: Home = None,
    away: Away = None,
    date: Kickoff = None,
    as_of: options.AsOf = None,
    neutral: Neutral = False,
    referee: Referee = None,
    file: File = None,
    whole_round: Round = False,
    every_market: Every = False,
    dry_run: Dry = False,
    scorers: Scorers = False,
    lineup: options.LineUpFile = None,
    model: Forecaster = BRAIN,
    json: options.Json = False,
) -> None:
    """Price one match, a file of them, or the next round, from what was known at a moment.

    Example: monps predict --competition E0 --home Arsenal --away Chelsea --date 2023-05-02T19:00:00Z
    """
    from monps import bootstrap

    application = bootstrap.application()
    wanted = _line_ups(lineup, scorers=scorers, by_brain=model == BRAIN, alone=not (file or whole_round))
    if file is not None or whole_round:
        from monps.cli.fixtures import read_fixtures, round_of

        requests = read_fixtures(file, as_of) if file else round_of(application, competition, as_of)
        requests = [request.model_copy(update={"line_ups": wanted}) for request in requests]
        _many(application, requests, json=json, keep=not dry_run)
        return
    one = _one(competition, home, away, date).model_copy(
        update={"as_of": as_of, "neutral": neutral, "referee": referee, "line_ups": wanted}
    )
    if model == BRAIN:
        _by_brain(application, one, every_market=every_market, json=json, keep=not dry_run)
    else:
        _by_model(application, one, model, every_market=every_market, json=json)


def _line_ups(file: Path | None, *, scorers: bool, by_brain: bool, alone: bool) -> "LineUps | None":
    """Return the line-ups with which scorers are wanted; None where they are not."""
    from monps.cli.line_ups import read_line_ups
    from monps.domain.scorers import LineUps
    from monps.errors import UsageError

    if file is not None and not (scorers and alone):
        raise UsageError("--lineup belongs to --scorers, and to one match")
    if scorers and not by_brain:
        raise UsageError("--scorers are the brain's; for a single model there is `monps scorers`")
    if not scorers:
        return None
    return LineUps() if file is None else read_line_ups(file)


def _one(
    competition: str | None, home: str | None, away: str | None, date: datetime | None
) -> "ForecastRequest":
    from monps.domain.predictions import ForecastRequest
    from monps.errors import UsageError

    if competition is None or home is None or away is None or date is None:
        raise UsageError("name the match: --competition, --home, --away and --date; or --file, or --round")
    return ForecastRequest(competition=competition, home=home, away=away, kickoff=date)


def _by_brain(
    application: "Application", request: "ForecastRequest", *, every_market: bool, json: bool, keep: bool
) -> None:
    from monps.cli import consensus_sheets, render, scorer_sheets, sheets
    from monps.cli.progress import progress

    with progress("Consulting the agents", wanted=not json):
        [answer] = application.predict([request], keep=keep)
    prediction = answer.require()
    if json:
        render.print_json(prediction)
        return
    console = render.out()
    consensus_sheets.show_prediction(console, prediction)
    if prediction.scorers is not None:
        scorer_sheets.show_scorers(console, prediction.scorers)
    shown = prediction.markets if every_market else sheets.main_prices(prediction.markets)
    console.print(sheets.price_list(shown, f"Fair odds ({len(shown)} of {len(prediction.markets)}; --all)"))


def _many(application: "Application", requests: "list[ForecastRequest]", *, json: bool, keep: bool) -> None:
    from monps.cli import consensus_sheets, render
    from monps.cli.progress import progress

    with progress("Consulting the agents", wanted=not json):
        answers = application.predict(requests, keep=keep)
    if json:
        made = [answer.prediction for answer in answers if answer.prediction is not None]
        refused = [
            {**answer.request.model_dump(mode="json"), "reason": str(answer.refusal)}
            for answer in answers
            if answer.refusal is not None
        ]
        render.print_json({"predictions": made, "refused": refused})
    else:
        consensus_sheets.show_round(render.out(), answers)


def _by_model(
    application: "Application", request: "ForecastRequest", model: str, *, every_market: bool, json: bool
) -> None:
    from monps import bootstrap
    from monps.cli import render, sheets
    from monps.services.predict import predict_match

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
