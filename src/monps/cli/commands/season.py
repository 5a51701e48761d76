"""``monps season``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monps.cli import options

if TYPE_CHECKING:
    from monps.domain.season import Zone

_RUNS = 10_000
_MOST_RUNS = 1_000_000
_SEED = 1

Years = Annotated[
    str | None, typer.Option("--season", metavar="YEARS", help="2223 or 2022/23 (default: the latest).")
]
Runs = Annotated[int, typer.Option("--runs", min=1, max=_MOST_RUNS, help="How many seasons to play.")]
Seed = Annotated[
    int, typer.Option("--seed", min=0, help="Where all chance comes from: the same seed, the same numbers.")
]
Deductions = Annotated[
    list[str] | None,
    typer.Option("--deduct", metavar="TEAM=POINTS", help="Take points away; may be given again."),
]
Zones = Annotated[
    list[str] | None,
    typer.Option("--zone", metavar="NAME=FIRST..LAST", help="Positions that matter; -1 is the last one."),
]
TieBreak = Annotated[
    str | None, typer.Option("--tie-break", metavar="RULE", help="Instead of the league's own rule.")
]
Exact = Annotated[
    bool, typer.Option("--exact-strengths", help="Take the strengths as exactly known: too sure of itself.")
]
Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Draw the heat map as a PNG or SVG.")
]


def season(  # noqa: PLR0913 - options, by name
    *,
    competition: options.Competition,
    as_of: options.AsOf = None,
    years: Years = None,
    runs: Runs = _RUNS,
    seed: Seed = _SEED,
    model: options.Model = options.DEFAULT_MODEL,
    deduct: Deductions = None,
    zone: Zones = None,
    tie_break: TieBreak = None,
    exact_strengths: Exact = False,
    plot: Plot = None,
    json: options.Json = False,
) -> None:
    """Play the rest of a season many times: who wins it, who goes down, who ends where.

    Example: monps season -c E0 --as-of 2023-01-01T00:00:00Z --deduct Everton=10
    """
    from monps import bootstrap
    from monps.cli import render, season_sheets
    from monps.domain.identifiers import Season
    from monps.domain.season import SeasonRequest
    from monps.services.simulate_season import simulate_season

    application = bootstrap.application()
    request = SeasonRequest(
        competition=competition,
        season=Season.parse(years) if years else None,
        as_of=as_of,
        runs=runs,
        seed=seed,
        uncertain_strengths=not exact_strengths,
        tie_break=tie_break,
        zones=tuple(map(_zone, zone or ())),
        deductions=dict(map(_deduction, deduct or ())),
    )
    found = simulate_season(
        application.open_work,
        bootstrap.score_model(model),
        request,
        now=application.clock.now(),
        freshness=application.freshness,
    )
    if plot is not None:
        from monps.cli.season_picture import draw_season

        draw_season(found, plot)
    if json:
        render.print_json(found)
    else:
        season_sheets.show_season(render.out(), found)


def _deduction(text: str) -> tuple[str, int]:
    from monps.errors import UsageError

    team, _, points = text.rpartition("=")
    if not team.strip() or not points.strip().isdecimal():
        raise UsageError(f"{text!r} is no deduction; write it as TEAM=POINTS, as in Everton=10")
    return team.strip(), int(points)


def _zone(text: str) -> "Zone":
    from pydantic import ValidationError

    from monps.domain.season import Zone
    from monps.errors import UsageError

    name, _, places = text.rpartition("=")
    first, _, last = places.partition("..")
    try:
        return Zone(name=name.strip(), first=first, last=last or first)
    except ValidationError as error:
        said = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageError(f"{text!r} is no zone, as europe=5..7 or relegation=-3..-1 is: {said}") from error
