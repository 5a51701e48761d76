"""Margin removal from all of a match's markets at once, beside removal market by market, on real odds."""

from collections.abc import Iterator

import numpy as np

from benchmarks import data
from benchmarks.margins import FIRST, LAST, difference, happened
from benchmarks.report import Cell, Report
from monps import Reading
from monps.numerics.checks import Bools, Floats
from monps.numerics.inversion import JointlyFair, QuotedMarkets, remove_margin_jointly
from monps.numerics.scoring import log_loss, ranked_probability_score

BOOKS = tuple((name, closing) for closing in (True, False) for name in ("pinnacle", "bet365", "average"))
NOTE = """Match result, over/under 2.5 and the main Asian handicap of one bookmaker, where all three are
quoted. Differences are joint less separate (power), in hundred-thousandths, below 0 where joint is better; a
star where the 95 % interval (match days resampled) leaves 0 out."""


def measure() -> Report:
    """Score both ways on the same matches."""
    return Report(
        f"Joint margin removal, five leagues {FIRST}/13–{LAST}/23",
        _rows(data.real(data.FIVE, FIRST, LAST)),
        (NOTE,),
    )


def _rows(reading: Reading) -> Iterator[dict[str, Cell]]:
    for bookmaker, closing in BOOKS:
        fair = remove_margin_jointly(_quoted(reading, bookmaker, closing=closing))
        when = "closing" if closing else "earlier"
        for market in ("match_result", "totals"):
            yield {"odds": f"{bookmaker}, {when}", "market": market, **_compared(reading, fair, market)}


def _quoted(reading: Reading, bookmaker: str, *, closing: bool) -> QuotedMarkets:
    """Set out what one bookmaker quotes on every match."""
    matches, quotes = reading.matches, reading.quotes
    lines, handicaps = quotes.handicaps(matches, bookmaker, closing=closing)
    offered = np.mod(lines, 0.25) == 0.0
    totals = quotes.odds(matches, "totals", bookmaker, closing=closing, line=2.5)
    return QuotedMarkets.read(
        len(matches),
        result=quotes.odds(matches, "match_result", bookmaker, closing=closing),
        totals=totals[:, None],
        total_lines=np.full((len(matches), 1), 2.5),
        handicaps=np.where(offered[:, None], handicaps, np.nan)[:, None],
        handicap_lines=np.where(offered, lines, np.nan)[:, None],
    )


def _compared(reading: Reading, fair: JointlyFair, market: str) -> dict[str, Cell]:
    usable, days = _all_three(fair), np.floor(reading.matches.kickoff_days)
    won = happened(reading.matches, market)[usable]
    joint, separate = (chances[usable] for chances in _chances(fair, market))
    scores = [(rule(joint, won), rule(separate, won)) for rule in (log_loss, ranked_probability_score)]
    return {
        "n": int(usable.sum()),
        "log loss, separate": f"{scores[0][1].mean():.5f}",
        "difference": difference(*scores[0], days[usable]),
        "RPS, separate": f"{scores[1][1].mean():.5f}",
        "difference in RPS": difference(*scores[1], days[usable]),
    }


def _all_three(fair: JointlyFair) -> Bools:
    separate = fair.separate
    lines = separate["totals"].valid[:, 0] & separate["handicaps"].valid[:, 0]
    return np.asarray(fair.fitted.converged & separate["result"].valid & lines)


def _chances(fair: JointlyFair, market: str) -> tuple[Floats, Floats]:
    """Return the joint and the separate probabilities of a market's selections."""
    if market == "match_result":
        separate = fair.separate["result"].probabilities
        return separate + fair.residuals["result"], separate
    separate = fair.separate["totals"].probabilities[:, 0]
    over = separate[:, 0] + fair.residuals["totals"][:, 0]
    return np.column_stack([over, 1.0 - over]), separate
