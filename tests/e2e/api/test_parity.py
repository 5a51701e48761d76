"""What can be done over HTTP can be done from the command line, with the same answer."""

import orjson
import pytest
import typer
from typer.main import get_command

from monps.api.schema import api_routes
from monps.cli.app import app
from monps.services.keys import create_key

V1 = "/api/v1"
TWINS = {
    "POST /predictions/match": "predict",
    "GET /predictions": "predictions list",
    "GET /predictions/{prediction_id}": "predictions show",
    "PUT /predictions/{prediction_id}": "predictions overrule",
    "GET /predictions/{prediction_id}/markets": "predictions markets",
    "POST /predictions/{prediction_id}/scorers": "scorers",
    "GET /predictions/brain/health": "brain health",
    "GET /features/teams/{team}": "dna",
    "GET /features/matches/{match_id}": "features",
    "GET /features/friction": "friction",
    "POST /risk/position": "risk position",
    "POST /risk/portfolio": "risk portfolio",
    "POST /risk/var": "risk var",
    "POST /backtest": "backtest",
    "GET /backtest": "jobs list",
    "GET /backtest/{job_id}": "jobs show",
    "POST /backtest/{job_id}/cancel": "jobs cancel",
    "GET /audit": "audit list",
    "GET /audit/verify": "audit verify",
    "GET /audit/{event_id}": "audit show",
    "GET /health": "doctor",
    "GET /ready": "doctor",
    "GET /metrics": "doctor",
}
"""The command that does what a route does."""

FIXTURE = {
    "competition": "SIM1",
    "home": "Ashgrave",
    "away": "Barrowmere",
    "match_date": "2026-03-14T15:00:00Z",
}


def is_command(words):
    here = get_command(app)
    context = typer.Context(here, info_name="monps")
    for word in words.split():
        here = here.get_command(context, word)
        if here is None:
            return False
    return True


@pytest.mark.parametrize("route", sorted(f"{m} {r.path_format}" for r in api_routes() for m in r.methods))
def test_every_route_has_a_twin(route):
    assert is_command(TWINS[route]), f"`monps {TWINS[route]}` is missing"


@pytest.fixture
def both(serve_empty, empty, monkeypatch):  # noqa: ARG001 - it comes first, and sets another store
    """A service with something in it, and the command line on the same store."""
    client = serve_empty()
    monkeypatch.setenv("MONPS_DATABASE_URL", client.application.settings.database_url)
    application = client.application
    create_key(application.open_work, "desk", ["read"], now=application.clock.now())
    made = client.post(f"{V1}/predictions/match", json=FIXTURE).json()
    return client, made["prediction_id"]


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("/predictions", "predictions list --json"),
        ("/predictions/NUMBER", "predictions show NUMBER"),
        ("/predictions/NUMBER/markets", "predictions markets NUMBER --json"),
        ("/backtest", "jobs list --json"),
        ("/audit", "audit list --json"),
        ("/audit/1", "audit show 1 --json"),
        ("/audit/verify", "audit verify --json"),
    ],
)
def test_both_doors_answer_the_same(both, empty, path, command):
    client, number = both
    over_http = client.get(V1 + path.replace("NUMBER", number))
    assert over_http.status_code == 200
    said = empty(*command.replace("NUMBER", number).split())
    assert said.status == 0, said.err
    assert orjson.loads(said.out) == over_http.json()
