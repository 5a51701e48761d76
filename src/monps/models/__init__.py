"""Score models: a frozen spec is fitted to a table of matches and then gives scoreline grids."""

from monps.models.base import FittedScoreModel, ScoreModel, read_fit
from monps.models.conway_maxwell import ConwayMaxwell
from monps.models.dixon_coles import DixonColes
from monps.models.poisson import Poisson

SCORE_MODELS: dict[str, type[ScoreModel]] = {
    model.name: model for model in (Poisson, DixonColes, ConwayMaxwell)
}
"""Every score model by its name."""


def load(payload: bytes) -> FittedScoreModel:
    """Read a fit that ``FittedScoreModel.to_bytes`` wrote.

    Raises
    ------
    UsageError
        If it is of a model unknown here.
    """
    return read_fit(SCORE_MODELS, payload)


__all__ = ["SCORE_MODELS", "ConwayMaxwell", "DixonColes", "FittedScoreModel", "Poisson", "ScoreModel", "load"]
