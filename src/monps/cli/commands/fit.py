"""``monps fit``."""

from typing import TYPE_CHECKING, Annotated

import typer

from monps.cli import options

if TYPE_CHECKING:
    from datetime import datetime

BRAIN = "brain"

Model = Annotated[
    str, typer.Option("--model", metavar="NAME", help="A score model, or the brain with all its agents.")
]


def fit(
    *,
    competition: options.Competition,
    model: Model = options.DEFAULT_MODEL,
    as_of: options.AsOf = None,
    json: options.Json = False,
) -> None:
    """Fit a score model or the brain to a competition, keep the fit, and show what it found.

    With --model brain the agents and their pool learn the competition and those of its tier, unless a fit
    that serves is kept; predictions then start from it.

    Example: monps fit --competition E0 --as-of 2023-05-01T00:00:00Z
    """
    if model == BRAIN:
        fit_brain(competition, as_of, json=json)
    else:
        _fit_model(competition, model, as_of, json=json)


def fit_brain(competition: str, as_of: "datetime | None", *, json: bool) -> None:
    """Let the brain learn, and show its state."""
    from monps import bootstrap
    from monps.cli import consensus_sheets, render
    from monps.cli.progress import progress
    from monps.services.brain_health import check_brain

    application = bootstrap.application()
    now, consultant = application.clock.now(), application.consultant
    with progress("Learning", wanted=not json):
        consultant.prepare(competition, as_of or now)
    found = check_brain(application.open_work, consultant.keeper, now=now, freshness=application.freshness)
    if json:
        render.print_json(found)
    else:
        consensus_sheets.show_health(render.out(), found)


def _fit_model(competition: str, model: str, as_of: "datetime | None", *, json: bool) -> None:
    from monps import bootstrap
    from monps.cli import render, sheets
    from monps.services.fit import fit_competition

    application = bootstrap.application()
    now = application.clock.now()
    found = fit_competition(
        application.open_work, bootstrap.score_model(model), competition, as_of=as_of or now, now=now
    )
    if json:
        render.print_json(found)
    else:
        sheets.show_fit(render.out(), found)
