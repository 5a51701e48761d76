"""The bookmakers' agent, fitted: what it takes to read the prices of matches to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import numpy as np

from monps.agents import written
from monps.agents.fitted import AgentForecast
from monps.agents.quote_watch import remarks
from monps.numerics.checks import Bools, Floats
from monps.ratings.price_rates import rates_of_prices
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

MARKETS_READ = ("match_result", "totals", "asian_handicap")


@dataclass(frozen=True, slots=True, eq=False)
class FittedBookmakers:
    """Reads the prices of the fixtures that it is given.

    Parameters
    ----------
    name : str
        The agent's.
    as_of : datetime
        The moment from which it looks.
    closing : bool
        Whether it reads the last prices before kick-off, or the earlier ones.
    level : float
        By how much goals have lately been more than such prices said.
    dispersion : float
        ν of both sides' goals around such rates.
    error : float
        Standard error of log rates from prices: by how much they still move, or differ between books.
    distance : float
        A book whose fair chance is further than this from the others' is out of line.
    """

    kind: ClassVar[str] = "bookmakers"
    name: str
    as_of: datetime
    closing: bool
    level: float
    dispersion: float
    error: float
    distance: float

    def forecast(self, fixtures: MatchTable, quotes: QuoteTable) -> AgentForecast:
        """Invert the fixtures' prices; there is no forecast of those without a price of the result."""
        if not (quotes.sheet.closing == self.closing).any():
            return self._silent(len(fixtures))
        implied = rates_of_prices(fixtures, quotes, closing=self.closing)
        n, made = len(fixtures), np.isfinite(implied.home)
        return AgentForecast(
            implied.home * self.level,
            implied.away * self.level,
            implied.rho,
            np.full(n, self.dispersion),
            np.full((n, 2), self.error),
            np.where(made, _markets_quoted(fixtures, quotes, closing=self.closing), 0.0),
            self._reasons(made, remarks(fixtures, quotes, self.distance)),
        )

    def _silent(self, n: int) -> AgentForecast:
        nothing = np.full(n, np.nan)
        reasons = self._reasons(np.zeros(n, dtype=np.bool_), [""] * n)
        return AgentForecast(
            nothing, nothing, nothing, nothing, np.full((n, 2), np.nan), np.zeros(n), reasons
        )

    def _reasons(self, made: Bools, remarks: Sequence[str]) -> tuple[str, ...]:
        which = "last" if self.closing else "early"
        said = f"{which} prices, all markets together"
        return tuple(
            "; ".join(filter(None, (said, remark))) if spoke else f"no {which} prices"
            for spoke, remark in zip(made, remarks, strict=True)
        )

    def to_bytes(self) -> bytes:
        """Write the fit down."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "kind"}
        return written.write({"kind": self.kind, **plain}, {})

    @classmethod
    def read(cls, meta: dict[str, object], arrays: dict[str, np.ndarray]) -> "FittedBookmakers":  # noqa: ARG003
        """Read what ``to_bytes`` wrote; there are no arrays, of whatever shape."""
        facts = {name: value for name, value in meta.items() if name != "kind"}
        return cls(**(facts | {"as_of": datetime.fromisoformat(str(meta["as_of"]))}))  # type: ignore[arg-type]


def _markets_quoted(fixtures: MatchTable, quotes: QuoteTable, *, closing: bool) -> Floats:
    """Shape (n,): the share of the markets read of which there is a quote."""
    sheet, numbers = quotes.sheet, fixtures.frame["match_id"].to_numpy()
    when, known = sheet.closing == closing, [sheet.names.get(name, -1) for name in MARKETS_READ]
    counted = [np.isin(numbers, sheet.match_ids[when & (sheet.markets == market)]) for market in known]
    return np.asarray(np.mean(counted, axis=0))
