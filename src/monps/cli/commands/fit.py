"""``monps fit``."""

from monps.cli import options


def fit(
    *,
    competition: options.Competition,
    model: options.Model = options.DEFAULT_MODEL,
    as_of: options.AsOf = None,
    json: options.Json = False,
) -> None:
    """Fit a score model to a competition, keep the fit, and show what it says of each team.

    Example: monps fit --competition E0 --as-of 2023-05-01T00:00:00Z
    """
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
