"""Settle open bets by the rules that priced them; nothing that is settled is ever settled again."""

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from monps.domain.audit import AuditEntry
from monps.domain.base import Noun
from monps.domain.football import Match, SideStats
from monps.domain.ledger import RESULTS, Bet, Result, Settlement, profit_of
from monps.errors import ConflictError, NotFoundError
from monps.markets import MARKETS
from monps.markets.catalogue import settle
from monps.markets.facts import Facts
from monps.ports.repositories import StoredMatch
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.ratings.market_memory import SHARPEST_FIRST
from monps.staking.offers import Offers, offers_of
from monps.tables.quotes import QuoteTable

_log = structlog.get_logger()

_LATE = timedelta(days=2)


class Settled(Noun):
    """What a round of settling did: bets settled now, bets that stay open, and why some of them are late."""

    settled: tuple[Bet, ...]
    open: int
    warnings: tuple[str, ...] = ()


class Ruling(NamedTuple):
    """A settlement by hand: of one bet, or of all open bets on a match; ``reason`` says why."""

    result: Result
    reason: str
    bet_id: int | None = None
    match_id: int | None = None


def settle_bets(
    open_work: UnitOfWorkFactory,
    *,
    now: datetime,
    bankroll: str | None = None,
    rulings: Sequence[Ruling] = (),
    actor: str = "cli",
) -> Settled:
    """Settle every open bet whose result is known, and those that are settled by hand.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the books and the results are.
    now : datetime
        The present.
    bankroll : str, optional
        Only this one's bets.
    rulings : sequence of Ruling
        Settlements by hand, as of abandoned matches: void, with the reason.
    actor : str
        Who asks.

    Raises
    ------
    NotFoundError
        If a ruling is on a bet that there is not, or on a match without open bets.
    ConflictError
        If a ruling is on a bet that is settled.

    Notes
    -----
    A result that is corrected after a bet was settled does not change the settlement; the report says so.
    """
    with open_work(write=True) as work:
        bets = work.ledger.bets(bankroll, open_only=True)
        ruled = dict(_ruled(work, bets, rulings))
        results = _results(work, bets, now)
        closing = _Closing.of(work, bets, now)
        done = []
        for bet in bets:
            ruling = ruled.get(bet.bet_id)
            result = ruling.result if ruling else _result(bet, results.get(bet.match_id))
            if result is not None:
                reason = ruling.reason if ruling else ""
                done.append(_settle(work, bet, closing.settlement(bet, result, reason, now), actor))
        work.commit()
    settled = {bet.bet_id for bet in done}
    left = [bet for bet in bets if bet.bet_id not in settled]
    _log.info("bets settled", settled=len(done), open=len(left))
    return Settled(settled=tuple(done), open=len(left), warnings=tuple(_warnings(left, results, now)))


def _ruled(work: UnitOfWork, bets: Sequence[Bet], rulings: Sequence[Ruling]) -> Iterator[tuple[int, Ruling]]:
    for ruling in rulings:
        meant = [bet for bet in bets if ruling.bet_id == bet.bet_id or ruling.match_id == bet.match_id]
        if not meant:
            raise _refusal(work, ruling)
        yield from ((bet.bet_id, ruling) for bet in meant)


def _refusal(work: UnitOfWork, ruling: Ruling) -> NotFoundError | ConflictError:
    if ruling.bet_id is None:
        return NotFoundError(f"there is no open bet on match {ruling.match_id}")
    bet = work.ledger.bet(ruling.bet_id)
    if bet is None or bet.settlement is None:
        return NotFoundError(f"there is no open bet {ruling.bet_id}")
    return ConflictError(
        f"bet {ruling.bet_id} is settled as {bet.settlement.result}; a settlement is never changed"
    )


def _results(work: UnitOfWork, bets: Sequence[Bet], now: datetime) -> dict[int, Match]:
    found = (work.calendar.find(match_id, now) for match_id in {bet.match_id for bet in bets})
    return {each.match_id: each.match for each in found if isinstance(each, StoredMatch)}


