"""The live brain: it says what the replay says, is coherent, and can do without any one agent."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby

import numpy as np
import polars as pl
import pytest

from histories import history_of, last_season, simulated, without_quotes, without_shots
from monps.agents import AgentForecast, Bookmakers, Goals, History, MarketMemory
from monps.brain import UnifiedBrain
from monps.brain.consensus import Consensus, agree
from monps.brain.fitted import FittedBrain
from monps.brain.tell import Asked, Telling, tell
from monps.domain.predictions import OVERLAPPING, EnsemblePrediction
from monps.errors import UnifiedBrainError
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

BRAIN = UnifiedBrain()


def moment(day: float) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=float(day))


@cache
def days() -> tuple[float, ...]:
    history = simulated()
    return tuple(np.unique(np.floor(history.matches.kickoff_days[last_season(history)])).tolist())


def matches_on(history: History, day: float, code: str = "SIM1") -> np.ndarray:
    league = (history.matches.frame["competition"] == code).to_numpy()
    return np.flatnonzero(league & (np.floor(history.matches.kickoff_days) == day))


def late_day() -> float:
    history = simulated()
    return next(day for day in days()[-8::-1] if len(matches_on(history, day)))


@cache
def fitted(kind: str = "all") -> FittedBrain:
    history = HISTORIES[kind]()
    return BRAIN.learn(history, moment(late_day()), {"SIM1": 2025})["SIM1"]


def without_past_prices() -> History:
    """Keep the quotes of the day itself, and forget those of the past."""
    history = simulated()
    today = history.matches.frame[matches_on(history, late_day())]["match_id"].to_list()
    quotes = QuoteTable(history.quotes.frame.filter(pl.col("match_id").is_in(today)))
    return history_of(history.matches, quotes)


HISTORIES = {
    "all": simulated,
    "no quotes": lambda: without_quotes(simulated()),
    "no shots": lambda: without_shots(simulated()),
    "no past prices": without_past_prices,
}


def asked_on(kind: str = "all") -> tuple[MatchTable, QuoteTable]:
    history = HISTORIES[kind]()
    fixtures = MatchTable(history.matches.frame[matches_on(history, late_day())])
    numbers = fixtures.frame["match_id"].to_list()
    quotes = history.quotes.frame.filter(pl.col("match_id").is_in(numbers) & ~pl.col("closing"))
    return fixtures, QuoteTable(quotes)


def consulted(kind: str = "all") -> Consensus:
    return fitted(kind).consult(*asked_on(kind))


def told(kind: str = "all", days_old: float = 30) -> list[EnsemblePrediction]:
    fixtures, quotes = asked_on(kind)
    as_of = moment(late_day())
    telling = Telling(as_of, as_of, timedelta(days=days_old), "0" * 64, "SIM1:1")
    asked = Asked(fitted(kind), fixtures, quotes, consulted(kind))
    return tell(asked, telling, [f"p-{place}" for place in range(len(fixtures))])


def test_a_live_consensus_is_the_replayed_one():
    history = simulated()
    rows = matches_on(history, late_day())
    chosen = np.isin(np.arange(len(history.matches)), rows)
    replayed = BRAIN.replay(history, last_season(history))
    live = consulted()
    np.testing.assert_allclose(live.weights, replayed.weights[rows], atol=1e-6)
    np.testing.assert_allclose(live.grid.probabilities, replayed.grid(chosen).probabilities, atol=1e-8)


def test_a_fit_says_the_same_once_it_was_written_down():
    again = FittedBrain.read(fitted().to_bytes())
    facts = ("as_of", "known", "known_at", "season", "competition", "members")
    assert [getattr(again, name) for name in facts] == [getattr(fitted(), name) for name in facts]
    other = again.consult(*asked_on())
    np.testing.assert_array_equal(other.grid.probabilities, consulted().grid.probabilities)
    np.testing.assert_array_equal(other.weights, consulted().weights)


def test_one_fixture_is_told_the_same_alone_and_among_others():
    fixtures, quotes = asked_on()
    alone = fitted().consult(MatchTable(fixtures.frame.head(1)), quotes)
    np.testing.assert_allclose(
        alone.grid.probabilities[0], consulted().grid.probabilities[0], rtol=1e-9, atol=1e-15
    )


@pytest.mark.parametrize("kind", ["all", "no quotes"])
def test_every_market_agrees_with_one_grid(kind):
    for prediction in told(kind):
        chances = {(m.family, m.line, m.period, m.selection): m.probability for m in prediction.markets}
        full = "full_time"
        assert sum(prediction.outcomes) == pytest.approx(1, abs=1e-9)
        home = chances["match_result", None, full, "home"]
        assert home == pytest.approx(prediction.home_win, abs=1e-9)
        assert chances["asian_handicap", -0.5, full, "home"] == pytest.approx(home, abs=1e-9)
        assert chances["double_chance", None, full, "draw_or_away"] == pytest.approx(1 - home, abs=1e-9)
        assert chances["home_clean_sheet", None, full, "yes"] == pytest.approx(
            chances["away_totals", 0.5, full, "under"], abs=1e-9
        )
        for side in ("home", "draw", "away"):
            double = [
                chance for key, chance in chances.items()
                if key[0] == "half_time_full_time" and key[3].endswith(f"/{side}")
            ]  # fmt: skip
            assert sum(double) == pytest.approx(chances["match_result", None, full, side], abs=1e-9)
        for (family, *_), rows in groupby(prediction.markets, key=lambda m: (m.family, m.line, m.period)):
            if family not in OVERLAPPING:
                assert sum(row.probability for row in rows) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("kind", ["no quotes", "no shots", "no past prices"])
def test_without_one_kind_of_data_it_still_forecasts_less_surely(kind):
    rich, poor = told(), told(kind)
    for one, other in zip(rich, poor, strict=True):
        assert other.home_goals_error > 0
        assert other.data_quality_score < one.data_quality_score
        assert other.confidence_score < one.confidence_score
    if kind != "no shots":
        silent = {m.agent for m in poor[0].members if m.abstained}
        assert silent
        for name in silent:
            assert any(name.replace("_", " ") in warning for warning in poor[0].warnings)
        assert all(o.home_goals_error > r.home_goals_error for r, o in zip(rich, poor, strict=True))


def test_where_nobody_speaks_there_is_no_consensus():
    brain = UnifiedBrain(members=(Bookmakers(), MarketMemory()), voices=())
    history = without_quotes(simulated())
    found = brain.learn(history, moment(late_day()), {"SIM1": 2025})["SIM1"]
    consensus = found.consult(*asked_on("no quotes"))
    assert not consensus.made.any()
    assert set(consensus.silence(0)) == {"bookmakers", "market_memory"}
    assert all(consensus.silence(0).values())


def test_the_last_prices_stand_in_for_the_early_ones():
    history, rows = simulated(), matches_on(simulated(), late_day())
    numbers = history.matches.frame[rows]["match_id"].to_list()
    every = QuoteTable(history.quotes.frame.filter(pl.col("match_id").is_in(numbers)))
    late = fitted().consult(asked_on()[0], every)
    assert late.said[0].reasons[0].startswith("last prices")
    assert consulted().said[0].reasons[0].startswith("early prices")
    assert np.abs(late.outcomes - consulted().outcomes).max() > 1e-4


def opinion(n: int, seed: int = 1) -> AgentForecast:
    rng = np.random.default_rng(seed)
    home, away = rng.uniform(0.8, 2.2, (2, n))
    return AgentForecast(
        home, away, np.full(n, -0.05), np.full(n, 1.08), np.full((n, 2), 0.1), np.ones(n), ("said",) * n
    )


@pytest.mark.parametrize("weights", [(0.25,) * 4, (1.0, 0.3, -0.2, -0.1)])
def test_four_identical_agents_agree_wholly(weights):
    same = opinion(7)
    found = agree("abcd", [same] * 4, np.tile(weights, (7, 1)), 4)
    np.testing.assert_allclose(found.agreement, 1.0, atol=1e-12)
    np.testing.assert_allclose(found.epistemic_variance, 0.0, atol=1e-15)
    np.testing.assert_allclose(
        found.grid.probabilities, same.grid(np.ones(7, dtype=bool)).probabilities, atol=1e-12
    )
    np.testing.assert_allclose(found.errors, 0.05, atol=1e-12)


def test_leaving_one_out_gives_the_pool_of_the_others():
    said = [opinion(5, seed) for seed in (1, 2, 3)]
    weights = np.tile([1.0, 0.4, -0.3], (5, 1))
    whole = agree("abc", said, weights, 3)
    fewer = agree("ab", said[:2], weights[:, :2], 2)
    np.testing.assert_allclose(whole.goals_without[2], fewer.goals, rtol=1e-12)
    alone = agree("a", said[:1], weights[:, :1], 1)
    np.testing.assert_allclose(alone.goals_without[0], alone.goals, rtol=1e-12)


def test_factors_say_who_moved_what():
    first = told()[0]
    assert first.contributing_factors[0].startswith("bookmakers lead with")
    assert any(first.home in factor or first.away in factor for factor in first.contributing_factors[1:])


def test_edges_are_those_of_the_best_single_book():
    for prediction in told():
        assert prediction.edges
        for edge in prediction.edges:
            assert edge.bookmaker not in {"average", "maximum"}
            assert edge.edge == pytest.approx(edge.probability - edge.fair_implied)


def test_old_data_bring_a_warning_and_less_quality():
    fresh, old = told()[0], told(days_old=0.01)[0]
    assert old.data_quality_score < fresh.data_quality_score
    assert any("days old" in warning for warning in old.warnings)


def test_a_pattern_that_nobody_learned_is_a_fault():
    whole = fitted()
    found = FittedBrain(**{**vars(whole), "weights": {}})
    with pytest.raises(UnifiedBrainError, match="SIM1"):
        found.consult(*asked_on())


def test_the_brain_has_three_minds():
    assert [type(member) for member in BRAIN.members[:3]] == [Bookmakers, MarketMemory, Goals]
