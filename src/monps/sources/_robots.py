"""What providers allow programs to read."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from urllib.robotparser import RobotFileParser

import httpx

_REFUSALS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
_AGENT = "monps"


class Robots:
    """The robots.txt of each host, read once.

    Parameters
    ----------
    ask : callable
        Returns the response to an address.
    """

    def __init__(self, ask: Callable[[str], httpx.Response]) -> None:
        self._ask = ask
        self._rules: dict[str, RobotFileParser] = {}

    def allow(self, url: str) -> bool:
        """Whether the host allows us to read this address; asks for its robots.txt if that is unread."""
        address = str(httpx.URL(url).copy_with(raw_path=b"/robots.txt", fragment=None))
        host = httpx.URL(url).host
        if host not in self._rules:
            self._rules[host] = _rules(self._ask(address))
        return self._rules[host].can_fetch(_AGENT, url)

    def delay(self, host: str) -> timedelta:
        """How long the host wants us to wait between two requests, as far as that is known."""
        rules = self._rules.get(host)
        seconds = rules.crawl_delay(_AGENT) if rules else None
        return timedelta(seconds=float(seconds or 0))


def _rules(response: httpx.Response) -> RobotFileParser:
    rules = RobotFileParser()
    if response.status_code in _REFUSALS:
        rules.parse(["User-agent: *", "Disallow: /"])
    else:
        rules.parse(response.text.splitlines() if response.is_success else [])
    return rules
