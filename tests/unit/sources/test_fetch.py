import gzip
import json
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs

from monps import __version__
from monps.errors import MonpsError, SourceError, UsageError
from monps.ports.source import Payload, Request
from monps.sources._fetch import PoliteFetcher
from monps.sources._http import Http

URL = "https://data.example.org/2324/E0.csv"
PATH = "/2324/E0.csv"
REQUEST = Request(URL, "2324/E0.csv")
CONTENT = b"Div,Date\nE0,1/1/24\n"
LATER = timedelta(days=1)
OFFLINE = httpx.ConnectError("no route to host")


def ok(content: bytes = CONTENT, **headers: str) -> httpx.Response:
    return httpx.Response(200, content=content, headers=headers)


def test_a_payload_comes_as_it_is_and_is_kept_verbatim(fetcher, provider, tmp_path) -> None:
    provider.answer(PATH, ok())
    payload = fetcher.fetch(REQUEST)
    assert payload == Payload("2324/E0.csv", CONTENT)
    (kept,) = (tmp_path / "cache" / "objects").rglob("*.gz")
    assert gzip.decompress(kept.read_bytes()) == CONTENT
    assert kept.stem == payload.digest


def test_it_says_who_it_is(fetcher, provider) -> None:
    provider.answer(PATH, ok())
    fetcher.fetch(REQUEST)
    assert {request.headers["User-Agent"].split(" ")[0] for request in provider.asked} == {
        f"monps/{__version__}"
    }


def test_what_is_fresh_is_not_asked_for_again(fetcher, provider, clock) -> None:
    provider.answer(PATH, ok())
    fetcher.fetch(REQUEST)
    clock.moment += timedelta(hours=5)
    assert fetcher.fetch(REQUEST).content == CONTENT
    assert provider.paths() == [PATH]


def test_what_is_old_is_asked_for_under_conditions(fetcher, provider, clock) -> None:
    provider.answer(
        PATH, ok(ETag='"a1"', **{"Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}), httpx.Response(304)
    )
    fetcher.fetch(REQUEST)
    clock.moment += LATER
    assert fetcher.fetch(REQUEST) == Payload("2324/E0.csv", CONTENT)
    asked = provider.asked[-1].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"a1"', "Mon, 01 Jan 2024 00:00:00 GMT")
    fetcher.fetch(REQUEST)
    assert len(provider.paths()) == 2, "a payload confirmed just now is fresh"


def test_a_changed_payload_takes_the_place_of_the_old_one(fetcher, provider, clock, tmp_path) -> None:
    provider.answer(PATH, ok(), ok(b"new"))
    fetcher.fetch(REQUEST)
    clock.moment += LATER
    assert fetcher.fetch(REQUEST).content == b"new"
    assert len(list((tmp_path / "cache" / "objects").rglob("*.gz"))) == 2, "nothing that came is lost"


def test_requests_to_one_host_are_spaced(fetcher, provider, wait) -> None:
    for code in ("E0", "E1", "E2"):
        provider.answer(f"/{code}.csv", ok())
        fetcher.fetch(Request(f"https://data.example.org/{code}.csv", code))
    assert wait.slept == [2.0, 2.0, 2.0], "robots.txt is a request too"
    provider.answer("/x.csv", ok())
    fetcher.fetch(Request("https://other.example.org/x.csv", "x"))
    assert wait.slept == [2.0, 2.0, 2.0, 2.0], "another host has a pace of its own"


def test_a_host_that_says_so_on_its_pages_is_asked_more_slowly(fetcher, provider, wait) -> None:
    for name in ("a.html", "b.html"):
        provider.answer(f"/{name}", ok(b"<html><table id='x'></table></html>"))
        fetcher.fetch(Request(f"https://fbref.com/{name}", name))
    assert wait.slept[-1] == 6.5


ANSWER = Request(
    "https://understat.com/getLeagueData/EPL/2023", "EPL_2023.json", (("X-Requested-With", "XMLHttpRequest"),)
)


def test_what_an_address_needs_to_be_told_goes_along(fetcher, provider) -> None:
    provider.answer("/getLeagueData/EPL/2023", ok(b"{}"))
    assert fetcher.fetch(ANSWER).content == b"{}"
    assert provider.asked[-1].headers["X-Requested-With"] == "XMLHttpRequest"
    assert provider.asked[-1].headers["User-Agent"].startswith("monps/")


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (b"<html><title>Just a moment...</title></html>", "a challenge, which a program does not solve"),
        (b"<html><title>EPL | Understat.com</title></html>", "a web page instead of data"),
    ],
)
def test_a_page_for_an_answer_is_refused_once(fetcher, provider, page, why) -> None:
    provider.answer("/getLeagueData/EPL/2023", ok(page))
    with pytest.raises(SourceError, match=why):
        fetcher.fetch(ANSWER)
    assert provider.paths() == ["/getLeagueData/EPL/2023"], "no retry storm"


