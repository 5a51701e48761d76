"""What a prediction of several agents has to be, whoever made it."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from monps.domain.market import MarketKey, Selection
from monps.domain.opinions import (
    AgentOpinion,
    agreement_of,
    aleatoric_variance_of,
    confidence_level,
    data_quality,
    epistemic_variance_of,
)
from monps.domain.predictions import EnsemblePrediction, MarketPrediction, PriceList, QuotedEdge
from monps.domain.price_list import Menu
from opinions import ensemble_prediction

weights = st.tuples(*[st.floats(0.05, 1.0)] * 3)
triples = weights.map(lambda w: tuple(part / sum(w) for part in w))


@given(triples, st.integers(1, 6))
def test_members_of_one_mind_agree_wholly_and_have_no_variance(said, count):
    assert agreement_of(said, [said] * count) == 1.0
    assert epistemic_variance_of([said] * count) == 0.0


@given(st.lists(triples, min_size=1, max_size=5), triples)
def test_what_follows_from_members_stays_in_bounds(members, pooled):
    assert 0.0 <= agreement_of(pooled, members) <= 1.0
    assert 0.0 <= epistemic_variance_of(members) <= 0.75
    assert 0.0 < aleatoric_variance_of(members) <= 2 / 3 + 1e-12


@given(st.lists(triples, min_size=1, max_size=5))
def test_the_variances_are_the_parts_of_one_whole(members):
    """The law of total variance, for each outcome."""
    means = [sum(member[place] for member in members) / len(members) for place in range(3)]
    whole = sum(mean * (1.0 - mean) for mean in means)
    parts = epistemic_variance_of(members) + aleatoric_variance_of(members)
    assert parts == pytest.approx(whole, abs=1e-12)


@given(st.floats(0.0, 1.0))
def test_levels_are_as_the_contract_says(score):
    expected = "very_high" if score > 0.85 else "high" if score > 0.7 else "medium" if score > 0.5 else "low"
    assert confidence_level(score) == expected


def test_data_quality_is_as_the_contract_says():
    assert [data_quality(score) for score in (1.0, 0.99, 0.8, 0.6, 0.59)] == [
        "excellent", "good", "good", "fair", "poor"
    ]  # fmt: skip


@given(st.floats(0.001, 1.0))
def test_fair_odds_are_the_inverse_of_the_chance(chance):
    fair = {"family": "match_result", "line": None, "period": "full_time", "selection": "home"}
    assert MarketPrediction(**fair, probability=chance, fair_odds=1 / chance).fair_odds == 1 / chance
    with pytest.raises(ValidationError, match="not fair"):
        MarketPrediction(**fair, probability=chance, fair_odds=1.01 / chance)


@given(st.floats(0.01, 0.99), st.floats(1.01, 50.0), st.floats(0.01, 0.99))
def test_edge_and_value_follow_from_odds(chance, odds, fair):
    edge = QuotedEdge(
        family="totals", line=2.5, period="full_time", selection="over", bookmaker="b", odds=odds,
        probability=chance, fair_implied=fair,
    )  # fmt: skip
    assert edge.implied == pytest.approx(1 / odds)
    assert edge.edge == chance - fair
    assert edge.expected_value == chance * odds - 1


def test_a_prediction_survives_being_written_down():
    made = ensemble_prediction()
    assert EnsemblePrediction.model_validate_json(made.model_dump_json()) == made
    assert made.weights == {member.agent: member.weight for member in made.members}
    assert len(made.speakers) == sum(not member.abstained for member in made.members)


def changed(**changes):
    return EnsemblePrediction.model_validate(ensemble_prediction().model_dump() | changes)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"agreement": 0.5}, "agreement"),
        ({"epistemic_variance": 0.3}, "epistemic"),
        ({"aleatoric_variance": 0.1}, "aleatoric"),
        ({"confidence_score": 0.1}, "confidence"),
        ({"data_quality_score": 0.1}, "data quality"),
        ({"home_win": 0.9}, "agreement"),
        ({"as_of": datetime(2026, 1, 1)}, "timezone"),  # noqa: DTZ001 - that is what is refused
    ],
)
def test_what_contradicts_the_members_is_refused(changes, complaint):
    with pytest.raises(ValidationError, match=complaint):
        changed(**changes)


def test_markets_whose_chances_are_no_whole_are_refused():
    markets = [market.model_dump() for market in ensemble_prediction().markets]
    with pytest.raises(ValidationError, match="match_result"):
        changed(markets=markets[1:])


def test_a_prediction_of_nobody_is_refused():
    silent = [
        {"agent": member.agent, "abstained": True, "reasons": ["no data"]}
        for member in ensemble_prediction().members
    ]
    with pytest.raises(ValidationError, match="abstain"):
        changed(members=silent)


def test_overlapping_markets_need_not_sum_to_one():
    market = {"line": None, "period": "full_time", "selection": "home_or_draw", "probability": 0.7}
    two = MarketPrediction(family="double_chance", **market), MarketPrediction(family="odd_even", **market)
    assert PriceList.of(two).sums() == {("odd_even", None, "full_time"): 0.7}


def test_prices_are_written_as_pydantic_writes_them():
    key = MarketKey("totals", 2.5), MarketKey("odd_even")
    menu = Menu(Selection(market, name) for market in key for name in ("a", 'quo"ted'))
    for made in (
        ensemble_prediction(),
        changed(markets=[]),
        changed(markets=PriceList(menu, (1e-7, 1.0 - 1e-7, 1.0, 0.0), (1e7, 1.0 / (1.0 - 1e-7), 1.0, None))),
    ):
        assert made.to_json() == made.model_dump_json().encode()
        assert EnsemblePrediction.model_validate_json(made.to_json()) == made


@pytest.mark.parametrize(
    ("chance", "odds"),
    [
        *[(1.1, None), (-0.1, None), (0.5, 1.9), (1.0, 0.9), (float("nan"), None)],
        *[(0.5, float("nan")), (0.0, float("inf"))],
    ],
)
def test_columns_that_are_no_prices_are_refused(chance, odds):
    with pytest.raises(ValueError, match="no fair odds"):
        PriceList(Menu([Selection(MarketKey("odd_even"), "odd")]), (chance,), (odds,))


def test_who_abstains_says_why_and_nothing_else():
    assert AgentOpinion(agent="style", abstained=True, reasons=("no shots",)).outcomes is None
    with pytest.raises(ValidationError, match="why"):
        AgentOpinion(agent="style", abstained=True)
    with pytest.raises(ValidationError, match="no chances"):
        AgentOpinion(agent="style", abstained=True, reasons=("no shots",), weight=0.2)
    with pytest.raises(ValidationError, match="speaks"):
        AgentOpinion(agent="style", home_win=0.5, draw=0.3, away_win=0.2)
    with pytest.raises(ValidationError, match="sum"):
        AgentOpinion(agent="style", home_win=0.5, draw=0.3, away_win=0.3, home_goals=1.0, away_goals=1.0)
