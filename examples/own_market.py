"""A market of one's own: one rule settles its bets, and its price is the expectation of that rule."""

import numpy as np
import polars as pl

import monps
from monps.markets.base import Family
from monps.markets.facts import Facts
from monps.markets.rules import yes_no
from monps.models import ConwayMaxwell
from monps.numerics.checks import Bools, Floats


def lively(home: Floats, away: Floats) -> Bools:
    """Say whether there were three goals or more, and both sides had one of them."""
    return (home + away >= 3) & (home > 0) & (away > 0)


LIVELY = Family("lively_match", yes_no(lively, "Yes wins if three goals are scored, and each side scores."))


def main() -> None:
    """Price the market for the matches of the newest season, and settle it by what happened in them."""
    league = monps.simulate(seed=1, seasons=4).matches.where(pl.col("competition") == "SIM1")
    newest = league.where(pl.col("season") == pl.col("season").max())
    fitted = ConwayMaxwell(half_life_days=390).fit(league)
    matches, market = newest.frame, LIVELY.market()
    grid = fitted.grid(matches["home"].to_list(), matches["away"].to_list())
    won = market.payoffs(grid.size)[0] > 0
    chance = (grid.probabilities * won).sum(axis=(1, 2)) / grid.probabilities.sum(axis=(1, 2))
    happened = market.settle(Facts.of_scores(newest.home_goals, newest.away_goals))[0] > 0
    error = np.sqrt((chance * (1 - chance)).sum()) / len(chance)
    print(market.describe())
    shares = f"expected {chance.mean():.1%}, happened {happened.mean():.1%} ± {error:.1%}"
    print(f"{len(chance)} matches: {shares}")


if __name__ == "__main__":
    main()
