"""The service, put together."""

from datetime import timedelta
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI, Request, Response

from monps import __version__
from monps.api.answers import ALWAYS, PREFIX
from monps.api.authentication import KeyRing
from monps.api.dependencies import refuse_unknown_query
from monps.api.documentation import POLICY, page
from monps.api.errors import HANDLERS, problem_response
from monps.api.gauges import Gauges
from monps.api.kept import Kept
from monps.api.lifespan import lifespan
from monps.api.limiting import Limits
from monps.api.listed import Lister
from monps.api.maker import Maker
from monps.api.measurements import Measurements
from monps.api.routes import ROUTERS
from monps.api.schema import allowed_methods, describe
from monps.api.shown import Reader
from monps.api.state import Service
from monps.api.telemetry import trace_requests
from monps.services.predictions import Rules
from monps.services.submit import Make

if TYPE_CHECKING:
    from monps.bootstrap import Application

DESCRIPTION = (
    "Football data into calibrated, coherent, explained and audited betting prices. "
    "Betting loses money on average: a probability is not a promise."
)


def create_service(application: "Application", make: Make) -> Service:
    """Return what the door keeps.

    Parameters
    ----------
    application : Application
        The store, the clock and the settings.
    make : callable
        Asks the brain for a prediction.
    """
    settings, open_work = application.settings, application.open_work
    kept = Kept(settings.answers_kept)
    rules = Rules(timedelta(days=settings.max_prediction_days), settings.min_confidence_threshold)
    return Service(
        application=application,
        keys=KeyRing(open_work),
        limits=Limits(settings.rate_limit, settings.rate_limit_writes),
        measurements=Measurements(Gauges(application)),
        started_at=application.clock.now(),
        make=make,
        predictions=kept,
        reader=Reader(open_work, kept),
        lister=Lister(open_work),
        maker=Maker(open_work, make, rules),
    )


def create_app(service: Service) -> FastAPI:
    """Return the API; nothing is opened before its lifespan begins.

    Parameters
    ----------
    service : Service
        What its routes ask.
    """
    app = FastAPI(
        title="monps",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan(service),
        exception_handlers=HANDLERS,
        redirect_slashes=False,
        swagger_ui_oauth2_redirect_url=None,
        separate_input_output_schemas=False,
    )
    for router in ROUTERS:
        app.include_router(
            router, prefix=PREFIX, dependencies=[Depends(refuse_unknown_query)], responses=ALWAYS
        )
    app.add_exception_handler(405, _not_done_here)
    for path in ("/api/docs", "/api/redoc"):
        app.add_route(path, _documentation, include_in_schema=False)
    if service.application.settings.telemetry:
        trace_requests(app)
    keys_required = service.application.settings.api_keys_required
    app.openapi = lambda: describe(app, keys_required=keys_required)  # type: ignore[method-assign]
    return app


async def _not_done_here(request: Request, error: Exception) -> Response:
    """Say what can be done at this address instead."""
    response = problem_response(request.scope, error)
    response.headers["allow"] = allowed_methods(request.url.path)
    return response


async def _documentation(request: Request) -> Response:
    """Show the schema to people."""
    app: FastAPI = request.app
    return Response(page(app.openapi()), headers={"content-security-policy": POLICY}, media_type="text/html")
