"""``monps teams``."""

from typing import TYPE_CHECKING, Annotated

import typer

from monps.cli import options

if TYPE_CHECKING:
    from monps.services.identity.decide import Decided

app = typer.Typer(help="List teams, and say which names of other sources stand for them.")

Listed = Annotated[
    str | None, typer.Option("--competition", "-c", metavar="CODE", help="E0, SP1 ...: list its teams.")
]
Season = Annotated[
    str | None, typer.Option("--season", metavar="YEARS", help="2223 or 2022/23; all if absent.")
]
Source = Annotated[
    str, typer.Argument(metavar="SOURCE", help="understat, fbref, or what your tables are called.")
]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name as the source writes it.")]
Team = Annotated[str, typer.Argument(metavar="TEAM", help="The team as results know it.")]
Within = Annotated[
    str | None, typer.Option("--competition", "-c", metavar="CODE", help="Only there (default: everywhere).")
]


@app.callback(invoke_without_command=True)
def teams(
    context: typer.Context, *, competition: Listed = None, season: Season = None, json: options.Json = False
) -> None:
    """List the teams of a competition.

    Example: monps teams --competition E0 --season 2223
    """
    if context.invoked_subcommand:
        return
    if competition is None:
        raise typer.BadParameter("say of which competition: monps teams --competition E0")
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


@app.command("link")
def link(
    source: Source,
    name: Name,
    team: Team,
    *,
    competition: Within = None,
    season: Season = None,
    json: options.Json = False,
) -> None:
    """Say which team a name of a source stands for; it holds for later seasons too.

    Example: monps teams link understat "Wolverhampton Wanderers" Wolves
    """
    _show(_decide(source, name, team, competition=competition, season=season), json=json)


@app.command("unlink")
def unlink(
    source: Source,
    name: Name,
    *,
    competition: Within = None,
    season: Season = None,
    json: options.Json = False,
) -> None:
    """Take a link back; the name stays open until somebody links it again.

    Example: monps teams unlink understat "Wolverhampton Wanderers" --season 2223
    """
    _show(_decide(source, name, None, competition=competition, season=season), json=json)


@app.command("resolve")
def resolve(*, json: options.Json = False) -> None:
    """Link every name that is certain, and list those that are not, with suggestions.

    Ingesting does this by itself; here one looks at what is open.

    Example: monps teams resolve
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.services.identity import resolve_names

    application = bootstrap.application()
    report = resolve_names(application.open_work, application.clock.now())
    if json:
        render.print_json(report)
        return
    console = render.out()
    console.print(
        f"Linked {report.teams_linked} names, {report.matches_linked} matches, "
        f"{report.players_linked} players."
    )
    if report.unlinked:
        rows = [
            [
                each.source,
                f"{each.competition} {each.season}",
                each.name,
                ", ".join(each.suggestions),
                each.reason,
            ]
            for each in report.unlinked
        ]
        title = f"{len(rows)} open: `monps teams link SOURCE NAME TEAM` decides"
        console.print(render.table(title, ["source", "season", "name", "may be", "because"], [], rows))


def _decide(
    source: str, name: str, team: str | None, *, competition: str | None, season: str | None
) -> "Decided":
    from monps import bootstrap
    from monps.domain.identifiers import Season as SeasonOf
    from monps.services.identity.decide import NameMeant, link_team

    application = bootstrap.application()
    meant = NameMeant(source, name, competition, SeasonOf.parse(season) if season else None)
    return link_team(application.open_work, meant, team, now=application.clock.now(), actor="cli")


def _show(decided: "Decided", *, json: bool) -> None:
    from monps.cli import render

    if json:
        render.print_json(decided)
        return
    verdict = f"stands for {decided.team}" if decided.team else "stands for no team that is known"
    render.out().print(
        f"{decided.name!r} of {decided.source} {verdict}: "
        f"{decided.team_seasons} seasons changed, {decided.matches_changed} matches linked anew."
    )
