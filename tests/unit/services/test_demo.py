from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fakes import FakeStore
from monps.errors import NotEnoughData
from monps.models import DixonColes
from monps.services.demo import FORECASTERS, judge_forecasters, preview_round
from monps.sources.simulated import SimulatedCountry

NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)
LONG = timedelta(days=30)


def preview(store):
    return preview_round(store, DixonColes(), now=NOW, freshness=LONG)


def test_the_next_round_is_priced_from_the_newest_result(filled, country):
    found = preview(filled)
    coming = [fixture for fixture in country.fixtures() if fixture.key.competition == "SIM1"]
    assert [(f.home, f.away, f.kickoff) for f in found.forecasts] == [
        (fixture.key.home, fixture.key.away, fixture.kickoff)
        for fixture in sorted(coming, key=lambda fixture: fixture.kickoff)
    ]
    assert found.fit.report.as_of == filled.matches.latest_known_at("SIM1")


def test_without_fixtures_the_last_round_is_priced_from_before_it_began(filled):
    played = [report for report in filled.matches.reports if hasattr(report.reported, "score")]
    found = preview(FakeStore(replace(filled.matches, reports=played)))
    first = min(forecast.kickoff for forecast in found.forecasts)
    assert found.fit.report.as_of == first
    assert all(forecast.data_known_at <= first for forecast in found.forecasts)


def test_another_competition_may_be_chosen(filled):
    found = preview_round(filled, DixonColes(), "SIM2", now=NOW, freshness=LONG)
    assert found.competition.code == found.forecasts[0].competition == "SIM2"


def test_an_empty_store_has_no_next_round():
    with pytest.raises(NotEnoughData):
        preview(FakeStore())


def test_forecasters_stand_side_by_side_on_the_same_matches(filled):
    told = []
    found = judge_forecasters(filled, "SIM1", told.append)
    assert tuple(told) == FORECASTERS
    assert [each.forecaster for each in found] == ["base_rate", "dixon_coles", "bookmakers", "closing"]
    assert len({(each.first_day, each.last_day, each.wanted) for each in found}) == 1


def test_market_memory_is_judged_where_a_season_taught_it(fill):
    country = SimulatedCountry(seed=4, seasons=5, sizes=(8, 8))
    found = judge_forecasters(fill(country), "SIM1")
    assert tuple(each.forecaster for each in found) == FORECASTERS


def test_who_has_nothing_to_go_by_is_left_out(filled):
    unpriced = replace(filled.matches, offered=[])
    found = judge_forecasters(FakeStore(unpriced), "SIM1")
    assert [each.forecaster for each in found] == ["base_rate", "dixon_coles"]
    assert all(each.log_loss_gap is None for each in found)


def test_a_competition_without_results_cannot_be_judged(filled):
    with pytest.raises(NotEnoughData):
        judge_forecasters(filled, "SIM9")
