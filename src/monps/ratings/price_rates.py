"""The goal rates that all of a match's prices stand for, together."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from monps.numerics.checks import Floats
from monps.numerics.inversion import QuotedMarkets, remove_margin_jointly
from monps.ratings.market_memory import MAIN_LINE, SHARPEST_FIRST, ImpliedRates
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

BOOKS = (SHARPEST_FIRST, ("average", *SHARPEST_FIRST))
"""Two books: the sharpest price of each market, and the crowd's; each by the next where it is missing."""


def rates_of_prices(matches: MatchTable, quotes: QuoteTable, *, closing: bool) -> ImpliedRates:
    """Fit one grid to all the prices of a match, once for the sharpest and once for the crowd's.

    Parameters
    ----------
    matches : MatchTable
        The n matches.
    quotes : QuoteTable
        Their quotes: match results, totals at 2.5, and the Asian handicap on its main line.
    closing : bool
        The last prices before kick-off, or the earlier ones.

    Returns
    -------
    ImpliedRates
        The geometric mean of both books' rates, and the mean of their ρ; NaN where neither has a price.
    """
    books = _rates(matches, quotes, closing)
    known = np.isfinite(books)
    total = np.where(known, books, 0.0).sum(axis=0)
    home, away, rho = np.divide(
        total, known.sum(axis=0), out=np.full_like(total, np.nan), where=known.any(axis=0)
    )
    return ImpliedRates(np.exp(home), np.exp(away), rho)


def disagreement(matches: MatchTable, quotes: QuoteTable, *, closing: bool) -> float:
    """Return by how much the sharpest and the crowd differ: the root mean square of their log rates' halves.

    Either is half that difference away from their mean; 0 where no match has both.
    """
    sharp, crowd = _rates(matches, quotes, closing)[:, :2]
    known = (sharp - crowd)[np.isfinite(sharp - crowd)]
    return float(np.sqrt((known**2).mean()) / 2) if len(known) else 0.0


def _rates(matches: MatchTable, quotes: QuoteTable, closing: bool) -> Floats:
    """Return log λ, log ν and ρ by each of the two books, shape (2, 3, n); all are fitted in one go."""
    result, totals, handicaps = map(np.concatenate, _quoted(matches, quotes, closing))
    n = len(result)
    fitted = remove_margin_jointly(
        QuotedMarkets.read(
            n,
            result=result,
            totals=totals[:, None],
            total_lines=np.full((n, 1), MAIN_LINE),
            handicaps=handicaps[:, None, 1:],
            handicap_lines=handicaps[:, :1],
        )
    ).fitted
    rates = np.stack([np.log(fitted.home), np.log(fitted.away), fitted.rho])
    found = np.where(fitted.converged, rates, np.nan)
    return np.moveaxis(found.reshape(3, len(BOOKS), -1), 1, 0)


def _quoted(matches: MatchTable, quotes: QuoteTable, closing: bool) -> Iterator[list[Floats]]:
    """Return the odds of result, total and handicap (with its line) in both books."""
    names = set().union(*BOOKS)

    def by_book(of: Callable[[str], Floats]) -> list[Floats]:
        told = {name: of(name) for name in names}
        return [_first_known([told[name] for name in book]) for book in BOOKS]

    yield by_book(lambda name: quotes.odds(matches, "match_result", name, closing=closing))
    yield by_book(lambda name: quotes.odds(matches, "totals", name, closing=closing, line=MAIN_LINE))
    yield by_book(
        lambda name: _on_quarters(np.column_stack(quotes.handicaps(matches, name, closing=closing)))
    )


def _first_known(books: Sequence[Floats]) -> Floats:
    """Take each row from the first book that has all of it."""
    best = books[0]
    for book in books[1:]:
        best = np.where(np.isfinite(best).all(axis=1, keepdims=True), best, book)
    return best


def _on_quarters(handicaps: Floats) -> Floats:
    """Keep lines, in the first column, that are multiples of ¼; an average over books may lie between."""
    return np.where(np.mod(handicaps[:, :1], 0.25) == 0.0, handicaps, np.nan)
