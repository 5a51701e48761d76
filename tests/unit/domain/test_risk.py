"""What nouns of risk and of the ledger refuse, whatever the numbers."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from factories import SATURDAY
from monps.domain.ledger import RESULTS, Bet, BetSlip, Settlement, profit
from monps.domain.risk import Bite, NoBet, PositionSize, Value, VaRCalculation, expected_value
from monps.domain.stakes import PortfolioRequest, VaRRequest

probabilities = st.floats(0.001, 0.999)
offered = st.floats(1.01, 100.0)
cents = st.decimals("0.01", "10000", places=2)
prices = st.decimals("1.01", "100", places=2)

MATCH = {"competition": "E0", "home": "A", "away": "B", "kickoff": SATURDAY}
WHAT = {"family": "match_result", "selection": "home", "bookmaker": "pinnacle"}


def value(p, odds, **changed):
    worth = expected_value(p, odds)
    told = {
        "probability": p,
        "odds": odds,
        "fair_odds": 1 / p,
        "implied": 1 / odds,
        "expected_value": worth,
        "interval": (worth - 0.1, worth + 0.1),
        "kelly": max(worth, 0.0) / (odds - 1),
        "quoted_at": SATURDAY,
    }
    return Value(**MATCH, **WHAT, **(told | changed))


@given(probabilities, offered)
def test_a_value_is_coherent_or_refused(p, odds):
    assume(abs(p * odds - 1) > 1e-6)
    found = value(p, odds)
    assert (found.kelly > 0) == (found.expected_value > 0)
    wrong = (
        {"expected_value": found.expected_value + 1e-3},
        {"implied": 1 / odds + 1e-3},
        {"fair_odds": 1 / p + 1},
        {"interval": (1.0, 0.0)},
        {"kelly": 0.0 if found.kelly else 0.1},
        {"fair_implied": 0.5, "edge": p - 0.5 + 1e-3},
    )
    for change in wrong:
        with pytest.raises(ValidationError):
            value(p, odds, **change)


def test_commission_is_taken_from_the_winnings():
    assert expected_value(0.5, 3.0, 0.05) == pytest.approx(0.45)


@pytest.mark.parametrize(
    "change",
    [
        {"stake": Decimal("100.01")},
        {"stake": Decimal("0.00")},
        {"no_bet": NoBet(reason="no_edge", detail="none")},
        {"kelly": 0.0},
        {"odds": 1.0},
        {"probability": float("nan")},
    ],
)
def test_a_position_that_contradicts_itself_is_refused(change):
    told = {
        "bankroll": Decimal("100.00"),
        "odds": 2.2,
        "probability": 0.5,
        "expected_value": 0.1,
        "kelly": 0.1 / 1.2,
        "fraction": 0.25,
        "share": 0.02,
        "stake": Decimal("2.00"),
    }
    PositionSize(**told)
    with pytest.raises(ValidationError):
        PositionSize(**(told | change))


@given(cents, cents, cents)
def test_var_cvar_and_worst_are_in_order(one, two, three):
    told = {
        "confidence": 0.95, "bets": 1, "staked": Decimal(5), "expected_profit": Decimal(0),
        "chance_of_loss": 0.5, "method": "exact", "outcomes": 3,
    }  # fmt: skip
    low, middle, high = sorted((one, two, three))
    assert VaRCalculation(**told, var=low, cvar=middle, worst=high).cvar >= low
    assume(low < middle < high)
    for var, cvar, worst in ((middle, low, high), (low, high, middle)):
        with pytest.raises(ValidationError, match="VaR"):
            VaRCalculation(**told, var=var, cvar=cvar, worst=worst)


def test_a_control_that_bit_left_less():
    for after in ("5.00", "6.00", "-1.00"):
        with pytest.raises(ValidationError):
            Bite(control="per_bet", before=Decimal("5.00"), after=Decimal(after), detail="")


@given(cents, prices, st.sampled_from(list(RESULTS.values())))
def test_profit_is_to_the_cent_and_never_more_than_the_odds_allow(stake, odds, settled):
    gained = profit(stake, odds, settled)
    assert gained == gained.quantize(Decimal("0.01"))
    assert -stake <= gained <= stake * (odds - 1) + Decimal("0.005")
    assert (gained == 0) or (gained > 0) == (settled > 0)


def bet(**changed):
    told = {
        "bet_id": 1, "bankroll": "main", "match_id": 1, "odds": Decimal("2.10"), "stake": Decimal("10.00"),
        "placed_at": SATURDAY,
    }  # fmt: skip
    return Bet(**MATCH, **WHAT, **(told | changed))


def test_a_settlement_that_is_not_what_the_odds_say_is_refused():
    right = Settlement(result="won", profit=Decimal("11.00"), settled_at=SATURDAY)
    assert not bet(settlement=right).is_open
    with pytest.raises(ValidationError, match=r"won at these odds is 11\.00"):
        bet(settlement=right.model_copy(update={"profit": Decimal("10.00")}))


@pytest.mark.parametrize(
    "change",
    [{"odds": Decimal("1.0")}, {"stake": Decimal("0.00")}, {"stake": Decimal("1.001")}, {"stake": "-1"}],
)
def test_bets_that_cannot_be_are_refused(change):
    with pytest.raises(ValidationError):
        bet(**change)
    with pytest.raises(ValidationError):
        BetSlip(match_id=1, selection="home", **({"odds": "2", "stake": "1"} | change))


def test_a_slip_names_its_match():
    assert BetSlip(match_id=1, selection="home", odds="2.0", stake="1").match_id == 1
    with pytest.raises(ValidationError, match="names its match"):
        BetSlip(home="A", away="B", selection="home", odds="2.0", stake="1")


def test_requests_name_their_grid_and_book():
    funds = {"balance": "100"}
    offers = [{"family": "match_result", "selection": "home", "odds": 2.0}]
    assert PortfolioRequest(funds=funds, offers=offers, home_goals=1.5, away_goals=1.0)
    for wrong in ({}, {"home_goals": 1.0}, {"home_goals": 1.0, "away_goals": 1.0, **MATCH}):
        with pytest.raises(ValidationError, match="give either"):
            PortfolioRequest(funds=funds, offers=offers, **wrong)
    for wrong in ({}, {"bankroll": "main", "positions": [offers[0] | _POSITION]}):
        with pytest.raises(ValidationError, match="give either"):
            VaRRequest(**wrong)


_POSITION = {"match": "A – B", "home_goals": 1.0, "away_goals": 1.0, "stake": "5"}
