"""The commands, gathered; what a command needs is imported when it runs, so that help is quick."""

from typing import Annotated

import typer

import monps
from monps.cli.commands import (
    audit,
    backtest,
    bankroll,
    bets,
    brain,
    database,
    demo,
    dna,
    doctor,
    features,
    fetch,
    fit,
    ingest,
    jobs,
    keys,
    markets,
    predict,
    predictions,
    risk,
    scorers,
    season,
    serve,
    sources,
    sweep,
    teams,
    value,
)
from monps.cli.failures import TRACEBACK_WANTED

app = typer.Typer(
    name="monps",
    help="Football data into calibrated, coherent prices. Betting loses money on average.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"monps {monps.__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks (or set MONPS_DEBUG=1).")] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Football data into calibrated, coherent prices. Betting loses money on average."""
    TRACEBACK_WANTED.set(debug)


app.command()(demo.demo)
app.add_typer(ingest.app, name="ingest")
app.add_typer(fetch.app, name="fetch")
app.command()(fit.fit)
app.command()(predict.predict)
app.command()(scorers.scorers)
app.command()(brain.explain)
app.command()(brain.reproduce)
app.add_typer(brain.app, name="brain")
app.command()(backtest.backtest)
app.command()(sweep.sweep)
app.command()(value.value)
app.add_typer(bankroll.app, name="bankroll")
app.command()(bets.bet)
app.command()(bets.bets)
app.command()(bets.settle)
app.command()(bets.report)
app.add_typer(risk.app, name="risk")
app.command()(season.season)
app.command()(dna.dna)
app.command()(dna.friction)
app.command()(features.features)
app.command()(markets.markets)
app.add_typer(teams.app, name="teams")
app.command()(sources.sources)
app.command()(doctor.doctor)
app.add_typer(database.app, name="db")
app.command()(serve.serve)
app.add_typer(predictions.app, name="predictions")
app.add_typer(jobs.app, name="jobs")
app.add_typer(audit.app, name="audit")
app.add_typer(keys.app, name="keys")
