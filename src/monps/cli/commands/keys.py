"""``monps keys``."""

from enum import StrEnum
from typing import Annotated

import typer

from monps.cli import options

app = typer.Typer(help="Make, list and revoke the keys of the HTTP service.", no_args_is_help=True)


class ScopeName(StrEnum):
    """What a key may do."""

    READ = "read"
    PREDICT = "predict"
    ADMIN = "admin"


Name = Annotated[str, typer.Argument(metavar="NAME", help="What the key is called; in the audit, who acts.")]
Scopes = Annotated[
    list[ScopeName],
    typer.Option("--scope", help="What it may do: read, predict (and read), admin (everything)."),
]


@app.command()
def create(name: Name, *, scope: Scopes = [ScopeName.READ], json: options.Json = False) -> None:  # noqa: B006 - nobody changes it
    """Make a key and show it, this once.

    Example: monps keys create desk --scope predict
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.cli.failures import note
    from monps.services.keys import create_key

    application = bootstrap.application()
    made = create_key(
        application.open_work, name, [each.value for each in scope], now=application.clock.now()
    )
    if json:
        render.print_json(made)
    else:
        typer.echo(made.secret)
        note("keep it safe: only its hash is stored, and it is not shown again")


@app.command("list")
def list_(*, json: options.Json = False) -> None:
    """List every key: what it may do, and whether it is revoked.

    Example: monps keys list
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.services.keys import list_keys

    keys = list_keys(bootstrap.application().open_work)
    if json:
        render.print_json(keys)
        return
    rows = [
        [key.name, " ".join(key.scopes), f"{key.created_at:%Y-%m-%d %H:%M}",
         f"{key.revoked_at:%Y-%m-%d %H:%M}" if key.revoked_at else "active"]
        for key in keys
    ]  # fmt: skip
    render.out().print(render.table(f"{len(keys)} keys", ["name", "may", "made (UTC)", "revoked"], [], rows))


@app.command()
def revoke(name: Name, *, json: options.Json = False) -> None:
    """Let a key open nothing from now on.

    Example: monps keys revoke desk
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.services.keys import revoke_key

    application = bootstrap.application()
    key = revoke_key(application.open_work, name, now=application.clock.now())
    if json:
        render.print_json(key)
    else:
        render.out().print(f"{key.name} is revoked")
