"""The brain behind the door."""

from typing import TYPE_CHECKING

from monps.services.submit import Make

if TYPE_CHECKING:
    from monps.bootstrap import Application


def forecaster(application: "Application") -> Make:
    """Return what asks the brain of an application."""
    return application.consultant.predict_all
