"""The OpenAPI schema: FastAPI's own, with the bodies that we read ourselves, and problems throughout."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from monps.api.answers import PREFIX
from monps.api.errors import Problem
from monps.api.routes import ROUTERS

_REFERENCE = "#/components/schemas/{model}"
_BEARER = {"type": "http", "scheme": "bearer", "description": "A key that `monps keys create` made."}


def describe(app: FastAPI, *, keys_required: bool) -> dict[str, Any]:
    """Return the schema, made once.

    Parameters
    ----------
    app : FastAPI
        Whose routes to describe.
    keys_required : bool
        Whether every request needs a key.
    """
    if app.openapi_schema is None:
        app.openapi_schema = _make(app, keys_required=keys_required)
    return app.openapi_schema


def _make(app: FastAPI, *, keys_required: bool) -> dict[str, Any]:
    made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    components = made.setdefault("components", {})
    bodies = dict(_bodies())
    models: set[type[BaseModel]] = {*bodies.values(), Problem}
    _, definitions = models_json_schema([(model, "validation") for model in models], ref_template=_REFERENCE)
    components.setdefault("schemas", {}).update(definitions["$defs"])
    for (path, method), model in bodies.items():
        reference = {"$ref": _REFERENCE.format(model=model.__name__)}
        made["paths"][path][method]["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": reference}},
        }
    if keys_required:
        components["securitySchemes"] = {"key": _BEARER}
        made["security"] = [{"key": []}]
        made["paths"][f"{PREFIX}/health"]["get"]["security"] = []
    return made


def _bodies() -> Iterator[tuple[tuple[str, str], type[BaseModel]]]:
    for route in api_routes():
        for model in _models(route.dependant):
            for method in route.methods or ():
                yield (PREFIX + route.path_format, method.lower()), model


def _models(dependant: Dependant) -> Iterator[type[BaseModel]]:
    for each in dependant.dependencies:
        if model := getattr(each.call, "model", None):
            yield model
        yield from _models(each)


def api_routes() -> Iterator[APIRoute]:
    """Yield every route, as the routers have them: without the prefix."""
    for router in ROUTERS:
        yield from (route for route in router.routes if isinstance(route, APIRoute))


def allowed_methods(path: str) -> str:
    """Return what can be done at an address, as ``Allow`` lists it; one with a name of its own comes first.

    Examples
    --------
    >>> allowed_methods("/api/v1/backtest"), allowed_methods("/api/v1/predictions/match")
    ('GET, POST', 'POST')
    """
    below = path.removeprefix(PREFIX)
    named = [route for route in api_routes() if route.path_format == below]
    here = named or [route for route in api_routes() if route.path_regex.match(below)]
    return ", ".join(sorted({method for route in here for method in route.methods or ()}))
