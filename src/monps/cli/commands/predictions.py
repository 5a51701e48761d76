"""``monps predictions``."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from monps.cli import options

app = typer.Typer(
    help="Predictions that are kept: list, show, price and overrule them.", no_args_is_help=True
)

PredictionId = Annotated[str, typer.Argument(metavar="PREDICTION_ID", help="As `monps predict` printed it.")]
Code = Annotated[str | None, typer.Option("--competition", "-c", metavar="CODE", help="E0, SP1 ...")]
MatchId = Annotated[int | None, typer.Option("--match", metavar="N", help="Of this match alone.")]
Market = Annotated[str | None, typer.Option("--market", metavar="FAMILY", help="That price this family.")]
Since = Annotated[
    datetime | None,
    typer.Option("--from", parser=options.moment, metavar="MOMENT", help="Kick-off not before."),
]
Until = Annotated[
    datetime | None, typer.Option("--to", parser=options.moment, metavar="MOMENT", help="Kick-off not after.")
]
Edge = Annotated[
    float | None, typer.Option("--min-edge", help="With at least this edge over prices on offer.")
]
Cursor = Annotated[str | None, typer.Option("--cursor", metavar="NEXT", help="What a page gave as next.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many.")]


@app.command("list")
def list_(  # noqa: PLR0913 - options, by name
    *,
    match: MatchId = None,
    competition: Code = None,
    market: Market = None,
    since: Since = None,
    until: Until = None,
    min_edge: Edge = None,
    cursor: Cursor = None,
    limit: Limit = 100,
    json: options.Json = False,
) -> None:
    """List predictions, newest first.

    Example: monps predictions list --competition E0 --limit 20
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.ports.predictions import PredictionFilter
    from monps.services.predictions import list_predictions

    only = PredictionFilter(match, competition, market, since, until, min_edge)
    page = list_predictions(bootstrap.application().open_work, only, cursor=cursor, limit=limit)
    if json:
        render.print_json(page)
        return
    rows = [
        [each.prediction_id, f"{each.kickoff:%Y-%m-%d %H:%M}", f"{each.home} - {each.away}",
         render.percent(each.home_win), render.percent(each.draw), render.percent(each.away_win)]
        for each in page.predictions
    ]  # fmt: skip
    title = f"{len(rows)} of {page.total} predictions"
    render.out().print(render.table(title, ["", "kick-off (UTC)", "match"], ["1", "X", "2"], rows))


@app.command()
def show(prediction_id: PredictionId) -> None:
    """Print a prediction as JSON, exactly as it was computed, or overruled.

    Example: monps predictions show 4f1c2b
    """
    from monps import bootstrap
    from monps.services.predictions import show_prediction

    typer.echo(show_prediction(bootstrap.application().open_work, prediction_id).payload.decode())


Offers = Annotated[
    list[str], typer.Option("--odds", metavar="OFFER", help="totals:2.5:over@1.95; may be given again.")
]
Bankroll = Annotated[str, typer.Option("--bankroll", metavar="AMOUNT", help="Of which stakes are shares.")]


@app.command()
def markets(
    prediction_id: PredictionId,
    *,
    odds: Offers = [],  # noqa: B006 - nobody changes it
    bankroll: Bankroll = "100",
    json: options.Json = False,
) -> None:
    """Print a prediction's price list, and hold prices that you were offered against it.

    Example: monps predictions markets 4f1c2b --odds match_result:home@2.10
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.services.priced_markets import price_markets

    application = bootstrap.application()
    now = application.clock.now()
    found = price_markets(application.open_work, prediction_id, odds, bankroll=Decimal(bankroll), now=now)
    if json:
        render.print_json(found)
        return
    rows = [
        [each.family, each.line if each.line is not None else "", each.period, each.selection,
         render.percent(each.probability), render.odds(each.fair_odds),
         f"{each.offer.value.odds:.2f}" if each.offer else "",
         f"{each.offer.value.expected_value:+.1%}" if each.offer else ""]
        for each in found.markets
        if each.offer or not odds
    ]  # fmt: skip
    text, numbers = ["market", "line", "period", "selection"], ["chance", "fair", "offer", "value"]
    render.out().print(render.table(f"{len(rows)} selections", text, numbers, rows))


File = Annotated[Path, typer.Argument(metavar="FILE", help="JSON: fair_odds, confidence_score, reason.")]


@app.command()
def overrule(prediction_id: PredictionId, file: File, *, json: options.Json = False) -> None:
    """Overrule fair odds or confidence; the audit keeps how it was before.

    Example: monps predictions overrule 4f1c2b change.json
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.domain.predictions import EnsemblePrediction
    from monps.errors import UsageError
    from monps.services.overrule import Override, override_prediction
    from monps.services.predictions import Sender

    try:
        override = Override.model_validate_json(file.read_bytes(), strict=True)
    except ValueError as error:
        raise UsageError(f"{file}: {error}") from error
    application = bootstrap.application()
    made = override_prediction(
        application.open_work,
        prediction_id,
        override,
        expect=lambda _kept: None,
        sender=Sender("cli"),
        now=application.clock.now(),
    )
    if json:
        render.print_json(EnsemblePrediction.model_validate_json(made.payload))
    else:
        render.out().print(f"{prediction_id} is at revision {made.revision}")
