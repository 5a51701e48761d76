"""One request, with bounded patience: what is worth asking again, and what is not."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import metadata

import httpx
import stamina

from monps import __version__
from monps.ports.clock import Clock

_ATTEMPTS = 3
_LONGEST_WAIT = timedelta(seconds=60)
_TIMEOUT_SECONDS = 30.0
_TRANSIENT = (httpx.NetworkError, httpx.TimeoutException, httpx.RemoteProtocolError)


def new_client() -> httpx.Client:
    """Make a client that follows redirects; it connects when it is first used."""
    return httpx.Client(timeout=_TIMEOUT_SECONDS, follow_redirects=True)


def user_agent() -> str:
    """Say who asks: the program, its version and, where the project has one, its page."""
    pages = [line.split(", ")[-1] for line in metadata("monps").get_all("Project-URL") or ()]
    return f"monps/{__version__} ({'+' + pages[0] if pages else 'football data reader'})"


class Http:
    """Asks for an address, and again where the fault is passing: no connection, a busy server.

    Parameters
    ----------
    client : httpx.Client
        Connects.
    clock : Clock
        Against which a ``Retry-After`` date is read.
    pause : callable
        Called with the host before every attempt; returns when the host may be asked.
    """

    def __init__(self, client: httpx.Client, clock: Clock, pause: Callable[[str], None]) -> None:
        self._client, self._clock, self._pause = client, clock, pause
        self._agent = user_agent()

    def get(self, url: str, headers: Mapping[str, str]) -> httpx.Response:
        """Return the answer, whatever its status but for a server that stays busy.

        Raises
        ------
        httpx.TransportError
            If there is no answer.
        httpx.HTTPStatusError
            If the server is still busy or broken (429, 5xx) at the last attempt.
        """
        host = httpx.URL(url).host
        for attempt in stamina.retry_context(
            on=self._patience, attempts=_ATTEMPTS, timeout=None, wait_initial=1.0
        ):
            with attempt:
                self._pause(host)
                response = self._client.get(url, headers={"User-Agent": self._agent, **headers})
                if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or response.is_server_error:
                    response.raise_for_status()
        return response

    def _patience(self, error: Exception) -> bool | timedelta:
        """How long to wait before asking again; False to give up."""
        if not isinstance(error, httpx.HTTPStatusError):
            return isinstance(error, _TRANSIENT)
        asked = self._retry_after(error.response.headers.get("Retry-After", ""))
        if asked is None:
            return True
        return asked if asked <= _LONGEST_WAIT else False

    def _retry_after(self, value: str) -> timedelta | None:
        if value.isdecimal():
            return timedelta(seconds=int(value))
        try:
            moment = parsedate_to_datetime(value)
        except ValueError:
            return None
        return max(moment - self._clock.now(), timedelta())
