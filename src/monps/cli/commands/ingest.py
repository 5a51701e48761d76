"""``monps ingest``."""

from pathlib import Path
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

Mapping = Annotated[Path, typer.Option("--mapping", metavar="FILE", help="What the columns mean (TOML).")]


@app.command("football-data")
def football_data(paths: Paths, *, strict: options.Strict = False, json: options.Json = False) -> None:
    """Read football-data.co.uk's results and odds, of any season; reading them again changes nothing.

    Example: monps ingest football-data downloads/ --json
    """
    _read_source("football-data", paths, strict=strict, json=json)


@app.command("understat")
def understat(paths: Paths, *, strict: options.Strict = False, json: options.Json = False) -> None:
    """Read Understat's answers, its older pages, or tables made of them: xG, pressing, shots, players.

    Example: monps ingest understat downloads/understat/
    """
    _read_source("understat", paths, strict=strict, json=json)


@app.command("fbref")
def fbref(paths: Paths, *, strict: options.Strict = False, json: options.Json = False) -> None:
    """Read FBref's pages (match reports, tables of seasons) or tables made of them.

    Example: monps ingest fbref saved-pages/
    """
    _read_source("fbref", paths, strict=strict, json=json)


@app.command("sofascore")
def sofascore(paths: Paths, *, strict: options.Strict = False, json: options.Json = False) -> None:
    """Read saved answers of SofaScore: event, statistics, lineups, shotmap.

    Example: monps ingest sofascore saved-answers/
    """
    _read_source("sofascore", paths, strict=strict, json=json)


@app.command("table")
def table(
    paths: Paths, *, mapping: Mapping, strict: options.Strict = False, json: options.Json = False
) -> None:
    """Read tables of your own, CSV or Parquet, whose columns a small TOML file explains.

    Example: monps ingest table my-tables/ --mapping my-tables.toml
    """
    from monps import bootstrap
    from monps.services.fetch import open_paths

    application, source = bootstrap.application(), bootstrap.table_source(mapping)
    payloads = open_paths(paths, source, application.fetch)
    read(application, payloads, source, strict=strict, json=json)


def _read_source(name: str, paths: list[str], *, strict: bool, json: bool) -> None:
    from monps import bootstrap
    from monps.services.fetch import open_paths

    application, source = bootstrap.application(), bootstrap.source(name)
    read(application, open_paths(paths, source, application.fetch), source, strict=strict, json=json)


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
    for what, columns in (("missing", report.missing_columns), ("changed", report.retyped_columns)):
        if columns:
            console.print(f"columns {what}: {', '.join(columns)}", style="yellow")
    if report.unlinked:
        names = sorted({f"{each.source}: {each.name}" for each in report.unlinked})
        console.print(
            f"{len(names)} names stand for no team that is known: {', '.join(names[:_SHOWN])}; "
            "`monps teams resolve` says why",
            style="yellow",
            markup=False,
        )
    if report.rejected:
        shown = [[reject.file, reject.line or "-", reject.reason] for reject in report.rejected[:_SHOWN]]
        title = f"{len(report.rejected):,} refused (--json lists them all)"
        console.print(render.table(title, ["file", "line", "reason"], [], shown))
