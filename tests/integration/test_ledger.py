"""The books in both databases."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import SATURDAY, parsed_file, record
from monps.domain.ledger import RESULTS, Bankroll, Bet, Settlement, profit_of
from monps.errors import ConflictError, StorageError
from monps.ports.ledger import Trial

HUNDRED = Decimal("100.00")


@pytest.fixture
def books(database):
    """A store with one match and one bankroll."""
    with database.open_work(write=True) as work:
        work.matches.add_file(parsed_file(record()), SATURDAY)
        work.ledger.open_bankroll(bankroll())
        work.commit()
    return database


def bankroll(name="main", **more):
    return Bankroll(name=name, initial=HUNDRED, opened_at=SATURDAY, balance=HUNDRED, **more)


def bet(**changed):
    told = {
        "bankroll": "main", "match_id": 1, "competition": "SIM1", "home": "Ashgrave", "away": "Barrowmere",
        "kickoff": SATURDAY, "family": "totals", "line": 2.25, "selection": "over", "bookmaker": "pinnacle",
        "odds": Decimal("1.951234"), "stake": Decimal("12.34"), "commission": Decimal("0.0275"),
        "probability": 0.55, "placed_at": SATURDAY - timedelta(hours=3, microseconds=7), "note": "café",
    }  # fmt: skip
    return Bet(**(told | changed))


def place(books, *bets):
    with books.open_work(write=True) as work:
        placed = [work.ledger.place(each) for each in bets]
        work.commit()
    return placed


def settle(books, bet, result="won", **more):
    settlement = Settlement(result=result, profit=profit_of(bet, result), settled_at=SATURDAY, **more)
    with books.open_work(write=True) as work:
        work.ledger.settle(bet.bet_id, settlement)
        work.commit()
    return settlement


def test_a_bet_comes_back_as_it_was_placed(books):
    (placed,) = place(books, bet())
    assert placed == bet(bet_id=placed.bet_id)
    with books.open_work() as work:
        assert work.ledger.bet(placed.bet_id) == placed
        assert work.ledger.bets() == (placed,)
        assert work.ledger.bets("other") == ()
        assert work.ledger.bet(placed.bet_id + 1) is None


def test_a_settlement_comes_back_as_it_was(books):
    placed, other = place(books, bet(), bet(line=None, family="match_result", selection="home"))
    settlement = settle(books, placed, "half_won", reason="by hand", fair_closing=1.87)
    with books.open_work() as work:
        assert work.ledger.bet(placed.bet_id).settlement == settlement
        assert work.ledger.bets(open_only=True) == (other,)
        assert len(work.ledger.bets()) == 2


def test_a_settlement_is_never_changed(books):
    (placed,) = place(books, bet())
    before = settle(books, placed, "lost")
    for result in ("lost", "won"):
        with pytest.raises(ConflictError, match="settled as lost"):
            settle(books, placed, result)
    with books.open_work() as work:
        assert work.ledger.bet(placed.bet_id).settlement == before


def test_the_same_reference_is_the_same_bet(books):
    first, again = (place(books, bet(reference="row 1"))[0] for _ in range(2))
    assert first == again
    assert len(place(books, bet(reference="row 2"), bet(), bet())) == 3
    with books.open_work() as work:
        assert len(work.ledger.bets()) == 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.decimals("0.01", "20", places=2),
            st.decimals("1.01", "30", places=2),
            st.sampled_from([None, *RESULTS]),
        ),
        max_size=6,
    )
)
def test_the_books_balance_to_the_cent(books, rows):
    name = "fresh"
    with books.open_work(write=True) as work:
        work.ledger.open_bankroll(bankroll(name, currency="GBP"))
        for stake, odds, result in rows:
            placed = work.ledger.place(bet(bankroll=name, stake=stake, odds=odds, commission=Decimal(0)))
            if result:
                gained = profit_of(placed, result)
                work.ledger.settle(
                    placed.bet_id, Settlement(result=result, profit=gained, settled_at=SATURDAY)
                )
        found = work.ledger.bankroll(name)
        bets = work.ledger.bets(name)
    staked = sum((b.stake for b in bets if b.is_open), Decimal(0))
    gained = sum((b.settlement.profit for b in bets if b.settlement), Decimal(0))
    assert found.open_stakes == staked
    assert found.balance == HUNDRED + gained - staked
    assert found.currency == "GBP"


def test_names_are_unique_and_unknown_ones_are_nothing(books):
    with books.open_work(write=True) as work:
        with pytest.raises(ConflictError, match="main"):
            work.ledger.open_bankroll(bankroll())
        work.ledger.open_bankroll(bankroll("another"))
        assert [each.name for each in work.ledger.bankrolls()] == ["another", "main"]
        assert work.ledger.bankroll("nobody") is None


def test_what_is_not_committed_was_never_placed(books):
    with books.open_work(write=True) as work:
        work.ledger.place(bet())
    with books.open_work() as work:
        assert work.ledger.bets() == ()


def test_a_bet_on_no_match_is_refused_by_the_database(books):
    with pytest.raises(StorageError):
        place(books, bet(match_id=99))


def test_trials_are_counted_once(books):
    trial = Trial("abc", "flat", SATURDAY, 10, None)
    with books.open_work(write=True) as work:
        for each in (trial, trial._replace(ratio=1.5), trial._replace(digest="def", ratio=-0.5)):
            work.trials.add(each)
        assert work.trials.all() == (trial, trial._replace(digest="def", ratio=-0.5))
