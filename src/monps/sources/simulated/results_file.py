"""A season in the columns of football-data.co.uk, and the next round as its fixtures file."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from monps.numerics.checks import Floats, Ints
from monps.sources.simulated import names
from monps.sources.simulated.bookmakers import BOOKMAKERS, Prices
from monps.sources.simulated.schedule import REFEREES
from monps.sources.simulated.season import DivisionSeason

_EVENTS = (
    ("HS", "AS", "shots"), ("HST", "AST", "shots_on_target"), ("HF", "AF", "fouls"), ("HC", "AC", "corners"),
    ("HY", "AY", "yellow_cards"), ("HR", "AR", "red_cards"), ("HxG", "AxG", "expected_goals"),
)  # fmt: skip
_TWO_WAY_BOOKS = (("B365", "B365"), ("PS", "P"))
"""Books whose totals and handicaps are published, with the prefix that they have there."""
_CODES = [book.code for book in BOOKMAKERS]

Columns = dict[str, pl.Series]


def content(division: DivisionSeason, rows: Ints) -> bytes:
    """Write these matches of a division, shape (k,), as CSV, with results and closing prices."""
    return _frame(division, rows).write_csv().encode()


def fixtures_content(upcoming: Sequence[tuple[DivisionSeason, Ints]]) -> bytes:
    """Write matches to come, shape (k,) of each division, as CSV: no result, no event, no closing price."""
    frames = []
    for division, rows in upcoming:
        known = {**_card(division), **_prices(division.quotes.early, "")}
        frame = _frame(division, rows)
        frames.append(
            frame.with_columns(pl.lit(None).alias(name) for name in frame.columns if name not in known)
        )
    return pl.concat(frames, how="vertical_relaxed").write_csv().encode()


def _frame(division: DivisionSeason, rows: Ints) -> pl.DataFrame:
    columns = {
        **_card(division),
        **_result(division),
        **_prices(division.quotes.early, ""),
        **_prices(division.quotes.closing, "C"),
    }
    return pl.DataFrame(columns)[rows]


def _card(division: DivisionSeason) -> Columns:
    """Who meets whom, when: what is known of a fixture."""
    kickoff = pl.Series(division.kickoff_in_own_time)
    return {
        "Div": pl.Series([division.competition] * len(division)),
        "Date": kickoff.dt.strftime("%d/%m/%Y"),
        "Time": kickoff.dt.strftime("%H:%M"),
        "HomeTeam": pl.Series(division.home),
        "AwayTeam": pl.Series(division.away),
    }


def _result(division: DivisionSeason) -> Columns:
    events, panel = division.events, np.array([names.referee(number) for number in range(2 * REFEREES)])
    offset = REFEREES * (division.tier - 1)
    columns = {
        **_goals("FT", events.goals),
        **_goals("HT", events.half_time_goals),
        "Referee": pl.Series(panel[division.schedule.referee + offset]),
    }
    for home, away, name in _EVENTS:
        counted = getattr(events, name).round(2)
        columns |= {home: pl.Series(counted[:, 0]), away: pl.Series(counted[:, 1])}
    return columns


def _goals(period: str, goals: Ints) -> Columns:
    letters = np.array(["A", "D", "H"])[np.sign(goals[:, 0] - goals[:, 1]) + 1]
    home, away = pl.Series(goals[:, 0]), pl.Series(goals[:, 1])
    return {f"{period}HG": home, f"{period}AG": away, f"{period}R": pl.Series(letters)}


def _prices(prices: Prices, stage: str) -> Columns:
    """All price columns of one stage; ``stage`` is ``C`` for closing."""
    everyone = tuple(zip(_CODES, _CODES, strict=True))
    return {
        **_market(prices.match_result, everyone, stage, ("H", "D", "A")),
        **_market(prices.totals, _TWO_WAY_BOOKS, stage, (">2.5", "<2.5")),
        f"AH{stage}h": pl.Series(prices.line),
        **_market(prices.handicap, _TWO_WAY_BOOKS, stage, ("AHH", "AHA")),
    }


def _market(
    odds: Floats, published: Sequence[tuple[str, str]], stage: str, suffixes: Sequence[str]
) -> Columns:
    """Set one market's odds, shape (books, n, k), out in columns, the summaries over all books last."""
    quoted = [(prefix, odds[_CODES.index(code)]) for code, prefix in published]
    summaries = [("Max", odds.max(axis=0)), ("Avg", odds.mean(axis=0).round(2))]
    return {
        f"{prefix}{stage}{suffix}": pl.Series(prices[:, place])
        for prefix, prices in (*quoted, *summaries)
        for place, suffix in enumerate(suffixes)
    }
