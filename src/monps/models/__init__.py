"""Score models: a frozen spec is fitted to a table of matches and then gives scoreline grids."""

from monps.models.base import FittedScoreModel, ScoreModel, read_fit
from monps.models.bivariate_poisson import BivariatePoisson
from monps.models.conway_maxwell import ConwayMaxwell
from monps.models.dixon_coles import DixonColes
from monps.models.negative_binomial import NegativeBinomial
from monps.models.poisson import Poisson
from monps.models.score_driven import ScoreDriven
from monps.models.weibull_copula import WeibullCopula
from monps.models.zero_inflated import ZeroInflatedPoisson

SCORE_MODELS: dict[str, type[ScoreModel]] = {
    model.name: model
    for model in (
        Poisson,
        DixonColes,
        ConwayMaxwell,
        BivariatePoisson,
        NegativeBinomial,
        ZeroInflatedPoisson,
        WeibullCopula,
        ScoreDriven,
    )
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


__all__ = [
    "SCORE_MODELS",
    "BivariatePoisson",
    "ConwayMaxwell",
    "DixonColes",
    "FittedScoreModel",
    "NegativeBinomial",
    "Poisson",
    "ScoreDriven",
    "ScoreModel",
    "WeibullCopula",
    "ZeroInflatedPoisson",
    "load",
]
