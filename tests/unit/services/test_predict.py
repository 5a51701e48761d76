from datetime import UTC, datetime, timedelta

import pytest

from fakes import FakeStore
from monps.domain.predictions import ForecastRequest
from monps.errors import NotEnoughData, UnknownNameError, UnknownTeam, UsageError
from monps.models import DixonColes, Poisson
from monps.services.fit import fit_competition
from monps.services.history import require_teams
from monps.services.predict import predict_match, viewpoint
from monps.services.queries import list_competitions, list_teams

KICKOFF = datetime(2026, 3, 14, 15, tzinfo=UTC)
NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.fixture(scope="session")
def clubs(country):
    return sorted(set(country.season("SIM1", 2025).home))


@pytest.fixture
def request_of(clubs):
    def make(home=0, away=1, **changes):
        sides = [side if isinstance(side, str) else clubs[side] for side in (home, away)]
        fixture = {"competition": "SIM1", "home": sides[0], "away": sides[1], "kickoff": KICKOFF}
        return ForecastRequest(**{**fixture, **changes})

    return make


def predict(store, request, model=None, freshness=MONTH):
    return predict_match(store, model or DixonColes(), request, now=NOW, freshness=freshness)


def test_one_looks_from_now_until_kick_off_and_never_later(request_of):
    early, late = NOW, KICKOFF + MONTH
    assert viewpoint(request_of(), early) == early
    assert viewpoint(request_of(), late) == KICKOFF
    asked = NOW - MONTH
    assert viewpoint(request_of(as_of=asked), early) == asked
    with pytest.raises(UsageError, match="looking ahead"):
        viewpoint(request_of(as_of=KICKOFF + timedelta(seconds=1)), late)


def test_a_kept_fit_gives_the_same_forecast(filled, request_of):
    store, request = FakeStore(filled.matches), request_of(as_of=NOW)
    fresh = predict(store, request)
    fit_competition(store, DixonColes(), "SIM1", as_of=NOW, now=NOW)
    kept = predict(store, request)
    assert [p.probability for p in kept.markets] == pytest.approx([p.probability for p in fresh.markets])
    assert (kept.matches, kept.as_of, kept.warnings) == (fresh.matches, fresh.as_of, fresh.warnings)
    assert store.commits == 1


def test_reading_a_forecast_writes_nothing(filled, request_of):
    store = FakeStore(filled.matches)
    predict(store, request_of())
    assert (store.commits, store.fits.kept) == (0, [])


def test_scrambling_what_came_later_changes_nothing(filled, request_of):
    as_of = NOW - MONTH
    known = [report for report in filled.matches.reports if report.known_at <= as_of]
    past = FakeStore(type(filled.matches)(**{**vars(filled.matches), "reports": known}))
    whole, cut = predict(filled, request_of(as_of=as_of)), predict(past, request_of(as_of=as_of))
    assert whole == cut


def test_errors_and_expected_goals_fit_together(filled, request_of):
    found = predict(filled, request_of())
    assert 0 < found.home_goals_error < found.home_goals
    assert found.data_age_days == pytest.approx((NOW - found.data_known_at) / timedelta(days=1))
    assert found.matches == sum(1 for _ in filled.matches.history(["SIM1"], NOW))


def test_models_differ(filled, request_of):
    assert predict(filled, request_of(), Poisson()).draw != predict(filled, request_of()).draw


def test_stale_data_brings_a_warning(filled, request_of):
    assert not predict(filled, request_of()).warnings
    [warning] = predict(filled, request_of(), freshness=timedelta(hours=1)).warnings
    assert "days old" in warning


def test_an_unknown_team_is_offered_its_neighbours_of_all_divisions(filled, country, request_of):
    below = min(set(country.season("SIM2", 2025).home) - set(country.season("SIM1", 2024).home))
    with pytest.raises(UnknownTeam) as refused:
        predict(filled, request_of(away=below[:-1]))
    assert below in refused.value.nearest
    with filled() as work:
        [first, _] = list_competitions(filled)
        require_teams(work, first, [below])


def test_names_that_nobody_knows_are_refused(filled, request_of):
    with pytest.raises(UnknownNameError, match="SIM1"):
        predict(filled, request_of(competition="SIM8"))
    with pytest.raises(NotEnoughData, match="ingest"):
        predict(FakeStore(), request_of())
    with pytest.raises(NotEnoughData):
        predict(filled, request_of(as_of=datetime(2000, 1, 1, tzinfo=UTC)))


def test_teams_of_a_season_are_some_of_all(filled, country):
    season = country.season("SIM2", 2025)
    assert list_teams(filled, "SIM2", season.season) == tuple(sorted(set(season.home)))
    assert set(list_teams(filled, "SIM2")) >= set(season.home)
