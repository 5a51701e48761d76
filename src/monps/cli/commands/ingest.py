"""``monps ingest``."""

from typing import TYPE_CHECKING, Annotated

import typer

from monps.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monps.bootstrap import Application
    from monps.domain.ingestion import IngestReport
    from monps.ports.source import Payload, Source

app = typer.Typer(help="Read files and keep what is in them.", no_args_is_help=True)

_SHOWN = 20

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders, .csv.gz, .zip, or addresses.")
]


@app.command("football-data")
def football_data(paths: Paths, *, strict: options.Strict = False, json: options.Json = False) -> None:
    """Read football-data.co.uk's results and odds, of any season; reading them again changes nothing.

    Example: monps ingest football-data downloads/ --json
    """
    from monps import bootstrap
    from monps.services.fetch import open_paths

    application, source = bootstrap.application(), bootstrap.source("football-data")
    payloads = open_paths(paths, source, application.fetch)
    read(application, payloads, source, strict=strict, json=json)


def read(
    application: "Application", payloads: "Iterable[Payload]", source: "Source", *, strict: bool, json: bool
) -> None:
    """Ingest payloads under a progress bar, and print what came of it."""
    from monps.cli.progress import progress
    from monps.services.ingest import ingest

    with progress("reading", wanted=not json) as advance:
        report = ingest(
            payloads, source, application.open_work, clock=application.clock, strict=strict, on_file=advance
        )
    show(report, json=json)


def show(report: "IngestReport", *, json: bool) -> None:
    """Print what an ingestion did; a file refused whole ends the command with its own status."""
    from monps.cli import render
    from monps.errors import DataRefused

    if json:
        render.print_json(report)
    else:
        _print(report)
    if report.files_refused:
        raise typer.Exit(DataRefused.exit_code)


def _print(report: "IngestReport") -> None:
    from monps.cli import render

    counts = {name: count for name, count in report if isinstance(count, int)}
    rows = [[name.replace("_", " "), f"{count:,}"] for name, count in counts.items()]
    console = render.out()
    console.print(render.table(f"Ingested in {report.seconds:.1f} s", [""], ["number"], rows))
    if report.unknown_columns:
        console.print(f"columns kept but not understood: {', '.join(report.unknown_columns)}", style="dim")
    if report.rejected:
        shown = [[reject.file, reject.line or "-", reject.reason] for reject in report.rejected[:_SHOWN]]
        title = f"{len(report.rejected):,} refused (--json lists them all)"
        console.print(render.table(title, ["file", "line", "reason"], [], shown))
