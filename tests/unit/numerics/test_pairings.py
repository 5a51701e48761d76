from dataclasses import fields

import numpy as np
import pytest

import strength_problems as problems
from monps.numerics.pairings import LOW_SCORES, Pairings, Responses, gather

TEAMS = 4


@pytest.fixture
def matches() -> Responses:
    return problems.played(np.random.default_rng(5), 70, TEAMS)


def as_arrays(sums: Pairings) -> list[np.ndarray]:
    return [sums.played, sums.home, sums.away, sums.low]


def assert_same(one: Pairings, other: Pairings) -> None:
    for a, b in zip(as_arrays(one), as_arrays(other), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-12)


def test_gather_sums_match_by_match(matches: Responses) -> None:
    sums = gather(matches, TEAMS)
    expected = Pairings.zeros(1, TEAMS)
    for row in range(len(matches.host)):
        i, j, w = matches.host[row], matches.guest[row], matches.weights[row]
        expected.played[0, i, j] += w
        expected.home[0, i, j] += w * matches.home[row]
        expected.away[0, i, j] += w * matches.away[row]
        score = matches.home_goals[row], matches.away_goals[row]
        if score in LOW_SCORES:
            expected.low[LOW_SCORES.index(score), 0, i, j] += w
    assert_same(sums, expected)


def test_gather_keeps_problems_apart(matches: Responses) -> None:
    problem = np.random.default_rng(6).integers(0, 3, 70)
    together = gather(matches, TEAMS, problem, problems=3)
    for number in range(3):
        alone = gather(matches.where(problem == number), TEAMS)
        assert_same(
            alone,
            Pairings(
                together.played[[number]],
                together.home[[number]],
                together.away[[number]],
                together.low[:, [number]],
            ),
        )


def test_sums_of_parts_add_up(matches: Responses) -> None:
    first = np.arange(70) < 30
    parts = gather(matches.where(first), TEAMS).plus(gather(matches.where(~first), TEAMS))
    assert_same(parts, gather(matches, TEAMS))


def test_decay_is_a_change_of_weights(matches: Responses) -> None:
    halved = Responses(
        *(getattr(matches, f.name) for f in fields(Responses)[:-1]), weights=matches.weights / 2
    )
    assert_same(gather(matches, TEAMS).decayed(np.array([0.5])), gather(halved, TEAMS))


def test_first_keeps_the_first_problems(matches: Responses) -> None:
    problem = np.arange(70) % 3
    whole = gather(matches, TEAMS, problem, problems=3)
    early = problem < 2
    assert_same(whole.first(2), gather(matches.where(early), TEAMS, problem[early], problems=2))


def test_no_match_sums_to_nothing() -> None:
    none = problems.played(np.random.default_rng(0), 3, TEAMS).where(np.zeros(3, dtype=bool))
    assert_same(gather(none, TEAMS), Pairings.zeros(1, TEAMS))
