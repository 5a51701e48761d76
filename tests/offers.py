"""Offers and slips to stake, around fair prices."""

from collections.abc import Sequence

import numpy as np

from factories import SATURDAY, quote
from monps.domain.market import MarketKey, Selection
from monps.domain.odds import QUOTED_SELECTIONS, OddsQuote
from monps.markets.pricing import price
from monps.numerics.grid import ScoreGrid
from monps.staking.slip import Slip, number_markets

MARKETS = (
    MarketKey("match_result"),
    MarketKey("totals", 2.5),
    MarketKey("asian_handicap", -0.25),
    MarketKey("asian_handicap", 0.0),
    MarketKey("both_teams_to_score"),
)
SELECTIONS = tuple(Selection(key, name) for key in MARKETS for name in QUOTED_SELECTIONS[key.family])


def slip(grid: ScoreGrid, rng: np.random.Generator, *, low: float = 0.95, high: float = 1.15) -> Slip:
    """Draw odds around the fair ones for all selections of all matches, keeping those of value."""
    sheet = price(grid, MARKETS)
    odds = 1.0 + (sheet.fair_odds - 1.0) * rng.uniform(low, high, sheet.fair_odds.shape)
    match, selection = np.nonzero(sheet.probability * odds > 1.0)
    return Slip(
        SELECTIONS,
        grid,
        match,
        selection,
        number_markets(SELECTIONS)[selection],
        odds[match, selection],
        sheet.probability[match, selection],
        np.full(len(match), 0.01),
    )


def quotes_around(
    grid: ScoreGrid, bookmakers: Sequence[str], rng: np.random.Generator, margin: float = 1.05
) -> list[tuple[int, OddsQuote]]:
    """Quote every market of every match by every bookmaker, 1 being the first match's number."""
    sheet = price(grid, MARKETS)
    quoted = []
    for match, name, key in ((m, b, k) for m in range(len(grid)) for b in bookmakers for k in MARKETS):
        columns = [sheet.column(Selection(key, each)) for each in QUOTED_SELECTIONS[key.family]]
        fair = sheet.probability[match, columns] * rng.uniform(0.97, 1.03, len(columns))
        odds = 1.0 / (fair / fair.sum() * margin)
        quoted.append((match + 1, quote(key.family, odds.round(3).tolist(), bookmaker=name, line=key.line)))
    return quoted


MICROS = int(SATURDAY.timestamp() * 1e6)
