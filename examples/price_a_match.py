"""From past matches to fair odds: fit strengths, make the scoreline grid of a match, price its markets."""

import polars as pl

import monps
from monps.domain.market import MarketKey

MARKETS = [
    MarketKey("match_result"),
    MarketKey("totals", 2.5),
    MarketKey("asian_handicap", -0.75),
    MarketKey("both_teams_to_score"),
]


def main() -> None:
    """Print what a match of the simulated league is worth."""
    league = monps.simulate(seed=1, seasons=3).matches.where(pl.col("competition") == "SIM1")
    fitted = monps.DixonColes(half_life_days=390).fit(league)
    strongest = fitted.strengths.to_frame().sort("attack", descending=True)["team"]
    home, away = strongest[0], strongest[-1]
    grid = fitted.grid([home], [away])
    rates = fitted.rates([home], [away])
    print(f"{home} v {away}: expected goals {rates[0][0]:.2f} and {rates[1][0]:.2f}")
    for row in monps.price(grid, MARKETS).to_dataframe().iter_rows(named=True):
        line = "" if row["line"] is None else f" {row['line']:g}"
        market = f"{row['family']}{line}, {row['selection']}"
        print(f"{market:32} {row['probability']:6.1%}   fair odds {row['fair_odds']:.2f}")


if __name__ == "__main__":
    main()
