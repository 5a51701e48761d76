import numpy as np

from monps.dna.credibility import LEAST_SPREAD, USUAL_SCATTER, USUAL_SPREAD, measure_credibility


def drawn(rng, spread, teams=200, matches=38):
    ratios = rng.normal(1.0, spread, teams)
    expected = rng.uniform(4.0, 6.0, (teams * matches, 1))
    number = np.repeat(np.arange(teams), matches)
    return rng.poisson(expected[:, 0] * ratios[number])[:, None].astype(float), expected, number


def test_the_two_variances_are_found():
    found = measure_credibility(*drawn(np.random.default_rng(1), 0.2))
    assert abs(found.scatter[0] - 1.0) < 0.05
    assert abs(np.sqrt(found.spread[0]) - 0.2) < 0.03
    assert abs(found.prior[0] - 1.0 / 0.04) < 8.0


def test_where_teams_are_alike_the_spread_is_next_to_nothing():
    found = measure_credibility(*drawn(np.random.default_rng(2), 0.0))
    assert LEAST_SPREAD <= np.sqrt(found.spread[0]) < 0.03


def test_a_few_teams_say_nothing_of_the_spread():
    found = measure_credibility(*drawn(np.random.default_rng(3), 0.2, teams=5))
    assert np.sqrt(found.spread[0]) == USUAL_SPREAD


def test_one_match_a_team_says_nothing_of_the_scatter():
    counted, expected, teams = drawn(np.random.default_rng(4), 0.2, matches=1)
    assert measure_credibility(counted, expected, teams).scatter[0] == USUAL_SCATTER


def test_nothing_counted_is_no_failure():
    found = measure_credibility(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0, dtype=int))
    assert np.isfinite(found.prior).all()
