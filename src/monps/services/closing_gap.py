"""How far the predictions that were really made lie from the closing prices, on the last settled matches."""

from collections.abc import Iterator
from datetime import datetime

import numpy as np

from monps.domain.base import Noun
from monps.domain.evaluation import Scorecard
from monps.domain.predictions import PredictionSummary
from monps.evaluation import Outcomes, score
from monps.evaluation.scorecard import BINS
from monps.ports.predictions import PredictionFilter
from monps.ports.repositories import StoredMatch
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.ratings.market_memory import fair_prices
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

MATCHES = 200
_LOOKED_AT = 1000


class LiveRecord(Noun):
    """The scores of predictions made before their matches; None where too few are settled to be scored."""

    scores: Scorecard | None = None


def live_record(open_work: UnitOfWorkFactory, *, now: datetime, most: int = MATCHES) -> LiveRecord:
    """Score the last prediction before kick-off of each of the last settled matches.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where predictions, results and prices are.
    now : datetime
        The present.
    most : int
        So many matches.
    """
    with open_work() as work:
        settled = list(_settled(work, now))[:most]
        quotes = work.calendar.quotes([played.match_id for _, played in settled], now)
    if len(settled) < BINS:
        return LiveRecord()
    table = MatchTable.from_matches(
        [played.match for _, played in settled], [played.match_id for _, played in settled]
    )
    order = {number: place for place, number in enumerate(table.frame["match_id"].to_list())}
    said = np.empty((len(settled), 3))
    for made, played in settled:
        said[order[played.match_id]] = made.home_win, made.draw, made.away_win
    prices = QuoteTable.from_quotes((each.match_id, each.quote) for each in quotes)
    closing = fair_prices(table, prices, closing=(True,)).result
    return LiveRecord(scores=score(Outcomes(said, table.outcomes, closing, np.floor(table.kickoff_days))))


def _settled(work: UnitOfWork, now: datetime) -> Iterator[tuple[PredictionSummary, StoredMatch]]:
    """Yield the last prediction before kick-off of each match of the store that was played since."""
    seen: set[int] = set()
    for made in work.predictions.page(PredictionFilter(date_to=now), limit=_LOOKED_AT):
        if made.match_id is None or made.match_id in seen or made.as_of > made.kickoff:
            continue
        seen.add(made.match_id)
        found = work.calendar.find(made.match_id, now)
        if isinstance(found, StoredMatch):
            yield made, found
