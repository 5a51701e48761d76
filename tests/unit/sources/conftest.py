"""A provider who answers as it is told, and a fetcher that asks it without waiting."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import stamina

from fakes import FakeClock
from monps.sources._fetch import PoliteFetcher

Answer = Callable[[httpx.Request], httpx.Response]


class FakeProvider:
    """Answers each path as told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {
            "/robots.txt": lambda request: httpx.Response(404, request=request)
        }
        self.asked: list[httpx.Request] = []

    def answer(self, path: str, *responses: httpx.Response | Exception) -> None:
        """Give these answers in turn, the last one from then on."""
        left = list(responses)

        def reply(_: httpx.Request) -> httpx.Response:
            chosen = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(chosen, Exception):
                raise chosen
            return chosen

        self.answers[path] = reply

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answers[request.url.path](request)

    def paths(self) -> list[str]:
        """What was asked, in order, but for robots.txt."""
        return [request.url.path for request in self.asked if request.url.path != "/robots.txt"]


class Wait:
    """Sleeps by setting the clock forward."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock, self.slept = clock, list[float]()

    def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def wait(clock: FakeClock) -> Wait:
    return Wait(clock)


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider()


@pytest.fixture
def fetcher(tmp_path: Path, clock: FakeClock, wait: Wait, provider: FakeProvider) -> Iterator[PoliteFetcher]:
    client = httpx.Client(transport=httpx.MockTransport(provider), follow_redirects=True)
    with client, stamina.set_testing(testing=True, attempts=3):
        yield PoliteFetcher(tmp_path / "cache", clock, client=client, sleep=wait)
