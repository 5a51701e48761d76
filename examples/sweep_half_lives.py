"""Compare variants of a forecaster over seasons, in two processes; what is finished is not run again."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import monps
from monps import bootstrap
from monps.agents import History, SingleModel
from monps.backtest.snapshot import pack
from monps.backtest.task import BacktestTask, code_version
from monps.domain.identifiers import Season
from monps.ratings.market_memory import with_implied_goals
from monps.services.sweep import Job, run_sweep
from monps.storage.shelf import Folder

HALF_LIVES = (60.0, 180.0, 390.0, 900.0)


def jobs() -> list[Job]:
    """Make a job of each half-life in each of the last two seasons of the simulated league."""
    country = monps.simulate(seed=1, seasons=5)
    packed = pack(History(with_implied_goals(country.matches, country.quotes), country.quotes))
    newest = int(country.matches.column("season").max())
    told = {"competition": "SIM1", "history": hashlib.sha256(packed).hexdigest(), "code": code_version()}
    return [
        Job(
            BacktestTask.model_validate(
                {
                    **told,
                    "forecaster": f"half-life {days:.0f} days",
                    "agent": SingleModel(model=monps.DixonColes(half_life_days=days)),
                    "season": Season(start=year),
                }
            ),
            packed,
        )
        for days in HALF_LIVES
        for year in (newest - 1, newest)
    ]


def main() -> None:
    """Run the sweep twice: the second time there is nothing left to do."""
    listed = jobs()
    with TemporaryDirectory() as folder:
        shelf, runner = Folder(Path(folder)), bootstrap.runner("processes", 2)
        found = run_sweep(listed, shelf, runner)
        again = run_sweep(listed, shelf, runner)
    for total in found.totals:
        print(f"{total.forecaster:20} n {total.n}   RPS {total.rps:.5f}   gap {total.rps_gap:+.5f}")
    print(f"run {found.run}, then {again.run}; the same results: {again.results == found.results}")


if __name__ == "__main__":
    main()
