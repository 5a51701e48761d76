"""What odds are worth by a forecast, and the stakes on all bets of a match that let wealth grow fastest."""

import numpy as np
import polars as pl

import monps
from monps.domain.market import MarketKey, Selection
from monps.numerics.growth import expected_value
from monps.staking.portfolio import MatchBets, best_stakes

MARKETS = [MarketKey("match_result"), MarketKey("totals", 2.5)]
MARGIN = 0.05
GENEROUS = 1.12
FRACTION = 0.25
NOTE = """Stakes are a quarter of what makes wealth grow fastest: forecasts err. A bet of negative value may
be among them: it insures the others."""


def main() -> None:
    """Price a match, let a bookmaker err on one selection, and print what to stake."""
    league = monps.simulate(seed=1, seasons=3).matches.where(pl.col("competition") == "SIM1")
    fitted = monps.DixonColes(half_life_days=390).fit(league)
    grid = fitted.grid([fitted.teams.names[0]], [fitted.teams.names[1]])
    sheet = monps.price(grid, MARKETS).to_dataframe()
    selections = tuple(
        Selection(MarketKey(row["family"], row["line"]), row["selection"])
        for row in sheet.iter_rows(named=True)
    )
    fair = sheet["fair_odds"].to_numpy()
    odds = 1.0 + (fair - 1.0) * (1.0 - MARGIN)
    odds[0] = fair[0] * GENEROUS  # a price that is too good, of which there are few outside examples
    stakes = best_stakes([MatchBets(grid, selections, odds)], np.random.default_rng(1)).stakes
    for selection, price, chance, stake in zip(selections, odds, sheet["probability"], stakes, strict=True):
        value = float(expected_value(chance, price))
        print(
            f"{selection!s:24} odds {price:5.2f}  expected value {value:+6.1%}  stake {FRACTION * stake:5.1%}"
        )
    print(NOTE)


if __name__ == "__main__":
    main()
