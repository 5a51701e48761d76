"""Draw how one side's goals are shared among its players, as a picture and as a table with the same numbers.

Run ``python docs/_figures/goalscorers.py`` to write both anew into ``docs/_static``.
"""

from collections.abc import Iterator

import numpy as np
from drawing import Sheet, framed, write

from monps.numerics.low_scores import dixon_coles_grid
from monps.players import GoalscorerCalculator, SideScorers, SquadShares

HOME, AWAY, RHO = np.array([1.8]), np.array([1.0]), -0.05
PLAYERS = ("striker", "winger", "substitute forward", "playmaker", "full back", "centre back")
STARTS = np.array([[0.9, 0.8, 0.15, 0.85, 0.9, 0.95]])
COMES_ON = np.array([[0.08, 0.15, 0.6, 0.1, 0.05, 0.02]])
IF_STARTING = np.array([[0.3, 0.18, 0.24, 0.12, 0.04, 0.04]])
IF_COMING_ON = np.array([[0.08, 0.05, 0.07, 0.03, 0.01, 0.01]])
OWN_GOALS = np.array([0.03])
REST = "all others"
ROW, LEFT, WIDE, TOP = 34, 170, 420, 48
COLOURS = {"anytime": "#b7cfe6", "first": "#104e8b"}


def example() -> SideScorers:
    """Price the home side's scorers in a match with rates 1.8 and 1.0."""
    named = (STARTS * IF_STARTING + COMES_ON * IF_COMING_ON).sum(axis=1)
    side = SquadShares(STARTS, COMES_ON, IF_STARTING, IF_COMING_ON, 1.0 - named - OWN_GOALS, OWN_GOALS)
    return GoalscorerCalculator(dixon_coles_grid(HOME, AWAY, RHO)).price(side, side).home


def caption() -> str:
    """Say in words what the picture shows."""
    return (
        f"Chances of a home side's players to score at all and to score first, with expected goals {HOME[0]} "
        f"(home) and {AWAY[0]} (away). The same numbers stand in the table."
    )


def rows(side: SideScorers) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield each player's name, share, and chances: anytime, first, two or more."""
    for column, name in enumerate((*PLAYERS, REST)):
        yield (
            name,
            float(side.share[0, column]),
            float(side.anytime[0, column]),
            float(side.first[0, column]),
            float(side.two_or_more[0, column]),
        )


def table(side: SideScorers) -> str:
    """Return the numbers as a Markdown table."""
    header = ["", "starts", "comes on", "share of goals", "anytime", "first", "two or more"]
    lines = [header, ["---", *["--:"] * (len(header) - 1)]]
    plays = [*zip(STARTS[0], COMES_ON[0], strict=True), None]
    for (name, *chances), playing in zip(rows(side), plays, strict=True):
        shown = ["", ""] if playing is None else [f"{chance:.0%}" for chance in playing]
        lines.append([name, *shown, *(f"{chance:.1%}" for chance in chances)])
    own = float(side.own_goal_first[0])
    lines.append(["own goals", "", "", f"{OWN_GOALS[0]:.1%}", "", f"{own:.1%}", ""])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def picture(side: SideScorers) -> str:
    """Return bars of the chances in SVG."""
    height = TOP + ROW * (len(PLAYERS) + 1) + 16
    return framed(caption(), [*_legend(), *_bars(side)], Sheet(LEFT + WIDE + 80, height))


def _bars(side: SideScorers) -> Iterator[str]:
    scale = WIDE / float(side.anytime.max())
    for place, (name, _, anytime, first, _) in enumerate(rows(side)):
        y = TOP + place * ROW
        yield f'<text x="{LEFT - 12}" y="{y + 17}" text-anchor="end" fill="#1f2933">{name}</text>'
        for chance, kind in ((anytime, "anytime"), (first, "first")):
            wide, colour = chance * scale, COLOURS[kind]
            yield f'<rect x="{LEFT}" y="{y}" width="{wide:.1f}" height="24" fill="{colour}"/>'
        yield f'<text x="{LEFT + anytime * scale + 8:.1f}" y="{y + 17}" fill="#52606d">{anytime:.1%}</text>'


def _legend() -> Iterator[str]:
    for place, (kind, words) in enumerate((("anytime", "scores at all"), ("first", "scores first"))):
        x = LEFT + place * 150
        yield f'<rect x="{x}" y="16" width="14" height="14" fill="{COLOURS[kind]}"/>'
        yield f'<text x="{x + 20}" y="28" fill="#1f2933">{words}</text>'


def files() -> dict[str, str]:
    """Return what each file in ``docs/_static`` should hold."""
    side = example()
    return {"goalscorers.svg": picture(side), "goalscorers.md": table(side)}


if __name__ == "__main__":
    write(files())