def test_a_longer_delay_that_the_host_wishes_is_kept(fetcher, provider, wait) -> None:
    provider.answer("/robots.txt", ok(b"User-agent: *\nCrawl-delay: 10\n"))
    provider.answer(PATH, ok())
    fetcher.fetch(REQUEST)
    provider.answer("/E1.csv", ok())
    fetcher.fetch(Request("https://data.example.org/E1.csv", "E1"))
    assert wait.slept[-1] == 10.0


def test_what_robots_may_not_read_is_not_read(fetcher, provider) -> None:
    provider.answer("/robots.txt", ok(b"User-agent: *\nDisallow: /2324/\n"))
    provider.answer("/2223/E0.csv", ok())
    with pytest.raises(SourceError, match=r"robots\.txt forbids .*by hand"):
        fetcher.fetch(REQUEST)
    fetcher.fetch(Request("https://data.example.org/2223/E0.csv", "2223/E0.csv"))
    assert provider.paths() == ["/2223/E0.csv"]
    assert len(provider.asked) == 2, "robots.txt is asked for once"


def test_a_host_that_refuses_its_robots_txt_refuses_everything(fetcher, provider) -> None:
    provider.answer("/robots.txt", httpx.Response(403))
    with pytest.raises(SourceError, match=r"robots\.txt"):
        fetcher.fetch(REQUEST)


@pytest.mark.parametrize(
    ("response", "why"),
    [
        (httpx.Response(403, content=b"<html>Attention required"), "refuses .*HTTP 403.*by hand"),
        (httpx.Response(401), "refuses"),
        (httpx.Response(404), "does not exist"),
        (httpx.Response(410), "HTTP 410 Gone"),
        (ok(b"\n <!doctype html><title>Just a moment</title>"), "a challenge.*does not solve"),
        (ok(b"\n <!doctype html><title>Welcome</title>"), "a web page instead of data"),
        (ok(b""), "answered with nothing"),
    ],
)
def test_a_refusal_is_not_asked_twice_and_nothing_is_kept(
    fetcher, provider, tmp_path, *, response, why
) -> None:
    provider.answer(PATH, response)
    with pytest.raises(SourceError, match=why):
        fetcher.fetch(REQUEST)
    assert provider.paths() == [PATH]
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    "passing", [OFFLINE, httpx.ReadTimeout("slow"), httpx.Response(503), httpx.Response(429)]
)
def test_a_passing_fault_is_tried_again(fetcher, provider, passing) -> None:
    provider.answer(PATH, passing, passing, ok())
    assert fetcher.fetch(REQUEST) == Payload("2324/E0.csv", CONTENT)
    assert provider.paths() == [PATH] * 3


@pytest.mark.parametrize("lasting", [OFFLINE, httpx.Response(500)])
def test_patience_ends(fetcher, provider, lasting) -> None:
    provider.answer(PATH, lasting)
    with pytest.raises(
        SourceError, match=r"cannot be reached .*no copy is kept; download it by hand .*monps ingest"
    ):
        fetcher.fetch(REQUEST)
    assert provider.paths() == [PATH] * 3


@pytest.mark.parametrize("lasting", [OFFLINE, httpx.Response(502)])
def test_without_connection_the_kept_copy_stands_in_and_says_so(fetcher, provider, clock, lasting) -> None:
    provider.answer(PATH, ok(), lasting)
    fetcher.fetch(REQUEST)
    clock.moment += LATER
    with capture_logs() as logged:
        payload = fetcher.fetch(REQUEST)
    assert payload == Payload("2324/E0.csv", CONTENT, stale=True)
    assert [
        (event["log_level"], event["url"], event["kept_since"]) for event in logged if "url" in event
    ] == [("warning", URL, "2026-03-13T12:00+00:00")]


