import numpy as np
import pytest

from factories import match_table
from monps.dna.explanation import explain_friction
from monps.dna.friction import FrictionSettings, Target, friction_effects, walk_friction
from monps.dna.interaction import Information, friction_terms, low_rank, term_sizes

SETTINGS = FrictionSettings(precisions=(10.0, 100.0, 1e3, 1e5))


def played(planted, *, seasons=7, seed=1):
    """Counts of a league in which two dimensions act upon each other by so much, and what is expected."""
    rng = np.random.default_rng(seed)
    table = match_table(14, seasons, rng)[0]
    profiles = rng.normal(0.0, 0.2, (len(table), 2, 3))
    effects = planted * (profiles[:, :, 0] / 0.2) * (profiles[:, ::-1, 1] / 0.2)
    expected = rng.uniform(2.0, 5.0, (len(table), 2))
    return table, profiles, Target(rng.poisson(expected * np.exp(effects)).astype(float), expected), effects


def walked(planted, **more):
    table, profiles, target, effects = played(planted, **more)
    found = walk_friction(table, profiles, target, settings=SETTINGS, last=2025)
    return table, found, target, effects


def test_what_two_dimensions_do_to_each_other_is_found_and_moves_prices():
    table, found, target, effects = walked(0.15)
    last = table.column("season") == 2025
    assert found.lessons[2025].is_open
    assert np.corrcoef(found.gated[last].ravel(), effects[last].ravel())[0, 1] > 0.9
    assert target.where(last).gain(found.gated[last]).mean() > 0.0
    w = found.lessons[2025].effects[4:].reshape(3, 3)
    assert np.unravel_index(np.abs(w).argmax(), w.shape) == (0, 1)  # directional: own first, other's second


@pytest.mark.parametrize("seed", range(6))
def test_where_there_is_nothing_the_gate_stays_shut(seed):
    _, found, target, _ = walked(0.0, seed=seed)
    opened = [lesson.season for lesson in found.lessons.values() if lesson.is_open]
    gained = target.gain(found.gated).sum()
    assert not opened or gained > -2.0
    assert found.lessons[2025].precision == 1e5 or found.lessons[2025].evidence.low < 0.001


def test_no_season_learns_from_itself_or_later():
    table, profiles, target, _ = played(0.15)
    seasons = table.column("season")
    other = Target(np.where(seasons[:, None] >= 2023, 0.0, target.counts), target.expected)
    plain, scrambled = (
        walk_friction(table, profiles, each, settings=SETTINGS, last=2025) for each in (target, other)
    )
    before = seasons <= 2023
    np.testing.assert_array_equal(plain.gated[before], scrambled.gated[before])
    assert plain.lessons[2023].evidence == scrambled.lessons[2023].evidence
    assert plain.lessons[2024].evidence != scrambled.lessons[2024].evidence


def test_evidence_is_of_the_seasons_before_and_needs_some():
    table, found, _, _ = walked(0.15)
    lessons = found.lessons
    assert lessons[2020].evidence is None
    assert not lessons[2020].is_open
    assert lessons[2025].judged == tuple(range(2020, 2025))
    assert lessons[2025].n == 2 * int(np.isin(table.column("season"), range(2020, 2025)).sum())


def test_shares_gain_as_binomials_do():
    trials, share = np.array([[3.0, 0.0]]), 0.4
    target = Target(np.array([[2.0, 0.0]]), trials * share, trials)
    effect = 0.3
    moved = share * np.exp(effect) / (1 - share + share * np.exp(effect))
    by_hand = 2 * np.log(moved / share) + np.log((1 - moved) / (1 - share))
    np.testing.assert_allclose(target.gain(np.full((1, 2), effect)), [[by_hand, 0.0]])


def test_counts_gain_as_poisson_does():
    target, effect = Target(np.array([[4.0]]), np.array([[3.0]])), 0.2
    by_hand = 4 * effect - 3.0 * (np.exp(effect) - 1)
    np.testing.assert_allclose(target.gain(np.array([[effect]])), by_hand)


def test_terms_stand_where_they_should():
    profiles = np.array([[[1.0, 2.0], [3.0, 5.0]]])
    home, away = friction_terms(profiles)[0]
    assert home.tolist() == [1.0, 2.0, 3.0, 3.0, 5.0, 6.0, 10.0]
    assert away.tolist() == [1.0, 2.0, 3.0, 3.0, 6.0, 5.0, 10.0]
    scale = np.array([2.0, 4.0])
    np.testing.assert_allclose(friction_terms(profiles / scale), friction_terms(profiles) / term_sizes(scale))


def test_one_step_is_ridge_regression():
    rng = np.random.default_rng(5)
    terms = np.concatenate([np.ones((200, 1)), rng.normal(size=(200, 4))], axis=1)
    surprise, variance = rng.normal(size=200), rng.uniform(0.5, 2.0, 200)
    found = Information.of(terms, surprise, variance)
    penalty = np.diag([0.0, 7.0, 7.0, 7.0, 7.0])
    by_hand = np.linalg.solve((terms * variance[:, None]).T @ terms + penalty, terms.T @ surprise)
    np.testing.assert_allclose(found.effects(7.0)[1:], by_hand[1:], atol=1e-9)
    means = (terms * variance[:, None]).sum(axis=0)
    assert abs(means @ found.effects(7.0)) < 1e-9  # the level stays
    inverse = np.linalg.inv((terms * variance[:, None]).T @ terms + penalty)[1:, 1:]
    np.testing.assert_allclose(found.covariance(7.0), inverse, atol=1e-9)


def test_all_patterns_together_are_the_whole():
    effects = np.random.default_rng(6).normal(size=1 + 3 + 9)
    np.testing.assert_allclose(low_rank(effects, 3, 3), effects)
    assert np.linalg.matrix_rank(low_rank(effects, 3, 1)[4:].reshape(3, 3)) == 1


def test_what_makes_an_effect_sums_to_it():
    table, profiles, target, _ = played(0.15)
    found = walk_friction(table, profiles, target, settings=SETTINGS, last=2025)
    lesson, one = found.lessons[2025], profiles[table.column("season") == 2025][:1]
    told = explain_friction(lesson, one[0])
    effects = friction_effects(one, lesson.effects, 10.0)[0]
    for side in (0, 1):
        np.testing.assert_allclose(told[side].log_effect, effects[side], atol=1e-9)
        np.testing.assert_allclose(told[side].contributions.sum(), effects[side], atol=1e-9)
        assert told[side].error > 0
