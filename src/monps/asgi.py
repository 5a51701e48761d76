"""The whole site as one ASGI application: the API, and the dashboard beside it."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from monps import bootstrap
from monps.api.forecasting import forecaster
from monps.api.gate import Gate
from monps.api.main import create_app, create_service
from monps.api.shown import Desk
from monps.services.demo import fill_dashboard
from monps.services.predict_round import Asking
from monps.services.predictions import Rules, Sender
from monps.services.submit import Make
from monps.web.dashboard import dashboard

if TYPE_CHECKING:
    from monps.api.authentication import Caller
    from monps.bootstrap import Application

API = "/api/"
SAFE = {"GET", "HEAD", "OPTIONS"}


class Site:
    """Sends requests to the API or to the dashboard, by their path; it stands behind the gate.

    Parameters
    ----------
    api, dashboard : ASGIApp
        The two; the API's lifespan is that of both.
    """

    def __init__(self, api: ASGIApp, dashboard: ASGIApp) -> None:
        self.api, self.dashboard = api, dashboard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["path"].startswith(API):
            await self.api(scope, receive, send)
            return
        caller: Caller = scope["state"]["caller"]
        caller.require("read" if scope["method"] in SAFE else "predict")
        await self.dashboard(scope, receive, send)


def create() -> ASGIApp:
    """Return the site as the environment sets it; what ``uvicorn --factory monps.asgi:create`` runs."""
    application = bootstrap.application()
    return site(application, forecaster(application))


def create_demo() -> ASGIApp:
    """Return the site of the last demonstration, which fills while it is looked at.

    ``monps demo --serve`` runs it: a thread predicts the next round and queues backtests.
    """
    application = bootstrap.application().demonstrated()
    make, settings = forecaster(application), application.settings
    rules = Rules(timedelta(days=settings.max_prediction_days), settings.min_confidence_threshold)
    asking = Asking(make, rules, Sender("demo"), application.clock.now())
    filling = Thread(target=fill_dashboard, args=(application.open_work, asking), name="filling", daemon=True)
    filling.start()
    return site(application, make, is_filling=filling.is_alive)


def site(application: "Application", make: Make, is_filling: Callable[[], bool] = lambda: False) -> ASGIApp:
    """Return the site of an application.

    Parameters
    ----------
    application : Application
        The store, the clock and the settings.
    make : callable
        Asks the brain for a prediction.
    is_filling : callable
        Whether forecasts are being made that pages are to wait for.
    """
    service = create_service(application, make)
    api: ASGIApp = create_app(service)
    if not application.settings.telemetry:  # which looks at what passes through the framework
        api = Desk(api, service.reader, service.lister)
    gate: ASGIApp = Gate(Site(api, dashboard(application, make, is_filling)), service)
    if origins := application.settings.cors_origins:
        gate = CORSMiddleware(
            gate,
            allow_origins=origins,
            allow_methods=("GET", "POST", "PUT"),
            allow_headers=("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"),
            expose_headers=("ETag", "Location", "Warning", "X-Request-ID"),
        )
    return gate
