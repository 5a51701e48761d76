"""Draw the pictures of the pages on strengths and on the season, from the simulated league.

Run ``python docs/_figures/teams.py`` to write them anew into ``docs/_static``.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import polars as pl
from drawing import GREY, Scale, Sheet, bar, dot, dotted, framed, line, ticks, word, write

import monps
from monps.models import FittedScoreModel
from monps.season import (
    TIE_BREAKS,
    LeagueSeason,
    SimulatedSeasons,
    draw_grids,
    remaining,
    results_of,
    simulate,
)
from monps.tables.matches import MatchTable

RUNS, SETS, CELL, LEFT, TOP = 2000, 100, 20, 130, 40
NAMED = 4
"""So many of the strongest, and of the weakest, are named."""


@cache
def league() -> MatchTable:
    """Return two seasons of the simulated first division, the second one cut in March."""
    table = monps.simulate(seasons=2).matches
    return table.where(pl.col("competition") == "SIM1")


@cache
def fit() -> FittedScoreModel:
    """Fit it."""
    return monps.DixonColes().fit(league())


def strengths() -> Iterator[str]:
    """Draw attack and defence of every team of the last season, with a standard error each way."""
    scale = Scale((-0.75, 0.75), (-0.75, 0.75), Sheet(560, 460))
    now = league().where(pl.col("season") == pl.col("season").max()).teams.names
    rows = fit().strengths.to_frame().filter(pl.col("team").is_in(now)).rows()
    yield dotted(scale, (-0.75, 0.75), (0.0, 0.0))
    yield dotted(scale, (0.0, 0.0), (-0.75, 0.75))
    for _, attack, width, defence, height in rows:
        yield line(scale, np.array([attack - width, attack + width]), np.full(2, defence), GREY, width=1)
        yield line(scale, np.full(2, attack), np.array([defence - height, defence + height]), GREY, width=1)
    for place, (team, attack, _, defence, _) in enumerate(rows):
        x, y = scale.place(attack, defence)
        yield dot((x, y))
        if min(place, len(rows) - 1 - place) < NAMED:
            yield word((x + 8, y - 7 + 22 * (place % 2)), team, "start")
    yield from ticks(scale, (-0.6, -0.3, 0.0, 0.3, 0.6), (-0.6, -0.3, 0.0, 0.3, 0.6), _signed)
    yield word((280, 452), "attack: raises its own goals")
    turned = 'transform="translate(18 220) rotate(-90)" text-anchor="middle"'
    yield f"<text {turned}>defence: lowers the other’s</text>"


def _signed(number: float) -> str:
    return f"{number:g}".replace("-", "−")


def endings() -> SimulatedSeasons:
    """Play what is left of the season."""
    own = league().where(pl.col("season") == pl.col("season").max())
    played = results_of(own, own.teams)
    season = LeagueSeason(own.teams, played, remaining(len(own.teams), played))
    grids = draw_grids(fit(), season, RUNS, np.random.default_rng(1), sets=SETS)
    return simulate(season, grids, TIE_BREAKS["goals"], np.random.default_rng(2))


def season() -> Iterator[str]:
    """Draw how often each team ended where."""
    found = endings()
    chances, points = found.position_chances(), found.expected_points()
    for row, team in enumerate(np.argsort(-points).tolist()):
        y = TOP + row * CELL
        yield word((LEFT - 10, y + 15), found.teams.names[team], "end")
        yield word((LEFT + len(chances) * CELL + 14, y + 15), f"{points[team]:.0f}", "start", GREY)
        for position, chance in enumerate(chances[team].tolist()):
            shade = bar((LEFT + position * CELL, y), (CELL - 2, CELL - 2))
            yield shade.replace("/>", f' fill-opacity="{0.04 + 0.96 * chance**0.5:.2f}"/>')
    for position in range(0, len(chances), 5):
        yield word((LEFT + position * CELL + 9, TOP - 8), str(position + 1), colour=GREY)
    yield word((LEFT + len(chances) * CELL / 2, 16), "final position")
    yield word((LEFT + len(chances) * CELL + 14, 16), "points", "start", GREY)


def files() -> dict[str, str]:
    """Return what each file in ``docs/_static`` should hold."""
    teams = len(league().where(pl.col("season") == pl.col("season").max()).teams)
    return {
        "strengths.svg": framed(
            "Attack and defence of the teams of the simulated league, with one standard error each way",
            strengths(),
            Sheet(560, 460),
        ),
        "season.svg": framed(
            "How often each team of the simulated league ended at each position: the darker, the oftener",
            season(),
            Sheet(LEFT + teams * CELL + 70, TOP + teams * CELL + 16),
        ),
    }


if __name__ == "__main__":
    write(files())
