"""``monps features``."""

from typing import Annotated

import typer

from monps.cli import options

Number = Annotated[int, typer.Argument(metavar="MATCH_ID", help="The match's number in the store.")]


def features(number: Number, *, as_of: options.AsOf = None, json: options.Json = False) -> None:
    """Set out both sides before a match of the store: profiles, form, differences, friction.

    Example: monps features 1204 --json
    """
    from monps import bootstrap
    from monps.cli import render
    from monps.services.match_features import features_of_match

    application = bootstrap.application()
    now = application.clock.now()
    found = features_of_match(application.open_work, number, as_of=as_of, now=now)
    if json:
        render.print_json(found)
        return
    rows = [
        [each.dimension, f"{each.value:+.2f}", f"{each.standard_error:.2f}"] for each in found.differentials
    ]
    title = f"{found.home.dna.team} less {found.away.dna.team}, in standard deviations ({found.data_quality})"
    render.out().print(render.table(title, ["dimension"], ["difference", "±"], rows))
