"""``monps doctor``."""

import typer

from monps.cli import options

_STYLES = {"ok": "green", "warn": "yellow", "fail": "bold red"}


def doctor(*, json: options.Json = False) -> None:
    """Check Python, SQLite, disk, database, migrations and the age of the data; exit 1 if any fails.

    Example: monps doctor --json
    """
    from rich.text import Text

    from monps import bootstrap
    from monps.cli import render
    from monps.services.doctor import diagnose

    application = bootstrap.application()
    diagnosis = diagnose(
        application.machine(),
        application.database,
        application.open_work,
        now=application.clock.now(),
        freshness=application.freshness,
    )
    if json:
        render.print_json(diagnosis)
    else:
        rows = [
            [Text(check.verdict, _STYLES[check.verdict]), check.name, check.detail]
            for check in diagnosis.checks
        ]
        render.out().print(render.table("Check-up", ["", "what", "seen"], [], rows))
    if diagnosis.failed:
        raise typer.Exit(1)
