"""How fits and forecasts look in a terminal."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console, Group

from monps.cli import render
from monps.domain.market import MarketKey
from monps.domain.predictions import EnsemblePrediction, MarketPrediction, MatchForecast
from monps.services.fit import CompetitionFit

Forecast = MatchForecast | EnsemblePrediction

_SCORES_SHOWN = 5
_MAIN = {
    "double_chance": 0.0,
    "draw_no_bet": 0.0,
    "totals": 2.5,
    "asian_handicap": 0.0,
    "both_teams_to_score": 0.0,
}
"""The families that most people ask for, each with its middle line."""
_NEAR = 2.0
_FEW_SIDES = 3


def show_fit(console: Console, found: CompetitionFit, most: int | None = None) -> None:
    """Print the fit's report, and each team's strengths, or those of the strongest."""
    report = found.report
    state = "converged" if report.converged else "did NOT converge"
    console.print(f"{found.competition}: {report.model}, {state} in {report.iterations} steps", style="bold")
    console.print(
        f"{report.matches:,} matches ({report.effective_matches:,.0f} effective), {report.teams} teams, "
        f"log-likelihood {report.log_likelihood:,.2f}, as of {report.as_of:%Y-%m-%d %H:%M} UTC",
        style="dim",
    )
    shape = "".join(f", {name} {value:+.3f}" for name, value in report.shape.items())
    goals = f"{report.mean_home_goals:.2f} : {report.mean_away_goals:.2f}"
    console.print(f"home advantage {report.home_advantage:+.3f}, average teams {goals}{shape}", style="dim")
    rows = [
        [
            team.team,
            f"{render.signed(team.attack)} ± {team.attack_error:.2f}",
            f"{render.signed(team.defence)} ± {team.defence_error:.2f}",
        ]
        for team in found.strengths[:most]
    ]
    console.print(render.table("Strengths (log scale, 0 is the mean)", ["team"], ["attack", "defence"], rows))


def show_forecast(console: Console, forecast: Forecast) -> None:
    """Print one forecast: the three outcomes, expected goals, likeliest scores and warnings."""
    console.print(_headline(forecast), style="bold")
    console.print(_origin(forecast), style="dim")
    console.print(_outcomes(forecast))
    console.print(f" expected goals    {_goals(forecast)}")
    console.print(f" likeliest scores  {_scores(forecast, _SCORES_SHOWN)}")
    for warning in forecast.warnings:
        console.print(f" warning: {warning}", style="yellow")


def main_prices(prices: Sequence[MarketPrediction]) -> list[MarketPrediction]:
    """Choose what most people ask for: the big families, on whole and half lines near the middle."""
    return [
        price for price in prices if price.family in _MAIN and price.period == "full_time" and _near(price)
    ]


def _near(price: MarketPrediction) -> bool:
    if price.line is None:
        return True
    return (2 * price.line).is_integer() and abs(price.line - _MAIN[price.family]) <= _NEAR


def price_list(prices: Sequence[MarketPrediction], title: str) -> Group:
    """Return fair odds, all lines of a family in one row."""
    rows = [[name, "  ".join(cells)] for name, cells in _families(prices)]
    return render.table(title, ["market", "fair odds"], [], rows)


def _families(prices: Sequence[MarketPrediction]) -> Iterator[tuple[str, list[str]]]:
    """Yield each row's name and its prices; the names of the sides of many lines are said once."""
    for (family, period), chosen in groupby(prices, key=lambda price: (price.family, price.period)):
        listed = list(chosen)
        sides = dict.fromkeys(price.selection for price in listed)
        if listed[0].line is None or len(sides) > _FEW_SIDES:
            yield from _rows_by_line(listed)
        else:
            yield f"{MarketKey(family, period=period)}: {'/'.join(sides)}", list(_lines(listed))


def _rows_by_line(prices: Sequence[MarketPrediction]) -> Iterator[tuple[str, list[str]]]:
    for key, sides in groupby(prices, key=lambda price: MarketKey(price.family, price.line, price.period)):
        yield str(key), [f"{price.selection} {render.odds(price.fair_odds)}" for price in sides]


def _lines(prices: Sequence[MarketPrediction]) -> Iterator[str]:
    for line, sides in groupby(prices, key=lambda price: price.line):
        yield f"{line:g} {'/'.join(render.odds(price.fair_odds) for price in sides)}"


def round_table(forecasts: Sequence[MatchForecast], title: str) -> Group:
    """Return several forecasts, a fixture a row: chances with fair odds, expected goals, likeliest score."""
    rows = [
        [
            f"{forecast.home} - {forecast.away}",
            *(
                f"{chance:.0%} {render.odds(1 / chance)}"
                for chance in (forecast.home_win, forecast.draw, forecast.away_win)
            ),
            f"{forecast.home_goals:.2f} : {forecast.away_goals:.2f}",
            f"{forecast.scores[0].home}-{forecast.scores[0].away}",
        ]
        for forecast in forecasts
    ]
    numbers = ["home", "draw", "away", "goals", "score"]
    return render.table(title, ["fixture"], numbers, rows)


def _headline(forecast: Forecast) -> str:
    ground = ", neutral ground" if forecast.neutral else ""
    fixture = f"{forecast.home} - {forecast.away} ({forecast.competition}{ground})"
    return f"{fixture}, {forecast.kickoff:%Y-%m-%d %H:%M} UTC"


def _origin(forecast: Forecast) -> str:
    age = forecast.data_age_days
    aged = "" if age is None else f", the newest {age:.1f} days old"
    seen = f"seen from {forecast.as_of:%Y-%m-%d %H:%M} UTC"
    return f"{seen} by {forecast.model} on {forecast.matches:,} results{aged}"


def _outcomes(forecast: Forecast) -> Group:
    outcomes = (
        (forecast.home, forecast.home_win),
        ("draw", forecast.draw),
        (forecast.away, forecast.away_win),
    )
    rows = [
        [name, render.bar(chance), render.percent(chance), render.odds(1 / chance)]
        for name, chance in outcomes
    ]
    return render.table("", ["", ""], ["chance", "fair odds"], rows)


def _goals(forecast: Forecast) -> str:
    home = f"{forecast.home_goals:.2f} ± {forecast.home_goals_error:.2f}"
    return f"{home} : {forecast.away_goals:.2f} ± {forecast.away_goals_error:.2f}"


def _scores(forecast: Forecast, count: int) -> str:
    chosen = forecast.scores[:count]
    return "   ".join(f"{score.home}-{score.away} {render.percent(score.probability)}" for score in chosen)
