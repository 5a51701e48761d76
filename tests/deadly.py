"""A forecaster that ends the process it runs in, once."""

import os
import signal
from pathlib import Path

from monps.agents import Agent, BaseRate, GridForecast, History
from monps.numerics.checks import Bools


class Deadly(Agent):
    """Forecasts as the base rate does, but the first process that asks is killed.

    Parameters
    ----------
    marker : Path
        A file that is there once a process was killed.
    """

    marker: Path

    @property
    def name(self) -> str:
        """What it is called."""
        return "deadly"

    def replay(self, history: History, wanted: Bools) -> GridForecast:
        """Kill or forecast."""
        try:
            self.marker.touch(exist_ok=False)
        except FileExistsError:
            return BaseRate().replay(history, wanted)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("a killed process does not go on")
