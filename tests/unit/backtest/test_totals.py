import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.backtest.totals import totals
from monps.domain.evaluation import Estimate, Scorecard
from monps.domain.identifiers import Season
from monps.domain.sweep import TaskResult

SCORES = st.floats(0.0, 3.0)


@st.composite
def cards(draw) -> Scorecard:
    n = draw(st.integers(10, 500))
    gap = st.none() | SCORES.map(lambda value: Estimate(value=value, interval=(value, value)))
    priced = draw(st.integers(1, n))
    scores = {name: draw(SCORES) for name in ("log_loss", "rps", "brier", "ece")}
    gaps = draw(gap), draw(gap)
    return Scorecard(n=n, n_priced=priced, log_loss_gap=gaps[0], rps_gap=gaps[1], **scores)


def results(forecaster, found):
    return [
        TaskResult(
            task=f"{forecaster}{year}",
            forecaster=forecaster,
            spec="",
            competition="E0",
            season=Season(start=2000 + year),
            card=card,
            refused=None if card else "too few",
        )
        for year, card in enumerate(found)
    ]


@given(st.lists(st.none() | cards(), min_size=1, max_size=6))
def test_a_mean_is_that_of_all_matches_together(found):
    [total] = totals(results("elo", found))
    scored = [card for card in found if card]
    assert (total.tasks, total.refused) == (len(found), len(found) - len(scored))
    assert total.n == sum(card.n for card in scored)
    every = [card.log_loss for card in scored for _ in range(card.n)]
    assert total.log_loss == (pytest.approx(sum(every) / len(every)) if every else None)
    gaps = [card.rps_gap.value for card in scored if card.rps_gap for _ in range(card.n_priced)]
    assert total.rps_gap == (pytest.approx(sum(gaps) / len(gaps), abs=1e-12) if gaps else None)
    assert total.n_priced == len(gaps)


def test_each_forecaster_has_its_own_in_the_order_of_asking():
    card = Scorecard(n=10, log_loss=1.0, rps=0.2, brier=0.6, ece=0.0, n_priced=0)
    mixed = results("goals", [card]) + results("elo", [None]) + results("goals", [card, card])
    assert [(total.forecaster, total.tasks, total.n) for total in totals(mixed)] == [
        ("goals", 3, 30),
        ("elo", 1, 0),
    ]
