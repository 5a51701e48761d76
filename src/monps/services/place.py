"""Place bets: all that are given, or none of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import structlog

from monps.domain.audit import AuditEntry
from monps.domain.football import Fixture
from monps.domain.ledger import Bankroll, Bet, BetSlip
from monps.domain.market import MarketKey
from monps.errors import ConflictError, InvalidDateError, MatchNotFoundError, UnknownNameError, UsageError
from monps.markets.catalogue import market
from monps.ports.calendar import Stretch
from monps.ports.repositories import StoredFixture, StoredMatch
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.bankrolls import require_bankroll
from monps.services.history import require_competition, require_teams
from monps.tables.encode import nearest_names

_log = structlog.get_logger()

_DAY = timedelta(days=1)
_AHEAD = timedelta(days=370)
_MOST_MATCHES = 2000


def place_bets(
    open_work: UnitOfWorkFactory,
    bankroll: str,
    slips: Sequence[BetSlip],
    *,
    now: datetime,
    actor: str = "cli",
) -> tuple[Bet, ...]:
    """Place bets; if one of them is refused, none is placed.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the books are.
    bankroll : str
        Its name.
    slips : sequence of BetSlip
        In the order in which they are to be placed. One whose ``reference`` was placed before is not placed
        again: the bet of that time is returned.
    now : datetime
        The present.
    actor : str
        Who asks.

    Returns
    -------
    tuple of Bet

    Raises
    ------
    NotFoundError
        If there is no such bankroll or match.
    UnknownNameError
        If there is no such competition, team, market or selection.
    InvalidDateError
        If a match had begun when the bet was placed.
    ConflictError
        If a stake exceeds what is left, or a reference stands for another bet.
    """
    with open_work(write=True) as work:
        require_bankroll(work, bankroll)
        placed = []
        for slip in slips:
            bet, is_new = _place(work, require_bankroll(work, bankroll), slip, now)
            if is_new:
                work.audit.append(_event(bet, now, actor))
            placed.append(bet)
        work.commit()
    _log.info("bets placed", bankroll=bankroll, bets=len(placed))
    return tuple(placed)


def _place(work: UnitOfWork, account: Bankroll, slip: BetSlip, now: datetime) -> tuple[Bet, bool]:
    bet = _bet(work, account, slip, now)
    before = _placed_before(work, bet)
    if before is not None:
        return before, False
    if bet.stake > account.balance:
        left = f"{account.balance} {account.currency}"
        raise ConflictError(f"a stake of {bet.stake} exceeds the {left} left of bankroll {account.name!r}")
    return work.ledger.place(bet), True


def _placed_before(work: UnitOfWork, bet: Bet) -> Bet | None:
    if bet.reference is None:
        return None
    same = (each for each in work.ledger.bets(bet.bankroll) if each.reference == bet.reference)
    before = next(same, None)
    if before is None:
        return None
    changed = [name for name in _IDENTITY if getattr(before, name) != getattr(bet, name)]
    if changed:
        raise ConflictError(
            f"bet {before.bet_id} has the reference {bet.reference!r} and another {', '.join(changed)}; "
            "a bet is never changed"
        )
    return before


_IDENTITY = ("match_id", "family", "line", "period", "selection", "bookmaker", "odds", "stake")


def _bet(work: UnitOfWork, account: Bankroll, slip: BetSlip, now: datetime) -> Bet:
    match_id, fixture = _fixture(work, slip, now)
    _require_selection(slip)
    placed_at = slip.placed_at or now
    if placed_at > now:
        raise InvalidDateError(f"a bet cannot be placed at {placed_at:%Y-%m-%d %H:%M} UTC, which is to come")
    if placed_at >= _begins(fixture):
        raise InvalidDateError(
            f"{fixture.key.home} – {fixture.key.away} kicked off at {fixture.kickoff:%Y-%m-%d %H:%M} UTC, "
            "before the bet was placed"
        )
    return Bet(
        bankroll=account.name,
        match_id=match_id,
        competition=fixture.key.competition,
        home=fixture.key.home,
        away=fixture.key.away,
        kickoff=fixture.kickoff,
        placed_at=placed_at,
        **{name: getattr(slip, name) for name in _AS_ASKED},
    )


_AS_ASKED = (
    "family", "line", "period", "selection", "bookmaker", "odds", "stake", "commission", "probability",
    "note", "reference",
)  # fmt: skip


def _begins(fixture: Fixture) -> datetime:
    """Return when a match begins at the latest: where only its day is known, the day's last moment."""
    return fixture.kickoff if fixture.kickoff_known else fixture.kickoff + _DAY


def _require_selection(slip: BetSlip) -> None:
    names = market(MarketKey(slip.family, slip.line, slip.period)).rule.selections
    if slip.selection not in names:
        raise UnknownNameError("selection", slip.selection, nearest_names(slip.selection, names) or names)


def _fixture(work: UnitOfWork, slip: BetSlip, now: datetime) -> tuple[int, Fixture]:
    if slip.match_id is not None:
        found = work.calendar.find(slip.match_id, now)
        if found is None:
            raise MatchNotFoundError(f"there is no match {slip.match_id} in the store")
        return slip.match_id, fixture_of(found)
    return _named(work, slip, now)


def _named(work: UnitOfWork, slip: BetSlip, now: datetime) -> tuple[int, Fixture]:
    """Find a match by its sides: on the day given, else the next one to come."""
    if slip.competition is None or slip.home is None or slip.away is None:
        raise UsageError("a bet names its match by match_id, or by competition, home and away")
    competition = require_competition(work, slip.competition)
    require_teams(work, competition, (slip.home, slip.away))
    for stored in _candidates(work, slip, now):
        fixture = fixture_of(stored)
        if (fixture.key.home, fixture.key.away) == (slip.home, slip.away):
            return stored.match_id, fixture
    when = f"on {slip.day}" if slip.day else "to come"
    raise MatchNotFoundError(
        f"no match {slip.home} – {slip.away} of {slip.competition} {when} is in the store"
    )


def _candidates(work: UnitOfWork, slip: BetSlip, now: datetime) -> list[StoredFixture | StoredMatch]:
    codes = [str(slip.competition)]
    if slip.day is None:
        return list(work.calendar.fixtures(Stretch(codes, now - _DAY, now + _AHEAD), now, _MOST_MATCHES))
    start = datetime.combine(slip.day, time(0), UTC)
    day = Stretch(codes, start, start + _DAY)
    fixtures = work.calendar.fixtures(day, now, _MOST_MATCHES)
    return [*fixtures, *work.calendar.results(day, now, _MOST_MATCHES)]


def fixture_of(stored: StoredFixture | StoredMatch) -> Fixture:
    """Return the fixture of what is stored, played or not."""
    return stored.fixture if isinstance(stored, StoredFixture) else stored.match.fixture


def _event(bet: Bet, now: datetime, actor: str) -> AuditEntry:
    return AuditEntry(
        occurred_at=now,
        event_type="bet.placed",
        entity_type="bet",
        entity_id=str(bet.bet_id),
        after=bet.model_dump(mode="json", exclude={"settlement"}),
        actor=actor,
    )
