"""``monps audit``."""

from datetime import datetime
from typing import Annotated, Literal

import typer

from monps.cli import options

app = typer.Typer(help="What changed, when, by whom; and whether that record is whole.", no_args_is_help=True)

Kind = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="prediction.created, bet.settled ...")
]
Severity = Annotated[
    Literal["info", "warning", "error"] | None, typer.Option("--severity", help="Only of this severity.")
]
EntityType = Annotated[str | None, typer.Option("--entity", metavar="KIND", help="prediction, bet ...")]
EntityId = Annotated[str | None, typer.Option("--id", metavar="ID", help="Of that entity alone.")]
Since = Annotated[
    datetime | None, typer.Option("--from", parser=options.moment, metavar="MOMENT", help="Not before.")
]
Until = Annotated[
    datetime | None, typer.Option("--to", parser=options.moment, metavar="MOMENT", help="Not after.")
]
BeforeId = Annotated[int | None, typer.Option("--before", metavar="N", help="Only events below this number.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many.")]


@app.command("list")
def list_(  # noqa: PLR0913 - options, by name
    *,
    kind: Kind = None,
    severity: Severity = None,
    entity: EntityType = None,
    entity_id: EntityId = None,
    since: Since = None,
    until: Until = None,
    before: BeforeId = None,
    limit: Limit = 100,
    json: options.Json = False,
) -> None:
    """List events, newest first.

    Example: monps audit list --entity prediction --limit 20
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.ports.audit import AuditFilter
    from monps.services.audit import list_events

    only = AuditFilter(kind, severity, entity, entity_id, since, until, before)
    page = list_events(bootstrap.application().open_work, only, limit=limit)
    if json:
        render.print_json(page)
        return
    rows = [
        [event.event_id, f"{event.occurred_at:%Y-%m-%d %H:%M:%S}", event.severity, event.event_type,
         event.entity_id, event.actor]
        for event in page.events
    ]  # fmt: skip
    title = f"{len(rows)} of {page.total} events"
    render.out().print(render.table(title, ["", "when (UTC)", "", "what", "of", "by"], [], rows))


@app.command()
def show(
    event_id: Annotated[int, typer.Argument(metavar="N", help="The event's number.")],
    *,
    json: options.Json = False,
) -> None:
    """Show one event, field by field.

    Example: monps audit show 12
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.services.audit import show_event

    found = show_event(bootstrap.application().open_work, event_id)
    if json:
        render.print_json(found)
        return
    title = f"{found.event_id}: {found.event_type} {found.entity_id} by {found.actor} at {found.occurred_at}"
    rows = [[change.pointer, change.before, change.after] for change in found.changes]
    render.out().print(render.table(title, ["field", "before", "after"], [], rows))


@app.command()
def verify(*, json: options.Json = False) -> None:
    """Recompute the chain of hashes; exit 1 if an event was altered, removed or moved.

    Example: monps audit verify
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.services.audit import verify_events

    verdict = verify_events(bootstrap.application().open_work)
    if json:
        render.print_json(verdict)
    elif verdict.intact:
        render.out().print(
            f"{verdict.events} events, all as they were written; last hash {verdict.last_hash}"
        )
    else:
        render.out().print(f"broken: {verdict.reason} ({verdict.events} events before it are whole)")
    if not verdict.intact:
        raise typer.Exit(1)