def result_of(bet: Bet, match: Match) -> Result | None:
    """Settle a bet by its market's rule; None where the facts that it needs are not known.

    Parameters
    ----------
    bet : Bet
        What was backed.
    match : Match
        How it ended.
    """
    unit = float(settle(bet.backed, _facts(bet, match))[0])
    if math.isnan(unit):
        return None
    return next(name for name, value in RESULTS.items() if float(value) == unit)


def _result(bet: Bet, match: Match | None) -> Result | None:
    return None if match is None else result_of(bet, match)


def _facts(bet: Bet, match: Match) -> Facts:
    subject = MARKETS[bet.family].subject
    if subject != "goals":
        counts = [_counted(side, subject) for side in (match.home_stats, match.away_stats)]
        return Facts.of_scores([counts[0]], [counts[1]])
    full, half = match.score, match.half_time
    known = Facts.of_scores([full.home], [full.away])
    if half is None:
        return known
    return Facts(known.full_time, Facts.of_scores([half.home], [half.away]).full_time)


def _counted(side: SideStats, subject: str) -> float:
    parts = (side.corners,) if subject == "corners" else (side.yellow_cards, side.red_cards)
    return math.nan if None in parts else float(sum(part for part in parts if part is not None))


def _settle(work: UnitOfWork, bet: Bet, settlement: Settlement, actor: str) -> Bet:
    work.ledger.settle(bet.bet_id, settlement)
    work.audit.append(
        AuditEntry(
            occurred_at=settlement.settled_at,
            event_type="bet.settled",
            entity_type="bet",
            entity_id=str(bet.bet_id),
            after=settlement.model_dump(mode="json"),
            actor=actor,
        )
    )
    return bet.model_copy(update={"settlement": settlement})


class _Closing(NamedTuple):
    """Last prices before kick-off of the matches that were bet on."""

    offers: Offers
    places: dict[int, int]

    @classmethod
    def of(cls, work: UnitOfWork, bets: Sequence[Bet], now: datetime) -> "_Closing":
        ids = sorted({bet.match_id for bet in bets})
        wanted = set(SHARPEST_FIRST)
        quotes = [row for row in work.calendar.quotes(ids, now) if row.quote.bookmaker in wanted]
        offers = offers_of(ids, QuoteTable.from_quotes(quotes), closing=True)
        return cls(offers, {match_id: place for place, match_id in enumerate(ids)})

    def settlement(self, bet: Bet, result: Result, reason: str, now: datetime) -> Settlement:
        return Settlement(
            result=result,
            profit=profit_of(bet, result),
            settled_at=now,
            reason=reason,
            fair_closing=self._fair(bet),
        )

    def _fair(self, bet: Bet) -> float | None:
        """Return margin-free closing odds by the sharpest bookmaker that has them."""
        offers = self.offers
        if bet.backed not in offers.selections:
            return None
        row = (offers.match == self.places[bet.match_id]) & (
            offers.selection == offers.selections.index(bet.backed)
        )
        for name in SHARPEST_FIRST:
            fair = offers.fair[row & offers.of_bookmakers([name])]
            if len(fair) and math.isfinite(fair[0]):
                return 1.0 / float(fair[0])
        return None


def _warnings(left: Sequence[Bet], results: dict[int, Match], now: datetime) -> Iterator[str]:
    for bet in left:
        name = f"bet {bet.bet_id}, {bet.home} – {bet.away}"
        if bet.match_id in results:
            yield f"{name}: the result is known, but not what {bet.backed.market} is settled on"
        elif now - bet.kickoff > _LATE:
            yield (
                f"{name}: no result {(now - bet.kickoff).days} days after kick-off; if it was abandoned, "
                f"`monps settle --void-match {bet.match_id} --reason abandoned` gives the stake back"
            )
