from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fakes import FakeStore
from monps.errors import NotEnoughData, UnknownNameError
from monps.models import SCORE_MODELS, DixonColes
from monps.services.fit import fingerprint, fit_competition

AS_OF = datetime(2026, 3, 1, tzinfo=UTC)
NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)


@pytest.fixture
def store(filled):
    return FakeStore(filled.matches)


def fit(store, competition="SIM1", model=None, as_of=AS_OF):
    return fit_competition(store, model or DixonColes(), competition, as_of=as_of, now=NOW)


def test_the_second_time_the_kept_fit_answers(store):
    assert fit(store) == fit(store)
    assert store.commits == 1
    assert [kept.created_at for kept in store.fits.kept] == [NOW]


def test_another_recipe_moment_or_competition_is_another_fit(store):
    fit(store)
    fit(store, model=DixonColes(half_life_days=200))
    fit(store, as_of=NOW)
    fit(store, "SIM2")
    assert len(store.fits.kept) == 4


def test_other_data_is_another_fit(store):
    fit(store)
    fewer = replace(store.matches, reports=store.matches.reports[1:])
    poorer = FakeStore(fewer, store.fits)
    fit(poorer, as_of=AS_OF)
    assert len(poorer.fits.kept) == 2


def test_a_warm_start_changes_no_answer(store, filled):
    fit(store)
    warm, cold = fit(store, as_of=NOW), fit(FakeStore(filled.matches), as_of=NOW)
    assert warm.report.log_likelihood == pytest.approx(cold.report.log_likelihood, rel=1e-9)


def test_teams_come_strongest_first_with_their_errors(store):
    strengths = fit(store).strengths
    sums = [team.attack + team.defence for team in strengths]
    assert sums == sorted(sums, reverse=True)
    assert all(team.attack_error > 0 and team.defence_error > 0 for team in strengths)


def test_an_unknown_competition_is_refused(store):
    with pytest.raises(UnknownNameError, match="SIM1"):
        fit(store, "SIM7")


def test_an_empty_store_says_how_to_fill_it():
    with pytest.raises(NotEnoughData, match="ingest"):
        fit(FakeStore())


def test_recipes_have_different_fingerprints():
    recipes = [model() for model in SCORE_MODELS.values()] + [DixonColes(half_life_days=None)]
    assert len({fingerprint(recipe) for recipe in recipes}) == len(recipes)
    assert fingerprint(DixonColes()) == fingerprint(DixonColes())
