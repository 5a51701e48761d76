"""Every offer on the fixtures to come beside the forecast, sized for a bankroll, and placed once."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from factories import SATURDAY
from monps.domain.football import Match, Score
from monps.domain.ledger import Bankroll, Bet, Settlement
from monps.domain.stakes import Limits
from monps.errors import NotEnoughData, NotFoundError, UnknownNameError, UsageError
from monps.services.account import account_of, slate_of
from monps.services.bankrolls import open_bankroll
from monps.services.place import place_bets
from monps.services.value import Question, Staking, find_value, slips_of
from monps.staking import Flat, MatchKelly
from monps.staking.value import ValueRule

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)
THEN = datetime(2025, 12, 5, 18, tzinfo=UTC)
EAGER = ValueRule(least_value=0.0, caution=0.0)


def ask(store, *, staking=None, now=NOW, **changed):
    question = Question(
        **({"competition": "SIM1", "as_of": THEN, "rule": EAGER, "forecaster": "goals"} | changed)
    )
    return find_value(store, question, now=now, staking=staking)


@pytest.fixture(scope="module")
def sheet(filled):
    return ask(filled, forecaster="dixon_coles")


@pytest.fixture
def funded(filled):
    store = deepcopy(filled)
    open_bankroll(store, "main", Decimal("1000.00"), now=THEN)
    return store


def test_every_offer_has_its_verdict(sheet):
    assert sheet.matches > 0
    assert sheet.values
    assert all(value.kickoff > THEN > value.quoted_at for value in sheet.values)
    assert all((value.no_bet is None) == value.is_bet for value in sheet.values)
    assert all(value.no_bet.detail for value in sheet.values if value.no_bet)
    verdicts = [value.is_bet for value in sheet.values]
    assert verdicts == sorted(verdicts, reverse=True)


def test_a_bet_is_the_best_offer_and_of_value(sheet):
    for bet in sheet.bets:
        same = [
            value.odds
            for value in sheet.values
            if (value.match_id, value.family, value.line, value.selection)
            == (bet.match_id, bet.family, bet.line, bet.selection)
        ]
        assert bet.odds == max(same)
        assert bet.expected_value > 0


def test_no_summary_is_offered(sheet):
    assert not {"average", "maximum"} & {value.bookmaker for value in sheet.values}


def test_uncertainty_makes_an_interval(sheet):
    assert all(low < value.expected_value < high for value in sheet.values for low, high in [value.interval])


def test_one_round_is_part_of_two_weeks(filled, sheet):
    one = ask(filled, one_round=True, forecaster="dixon_coles")
    assert 0 < one.matches <= sheet.matches
    assert {value.match_id for value in one.values} <= {value.match_id for value in sheet.values}
    assert max(v.kickoff for v in one.values) - min(v.kickoff for v in one.values) < timedelta(days=4)


def test_what_happened_later_has_no_say(filled, sheet):
    """Results after the moment are in the store, and change nothing."""
    scrambled = deepcopy(filled)
    scrambled.matches.reports = [_other_way_round(each) for each in filled.matches.reports]
    assert scrambled.matches.reports != filled.matches.reports
    assert ask(scrambled, forecaster="dixon_coles") == sheet


def _other_way_round(report):
    """Swap the score of what became known after the moment."""
    played = report.reported
    if report.known_at <= THEN or not isinstance(played, Match):
        return report
    swapped = Score(home=played.score.away, away=played.score.home)
    return report._replace(reported=played.model_copy(update={"score": swapped, "half_time": None}))


def test_the_brain_is_asked(filled):
    found = ask(filled, forecaster="brain", rule=ValueRule())
    assert found.forecaster == "brain"
    assert found.values


def test_old_quotes_are_no_bets(filled):
    found = ask(filled, forecaster="dixon_coles", rule=ValueRule(caution=0, oldest_hours=0))
    assert not found.bets
    assert {value.no_bet.reason for value in found.values} == {"stale_quote"}
    assert all("stale" in value.flags for value in found.values)


def test_there_may_be_nothing_to_look_at(filled):
    found = ask(filled, as_of=NOW, now=NOW, forecaster="dixon_coles", rule=ValueRule(least_value=9))
    assert not found.bets
    empty = ask(filled, as_of=datetime(2025, 6, 15, tzinfo=UTC), forecaster="dixon_coles")
    assert (empty.matches, empty.values) == (0, ())


@pytest.mark.parametrize(
    ("changed", "error", "said"),
    [
        ({"as_of": NOW + timedelta(days=1)}, UsageError, "future"),
        ({"competition": "SIM9"}, UnknownNameError, "SIM9"),
        ({"forecaster": "oracle"}, UnknownNameError, "oracle"),
        ({"as_of": datetime(2024, 8, 1, tzinfo=UTC)}, NotEnoughData, "no result"),
        ({"staking": Staking("nobody", Flat())}, NotFoundError, "nobody"),
    ],
)
def test_what_makes_no_sense_is_refused(filled, changed, error, said):
    with pytest.raises(error, match=said):
        ask(filled, **changed)


def test_bets_are_sized_and_placed_once(funded):
    staking = Staking("main", MatchKelly(), Limits(per_bet=0.01, per_day=0.05))
    found = ask(funded, staking=staking, forecaster="dixon_coles", now=NOW)
    sized = [bet for bet in found.bets if bet.stake]
    assert sized
    assert all(Decimal("0.01") <= bet.stake <= Decimal("10.00") for bet in sized)
    assert sum(bet.stake for bet in sized) <= Decimal("50.00")
    assert any(bet.controls for bet in sized)
    assert found.bankroll == "main"
    slips = slips_of(found)
    placed = place_bets(funded, "main", slips, now=NOW)
    assert [bet.stake for bet in placed] == [bet.stake for bet in sized]
    assert place_bets(funded, "main", slips, now=NOW + timedelta(minutes=2)) == placed
    assert len(funded.ledger.placed) == len(sized)


def test_what_is_open_counts_against_the_limits(funded):
    staking = Staking(
        "main", Flat(unit=0.05), Limits(per_bet=1, per_match=0.05, per_day=1, per_competition=1)
    )
    first = ask(funded, staking=staking, forecaster="dixon_coles")
    place_bets(funded, "main", slips_of(first), now=NOW)
    again = ask(funded, staking=staking, forecaster="dixon_coles")
    assert first.bets
    assert not again.bets
    assert "control" in {value.no_bet.reason for value in again.values}


def bet(number, profit=None, settled_at=SATURDAY, placed_at=SATURDAY - timedelta(days=2)):
    settlement = None
    if profit is not None:
        result = "won" if profit > 0 else "lost"
        settlement = Settlement(result=result, profit=Decimal(profit), settled_at=settled_at)
    return Bet(
        bet_id=number, bankroll="main", match_id=number, competition="E0", home="A", away="B",
        kickoff=SATURDAY, family="match_result", selection="home", bookmaker="x", odds=Decimal(2),
        stake=Decimal(10), placed_at=placed_at, settlement=settlement,
    )  # fmt: skip


def test_an_account_knows_its_peak_and_its_day():
    bets = [bet(1, 10, SATURDAY - timedelta(days=1)), bet(2, -10), bet(3, -10), bet(4, placed_at=SATURDAY)]
    money = Bankroll(
        name="main", initial=Decimal(100), opened_at=SATURDAY, balance=Decimal(80), open_stakes=Decimal(10)
    )
    found = account_of(money, bets, SATURDAY + timedelta(hours=1))
    assert (found.wealth, found.peak, found.lost_today, found.staked_today) == (90.0, 110.0, 20.0, 10.0)
    assert account_of(money, bets, SATURDAY + timedelta(days=1)).lost_today == 0.0


def test_a_slate_knows_what_is_open_where(funded):
    with funded(write=True) as work:
        work.ledger.place(bet(1).model_copy(update={"competition": "SIM1"}))
        account = work.ledger.bankroll("main")
        slate = slate_of(work, account, [(1, "SIM1"), (2, "SIM2"), (3, "SIM1")], np.ones(3), now=NOW)
    assert slate.on_match.tolist() == [10.0, 0.0, 0.0]
    assert slate.on_competition.tolist() == [10.0, 0.0, 10.0]
    assert slate.competition.tolist() == [0, 1, 0]
