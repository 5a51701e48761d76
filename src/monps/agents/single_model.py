"""One score model on its own, refitted every morning."""

from monps.agents.base import Agent, Forecast, History
from monps.models import DixonColes, ScoreModel
from monps.numerics.checks import Bools


class SingleModel(Agent):
    """Forecasts with one score model's strengths, the scores scattering as Dixon and Coles's do.

    Parameters
    ----------
    model : ScoreModel
        The recipe.
    """

    model: ScoreModel = DixonColes()

    @property
    def name(self) -> str:
        """The model's."""
        return self.model.name

    def replay(self, history: History, wanted: Bools) -> Forecast:
        """Walk the strengths through every morning."""
        walked = self.model.walk(history.matches, wanted)
        return Forecast(walked.home, walked.away, walked.rho, refits=walked.refits)
