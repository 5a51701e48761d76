"""Live forecasts are replayed ones: what an agent says of any fixture is what it would say of that match."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from histories import last_season, scrambled, simulated, without_quotes, without_shots
from monps.agents import AGENTS, Agent, AgentForecast, FittedAgent, History, Tuned, load, written
from monps.domain.football import Fixture
from monps.domain.identifiers import MatchKey, Season
from monps.errors import NotEnoughData, UnknownNameError, UsageError
from monps.tables.fixtures import fixture_table
from monps.tables.matches import MatchTable

LIVE = ("goals", "market_memory", "style", "bookmakers", "dixon_coles", "base_rate", "score_driven")
EXACT = {"goals", "market_memory", "style", "bookmakers"}
live = pytest.mark.parametrize("name", LIVE)


def moment(day: float) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=float(day))


def mornings(history: History) -> list[float]:
    days = np.unique(np.floor(history.matches.kickoff_days[last_season(history)]))
    return [days[2], days[len(days) // 2], days[-1]]


def fit(agent: Agent, history: History, day: float, code: str = "SIM1") -> FittedAgent:
    season = int(history.matches.column("season").max())
    return agent.fit(history, moment(day), {code: season})[code]


def played_on(history: History, day: float, code: str = "SIM1") -> np.ndarray:
    league = (history.matches.frame["competition"] == code).to_numpy()
    return np.flatnonzero(league & (np.floor(history.matches.kickoff_days) == day))


def fixtures_of(*pairs: tuple[str, str], neutral: bool = False) -> MatchTable:
    season, kickoff = Season(start=2025), datetime(2026, 3, 14, 15, tzinfo=UTC)
    keys = [MatchKey(competition="SIM1", season=season, home=home, away=away) for home, away in pairs]
    return fixture_table(Fixture(key=key, kickoff=kickoff, neutral=neutral) for key in keys)


def clubs(history: History) -> list[str]:
    frame = history.matches.frame.filter(pl.col("competition") == "SIM1", pl.col("season") == 2025)
    return sorted(set(frame["home"]))


def said_by(fitted: FittedAgent, fixtures: MatchTable, history: History | None = None) -> AgentForecast:
    return fitted.forecast(fixtures, (history or simulated()).quotes)


@live
def test_a_live_forecast_is_the_replayed_one(name):
    history, agent = simulated(), AGENTS[name]
    replayed = agent.replay(history, last_season(history))
    for day in mornings(history):
        rows = played_on(history, day)
        asked = MatchTable(history.matches.frame[rows])
        found, chosen = (
            said_by(fit(agent, history, day), asked),
            np.isin(np.arange(len(history.matches)), rows),
        )
        assert found.made.all()
        np.testing.assert_allclose(
            found.grid(found.made).probabilities,
            replayed.grid(chosen).probabilities,
            atol=1e-9 if name in EXACT else 1e-6,
        )


@live
def test_what_became_known_later_is_not_looked_at(name):
    history = simulated()
    day = mornings(history)[1]
    other = scrambled(history, day, np.random.default_rng(5), all_of_today=True)
    asked = MatchTable(history.matches.frame[played_on(history, day)])
    before, after = (said_by(fit(AGENTS[name], each, day), asked) for each in (history, other))
    np.testing.assert_allclose(before.home, after.home, rtol=1e-9)
    np.testing.assert_allclose(before.errors, after.errors, rtol=1e-9)


@live
def test_a_fit_is_the_same_once_it_was_written_down(name):
    history = simulated()
    day = mornings(history)[0]
    asked = MatchTable(history.matches.frame[played_on(history, day)])
    fitted = fit(AGENTS[name], history, day)
    again = load(fitted.to_bytes())
    assert (again.name, again.as_of) == (fitted.name, moment(day))
    for one, other in zip(*(vars_of(said_by(each, asked)) for each in (fitted, again)), strict=True):
        np.testing.assert_array_equal(one, other)


def vars_of(said: AgentForecast) -> tuple[object, ...]:
    return said.home, said.away, said.rho, said.dispersion, said.errors, said.quality, said.reasons


def test_nobody_reads_what_is_of_no_known_kind():
    with pytest.raises(UnknownNameError, match="oracle"):
        load(written.write({"kind": "oracle"}, {}))


def test_a_team_never_seen_plays_as_newcomers_do_and_is_known_less():
    history = simulated()
    home, away = clubs(history)[:2]
    fitted = fit(AGENTS["goals"], history, mornings(history)[1])
    said = said_by(
        fitted, fixtures_of((home, away), (home, "Nowhere"), ("Nowhere", away), ("Nowhere", "Else"))
    )
    assert said.made.all()
    assert said.errors[1:].min() > said.errors[0].max()
    assert said.quality[0] > 0.9
    assert (said.quality[1:] == 0.0).all()


def test_on_neutral_ground_nobody_is_at_home():
    history = simulated()
    home, away = clubs(history)[:2]
    fitted = fit(AGENTS["goals"], history, mornings(history)[1])
    there = said_by(fitted, fixtures_of((home, away), (away, home)))
    neutral = said_by(fitted, fixtures_of((home, away), (away, home), neutral=True))
    np.testing.assert_allclose(neutral.home, neutral.away[::-1])
    assert there.home[0] > neutral.home[0] > there.away[1]


def test_who_cannot_forecast_says_why():
    history = without_quotes(simulated())
    pair = fixtures_of(tuple(clubs(history)[:2]))
    day = mornings(history)[1]
    memory, prices = (
        said_by(fit(AGENTS[name], history, day), pair, history) for name in ("market_memory", "bookmakers")
    )
    assert not memory.made.any()
    assert not prices.made.any()
    assert (memory.quality[0], prices.quality[0]) == (0.0, 0.0)
    assert "past prices" in memory.reasons[0]
    assert prices.reasons == ("no early prices",)


def test_without_shots_the_same_agent_knows_less():
    pair = fixtures_of(tuple(clubs(simulated())[:2]))
    day = mornings(simulated())[1]
    rich, poor = (
        said_by(fit(AGENTS["goals"], each, day), pair) for each in (simulated(), without_shots(simulated()))
    )
    assert rich.quality[0] > poor.quality[0] > 0
    assert rich.reasons[0].startswith("results and shots of")
    assert poor.reasons[0].startswith("results of")


def test_a_competition_that_nobody_saw_is_refused():
    history = simulated()
    with pytest.raises(NotEnoughData, match="XX1"):
        AGENTS["goals"].fit(history, moment(mornings(history)[0]), {"XX1": 2025})
    with pytest.raises(NotEnoughData, match="SIM1"):
        AGENTS["goals"].fit(history, datetime(1990, 1, 1, tzinfo=UTC), {"SIM1": 2025})


def test_an_agent_without_rates_is_for_backtests_alone():
    history = simulated()
    with pytest.raises(UsageError):
        fit(Tuned(candidates=(AGENTS["base_rate"],)), history, mornings(history)[0])


def test_last_prices_are_less_in_error_than_early_ones():
    history = simulated()
    day = mornings(history)[1]
    early, late = (fit(AGENTS[name], history, day).error for name in ("bookmakers", "closing"))
    assert 0 < late < early < 0.2
