"""Fixtures prove who is who, or that it cannot be so; too few prove nothing."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.domain.identity import PlayedFixture
from monps.services.identity.evidence import agreement, proven, results_of

SEEDS = st.integers(0, 2**32 - 1)


def season(seed: int, teams: int = 10) -> list[PlayedFixture]:
    """Play a double round robin, half of the matches a day, with scores as they happen."""
    rng = np.random.default_rng(seed)
    pairs = [(h, a) for h in range(teams) for a in range(teams) if h != a]
    return [
        PlayedFixture(f"T{h}", f"T{a}", date(2022, 8, 6) + timedelta(days=7 * (place // 5)), int(x), int(y))
        for place, ((h, a), x, y) in enumerate(
            zip(
                rng.permutation(pairs),
                rng.poisson(1.5, len(pairs)),
                rng.poisson(1.1, len(pairs)),
                strict=True,
            )
        )
    ]


def renamed(fixtures, names, shift: int = 0):
    return [
        each._replace(home=names[each.home], away=names[each.away], day=each.day + timedelta(days=shift))
        for each in fixtures
    ]


@given(SEEDS, st.integers(-1, 1))
def test_a_whole_season_under_numbers_tells_teams_and_none_wrongly(seed: int, shift: int) -> None:
    fixtures, rng = season(seed), np.random.default_rng(seed)
    names = dict(zip([f"T{n}" for n in range(10)], map(str, rng.permutation(10) + 1), strict=True))
    known, told = results_of(fixtures), results_of(renamed(fixtures, names, shift))
    found = {team: proven(told[name], known) for team, name in names.items()}
    assert all(each is None or each[0] == team for team, each in found.items())
    assert sum(each is not None for each in found.values()) >= 7


@given(SEEDS)
def test_another_leagues_results_prove_nothing(seed: int) -> None:
    told, known = results_of(season(seed)), results_of(season(seed + 1))
    assert all(proven(results, known) is None for results in told.values())


@given(SEEDS, st.integers(0, 4))
def test_four_results_prove_nothing_however_well_they_fit(seed: int, few: int) -> None:
    known = results_of(season(seed))
    assert proven(known["T0"][:few], known) is None


@given(SEEDS)
def test_one_team_under_another_teams_name_is_contradicted(seed: int) -> None:
    known = results_of(season(seed))
    assert agreement(known["T3"], known["T4"]).contradicts
    assert not agreement(known["T3"], known["T3"]).contradicts


def test_two_results_contradict_nothing() -> None:
    known = results_of(season(1))
    assert not agreement(known["T3"][:2], known["T4"]).contradicts


def test_what_lies_beyond_all_that_is_known_is_not_compared() -> None:
    known = results_of(season(2))
    half = sorted(known["T0"], key=lambda result: result.day)[:9]
    assert str(agreement(known["T0"], half)) == "9 of 9 results coincide"


def test_matches_to_come_are_no_results() -> None:
    assert results_of([PlayedFixture("A", "B", date(2022, 8, 6), None, None)]) == {}
    assert agreement([], []).share == 0


@pytest.mark.parametrize("candidates", [{}, {"T0": []}])
def test_without_candidates_nothing_is_proven(candidates) -> None:
    assert proven(results_of(season(3))["T0"], candidates) is None
