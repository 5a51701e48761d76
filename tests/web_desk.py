"""An application for the dashboard whose store is in memory."""

import warnings
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from fakes import FakeClock, FakeStore
from monps.brain import UnifiedBrain
from monps.domain.stakes import Limits
from monps.services.consult import Consultant
from monps.services.doctor import Machine
from monps.services.keeper import Keeper
from monps.web.dashboard import dashboard

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather have another client, which is not pinned here
    from starlette.testclient import TestClient


def client_of(desk: Any, **more: Any) -> TestClient:
    """Return a client of the dashboard of an application, which follows no redirect by itself."""
    return TestClient(dashboard(desk, **more), follow_redirects=False)


class FakeDatabase:
    """A database that is as it should be."""

    url, is_sqlite = "sqlite:///fake", True

    def current(self) -> str:
        """Return the newest migration."""
        return "0001"

    head = current


@dataclass
class FakeDesk:
    """What ``bootstrap.Application`` is to pages."""

    open_work: FakeStore
    clock: FakeClock
    freshness: timedelta = timedelta(days=10)
    database: Any = field(default_factory=FakeDatabase)
    settings: Any = field(default_factory=SimpleNamespace)
    limits: Limits = field(default_factory=Limits)

    @property
    def consultant(self) -> Consultant:
        """Who asks the brain."""
        return Consultant(self.open_work, Keeper(UnifiedBrain()), self.clock, self.freshness)

    def machine(self) -> Machine:
        """Look at a machine without faults."""
        return Machine((3, 11, 7), (3, 51, 3), 10**12)
