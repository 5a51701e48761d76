"""Bets sized one by one and together; what open ones can lose, and where they are."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import SATURDAY, fixture_record, match, parsed_file, record
from factories import fixture as to_come
from fakes import FakeStore
from monps.domain.ledger import BetSlip
from monps.domain.stakes import Limits, PortfolioRequest, PositionRequest, VaRRequest
from monps.errors import NotFoundError, UnknownTeam, UsageError
from monps.services.bankrolls import open_bankroll
from monps.services.exposure import open_exposure, risk_of_book
from monps.services.place import place_bets
from monps.services.risk import size_portfolio, size_position

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)
FUNDS = {"balance": "1000.00"}
WIDE = Limits(per_bet=1, per_match=1, per_day=1, per_competition=1)
OFFERS = (
    {"family": "match_result", "selection": "home", "odds": 2.3},
    {"family": "match_result", "selection": "away", "odds": 3.0},
    {"family": "asian_handicap", "line": -0.25, "selection": "home", "odds": 2.0},
    {"family": "totals", "line": 2.5, "selection": "over", "odds": 2.05},
)


def one(**changed):
    return size_position(PositionRequest(**({"funds": FUNDS, "probability": 0.55, "odds": 2.0} | changed)))


@given(st.floats(0.01, 0.99), st.floats(1.05, 30), st.floats(0, 0.2), st.floats(0.05, 1))
def test_a_stake_is_there_exactly_if_there_is_value(probability, odds, error, fraction):
    found = one(probability=probability, odds=odds, standard_error=error, fraction=fraction)
    assert found.stake >= 0
    if found.stake:
        assert found.expected_value > 0
        assert found.growth >= 0
    else:
        assert found.no_bet.reason in {"no_edge", "no_stake", "control"}
    assert found.stake <= Decimal("50.00")


def test_a_quarter_of_kelly_by_hand():
    found = one(limits=WIDE)
    assert (found.kelly, found.stake) == (pytest.approx(0.1), Decimal("25.00"))
    assert one(limits=WIDE, standard_error=0.05).stake == Decimal("12.50")
    assert one(limits=WIDE, commission=0.05).stake < found.stake


def test_a_limit_that_bit_is_named():
    found = one(probability=0.9)
    (bite,) = found.controls
    assert (bite.control, bite.after, found.stake) == ("per_bet", Decimal("50.00"), Decimal("50.00"))
    stopped = one(funds=FUNDS | {"peak": "5000.00"})
    assert (stopped.stake, stopped.no_bet.reason) == (Decimal("0.00"), "control")
    assert one(probability=0.3).no_bet.reason == "no_edge"
    assert one(funds={"balance": "0.10"}).no_bet.reason == "control"


def portfolio(store=None, **changed):
    told = {"funds": FUNDS, "offers": OFFERS, "home_goals": 1.9, "away_goals": 1.0, "limits": WIDE}
    forecaster = changed.pop("forecaster", "brain")
    return size_portfolio(store, PortfolioRequest(**(told | changed)), now=NOW, forecaster=forecaster)


def test_all_bets_of_a_match_are_sized_together():
    found = portfolio(fraction=1.0)
    alone = sum(
        one(probability=p.probability, odds=p.odds, fraction=1.0, limits=WIDE).stake for p in found.positions
    )
    assert 0 < found.staked < alone
    assert found.growth > 0
    assert found.staked == sum(position.stake for position in found.positions)
    assert found.risk.method == "exact"
    assert found.risk.worst <= found.staked
    assert {each.kind for each in found.exposures} == {"match", "day", "competition", "bookmaker"}


def test_limits_hold_for_the_match():
    tight = portfolio(fraction=1.0, limits=Limits(per_match=0.05))
    assert tight.staked <= Decimal("50.00")
    assert {bite.control for bite in tight.controls} >= {"per_match"}


def test_without_value_there_is_no_stake():
    found = portfolio(offers=[OFFERS[0] | {"odds": 1.05}])
    assert (found.staked, found.positions[0].no_bet.reason) == (Decimal("0.00"), "no_edge")
    assert found.growth == 0.0
    assert found.risk.worst == 0


def test_what_the_score_does_not_decide_is_refused():
    with pytest.raises(UsageError, match="final score"):
        portfolio(offers=[OFFERS[0] | {"period": "first_half"}])


def test_a_fixture_is_forecast(filled):
    names = filled.matches.teams("SIM1")[:2]
    fixture = {"competition": "SIM1", "home": names[0], "away": names[1], "kickoff": NOW + timedelta(days=1)}
    goals = {"home_goals": None, "away_goals": None}
    found = portfolio(filled, **fixture, **goals, forecaster="dixon_coles")
    assert len(found.positions) == len(OFFERS)
    with pytest.raises(UnknownTeam):
        portfolio(filled, **(fixture | {"home": "Nobody"}), **goals)


POSITIONS = [
    {**offer, "match": f"match {number}", "home_goals": 1.5, "away_goals": 1.1, "stake": "10"}
    for number in range(3)
    for offer in OFFERS
]


def test_given_positions_are_measured():
    found = risk_of_book(None, VaRRequest(positions=POSITIONS), now=NOW)
    assert (found.bets, found.staked, found.method) == (12, Decimal(120), "exact")
    assert found.var <= found.cvar <= found.worst <= 120
    surer = risk_of_book(None, VaRRequest(positions=POSITIONS, confidence=0.99), now=NOW)
    assert surer.var >= found.var


def test_positions_that_no_score_decides_stand_alone():
    half = [{**POSITIONS[0], "period": "first_half"}]
    found = risk_of_book(None, VaRRequest(positions=half), now=NOW)
    assert (found.outcomes, found.worst) == (2, Decimal("10.00"))
    assert found.expected_profit == pytest.approx(Decimal("0.00"))


@pytest.fixture
def store():
    """A store with a little history, two matches to come, and bets on them."""
    made = FakeStore()
    early = SATURDAY - timedelta(days=365)
    with made(write=True) as work:
        for week in range(8):
            sides = ("Ashgrave", "Barrowmere") if week % 2 else ("Barrowmere", "Ashgrave")
            kickoff = early + timedelta(weeks=week) - timedelta(days=365 * (week // 2))
            work.matches.add_file(
                parsed_file(record(match(*sides, kickoff=kickoff)), name=f"{week}"), kickoff
            )
        coming = [fixture_record(), fixture_record(to_come("Barrowmere", "Carrick", kickoff=SATURDAY))]
        work.matches.add_file(parsed_file(fixtures=coming, name="next"), SATURDAY - timedelta(days=2))
        work.commit()
    open_bankroll(made, "main", Decimal("1000.00"), now=SATURDAY - timedelta(days=1))
    return made


def bet(store, home, away, **more):
    slip = {
        "competition": "SIM1",
        "home": home,
        "away": away,
        "selection": "home",
        "odds": "2",
        "stake": "10",
    }
    return place_bets(store, "main", [BetSlip(**(slip | more))], now=SATURDAY - timedelta(hours=5))


def test_a_bankroll_without_open_bets_can_lose_nothing(store):
    found = risk_of_book(store, VaRRequest(bankroll="main"), now=SATURDAY - timedelta(hours=4))
    assert (found.bets, found.worst) == (0, Decimal("0.00"))
    assert open_exposure(store, "main", now=SATURDAY - timedelta(hours=4)).exposures == ()
    with pytest.raises(NotFoundError):
        risk_of_book(store, VaRRequest(bankroll="other"), now=SATURDAY)


def test_open_bets_are_measured_by_their_grids(store):
    now = SATURDAY - timedelta(hours=4)
    bet(store, "Ashgrave", "Barrowmere")
    bet(store, "Ashgrave", "Barrowmere", selection="away", odds="3")
    bet(store, "Barrowmere", "Carrick", period="first_half", probability=0.4)
    found = risk_of_book(store, VaRRequest(bankroll="main", confidence=0.9), now=now)
    assert (found.bets, found.staked, found.worst) == (3, Decimal("30.00"), Decimal("30.00"))
    exposure = open_exposure(store, "main", now=now)
    by_match = {each.name: each for each in exposure.exposures if each.kind == "match"}
    assert by_match["Ashgrave – Barrowmere"].bets == 2
    assert by_match["Ashgrave – Barrowmere"].worst == Decimal("20.00")
    assert exposure.bankroll == Decimal("1000.00")
    assert exposure.share == pytest.approx(0.03)
    assert np.isclose(float(exposure.expected_profit), float(found.expected_profit))
