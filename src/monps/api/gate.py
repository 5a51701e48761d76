"""What every request passes before any route sees it: its name, size, key and number; and what it leaves.

A plain ASGI application: each layer of Starlette's middleware would cost as much as all of this together.
"""

import re
import secrets
import time
from typing import Any

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monps import __version__
from monps.api.answers import PREFIX
from monps.api.authentication import LOCAL, Caller, secret_in
from monps.api.errors import MisdirectedError, TooLargeError, UnauthorizedError, log_failure, problem_response
from monps.api.state import Service
from monps.services.serve import is_loopback

_log = structlog.get_logger()

PROBES = {f"/{name}": f"{PREFIX}/{name}" for name in ("health", "ready", "metrics")}
"""Where probes ask when nobody told them of the prefix."""

HEALTH = f'{{"status":"alive","version":"{__version__}"}}'.encode()

HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
}
_UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
_REQUEST_ID = re.compile(rb"^[A-Za-z0-9._-]{1,64}$")
_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
_RAW_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_USUAL_HEADERS = [*_RAW_HEADERS, (b"cache-control", b"no-store")]
_HEALTH_START: Message = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(HEALTH)).encode()),
        (b"cache-control", b"no-store"),
        *_RAW_HEADERS,
    ],
}


class Gate:
    """Lets requests in, and writes down how they were answered.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    service : Service
        Keys, limits, measurements and settings.
    """

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app, self.service = app, service
        settings = service.application.settings
        self._keys_required, self._most_bytes = settings.api_keys_required, settings.max_request_bytes
        self._hosts = frozenset(settings.allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["path"] = path = PROBES.get(scope["path"], scope["path"])
        if path == f"{PREFIX}/health" and scope["method"] == "GET":
            await send(_HEALTH_START)
            await send({"type": "http.response.body", "body": HEALTH})
            return
        await _Passage(self, scope, receive, send).run()

    def check_host(self, scope: Scope, headers: dict[bytes, bytes]) -> None:
        """Refuse a request that is addressed to another name: a page elsewhere may have been led here.

        Raises
        ------
        MisdirectedError
            If the name is none of those allowed; on this machine, none of its own.
        """
        name = _name_of(headers.get(b"host", b"").decode("latin-1"))
        allowed = self._hosts or (_LOOPBACK_NAMES if is_loopback(_address(scope, "server")) else None)
        if allowed is not None and name not in allowed:
            raise MisdirectedError(f"this service is not called {name!r}; MONPS_ALLOWED_HOSTS says how it is")

    async def caller_of(self, scope: Scope, headers: dict[bytes, bytes]) -> Caller:
        """Return who asks.

        Raises
        ------
        UnauthorizedError
            If a key is needed and there is none that opens anything.
        """
        secret = secret_in(headers)
        if secret is not None:
            ring = self.service.keys
            key = ring.remembered(secret)
            if key is None:
                key = await run_in_threadpool(ring.find, secret)
            return Caller(key.name, key)
        if self._keys_required or not is_loopback(_address(scope, "server")):
            raise UnauthorizedError("send a key: `Authorization: Bearer KEY`; `monps keys create` makes one")
        return LOCAL

    def check_size(self, headers: dict[bytes, bytes]) -> None:
        """Refuse a request that says that it is too large.

        Raises
        ------
        TooLargeError
            Saying what is accepted.
        """
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self._most_bytes:
            raise self.too_large()

    def too_large(self) -> TooLargeError:
        """Say what is accepted."""
        return TooLargeError(f"a request may have {self._most_bytes} bytes")

    def left(self, body: Message, read: int) -> int:
        """Count what was read of a body.

        Raises
        ------
        TooLargeError
            If that is too much.
        """
        total = read + len(body.get("body", b""))
        if total > self._most_bytes:
            raise self.too_large()
        return total


class _Passage:
    """One request on its way through."""

    def __init__(self, gate: Gate, scope: Scope, receive: Receive, send: Send) -> None:
        self.gate, self.scope, self._receive, self._send = gate, scope, receive, send
        self.begun = time.perf_counter()
        self.headers = dict(scope["headers"])
        self.status, self.read = 0, 0
        self.request_id = _request_id(self.headers)

    async def run(self) -> None:
        """Check, pass on, and measure."""
        self.scope.setdefault("state", {})["request_id"] = self.request_id
        structlog.contextvars.bind_contextvars(request_id=self.request_id)
        try:
            await self._admit()
            await self.gate.app(self.scope, self.receive, self.send)
        except Exception as error:  # noqa: BLE001 - the one place where the service catches all
            await self._explain(error)
        self._measure()

    async def _admit(self) -> None:
        gate, scope = self.gate, self.scope
        gate.check_host(scope, self.headers)
        gate.check_size(self.headers)
        caller = await gate.caller_of(scope, self.headers)
        who = caller.name if caller.key else _address(scope, "client")
        gate.service.limits.count(who, writes=scope["method"] in _UNSAFE)
        scope["state"]["caller"] = caller

    async def receive(self) -> Message:
        """Read on, and count."""
        message = await self._receive()
        self.read = self.gate.left(message, self.read)
        return message

    async def send(self, message: Message) -> None:
        """Add what every answer carries."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message["headers"])
            present = {name for name, _ in headers}
            headers.append((b"x-request-id", self.request_id.encode()))
            headers += [pair for pair in _USUAL_HEADERS if pair[0] not in present]
            message["headers"] = headers
        await self._send(message)

    async def _explain(self, error: Exception) -> None:
        """Answer what no route answered; an error that was answered already is only passed by."""
        if self.status:
            return
        log_failure(self.scope["path"], error)
        response = problem_response(self.scope, error)
        await response(self.scope, self._receive, self.send)

    def _measure(self) -> None:
        seconds = time.perf_counter() - self.begun
        method, route = self.scope["method"], getattr(self.scope.get("route"), "path", "other")
        self.gate.service.measurements.took(method, route, self.status, seconds)
        _log.info(
            "answered",
            method=method,
            path=self.scope["path"],
            status=self.status,
            milliseconds=round(1000 * seconds, 2),
        )


def _request_id(headers: dict[bytes, bytes]) -> str:
    """Return the number that a request brings, if it is a modest one, or a new one."""
    brought = headers.get(b"x-request-id", b"")
    return brought.decode() if _REQUEST_ID.match(brought) else secrets.token_hex(8)


def _name_of(host: str) -> str:
    """Return the host without its port.

    Examples
    --------
    >>> _name_of("localhost:8000"), _name_of("[::1]:8000"), _name_of("127.0.0.1")
    ('localhost', '::1', '127.0.0.1')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _address(scope: Scope, side: str) -> str:
    pair: Any = scope.get(side)
    return str(pair[0]) if pair else ""
