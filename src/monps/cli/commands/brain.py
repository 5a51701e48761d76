"""``monps explain``, ``monps reproduce`` and ``monps brain``."""

from typing import Annotated

import typer

from monps.cli import options

PredictionId = Annotated[str, typer.Argument(metavar="PREDICTION_ID", help="As `monps predict` printed it.")]

app = typer.Typer(help="The brain's state, and its fits.", no_args_is_help=True)


def explain(prediction_id: PredictionId, *, json: options.Json = False) -> None:
    """Say what made a kept prediction what it is."""
    from monps import bootstrap
    from monps.cli import consensus_sheets, render
    from monps.domain.predictions import EnsemblePrediction
    from monps.services.predictions import show_prediction

    kept = show_prediction(bootstrap.application().open_work, prediction_id)
    prediction = EnsemblePrediction.model_validate_json(kept.payload)
    if json:
        render.print_json(prediction)
    else:
        consensus_sheets.show_explanation(render.out(), prediction)


def reproduce(prediction_id: PredictionId, *, json: options.Json = False) -> None:
    """Make a kept prediction again from the store, and compare every figure.

    The exit status is 1 where it differs by more than rounding.
    """
    from monps import bootstrap
    from monps.cli import consensus_sheets, render
    from monps.cli.progress import progress
    from monps.services.reproduce import reproduce_prediction

    application = bootstrap.application()
    with progress("Learning again", wanted=not json):
        found = reproduce_prediction(application.consultant, prediction_id)
    if json:
        render.print_json(found)
    else:
        consensus_sheets.show_reproduction(render.out(), found)
    if not found.identical:
        raise typer.Exit(1)


@app.command()
def health(*, json: options.Json = False) -> None:
    """Say what the brain learned of each competition, from what, when, and what went wrong."""
    from monps import bootstrap
    from monps.cli import consensus_sheets, render
    from monps.services.brain_health import check_brain

    application = bootstrap.application()
    found = check_brain(
        application.open_work,
        application.consultant.keeper,
        now=application.clock.now(),
        freshness=application.freshness,
    )
    if json:
        render.print_json(found)
    else:
        consensus_sheets.show_health(render.out(), found)


@app.command()
def learn(
    *, competition: options.Competition, as_of: options.AsOf = None, json: options.Json = False
) -> None:
    """Do what `monps fit --model brain` does.

    Example: monps brain learn --competition E0
    """
    from monps.cli.commands.fit import fit_brain

    fit_brain(competition, as_of, json=json)
