"""``monps fetch``."""

from typing import Annotated

import typer

from monps.cli import options

app = typer.Typer(help="Download politely, then ingest.", no_args_is_help=True)

Wanted = Annotated[
    list[str], typer.Argument(metavar="CODE... SEASON...", help="Competitions and seasons: E0 SP1 2223 2324.")
]


@app.command("football-data")
def football_data(wanted: Wanted, *, strict: options.Strict = False, json: options.Json = False) -> None:
    """Fetch seasons of competitions from football-data.co.uk, and read them.

    Example: monps fetch football-data E0 2324
    """
    _fetch("football-data", wanted, strict=strict, json=json)


@app.command("understat")
def understat(wanted: Wanted, *, strict: options.Strict = False, json: options.Json = False) -> None:
    """Fetch seasons of leagues from Understat, and read them: E0 SP1 D1 I1 F1 RUS.

    Example: monps fetch understat E0 2324
    """
    _fetch("understat", wanted, strict=strict, json=json)


@app.command("fbref")
def fbref(wanted: Wanted, *, strict: options.Strict = False, json: options.Json = False) -> None:
    """Fetch schedules of leagues from FBref, ten a minute at most, and read them; it may turn you away.

    Example: monps fetch fbref E0 2324
    """
    _fetch("fbref", wanted, strict=strict, json=json)


def _fetch(name: str, wanted: list[str], *, strict: bool, json: bool) -> None:
    from monps import bootstrap
    from monps.cli.commands.ingest import read
    from monps.domain.identifiers import Season
    from monps.services.fetch import fetch_seasons

    application, source = bootstrap.application(), bootstrap.source(name)
    seasons = [Season.parse(word) for word in wanted if word[0].isdigit()]
    competitions = [word for word in wanted if not word[0].isdigit()]
    payloads = fetch_seasons(competitions, seasons, source, application.fetch)
    read(application, payloads, source, strict=strict, json=json)
