import os
import pickle
import subprocess
import sys

import pytest

from histories import simulated
from monps.agents import BaseRate, SingleModel
from monps.backtest import evaluate
from monps.backtest.task import BacktestTask, code_version
from monps.brain import FORECASTERS
from monps.domain.evaluation import Scorecard
from monps.domain.identifiers import Season
from monps.errors import UsageError
from monps.models import DixonColes

HASHES = """
from monps.backtest.task import BacktestTask
from monps.brain import FORECASTERS
from monps.domain.identifiers import Season
for name, agent in FORECASTERS.items():
    season = Season(start=2020)
    print(BacktestTask(
        forecaster=name, agent=agent, competition="E0", season=season, history="h", code="c").digest)
"""


def task(**other):
    usual = {"forecaster": "base_rate", "agent": BaseRate(), "competition": "SIM1", "history": "h"}
    newest = int(simulated().matches.column("season").max())
    return BacktestTask(**{**usual, "season": Season(start=newest), "code": code_version(), **other})


def test_whatever_decides_the_result_is_in_the_hash():
    others = [
        task(),
        task(forecaster="other"),
        task(agent=SingleModel(model=DixonColes())),
        task(agent=SingleModel(model=DixonColes(half_life_days=100.0))),
        task(agent=SingleModel(model=DixonColes(half_life_days=100.00000000000001))),
        task(competition="SIM2"),
        task(season=Season(start=1999)),
        task(history="other"),
        task(code="other"),
    ]
    assert len({each.digest for each in others}) == len(others)


def test_no_two_forecasters_share_a_hash():
    digests = {task(agent=agent).digest for agent in FORECASTERS.values()}
    assert len(digests) == len(FORECASTERS)


@pytest.mark.parametrize("name", FORECASTERS)
def test_a_task_survives_the_journey(name):
    sent = task(forecaster=name, agent=FORECASTERS[name])
    assert pickle.loads(pickle.dumps(sent)).digest == sent.digest  # noqa: S301 - our own


def test_a_hash_is_the_same_in_every_process():
    printed = [
        subprocess.run(
            [sys.executable, "-c", HASHES],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for seed in ("1", "2")
    ]
    assert printed[0] == printed[1]
    assert len(set(printed[0])) == len(FORECASTERS)


def test_it_finds_what_a_backtest_finds():
    history, asked = simulated(), task()
    table = history.matches
    wanted = (table.column("season") == asked.season.start) & (
        table.frame["competition"] == "SIM1"
    ).to_numpy()
    found, expected = asked.run(history), evaluate(history, BaseRate(), wanted)
    assert found.card == Scorecard(**{name: getattr(expected, name) for name in Scorecard.model_fields})
    assert (found.wanted, found.abstained, found.refits) == (wanted.sum(), 0, expected.refits)
    assert (found.task, found.spec) == (asked.digest, "BaseRate(half_life_days=390.0)")


def test_running_it_again_changes_nothing():
    assert task().run(simulated()) == task().run(simulated())


@pytest.mark.parametrize(
    "other", [{"season": Season(start=1950)}, {"competition": "E9"}], ids=["season", "competition"]
)
def test_too_little_to_judge_is_an_answer(other):
    found = task(**other).run(simulated())
    assert found.card is None
    assert found.refused.startswith("base_rate has forecasts of 0 of 0 matches, too few to judge")


def test_other_code_does_not_run_it():
    with pytest.raises(UsageError, match="another version"):
        task(code="of yesterday").run(simulated())
