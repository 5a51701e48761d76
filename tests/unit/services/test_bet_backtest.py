"""Rules replayed on what the store holds; forecasts are kept, trials counted."""

from copy import deepcopy
from datetime import UTC, date, datetime

import pytest

from monps.backtest.rules import BettingRule
from monps.errors import NotEnoughData, UnknownNameError
from monps.services.bet_backtest import Span, backtest_rules, require_choice
from monps.staking import Flat, Kelly
from monps.staking.value import ValueRule

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)
SPAN = Span("dixon_coles", ("SIM1",), date(2025, 8, 1), date(2026, 3, 1))
EAGER = ValueRule(least_value=0.0, caution=0.0)


class Memory(dict):
    """A shelf in memory that counts what it was asked."""

    found = 0

    def find(self, name):
        self.found += name in self
        return self.get(name)

    def keep(self, name, content):
        self[name] = content


@pytest.fixture
def store(filled):
    return deepcopy(filled)


def run(store, *rules, span=SPAN, **more):
    return backtest_rules(store, span, rules or [BettingRule(value=EAGER)], now=NOW, **more)


def plain(found):
    return [each.model_dump(exclude={"seconds": True, "betting": {"seconds": True}}) for each in found]


def test_forecasts_are_judged_and_bet_on(store):
    (found,) = run(store)
    assert found.n > 0
    for name in ("bets", "yield_", "clv", "drawdown"):
        assert getattr(found, name) == getattr(found.betting, name)
    assert found.bets > 0
    assert found.model_dump()["yield"] == found.yield_.model_dump()
    assert found.betting.matches == found.n


def test_forecasts_are_kept_and_the_answer_is_the_same(store):
    shelf = Memory()
    first, again = run(store, shelf=shelf), run(store, shelf=shelf)
    assert (len(shelf), shelf.found) == (1, 1)
    assert plain(first) == plain(again) == plain(run(store))
    run(store, span=SPAN._replace(last=date(2026, 2, 1)), shelf=shelf)
    assert len(shelf) == 2


def test_every_rule_tried_is_counted_once(store):
    rules = [BettingRule(value=EAGER, stake=stake) for stake in (Flat(), Kelly())]
    assert [each.betting.deflation.variants for each in run(store, *rules)] == [2, 2]
    (again,) = run(store, rules[0])
    assert again.betting.deflation.variants == 2
    (third,) = run(store, BettingRule(choice="random"))
    assert third.betting.deflation.variants == 3
    assert len(store.trials.all()) == 3
    assert run(store, BettingRule(value=ValueRule(least_value=9)))[0].betting.deflation is None


def test_deflation_only_makes_more_modest(store):
    alone = run(store)[0].betting.deflation
    many = run(store, *(BettingRule(choice="random", seed=seed) for seed in range(9)))
    later = run(store)[0].betting.deflation
    assert later.variants == 10
    assert later.p_value > alone.p_value
    assert len(many) == 9


@pytest.mark.parametrize(
    ("changed", "error", "said"),
    [
        ({"forecaster": "oracle"}, UnknownNameError, "oracle"),
        ({"competitions": ("SIM9",)}, UnknownNameError, "SIM9"),
        ({"first": date(2030, 1, 1), "last": date(2030, 2, 1)}, NotEnoughData, "no match"),
    ],
)
def test_what_makes_no_sense_is_refused(store, changed, error, said):
    with pytest.raises(error, match=said):
        run(store, span=SPAN._replace(**changed))


def test_unknown_prices_and_choices_are_refused_with_those_there_are(store):
    with pytest.raises(UnknownNameError, match="pinnacle"):
        run(store, BettingRule(price="pinacle"))
    with pytest.raises(UnknownNameError, match="favourite"):
        require_choice("favorite")
    assert not store.trials.all()
