"""The brain behind the door."""

from typing import TYPE_CHECKING

from monps.domain.predictions import EnsemblePrediction, ForecastRequest
from monps.errors import UnifiedBrainError
from monps.services.predictions import Make

if TYPE_CHECKING:
    from monps.bootstrap import Application


def forecaster(_application: "Application") -> Make:
    """Return what asks the brain of an application."""

    def make(_request: ForecastRequest) -> EnsemblePrediction:
        raise UnifiedBrainError("the brain does not forecast live fixtures yet")

    return make
