"""What lives as long as the service does."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from monps.api.authentication import KeyRing
from monps.api.background import Worker
from monps.api.kept import Kept
from monps.api.limiting import Limits
from monps.api.listed import Lister
from monps.api.maker import Maker
from monps.api.measurements import Measurements
from monps.api.shown import Reader
from monps.api.warmth import Warmth
from monps.services.submit import Make

if TYPE_CHECKING:
    from monps.bootstrap import Application


@dataclass
class Service:
    """The application behind the door, and what the door itself keeps.

    Parameters
    ----------
    application : Application
        The store, the clock and the settings.
    keys : KeyRing
        Keys that were recognised lately.
    limits : Limits
        Who asked how often.
    measurements : Measurements
        What ``/metrics`` shows.
    started_at : datetime
        Since when it runs.
    make : callable
        Asks the brain for a prediction.
    worker : Worker, optional
        Who takes backtests, while the service runs.
    warmth : Warmth, optional
        Who prepares the brain, while the service runs.
    predictions : Kept
        Predictions that were asked for lately, as bytes.
    reader : Reader
        Who shows predictions.
    lister : Lister
        Who lists predictions.
    maker : Maker
        Who has predictions made, and keeps them, for all that wait.
    """

    application: "Application"
    keys: KeyRing
    limits: Limits
    measurements: Measurements
    started_at: datetime
    make: Make
    predictions: Kept
    reader: Reader
    lister: Lister
    maker: Maker
    worker: Worker | None = None
    warmth: Warmth | None = None

    def forget(self, entity_type: str, entity_id: str) -> None:
        """Forget what is remembered of one thing that changed."""
        if entity_type == "key":
            self.keys.forget()
        elif entity_type == "prediction":
            self.predictions.forget(entity_id)

    def forget_all(self) -> None:
        """Forget everything that is remembered."""
        self.keys.forget()
        self.predictions.forget_all()


class State(TypedDict):
    """What every request finds in its ``state``."""

    service: Service
