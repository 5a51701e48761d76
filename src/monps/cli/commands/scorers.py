"""``monps scorers``."""

from typing import Annotated

import typer

from monps.cli import options

Home = Annotated[str, typer.Argument(metavar="HOME", help="The side at home.")]
Away = Annotated[str, typer.Argument(metavar="AWAY", help="The visitors.")]
Neutral = Annotated[bool, typer.Option("--neutral", help="Nobody is at home.")]


def scorers(  # noqa: PLR0913 - options, by name
    home: Home,
    away: Away,
    *,
    competition: options.Competition,
    as_of: options.AsOf = None,
    lineup: options.LineUpFile = None,
    neutral: Neutral = False,
    model: options.Model = options.DEFAULT_MODEL,
    json: options.Json = False,
) -> None:
    """Say who scores: anytime, first, two or more, a hat-trick, for every player who may play.

    Example: monps scorers Arsenal Chelsea --competition E0 --as-of 2023-05-02T12:00:00Z
    """
    from monps import bootstrap
    from monps.cli import render, scorer_sheets
    from monps.cli.line_ups import read_line_ups
    from monps.domain.scorers import LineUps, ScorersRequest
    from monps.services.scorers import predict_scorers

    application = bootstrap.application()
    found = predict_scorers(
        application.open_work,
        bootstrap.score_model(model),
        ScorersRequest(
            competition=competition,
            home=home,
            away=away,
            as_of=as_of,
            neutral=neutral,
            line_ups=read_line_ups(lineup) if lineup else LineUps(),
        ),
        now=application.clock.now(),
        freshness=application.freshness,
    )
    if json:
        render.print_json(found)
    else:
        scorer_sheets.show_scorers(render.out(), found)
