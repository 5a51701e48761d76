"""``monps demo``."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monps.cli import options

if TYPE_CHECKING:
    from rich.console import Console

    from monps.bootstrap import Application
    from monps.domain.evaluation import Evaluation
    from monps.domain.ingestion import IngestReport
    from monps.services.demo import Preview

Folder = Annotated[Path | None, typer.Option("--data", metavar="PATH", help="Real files instead.")]
Choice = Annotated[
    str | None, typer.Option("--competition", "-c", metavar="CODE", help="By default, a first division.")
]
Serve = Annotated[bool, typer.Option("--serve", help="Open the dashboard on it.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Where the dashboard listens.")]
_STRONGEST = 6
_BEFORE_KICKOFF = timedelta(hours=4)


def demo(
    *,
    data: Folder = None,
    competition: Choice = None,
    json: options.Json = False,
    serve: Serve = False,
    port: Port = 8000,
) -> None:
    """Show the whole path: files, strengths, prices of the next round, a scorecard beside the market.

    A league is simulated unless you give real files. It has a store of its own: yours is not touched.
    With --serve the dashboard then shows it all, until you interrupt it.

    Example: monps demo --data downloads --competition E0
    """
    from time import perf_counter

    from monps import bootstrap
    from monps.cli import render, scorecards
    from monps.services.demo import preview_round

    started, application = perf_counter(), _application(data)
    report, details = _ingest(application, data, json=json)
    preview = preview_round(
        application.open_work,
        bootstrap.score_model(options.DEFAULT_MODEL),
        competition,
        now=application.clock.now(),
        freshness=application.freshness,
    )
    scorecard = _judge(application, preview.competition.code, json=json)
    seconds = perf_counter() - started
    if json:
        parts = {"ingestion": report, "details": details, **preview.model_dump(), "scorecard": scorecard}
        render.print_json({**parts, "seconds": seconds})
        return
    console = render.out()
    _show_details(console, details)
    _show(console, report, preview)
    scorecards.show_side_by_side(console, scorecard)
    _say_what_next(console, application, preview, seconds)
    if serve:
        _serve(console, port)


def _application(data: Path | None) -> "Application":
    """Return the application; the simulated league has a present of its own, hours before its next round."""
    from monps import bootstrap

    present = None if data else bootstrap.simulated_country().fixtures()[0].kickoff - _BEFORE_KICKOFF
    return bootstrap.application().demonstration(present)


def _serve(console: "Console", port: int) -> None:
    import uvicorn

    console.print(f"\nOpen http://127.0.0.1:{port}/ (it fills while you look; Ctrl-C ends it).")
    uvicorn.run("monps.asgi:create_demo", factory=True, host="127.0.0.1", port=port, log_level="warning")


def _ingest(
    application: "Application", data: Path | None, *, json: bool
) -> "tuple[IngestReport, IngestReport | None]":
    """Read the results, and, of the simulated league, what another source tells of it too."""
    from monps import bootstrap
    from monps.cli.progress import progress
    from monps.services.ingest import ingest

    def read(name: str, folder: Path) -> "IngestReport":
        source = bootstrap.source(name)
        return ingest(
            source.files(folder), source, application.open_work, clock=application.clock, on_file=advance
        )

    with progress("reading", wanted=not json) as advance:
        if data:
            return read("football-data", data), None
        files = _simulate(application)
        return read("football-data", files / "football-data"), read("understat", files / "understat")


def _judge(application: "Application", competition: str, *, json: bool) -> "tuple[Evaluation, ...]":
    from monps.cli.progress import progress
    from monps.services.demo import FORECASTERS, judge_forecasters

    with progress("walking forward", wanted=not json, total=len(FORECASTERS)) as advance:
        return judge_forecasters(application.open_work, competition, advance)


def _simulate(application: "Application") -> Path:
    from monps import bootstrap

    folder = application.demo_folder / "files"
    bootstrap.simulated_country().write(folder)
    return folder


def _show_details(console: "Console", details: "IngestReport | None") -> None:
    if details:
        console.print(
            f"Read {details.files} files of a second source in {details.seconds:.1f} s: "
            f"{details.team_matches_added:,} sides of matches, {details.shots_added:,} shots, "
            f"{details.appearances_added:,} appearances; {details.matches_linked:,} matches linked."
        )


def _show(console: "Console", report: "IngestReport", preview: "Preview") -> None:
    from monps.cli import sheets

    console.print(
        f"Read {report.files} files in {report.seconds:.1f} s: {report.matches_added:,} matches, "
        f"{report.quotes_added:,} quotes, {len(report.rejected)} refused.\n"
    )
    sheets.show_fit(console, preview.fit, most=_STRONGEST)
    first = preview.forecasts[0]
    console.print()
    sheets.show_forecast(console, first)
    console.print()
    console.print(sheets.price_list(first.markets, f"Every fair price of {first.home} - {first.away}"))
    console.print()
    title = f"The round from {first.kickoff:%Y-%m-%d} in {first.competition}: chances and fair odds"
    console.print(sheets.round_table(preview.forecasts, title))
    console.print()


def _say_what_next(
    console: "Console", application: "Application", preview: "Preview", seconds: float
) -> None:
    code, first = preview.competition.code, preview.forecasts[0]
    fixture = f'--home "{first.home}" --away "{first.away}" --date {first.kickoff:%Y-%m-%dT%H:%MZ}'
    console.print(f"\nDone in {seconds:.1f} s. Betting loses money on average. Try next:", style="bold")
    lines = (
        f"export MONPS_DATABASE_URL={application.database.url}",
        f"monps predict --competition {code} {fixture} --as-of {first.as_of:%Y-%m-%dT%H:%MZ}  # the brain",
        f"monps fit --competition {code}",
        "monps markets --list",
        "monps ingest football-data PATH    # your own files",
    )
    for line in lines:
        console.print(f"  {line}", soft_wrap=True, markup=False)
