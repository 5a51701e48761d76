"""How scorers look in a terminal."""

from rich.console import Console, Group

from monps.cli import render
from monps.domain.scorers import GoalscorerPrediction, ScorerForecast

_LEAST = 0.01
"""Players who score less often than this are counted, not listed."""


def show_scorers(console: Console, forecast: ScorerForecast) -> None:
    """Print both sides' likeliest scorers, and what completes the first goal."""
    console.print(f"{forecast.home} - {forecast.away} ({forecast.competition})", style="bold")
    console.print(
        f"seen from {forecast.as_of:%Y-%m-%d %H:%M} UTC; expected goals by {forecast.model} "
        f"{forecast.home_goals:.2f} : {forecast.away_goals:.2f}; {forecast.matches:,} line-ups",
        style="dim",
    )
    for team, origin in ((forecast.home, forecast.home_line_up), (forecast.away, forecast.away_line_up)):
        console.print(_side(forecast, team, f"{team}, line-up {origin}"))
    console.print(
        f" the first goal: no goal {render.percent(forecast.no_goal)}, "
        f"own goal {render.percent(forecast.first_own_goal)}, with the players' chances 100 %"
    )
    for warning in forecast.warnings:
        console.print(f" warning: {warning}", style="yellow")


def _side(forecast: ScorerForecast, team: str, title: str) -> Group:
    listed = [scorer for scorer in forecast.scorers if scorer.team == team]
    shown = [scorer for scorer in listed if scorer.anytime >= _LEAST]
    fewer = len(listed) - len(shown)
    heading = f"{title} ({fewer} below {_LEAST:.0%} left out)" if fewer else title
    numbers = ["starts", "minutes", "anytime", "fair odds", "first", "two or more", "hat-trick"]
    return render.table(heading, ["player"], numbers, [_row(scorer) for scorer in shown])


def _row(scorer: GoalscorerPrediction) -> list[str]:
    starts = scorer.start_probability
    return [
        scorer.player,
        "" if starts is None else f"{starts:.0%}",
        f"{scorer.expected_minutes:.0f}",
        f"{scorer.anytime:.1%}",
        render.odds(scorer.fair_odds),
        f"{scorer.first:.1%}",
        f"{scorer.two_or_more:.1%}",
        f"{scorer.hat_trick:.2%}",
    ]
