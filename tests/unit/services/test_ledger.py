"""Bets placed, settled and reported: by the markets' rules, once, to the cent; and what is refused."""

from datetime import timedelta
from decimal import Decimal

import pytest

from factories import SATURDAY, fixture_record, match, parsed_file, quote, record
from factories import fixture as to_come
from fakes import FakeStore
from monps.domain.ledger import BetSlip, profit_of
from monps.errors import (
    ConflictError,
    InvalidDateError,
    MatchNotFoundError,
    NotFoundError,
    UnknownNameError,
    UnknownTeam,
    UsageError,
)
from monps.services.bankrolls import list_bankrolls, open_bankroll
from monps.services.place import place_bets
from monps.services.report import report_ledger
from monps.services.settle import Ruling, settle_bets

BEFORE, AFTER = SATURDAY - timedelta(hours=5), SATURDAY + timedelta(days=1)
HUNDRED = Decimal("100.00")


@pytest.fixture
def store():
    """A store with one match to come, with quotes, and a bankroll."""
    made = FakeStore()
    prices = (
        quote(bookmaker="bet365", odds=(2.0, 3.4, 3.9)),
        quote(odds=(1.9, 3.8, 4.6), closing=True, known_at=SATURDAY - timedelta(minutes=1)),
    )
    with made(write=True) as work:
        work.matches.add_file(
            parsed_file(fixtures=[fixture_record(None, *prices)]), SATURDAY - timedelta(days=3)
        )
        work.commit()
    open_bankroll(made, "main", HUNDRED, now=BEFORE)
    return made


def slip(**changed):
    told = {"match_id": 1, "selection": "home", "bookmaker": "bet365", "odds": "2.0", "stake": "10"}
    return BetSlip(**(told | changed))


def place(store, *slips, now=BEFORE):
    return place_bets(store, "main", slips or [slip()], now=now)


def play(store, goals=(2, 1), **more):
    with store(write=True) as work:
        work.matches.add_file(
            parsed_file(record(match(goals=goals, **more)), name="later"), SATURDAY + timedelta(hours=4)
        )
        work.commit()


def snapshot(store):
    return (
        list(store.ledger.placed), dict(store.ledger.opened), list(store.audit.events()), store.commits,
    )  # fmt: skip


def test_a_bet_leaves_the_bankroll_and_is_audited(store):
    (bet,) = place(store)
    assert (bet.bet_id, bet.home, bet.competition, bet.kickoff) == (1, "Ashgrave", "SIM1", SATURDAY)
    (account,) = list_bankrolls(store)
    assert (account.balance, account.open_stakes) == (Decimal("90.00"), Decimal("10.00"))
    assert [event.event_type for event in store.audit.events()] == ["bet.placed", "bankroll.opened"]


def test_a_match_is_found_by_its_sides(store):
    names = {"match_id": None, "competition": "SIM1", "home": "Ashgrave", "away": "Barrowmere"}
    assert place(store, slip(**names))[0].match_id == 1
    assert place(store, slip(**names, day=SATURDAY.date()))[0].match_id == 1
    with pytest.raises(MatchNotFoundError, match="to come"):
        place(store, slip(**(names | {"home": "Barrowmere", "away": "Ashgrave"})))
    with pytest.raises(MatchNotFoundError, match="2025-09-14"):
        place(store, slip(**names, day=AFTER.date()))


@pytest.mark.parametrize(
    ("changed", "error", "said"),
    [
        ({"match_id": 99}, MatchNotFoundError, "no match 99"),
        ({"stake": "100.01"}, ConflictError, r"exceeds the 90.00 EUR left"),
        ({"selection": "hom"}, UnknownNameError, "did you mean home"),
        ({"family": "match_resul"}, UnknownNameError, "match_result"),
        ({"family": "totals", "selection": "over"}, UsageError, "totals"),
        ({"placed_at": SATURDAY}, InvalidDateError, "to come"),
        (
            {"match_id": None, "competition": "SIM1", "home": "Nobody", "away": "Barrowmere"},
            UnknownTeam,
            "Nobody",
        ),
        (
            {"match_id": None, "competition": "XX9", "home": "Ashgrave", "away": "Barrowmere"},
            UnknownNameError,
            "XX9",
        ),
    ],
)
def test_what_cannot_be_bet_is_refused_and_nothing_changes(store, changed, error, said):
    before = snapshot(store)
    with pytest.raises(error, match=said):
        place(store, slip(), slip(**changed))
    assert snapshot(store) == before


