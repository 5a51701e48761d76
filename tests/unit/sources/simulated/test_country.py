import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from monps.errors import UnknownNameError, UsageError
from monps.sources.simulated import DIVISIONS, SimulatedCountry

SMALL = {"seasons": 2, "sizes": (8, 8)}


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, second = (dict(SimulatedCountry(seed=7, **SMALL).payloads()) for _ in range(2))
    assert first == second
    other = dict(SimulatedCountry(seed=8, **SMALL).payloads())
    assert other.keys() == first.keys()
    assert all(other[name] != content for name, content in first.items())


def digest(**given: object) -> str:
    payloads = SimulatedCountry(**given).payloads()
    return hashlib.sha256(b"".join(name.encode() + content for name, content in payloads)).hexdigest()


def test_an_older_processor_makes_the_same_bytes() -> None:
    code = "from test_country import SMALL, digest; print(digest(**SMALL))"
    older = {"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 X86_V3 AVX512F X86_V4", "OPENBLAS_CORETYPE": "Prescott"}
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent,
        env=os.environ | older,
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.strip() == digest(**SMALL)


def test_what_was_played_stays_as_it_was() -> None:
    early, late = (
        SimulatedCountry(until=until, **SMALL) for until in (date(2025, 11, 30), date(2026, 4, 30))
    )
    before, after = dict(early.payloads()), dict(late.payloads())
    for name, content in before.items():
        if name.endswith(".csv") and "fixtures" not in name:
            assert after[name].startswith(content)
    assert len(after["football-data/2526/SIM1.csv"]) > len(before["football-data/2526/SIM1.csv"])


def test_fixtures_are_played_with_the_odds_that_they_had() -> None:
    early = SimulatedCountry(until=date(2026, 3, 12), **SMALL)
    late = SimulatedCountry(until=date(2026, 3, 16), **SMALL)
    to_come = dict(early.payloads())["football-data/fixtures.csv"].decode().splitlines()[1:]
    played = dict(late.payloads())["football-data/2526/SIM1.csv"].decode().splitlines()
    for fixture in to_come[:3]:
        teams = ",".join(fixture.split(",")[:5])
        (row,) = (line for line in played if line.startswith(teams))
        first_price = 26
        assert (
            row.split(",")[first_price : first_price + 24]
            == fixture.split(",")[first_price : first_price + 24]
        )


def test_every_past_season_is_complete(country: SimulatedCountry) -> None:
    assert [each.competition for each in country.divisions] == [*DIVISIONS] * 6
    assert [len(each) for each in country.divisions] == [380, 462] * 6
    assert [each.played(country.until).all() for each in country.divisions] == [True] * 10 + [False] * 2


def test_three_go_up_and_three_come_down(country: SimulatedCountry) -> None:
    for start in range(2020, 2025):
        first, second = (set(country.season(code, start).home) for code in DIVISIONS)
        next_first, next_second = (set(country.season(code, start + 1).home) for code in DIVISIONS)
        assert not first & second
        assert len(next_first - first) == len(first - next_first) == 3
        assert next_first - first <= second
        assert first - next_first <= next_second
        assert len(next_second - first - second) == 3


def test_the_last_three_go_down() -> None:
    country = SimulatedCountry(**SMALL)
    before, after = (country.season("SIM1", start) for start in (2024, 2025))
    points = dict.fromkeys(before.home, 0)
    for home, away, result in zip(before.home, before.away, before.results.tolist(), strict=True):
        points[home] += (3, 1, 0)[result]
        points[away] += (0, 1, 3)[result]
    relegated, stayed = set(before.home) - set(after.home), set(before.home) & set(after.home)
    assert max(points[team] for team in relegated) <= min(points[team] for team in stayed)


def test_promoted_teams_are_weaker(country: SimulatedCountry) -> None:
    gaps = []
    for start in range(2021, 2026):
        division = country.season("SIM1", start)
        strength = (division.strengths.attack + division.strengths.defence).mean(axis=0)
        before = set(country.season("SIM1", start - 1).home)
        promoted = [division.clubs.names[club] not in before for club in np.unique(division.schedule.home)]
        values = strength[np.unique(division.schedule.home)]
        gaps.append(values[np.logical_not(promoted)].mean() - values[promoted].mean())
    assert 0.2 < np.mean(gaps) < 0.7


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_results_are_like_those_of_a_league(seed: int) -> None:
    country = SimulatedCountry(seed=seed)
    goals = np.concatenate([each.events.goals for each in country.divisions])
    home, draw, away = np.bincount(np.concatenate([each.results for each in country.divisions])) / len(goals)
    assert 2.55 < goals.sum(axis=1).mean() < 2.9
    assert 0.41 < home < 0.47
    assert 0.23 < draw < 0.28
    assert 0.27 < away < 0.34


def test_home_advantage_is_what_was_asked_for() -> None:
    for asked in (0.0, 0.3):
        country = SimulatedCountry(home_advantage=asked, seasons=3)
        home, away = np.concatenate([each.events.goals for each in country.divisions]).mean(axis=0)
        assert np.log(home / away) == pytest.approx(asked, abs=0.08)


def test_the_next_round_is_of_both_divisions(country: SimulatedCountry) -> None:
    fixtures = country.fixtures()
    assert {fixture.key.competition for fixture in fixtures} == set(DIVISIONS)
    assert len(fixtures) == 21
    sides = [name for fixture in fixtures for name in (fixture.key.home, fixture.key.away)]
    assert len(set(sides)) == len(sides)
    assert min(fixture.kickoff for fixture in fixtures).date() > country.until


@pytest.mark.parametrize(("until", "next_round"), [(date(2025, 6, 15), False), (date(2025, 7, 20), True)])
def test_between_seasons(until: date, *, next_round: bool) -> None:
    country = SimulatedCountry(until=until, **SMALL)
    names = [name for name, _ in country.payloads()]
    assert bool(country.fixtures()) is next_round
    assert ("football-data/fixtures.csv" in names) is next_round
    assert "football-data/2425/SIM1.csv" in names
    assert "football-data/2526/SIM1.csv" not in names


def test_files_are_written(tmp_path: Path) -> None:
    country = SimulatedCountry(**SMALL)
    written = country.write(tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in written] == [
        name for name, _ in country.payloads()
    ]
    assert all(
        path.read_bytes() == content for path, (_, content) in zip(written, country.payloads(), strict=True)
    )


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"seasons": 0}, {"sizes": (20, 21)}, {"sizes": (6, 20)}])
def test_impossible_countries_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        SimulatedCountry(**wrong)


def test_a_season_that_was_not_simulated_is_unknown() -> None:
    with pytest.raises(UnknownNameError, match="SIM1 2025"):
        SimulatedCountry(**SMALL).season("SIM1", 2001)
