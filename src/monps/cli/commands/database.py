"""``monps db``."""

from typing import Annotated

import typer

from monps.cli import options

app = typer.Typer(help="Look at the database's schema, or move it.", no_args_is_help=True)

Revision = Annotated[str, typer.Argument(metavar="REVISION", help="A revision, head, base, or -1.")]


@app.command()
def current(*, json: options.Json = False) -> None:
    """Say at which revision the schema is, and which one is needed.

    Example: monps db current
    """
    _report(json=json)


@app.command()
def upgrade(revision: Revision = "head", *, json: options.Json = False) -> None:
    """Bring the schema forward.

    Example: monps db upgrade
    """
    from monps import bootstrap

    bootstrap.application().database.upgrade(revision)
    _report(json=json)


@app.command()
def downgrade(revision: Revision, *, json: options.Json = False) -> None:
    """Take the schema back; what later revisions added is lost.

    Example: monps db downgrade -- -1
    """
    from monps import bootstrap

    bootstrap.application().database.downgrade(revision)
    _report(json=json)


def _report(*, json: bool) -> None:
    from monps import bootstrap
    from monps.cli import render

    database = bootstrap.application().database
    found = {"database": database.url, "current": database.current(), "head": database.head()}
    if json:
        render.print_json(found)
    else:
        render.out().print(
            render.table("Schema", ["", ""], [], [(key, value or "none yet") for key, value in found.items()])
        )
