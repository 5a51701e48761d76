"""``monps teams``."""

from typing import Annotated

import typer

from monps.cli import options

Season = Annotated[
    str | None, typer.Option("--season", metavar="YEARS", help="2223 or 2022/23; all if absent.")
]


def teams(*, competition: options.Competition, season: Season = None, json: options.Json = False) -> None:
    """List the teams of a competition.

    Example: monps teams --competition E0 --season 2223
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.domain.identifiers import Season as SeasonOf
    from monps.services.queries import list_teams

    asked = SeasonOf.parse(season) if season else None
    names = list_teams(bootstrap.application().open_work, competition, asked)
    if json:
        render.print_json(
            {"competition": competition, "season": asked.label if asked else None, "teams": names}
        )
        return
    title = f"{competition} {asked.label if asked else 'in all seasons'}: {len(names)} teams"
    render.out().print(render.table(title, ["team"], [], [[name] for name in names]))