def test_offline_from_the_start(tmp_path: Path, fetcher, provider, *, clock, wait) -> None:
    provider.answer(PATH, ok())
    fetcher.fetch(REQUEST)
    clock.moment += LATER
    provider.answer("/robots.txt", OFFLINE)
    with httpx.Client(transport=httpx.MockTransport(provider)) as client:
        later = PoliteFetcher(tmp_path / "cache", clock, client=client, sleep=wait)
        assert later.fetch(REQUEST).stale
        with pytest.raises(SourceError):
            later.fetch(Request("https://data.example.org/other.csv", "other"))


@pytest.mark.parametrize("url", ["https://[bad", "ftp://example.org/E0.csv", "E0.csv"])
def test_what_is_no_address_is_refused_at_once(fetcher, url: str) -> None:
    with pytest.raises(UsageError, match="is no web address"):
        fetcher.fetch(Request(url, "x"))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("Fri, 13 Mar 2026 12:00:09 GMT", 9.0), ("Fri, 13 Mar 2026 11:00:00 GMT", 0.0)],
)
def test_a_busy_host_says_when_to_come_back(clock, header: str, seconds: float) -> None:
    assert patience(clock, httpx.Response(429, headers={"Retry-After": header})) == timedelta(seconds=seconds)


def test_a_host_that_wants_us_back_much_later_is_left_alone(clock) -> None:
    assert patience(clock, httpx.Response(503, headers={"Retry-After": "3600"})) is False


@pytest.mark.parametrize("header", [{}, {"Retry-After": "soon"}])
def test_a_busy_host_that_does_not_say_is_asked_again_after_a_while(clock, header) -> None:
    assert patience(clock, httpx.Response(503, headers=header)) is True


def patience(clock, response: httpx.Response) -> bool | timedelta:
    response.request = httpx.Request("GET", URL)
    error = httpx.HTTPStatusError("busy", request=response.request, response=response)
    with httpx.Client() as client:
        return Http(client, clock, str)._patience(error)


def test_a_damaged_copy_is_fetched_again(fetcher, provider, tmp_path) -> None:
    provider.answer(PATH, ok())
    fetcher.fetch(REQUEST)
    (kept,) = (tmp_path / "cache" / "objects").rglob("*.gz")
    for damage in (kept.read_bytes()[:-4], gzip.compress(b"something else"), b""):
        kept.write_bytes(damage)
        with capture_logs() as logged:
            assert fetcher.fetch(REQUEST) == Payload("2324/E0.csv", CONTENT)
        assert "fetching it again" in logged[0]["event"]
    assert len(provider.paths()) == 4


def test_a_damaged_index_is_fetched_again(fetcher, provider, tmp_path) -> None:
    provider.answer(PATH, ok())
    fetcher.fetch(REQUEST)
    (index,) = (tmp_path / "cache" / "index").glob("*.json")
    index.write_text(json.dumps({"url": "half-writ"}))
    with capture_logs():
        assert fetcher.fetch(REQUEST).content == CONTENT
    assert len(provider.paths()) == 2


def test_an_interrupted_write_leaves_nothing(fetcher, provider, tmp_path, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    provider.answer(PATH, ok())
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(MonpsError, match=r"cannot be kept in .*: No space left"):
        fetcher.fetch(REQUEST)
    assert not [file for file in (tmp_path / "cache").rglob("*") if file.is_file()]


def test_redirects_are_followed(fetcher, provider) -> None:
    provider.answer(PATH, httpx.Response(301, headers={"Location": "/moved.csv"}))
    provider.answer("/moved.csv", ok())
    assert fetcher.fetch(REQUEST).content == CONTENT


def test_a_fetcher_makes_its_own_client_and_asks_nobody_yet(tmp_path, clock) -> None:
    assert PoliteFetcher(tmp_path / "cache", clock, max_age=LATER)
    assert not (tmp_path / "cache").exists()
