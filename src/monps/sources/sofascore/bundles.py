"""The answers about one event put together: only one of them says who played."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from monps.ports.source import Payload

PARTS = ("event", "statistics", "home", "away", "confirmed", "shotmap")
"""What an answer may hold: the event; its statistics; both line-ups; the shots."""

_IN_ADDRESS = re.compile(r"/event/(\d+)")
_IN_NAME = re.compile(r"(?<!\d)(\d{6,})(?!\d)")

Json = dict[str, Any]


def body_of(document: Any) -> Json:
    """Return what an answer says: itself, or what a recorder put around it says it was.

    Examples
    --------
    >>> body_of({"url": "…/event/1/shotmap", "status": 200, "body": {"shotmap": []}})
    {'shotmap': []}
    """
    if not isinstance(document, dict):
        return {}
    body = document.get("body")
    return body if isinstance(body, dict) and "url" in document else document


def bundled(payloads: Iterable[Payload]) -> Iterator[Payload]:
    """Put payloads about the same event together, under the name of the first of them.

    One that is no JSON, or of no event that can be told, is passed on as it is.
    """
    groups: dict[object, list[Payload]] = {}
    for payload in payloads:
        number = _event_number(payload)
        groups.setdefault(payload.name if number is None else number, []).append(payload)
    for group in groups.values():
        yield group[0] if len(group) == 1 else _together(group)


def _together(group: list[Payload]) -> Payload:
    bodies = [body_of(orjson.loads(payload.content)) for payload in group]
    whole = {part: body[part] for body in bodies for part in PARTS if part in body}
    names = " + ".join(payload.name for payload in group)
    return group[0]._replace(name=names, content=orjson.dumps(whole))


def _event_number(payload: Payload) -> int | None:
    if payload.fault is not None:
        return None
    try:
        document = orjson.loads(payload.content)
    except orjson.JSONDecodeError:
        return None
    event = body_of(document).get("event")
    if isinstance(event, dict) and isinstance(event.get("id"), int):
        return int(event["id"])
    address = document.get("url") if isinstance(document, dict) else None
    found = _IN_ADDRESS.search(address) if isinstance(address, str) else _IN_NAME.search(payload.name)
    return int(found[1]) if found else None