def test_no_bet_on_what_has_begun(store):
    with pytest.raises(InvalidDateError, match="kicked off"):
        place(store, now=SATURDAY)
    play(store)
    with pytest.raises(InvalidDateError, match="kicked off"):
        place(store, now=AFTER)
    assert place(store, slip(placed_at=BEFORE), now=AFTER)[0].placed_at == BEFORE


def test_stakes_may_not_exceed_the_bankroll_together(store):
    before = snapshot(store)
    with pytest.raises(ConflictError, match=r"40.00 EUR left"):
        place(store, slip(stake="60"), slip(stake="60"))
    assert snapshot(store) == before


def test_a_reference_is_placed_once(store):
    one = slip(reference="row 1")
    assert place(store, one) == place(store, one)
    assert len(store.ledger.placed) == 1
    with pytest.raises(ConflictError, match="another odds, stake"):
        place(store, slip(reference="row 1", odds="2.1", stake="11"))


def test_unknown_bankrolls_are_refused(store):
    with pytest.raises(NotFoundError, match="there are main"):
        place_bets(store, "other", [slip()], now=BEFORE)
    with pytest.raises(NotFoundError, match="bankroll open"):
        report_ledger(FakeStore(), "main", now=AFTER)


@pytest.mark.parametrize(
    ("name", "amount"), [("Main!", HUNDRED), ("second", Decimal(0)), ("second", Decimal("1.001"))]
)
def test_bankrolls_that_make_no_sense_are_refused(store, name, amount):
    with pytest.raises(UsageError):
        open_bankroll(store, name, amount, now=BEFORE)
    with pytest.raises(ConflictError):
        open_bankroll(store, "main", HUNDRED, now=BEFORE)


@pytest.mark.parametrize(
    ("backed", "result", "profit"),
    [
        ({}, "won", "10.00"),
        ({"selection": "draw"}, "lost", "-10.00"),
        ({"family": "asian_handicap", "line": -1.0}, "void", "0.00"),
        ({"family": "asian_handicap", "line": -0.75}, "half_won", "5.00"),
        ({"family": "asian_handicap", "line": -1.25}, "half_lost", "-5.00"),
        ({"family": "match_result", "period": "first_half"}, "won", "10.00"),
        ({"family": "corners_totals", "line": 9.5, "selection": "over"}, "won", "10.00"),
        ({"family": "cards_totals", "line": 4.5, "selection": "over"}, "lost", "-10.00"),
    ],
)
def test_bets_are_settled_by_the_markets_rules(store, backed, result, profit):
    (bet,) = place(store, slip(**backed))
    assert settle_bets(store, now=BEFORE).settled == ()
    play(store)
    done = settle_bets(store, now=AFTER)
    settlement = done.settled[0].settlement
    assert (settlement.result, settlement.profit, done.open) == (result, Decimal(profit), 0)
    assert settlement.profit == profit_of(bet, settlement.result)
    (account,) = list_bankrolls(store)
    assert account.balance == HUNDRED + settlement.profit


def test_settling_twice_changes_nothing(store):
    place(store)
    play(store)
    first = settle_bets(store, now=AFTER)
    before = snapshot(store)[:3]
    again = settle_bets(store, now=AFTER + timedelta(days=1))
    assert (len(first.settled), again.settled, again.open) == (1, (), 0)
    assert snapshot(store)[:3] == before


def test_an_abandoned_match_gives_stakes_back(store):
    place(store, slip(), slip(selection="away"))
    late = settle_bets(store, now=SATURDAY + timedelta(days=5))
    assert late.open == 2
    assert "--void-match 1" in late.warnings[0]
    done = settle_bets(store, now=AFTER, rulings=[Ruling("void", "abandoned", match_id=1)])
    assert {bet.settlement.result for bet in done.settled} == {"void"}
    assert list_bankrolls(store)[0].balance == HUNDRED
    play(store)
    assert settle_bets(store, now=AFTER).settled == ()


def test_a_settled_bet_is_never_edited(store):
    place(store)
    play(store)
    settle_bets(store, now=AFTER)
    before = snapshot(store)
    for ruling, error, said in (
        (Ruling("lost", "regret", bet_id=1), ConflictError, "settled as won"),
        (Ruling("void", "regret", match_id=1), NotFoundError, "no open bet on match 1"),
        (Ruling("void", "typo", bet_id=7), NotFoundError, "no open bet 7"),
    ):
        with pytest.raises(error, match=said):
            settle_bets(store, now=AFTER, rulings=[ruling])
    assert snapshot(store) == before


