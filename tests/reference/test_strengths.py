"""Fits against numbers that two independent programs agree on, where the real data is there.

Premier League, all matches alike, no prior, factorials included: a general optimiser on the model of Maher
(1982), and on that of Dixon & Coles (1997) with ρ free, to five decimals.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from monps.models import DixonColes, FittedScoreModel, Poisson
from monps.tables.matches import MatchTable

PLAIN = {"half_life_days": None, "ridge": 0.0}
SEASONS = {"2021/22": ("2122",), "2022/23": ("2223",), "2020/21–2022/23": ("2021", "2122", "2223")}
POISSON = {"2021/22": -1074.96667, "2022/23": -1099.12234, "2020/21–2022/23": -3335.39626}
DIXON_COLES = {"2022/23": -1098.77012, "2020/21–2022/23": -3335.37632}
COLUMNS = {"HomeTeam": "home", "AwayTeam": "away", "FTHG": "home_goals", "FTAG": "away_goals"}


def premier_league(data_dir: Path, seasons: tuple[str, ...]) -> MatchTable:
    frames = [pl.read_csv(data_dir / "football-data" / season / "E0.csv") for season in seasons]
    kickoff = pl.col("Date").str.to_datetime("%d/%m/%Y", time_zone="UTC")
    return MatchTable.from_dataframe(
        pl.concat(
            frame.select(
                pl.lit("E0").alias("competition"),
                pl.lit(2000 + int(season[:2])).alias("season"),
                kickoff.alias("kickoff"),
                (kickoff + pl.duration(days=1)).alias("known_at"),
                *(pl.col(theirs).alias(ours) for theirs, ours in COLUMNS.items()),
            )
            for season, frame in zip(seasons, frames, strict=True)
        )
    )


def assert_found(fitted: FittedScoreModel, log_likelihood: float) -> None:
    assert fitted.report.converged
    assert fitted.report.log_likelihood == pytest.approx(log_likelihood, abs=5.1e-6)


@pytest.mark.parametrize("span", POISSON)
def test_independent_poisson(data_dir: Path, span: str) -> None:
    assert_found(Poisson(**PLAIN).fit(premier_league(data_dir, SEASONS[span])), POISSON[span])


@pytest.mark.parametrize("span", DIXON_COLES)
def test_dixon_coles_jointly(data_dir: Path, span: str) -> None:
    fitted = DixonColes(**PLAIN).fit(premier_league(data_dir, SEASONS[span]))
    assert_found(fitted, DIXON_COLES[span])
    if span == "2022/23":
        assert fitted.shape["rho"] == pytest.approx(0.0595, abs=5e-5)


def test_grids_of_a_real_league_sum_to_one_with_their_tails(data_dir: Path) -> None:
    fitted = DixonColes(**PLAIN).fit(premier_league(data_dir, ("2223",)))
    names = list(fitted.teams.names)
    grid = fitted.grid(names, names[1:] + names[:1])
    np.testing.assert_allclose(grid.probabilities.sum(axis=(1, 2)) + grid.tail, 1.0, atol=1e-13)


FIT = """
import numpy as np
import sys
from monps.models import DixonColes
from monps.ratings.walk import walk
sys.path.insert(0, sys.argv[1])
import random_leagues
table = random_leagues.league_table(np.random.default_rng(61), teams=20, competitions=("A1",))
wanted = table.column("season") == 2022
walked = walk(table, DixonColes(), wanted)
fitted = DixonColes().fit(table)
sys.stdout.buffer.write(np.concatenate([walked.home[wanted], walked.rho[wanted], fitted.strengths.parameters,
                                        fitted.covariance.ravel()]).tobytes())
"""


def with_threads(count: int) -> np.ndarray:
    """Fit in a process of its own, whose linear algebra may use so many threads."""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    done = subprocess.run(
        [sys.executable, "-c", FIT, str(Path(__file__).parents[1])],
        env={**os.environ, **dict.fromkeys(names, str(count))},
        capture_output=True,
        check=True,
    )
    return np.frombuffer(done.stdout)


def test_the_number_of_threads_does_not_matter() -> None:
    alone = with_threads(1)
    assert len(alone) > 2000
    for count in (2, 16):
        np.testing.assert_allclose(with_threads(count), alone, rtol=1e-10, atol=1e-10)
