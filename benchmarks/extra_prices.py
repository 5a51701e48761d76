"""Prices of further markets, 2020/21–2022/23, from the folder extra-markets; its scores are not read."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.data import Absent, real_folder
from monps.domain.market import MarketKey
from monps.numerics.checks import Floats
from monps.numerics.overround import remove_margin
from monps.services.identity.aliases import ALIASES
from monps.services.identity.names import fold
from monps.tables.matches import MatchTable

COUNTRIES = {"E0": "England", "SP1": "Spain", "D1": "Germany", "I1": "Italy", "F1": "France"}
SEASONS = (2020, 2021, 2022)
FIRST_HALF, SECOND_HALF = "first_half", "second_half"
_FIXTURE = ("competition", "season", "home", "away")


def _totals(lines: tuple[float, ...], part: str, period: str) -> Iterator[tuple[MarketKey, tuple[str, ...]]]:
    for line in lines:
        suffix = f"{part}_{line:g}".replace(".", "_")
        yield MarketKey("totals", line, period), (f"Over_{suffix}", f"Under_{suffix}")


COLUMNS: Mapping[MarketKey, tuple[str, ...]] = {
    MarketKey("match_result"): ("B365H", "B365D", "B365A"),
    MarketKey("totals", 2.5): ("B365>2.5", "B365<2.5"),
    MarketKey("both_teams_to_score"): ("BTTS_Yes", "BTTS_No"),
    MarketKey("double_chance"): ("DC_1X", "DC_12", "DC_X2"),
    **dict(_totals((0.5, 1.5, 3.5, 4.5), "FT", "full_time")),
    MarketKey("match_result", None, FIRST_HALF): ("Odd_1_HT", "Odd_X_HT", "Odd_2_HT"),
    **dict(_totals((0.5, 1.5, 2.5), "HT", FIRST_HALF)),
    MarketKey("match_result", None, SECOND_HALF): ("Odd_1_2H", "Odd_X_2H", "Odd_2_2H"),
    **dict(_totals((0.5, 1.5, 2.5), "2H", SECOND_HALF)),
    MarketKey("corners_most"): ("odds_corners_1", "odds_corners_x", "odds_corners_2"),
    **{
        MarketKey("corners_totals", whole + 0.5): tuple(
            f"odds_corners_{side}_{whole}5" for side in ("over", "under")
        )
        for whole in range(7, 12)
    },
}
"""The columns of a market's odds, in the order of its selections."""


def extra_prices() -> pl.DataFrame:
    """Read the odds of five leagues, with the names under which results know the teams."""
    base = real_folder().parent / "extra-markets"
    if not base.is_dir():
        raise Absent("the folder extra-markets of the real data is needed")
    return pl.concat(_file(base, code, year) for code in COUNTRIES for year in SEASONS)


def _file(base: Path, code: str, year: int) -> pl.DataFrame:
    names = _names(COUNTRIES[code])
    odds = sorted({name for columns in COLUMNS.values() for name in columns})
    rows = pl.read_csv(base / f"{code}_{year % 100:02d}{year % 100 + 1:02d}.csv.gz", infer_schema_length=0)
    return rows.select(
        pl.lit(code).alias("competition"),
        pl.lit(year, pl.Int32).alias("season"),
        *(
            pl.col(column).map_elements(lambda told: names.get(fold(told), told), pl.String).alias(side)
            for side, column in (("home", "HomeTeam"), ("away", "AwayTeam"))
        ),
        pl.col("Date").str.to_date("%Y-%m-%d").alias("day"),
        *(pl.col(name).cast(pl.Float64, strict=False) for name in odds),
    )


def _names(country: str) -> dict[str, str]:
    known = ALIASES[country].items()
    return {fold(alias): name for name, aliases in known for alias in (name, *aliases)}


def beside(matches: MatchTable, prices: pl.DataFrame) -> pl.DataFrame:
    """Return a row of prices for each match, by its teams and its day, null where there is none."""
    wanted = matches.frame.select("match_id", *_FIXTURE, pl.col("kickoff").dt.date().alias("played"))
    found = wanted.join(prices, on=list(_FIXTURE)).filter(
        (pl.col("day") - pl.col("played")).dt.total_days().abs() <= 1
    )
    once = found.unique("match_id", keep="first", maintain_order=True).drop("played", *_FIXTURE)
    return wanted.join(once, on="match_id", how="left", maintain_order="left")


def fair_chances(prices: pl.DataFrame, key: MarketKey) -> Floats:
    """Return what the prices of a market say without their margin, shape (n, k), NaN where there are none."""
    odds = prices.select(pl.col(COLUMNS[key]).fill_null(np.nan)).to_numpy()
    return two_of_three(odds) if key.family == "double_chance" else remove_margin(odds).probabilities


def two_of_three(odds: Floats) -> Floats:
    """Remove the margin where two of three selections win: the power of the inverse odds that sums to 2.

    Parameters
    ----------
    odds : ndarray, shape (n, 3)

    Returns
    -------
    ndarray, shape (n, 3)
        NaN where an odds is missing or at most 1, or their inverses sum to less than 2.
    """
    sound = (odds > 1.0).all(axis=1) & ((1.0 / odds).sum(axis=1) >= 2.0)
    logs = np.log(np.where(sound[:, None], odds, 1.5))
    low, high = np.ones(len(odds)), np.full(len(odds), 16.0)
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = np.exp(-middle[:, None] * logs).sum(axis=1) > 2.0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.where(sound[:, None], np.exp(-low[:, None] * logs), np.nan)
