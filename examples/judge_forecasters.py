"""Forecast a season from what was known on each morning, and score the forecasts beside the closing odds."""

import monps
from monps.agents import AGENTS, History
from monps.backtest import evaluate
from monps.ratings.market_memory import with_implied_goals

NAMES = ("base_rate", "elo", "dixon_coles", "bookmakers", "closing")


def main() -> None:
    """Print how good each forecaster was on the newest season."""
    country = monps.simulate(seed=1, seasons=5)
    history = History(with_implied_goals(country.matches, country.quotes), country.quotes)
    seasons = history.matches.column("season")
    print(f"{'':12} {'n':>5} {'log loss':>9} {'RPS':>8}   gap to the closing odds [95 %]")
    for name in NAMES:
        found = evaluate(history, AGENTS[name], seasons == seasons.max())
        gap = found.rps_gap
        said = f"{gap.value:+.4f} [{gap.interval[0]:+.4f}, {gap.interval[1]:+.4f}]" if gap else "-"
        print(f"{name:12} {found.n:5} {found.log_loss:9.4f} {found.rps:8.5f}   {said}")


if __name__ == "__main__":
    main()