def test_what_the_facts_do_not_decide_stays_open(store):
    place(store, slip(period="first_half"))
    played = match().model_copy(update={"half_time": None})
    with store(write=True) as work:
        work.matches.add_file(parsed_file(record(played), name="later"), AFTER)
        work.commit()
    found = settle_bets(store, now=AFTER + timedelta(days=1))
    assert (found.settled, found.open) == ((), 1)
    assert "not what first_half match_result is settled on" in found.warnings[0]


def test_a_correction_does_not_change_a_settlement_but_is_told(store):
    place(store)
    play(store)
    settle_bets(store, now=AFTER)
    with store(write=True) as work:
        work.matches.add_file(
            parsed_file(record(match(goals=(2, 2))), name="corrected"), AFTER + timedelta(days=1)
        )
        work.commit()
    found = report_ledger(store, "main", now=AFTER + timedelta(days=2))
    assert found.won == 1
    assert "settled as won; by the result as it is known now it would be lost" in found.warnings[0]


def test_the_report_adds_up(store):
    place(store, slip(), slip(selection="draw", stake="5"), slip(family="asian_handicap", line=-1.0))
    play(store)
    settle_bets(store, now=AFTER)
    with store(write=True) as work:
        later = to_come("Barrowmere", "Ashgrave", kickoff=SATURDAY + timedelta(days=7))
        work.matches.add_file(parsed_file(fixtures=[fixture_record(later)], name="next"), AFTER)
        work.commit()
    place(store, slip(match_id=2, stake="7.50"), now=AFTER)
    found = report_ledger(store, "main", now=AFTER)
    assert (found.bets, found.open, found.won, found.lost, found.void) == (3, 1, 1, 1, 1)
    assert (found.staked, found.profit, found.final) == (
        Decimal("25.00"),
        Decimal("5.00"),
        Decimal("105.00"),
    )
    assert found.bankroll.balance == Decimal("97.50")
    assert [point.equity for point in found.equity] == [Decimal("105.00")]
    assert set(found.by) == {"market", "competition", "bookmaker", "month"}
    assert all(sum(cut.bets for cut in cuts.values()) == 3 for cuts in found.by.values())
    assert "say next to nothing" in found.warnings[-1]


def season(store, weeks=6):
    """Play some weeks, betting each week on the home side at 2.0, which closes at 1.8."""
    for week in range(weeks):
        kickoff = SATURDAY + timedelta(weeks=week + 1)
        sides = ("Ashgrave", f"Guest {week}")
        prices = (
            quote(bookmaker="bet365", odds=(2.0, 3.5, 4.0), known_at=kickoff - timedelta(days=1)),
            quote(odds=(1.8, 3.6, 5.0), closing=True, known_at=kickoff - timedelta(minutes=1)),
        )
        with store(write=True) as work:
            coming = fixture_record(to_come(*sides, kickoff=kickoff), *prices)
            work.matches.add_file(
                parsed_file(fixtures=[coming], name=f"week {week}"), kickoff - timedelta(days=2)
            )
            work.commit()
        place(store, slip(match_id=week + 2), now=kickoff - timedelta(hours=3))
        goals = (1, 0) if week % 2 else (0, 1)
        with store(write=True) as work:
            played = match(*sides, goals, kickoff=kickoff)
            work.matches.add_file(
                parsed_file(record(played), name=f"after {week}"), kickoff + timedelta(hours=4)
            )
            work.commit()
    return settle_bets(store, now=kickoff + timedelta(days=1)), kickoff + timedelta(days=2)


def test_closing_line_value_stands_beside_what_lots_would_have(store):
    _, now = season(store)
    found = report_ledger(store, "main", now=now)
    clv = found.closing_line_value
    assert (clv.n, clv.null_n) == (6, 18)
    assert clv.value.value > 0 > clv.null
    assert clv.value.value == pytest.approx(2.0 / found_fair(store) - 1)
    assert found.yield_.value == pytest.approx(0.0)
    low, high = found.yield_.interval
    assert low < 0 < high
    assert found.drawdown.amount == Decimal("10.00")
    assert list(found.by["month"]) == ["2025-09", "2025-10"]


def found_fair(store):
    return store.ledger.placed[-1].settlement.fair_closing
