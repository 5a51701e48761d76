"""The one polite HTTP client."""

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import structlog

from monps.errors import SourceError, UsageError
from monps.ports.clock import Clock
from monps.ports.source import Payload, Request
from monps.sources._http import Http, new_client
from monps.sources._looks import is_challenge
from monps.sources._pace import Pace
from monps.sources._robots import Robots
from monps.sources._store import Entry, Kept, PayloadStore

_log = structlog.get_logger()

_INTERVAL = timedelta(seconds=2)
_SLOW_HOSTS = {"fbref.com": timedelta(seconds=6.5)}
"""Hosts that ask for more patience on their pages than in their robots.txt: FBref, ten requests a minute."""

_MAX_AGE = timedelta(hours=6)
_DATA_SUFFIXES = (".csv", ".json", ".gz", ".zip", ".xlsx")
_BY_HAND = "download it by hand and read the file with `monps ingest`"


class PoliteFetcher:
    """Fetches payloads one at a time, no faster than a host likes, and no more often than needed.

    It says who it is, does what robots.txt says, waits between requests to a host, keeps what it got
    and asks only whether that has changed. It does not disguise itself and solves no challenge.

    Parameters
    ----------
    cache_dir : Path
        Where payloads are kept.
    clock : Clock
        Tells the time.
    client : httpx.Client, optional
        Connects; a test gives one that does not.
    sleep : callable
        Waits for some seconds.
    interval : timedelta
        The least time between two requests to one host; a longer ``Crawl-delay`` goes before it.
    max_age : timedelta
        A payload fetched or confirmed less long ago is not asked for again.
    """

    def __init__(
        self,
        cache_dir: Path,
        clock: Clock,
        *,
        client: httpx.Client | None = None,
        sleep: Callable[[float], object] = time.sleep,
        interval: timedelta = _INTERVAL,
        max_age: timedelta = _MAX_AGE,
    ) -> None:
        self._clock, self._interval, self._max_age = clock, interval, max_age
        self._store = PayloadStore(cache_dir)
        self._pace = Pace(clock, sleep)
        self._http = Http(client or new_client(), clock, self._pause)
        self._robots = Robots(lambda url: self._http.get(url, {}))

    def fetch(self, request: Request) -> Payload:
        """Return the payload: from the cache where that is fresh, or (``stale``) where one cannot ask.

        Raises
        ------
        UsageError
            If the address is none of the web.
        SourceError
            If the provider cannot be reached and no copy is kept, if it refuses, or if robots.txt
            forbids to read this.
        """
        _require_address(request.url)
        kept = self._store.find(request.url)
        if kept and self._clock.now() - kept.entry.fetched_at < self._max_age:
            return Payload(request.name, kept.content)
        try:
            response = self._ask(request, kept)
        except httpx.HTTPError as error:
            return _stand_in(request, kept, error)
        return Payload(request.name, self._accept(request, response, kept).content)

    def _ask(self, request: Request, kept: Kept | None) -> httpx.Response:
        url = request.url
        if not self._robots.allow(url):
            raise SourceError(f"the provider's robots.txt forbids programs to read {url}; {_BY_HAND}")
        return self._http.get(url, {**dict(request.headers), **(_conditions(kept.entry) if kept else {})})

    def _accept(self, request: Request, response: httpx.Response, kept: Kept | None) -> Kept:
        now, url = self._clock.now(), request.url
        if response.status_code == HTTPStatus.NOT_MODIFIED and kept:
            return self._store.touch(kept._replace(entry=kept.entry.model_copy(update={"fetched_at": now})))
        if complaint := _complaint(request, response):
            raise SourceError(complaint)
        entry = Entry(
            url=url,
            digest=hashlib.sha256(response.content).hexdigest(),
            fetched_at=now,
            etag=response.headers.get("ETag"),
            last_modified=response.headers.get("Last-Modified"),
        )
        return self._store.keep(entry, response.content)

    def _pause(self, host: str) -> None:
        slow = _SLOW_HOSTS.get(host.removeprefix("www."), timedelta())
        self._pace.wait(host, max(self._interval, self._robots.delay(host), slow))


def _require_address(url: str) -> None:
    try:
        httpx.URL(url)
        address = urlsplit(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise UsageError(f"{url!r} is no web address: {error}") from error
    if address.scheme not in ("http", "https") or not address.hostname:
        raise UsageError(f"{url!r} is no web address: it should begin with https://")


def _conditions(entry: Entry) -> dict[str, str]:
    headers = {"If-None-Match": entry.etag, "If-Modified-Since": entry.last_modified}
    return {name: value for name, value in headers.items() if value}


def _stand_in(request: Request, kept: Kept | None, error: httpx.HTTPError) -> Payload:
    reason = _reason(error)
    if kept is None:
        raise SourceError(
            f"{request.url} cannot be reached ({reason}) and no copy is kept; {_BY_HAND}"
        ) from error
    since = kept.entry.fetched_at.isoformat(timespec="minutes")
    _log.warning(
        "provider not reached, using the kept copy", url=request.url, kept_since=since, reason=reason
    )
    return Payload(request.name, kept.content, stale=True)


def _reason(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code} {error.response.reason_phrase}"
    return str(error) or type(error).__name__


def _complaint(request: Request, response: httpx.Response) -> str | None:
    """Say what is wrong with an answer, or None if it looks like the data that was asked for."""
    status, url = response.status_code, request.url
    if status == HTTPStatus.NOT_FOUND:
        return f"{url} does not exist: the provider has no such file, or not yet"
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return f"the provider refuses to give {url} to a program (HTTP {status}); {_BY_HAND}"
    if status != HTTPStatus.OK:
        return f"{url} was answered with HTTP {status} {response.reason_phrase}; {_BY_HAND}"
    return _complaint_of_content(request, response.content)


def _complaint_of_content(request: Request, content: bytes) -> str | None:
    """Say what is wrong with what came, however well it was answered."""
    start, url = content.lstrip()[:1], request.url
    if not start:
        return f"{url} was answered with nothing; try again later"
    if start == b"<" and is_challenge(content):
        return f"{url} was answered with a challenge, which a program does not solve; {_BY_HAND}"
    wants_data = httpx.URL(url).path.endswith(_DATA_SUFFIXES) or request.name.endswith(_DATA_SUFFIXES)
    if start == b"<" and wants_data:
        return f"{url} was answered with a web page instead of data; {_BY_HAND}"
    return None
