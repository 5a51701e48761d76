"""``monps dna`` and ``monps friction``."""

from pathlib import Path
from typing import Annotated

import typer

from monps.cli import options

Team = Annotated[str, typer.Argument(metavar="TEAM", help="The team.")]
Home = Annotated[str, typer.Argument(metavar="HOME", help="The side at home.")]
Away = Annotated[str, typer.Argument(metavar="AWAY", help="The visitors.")]
Plot = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FILE", help="Draw the profile as a radar, into .svg or .png."),
]


def dna(
    team: Team,
    *,
    competition: options.Competition,
    as_of: options.AsOf = None,
    plot: Plot = None,
    json: options.Json = False,
) -> None:
    """Profile a team: what it does and suffers beside its league, and how sure that is.

    Example: monps dna Arsenal --competition E0 --as-of 2021-03-01T00:00:00Z
    """
    from monps import bootstrap
    from monps.cli import dna_sheets, render
    from monps.cli.pictures import require_picture
    from monps.cli.progress import progress
    from monps.services.features import team_dna

    if plot is not None:
        require_picture(plot)
    application = bootstrap.application()
    now = application.clock.now()
    with progress("gathering what was counted", wanted=not json):
        found = team_dna(application.open_work, competition, team, as_of=as_of or now, now=now)
    if plot is not None:
        dna_sheets.draw_radar(found, plot)
    if json:
        render.print_json(found)
        return
    dna_sheets.show_dna(render.out(), found)


def friction(
    home: Home,
    away: Away,
    *,
    competition: options.Competition,
    as_of: options.AsOf = None,
    json: options.Json = False,
) -> None:
    """Explain what two teams do to each other's match, and whether that moves prices.

    Example: monps friction Arsenal Chelsea --competition E0 --as-of 2021-03-01T00:00:00Z
    """
    from monps import bootstrap
    from monps.cli import dna_sheets, render
    from monps.cli.progress import progress
    from monps.services.friction import team_friction

    application = bootstrap.application()
    now = application.clock.now()
    with progress("learning from earlier seasons", wanted=not json):
        found = team_friction(application.open_work, competition, home, away, as_of=as_of or now, now=now)
    if json:
        render.print_json(found)
        return
    dna_sheets.show_friction(render.out(), found)
