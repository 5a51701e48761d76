"""The service as a client meets it, with a brain that thinks the same of every fixture."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from fakes import FakeClock
from monps import asgi
from monps.api.gate import Gate
from monps.bootstrap import Application
from monps.domain.predictions import EnsemblePrediction, ForecastRequest
from monps.services.consult import Answer
from monps.services.submit import Make
from monps.settings import Settings
from opinions import ensemble_prediction

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather have another client, which is not pinned here
    from starlette.testclient import TestClient

V1 = "/api/v1"
LOCAL = ("127.0.0.1", 50_000)


@dataclass
class FakeBrain:
    """Thinks the same of every fixture, and counts how often it was asked."""

    clock: FakeClock
    asked: list[ForecastRequest] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)

    def __call__(self, requests: Sequence[ForecastRequest]) -> list[Answer]:
        return [Answer(request, self.think(request)) for request in requests]

    def think(self, request: ForecastRequest) -> EnsemblePrediction:
        """Predict one fixture."""
        self.asked.append(request)
        fixture = request.model_dump(include={"competition", "home", "away", "kickoff", "neutral"})
        seen = {"as_of": request.as_of or self.clock.now(), "computed_at": self.clock.now()}
        name = {"prediction_id": f"p-{len(self.asked)}", "match_id": None}
        return ensemble_prediction(**fixture | seen | name | self.changes)


@contextmanager
def client_of(
    application: Application, make: Make, base_url: str = "http://localhost"
) -> Iterator[TestClient]:
    """Run a service and ask it."""
    site = asgi.site(application, make)
    gate = site if isinstance(site, Gate) else site.app  # other origins are let in before the gate
    with TestClient(site, base_url, client=LOCAL, raise_server_exceptions=True) as client:
        client.application, client.service, client.brain = application, gate.service, make
        client.clock = application.clock
        yield client


def application_on(database_url: str, clock: FakeClock | None = None, **settings: Any) -> Application:
    """Put an application together without asking the environment."""
    usual = {"rate_limit": "off", "rate_limit_writes": "off", "warm_up": False}
    made = Settings(_env_file=None, database_url=database_url, **usual | settings)
    return Application(made, clock or FakeClock())
