"""A picture of how a season may end."""

from pathlib import Path

from monps.cli.pictures import figure, save
from monps.domain.season import SeasonForecast

_SHOWN_FROM = 0.005
_WHITE_FROM = 0.3


def draw_season(found: SeasonForecast, path: Path) -> None:
    """Draw the chance of each team, by row, to end at each position, by column.

    Raises
    ------
    UsageError
        If matplotlib is not installed, or the file is neither PNG nor SVG.
    """
    count = len(found.teams)
    drawn = figure(1, 1, (2.0 + 0.4 * count, 1.2 + 0.32 * count))
    (axes,) = drawn.axes
    shades = [[chance**0.5 for chance in team.positions] for team in found.teams]
    axes.imshow(shades, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, team in enumerate(found.teams):
        for column, chance in enumerate(team.positions):
            if chance >= _SHOWN_FROM:
                ink = "white" if chance >= _WHITE_FROM else "black"
                axes.text(column, row, f"{100 * chance:.0f}", ha="center", va="center", fontsize=8, color=ink)
    axes.set_xticks(range(count), [str(position) for position in range(1, count + 1)])
    axes.set_yticks(range(count), [f"{team.team} {team.expected_points:.0f}" for team in found.teams])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlabel(f"chance of each position, per cent; {found.runs:,} seasons; expected points by the name")
    seen = f"seen from {found.as_of:%Y-%m-%d}, {found.remaining} matches to be played"
    axes.set_title(f"{found.competition} {found.season.label}, {seen}")
    save(drawn, path)
