"""``monps sources``."""

from typing import TYPE_CHECKING

from monps.cli import options

if TYPE_CHECKING:
    from monps.ports.details import SourceStanding


def sources(*, json: options.Json = False) -> None:
    """Say what each source has told, how fresh it is, how much of it is linked, and what went wrong last.

    Example: monps sources --json
    """
    from monps import bootstrap
    from monps.cli import render

    with bootstrap.application().open_work() as work:
        standings = work.details.standings()
    if json:
        render.print_json({"sources": [standing._asdict() for standing in standings]})
        return
    console = render.out()
    heads = ["source", "files", "read", "seasons", "newest", "matches", "teams", "rows", "refused"]
    rows = [_row(standing) for standing in standings]
    console.print(render.table("Sources", heads, [], rows))
    for standing in standings:
        if standing.last_error:
            console.print(
                f"{standing.source}: last refused {standing.last_error}", style="yellow", markup=False
            )
        if standing.drift:
            console.print(f"{standing.source}: fields {'; '.join(standing.drift)}", style="dim", markup=False)


def _row(standing: "SourceStanding") -> list[str]:
    first, last = standing.first_season, standing.last_season
    details = standing.team_matches + standing.shots + standing.appearances + standing.player_seasons
    return [
        standing.source,
        f"{standing.files:,}",
        f"{standing.last_read_at:%Y-%m-%d %H:%M}" if standing.last_read_at else "-",
        f"{first}-{last}" if first else "-",
        f"{standing.newest_match:%Y-%m-%d}" if standing.newest_match else "-",
        f"{standing.matches_linked:,} of {standing.matches:,}",
        f"{standing.team_seasons_linked:,} of {standing.team_seasons:,}" if standing.team_seasons else "-",
        f"{details:,}",
        f"{standing.rejected:,}",
    ]
