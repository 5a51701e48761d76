"""How a simulated season looks in a terminal."""

from collections.abc import Iterator

from rich.console import Console, Group
from rich.text import Text

from monps.cli import render
from monps.domain.season import SeasonForecast, TeamOutlook

PALE, DEEP = (222, 235, 247), (8, 69, 148)
"""Colours of a position that is out of reach and of one that is certain."""
INK, LIGHT_INK = (31, 41, 51), (255, 255, 255)
DARK_FROM = 0.3
"""From this chance on, letters are light."""

_CELL = 3
_SHOWN_FROM = 0.005


def show_season(console: Console, found: SeasonForecast) -> None:
    """Print how a season may end: expected points and chances by team, then every position."""
    season = f"{found.competition} {found.season.label}"
    console.print(f"{season}: {found.played} matches played, {found.remaining} to be played", style="bold")
    console.print(_origin(found), style="dim")
    console.print(_ranking(found), style="dim")
    console.print(_outlooks(found))
    console.print()
    console.print(heat_map(found, console.width))
    for warning in found.warnings:
        console.print(f"warning: {warning}", style="yellow")


def _origin(found: SeasonForecast) -> str:
    drawn = f"{found.strength_draws} sets of strengths" if found.strength_draws > 1 else "exact strengths"
    seen = f"seen from {found.as_of:%Y-%m-%d %H:%M} UTC by {found.model}"
    return f"{seen}; {found.runs:,} seasons with {drawn}; seed {found.seed}: the same call, the same numbers"


def _ranking(found: SeasonForecast) -> str:
    criteria = ", ".join(criterion.replace("_", " ") for criterion in found.rules.criteria)
    taken = "".join(f"; {row.team} -{row.deducted}" for row in found.table if row.deducted)
    return f"level on points: {criteria}, then lots{taken}"


def _outlooks(found: SeasonForecast) -> Group:
    standing = {row.team: row for row in found.table}
    zones = [zone.name for zone in found.rules.zones]
    rows = [
        [
            standing[team.team].position,
            team.team,
            standing[team.team].played,
            f"{standing[team.team].goal_difference:+d}",
            team.points,
            f"{team.expected_points:.1f}",
            "{}-{}".format(*team.points_interval),
            *(render.percent(team.chances[zone]) for zone in zones),
        ]
        for team in found.teams
    ]
    numbers = ["played", "GD", "points", "expected", "95 %"]
    title = "As it stands, as it may end"
    return render.table(title, ["now", "team"], numbers, rows, intervals=zones)


def heat_map(found: SeasonForecast, width: int) -> Group:
    """Return a row for each team and a shaded cell for each position, in per cent."""
    count = len(found.teams)
    room = max(min(1 + max(len(team.team) for team in found.teams), width - _CELL * count), _CELL)
    header = "".join(f"{position:{_CELL}d}" for position in range(1, count + 1))
    lines = [_line(team, room) for team in found.teams]
    return Group(Text("Chance of each position, per cent", "bold"), Text(" " * room + header, "dim"), *lines)


def _line(team: TeamOutlook, room: int) -> Text:
    name = team.team if len(team.team) < room else f"{team.team[: room - 2]}…"
    return Text.assemble(name.ljust(room), *_cells(team))


def _cells(team: TeamOutlook) -> Iterator[tuple[str, str]]:
    for chance in team.positions:
        if chance >= _SHOWN_FROM:
            ink = LIGHT_INK if chance >= DARK_FROM else INK
            yield f"{100 * chance:{_CELL}.0f}", f"{_rgb(ink)} on {_rgb(shade(chance))}"
        else:
            yield ("·" if chance else "").rjust(_CELL), "dim"


def shade(chance: float) -> tuple[int, int, int]:
    """Return the colour of a chance: its square root is how far the way from pale to deep has been gone."""
    red, green, blue = (round(a + chance**0.5 * (b - a)) for a, b in zip(PALE, DEEP, strict=True))
    return red, green, blue


def _rgb(colour: tuple[int, int, int]) -> str:
    return "rgb({},{},{})".format(*colour)
