"""``monps scorers``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monps.cli import options

if TYPE_CHECKING:
    from monps.domain.scorers import LineUps

Home = Annotated[str, typer.Argument(metavar="HOME", help="The side at home.")]
Away = Annotated[str, typer.Argument(metavar="AWAY", help="The visitors.")]
LineUpFile = Annotated[
    Path | None,
    typer.Option("--lineup", metavar="FILE", help="JSON with the line-ups that are known: see the how-to."),
]
Neutral = Annotated[bool, typer.Option("--neutral", help="Nobody is at home.")]


def scorers(  # noqa: PLR0913 - options, by name
    home: Home,
    away: Away,
    *,
    competition: options.Competition,
    as_of: options.AsOf = None,
    lineup: LineUpFile = None,
    neutral: Neutral = False,
    model: options.Model = options.DEFAULT_MODEL,
    json: options.Json = False,
) -> None:
    """Say who scores: anytime, first, two or more, a hat-trick, for every player who may play.

    Example: monps scorers Arsenal Chelsea --competition E0 --as-of 2023-05-02T12:00:00Z
    """
    from monps import bootstrap
    from monps.cli import render, scorer_sheets
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
            line_ups=_read(lineup) if lineup else LineUps(),
        ),
        now=application.clock.now(),
        freshness=application.freshness,
    )
    if json:
        render.print_json(found)
    else:
        scorer_sheets.show_scorers(render.out(), found)


def _read(file: Path) -> "LineUps":
    from pydantic import ValidationError

    from monps.domain.scorers import LineUps
    from monps.errors import UsageError

    try:
        return LineUps.model_validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in error.errors())
        raise UsageError(f"{file} holds no line-ups: {wrong}") from error
