"""How answers are written, and how they are described in the schema."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from fastapi import Response
from pydantic import BaseModel

from monps.api.errors import PROBLEM, TITLES, Problem

JSON = "application/json"

PREFIX = "/api/v1"
"""With what the path of every route begins."""


def json_response(
    answer: BaseModel,
    *,
    status: int = 200,
    notes: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Write a noun as JSON; notes on how the request was read go into ``Warning`` headers (RFC 7234, 299)."""
    return raw_response(answer.model_dump_json().encode(), status=status, notes=notes, headers=headers)


def raw_response(
    content: bytes, *, status: int = 200, notes: Sequence[str] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with JSON that is written already."""
    return with_notes(Response(content, status, dict(headers or {}), media_type=JSON), notes)


def with_notes(response: Response, notes: Sequence[str]) -> Response:
    """Add notes on how the request was read."""
    for note in notes:
        response.headers.append("warning", f"299 monps {orjson.dumps(note).decode()}")
    return response


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the problems with which a route may answer."""
    schema = {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}
    return {status: {"description": TITLES[status], "content": {PROBLEM: schema}} for status in statuses}


ALWAYS = problems(401, 403, 421, 422, 429, 500, 503)
"""What any route may answer."""
