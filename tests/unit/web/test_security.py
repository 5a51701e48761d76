"""Forms from elsewhere change nothing, and no page can be made to run or load what is not ours."""

import re

import pytest

from fakes import FakeClock, FakeStore
from monps.web import security
from monps.web.pages import PAGES
from web_desk import FakeDesk, client_of

FIELD = re.compile(r'name="csrf" value="([^"]+)"')


@pytest.fixture
def client():
    return client_of(FakeDesk(FakeStore(), FakeClock()))


def token_on(client, path="/"):
    return FIELD.search(client.get(path).text).group(1)


def choose_french(client, **more):
    headers = more.pop("headers", {})
    return client.post("/preferences", data={"language": "fr", "back": "/team", **more}, headers=headers)


def test_every_answer_has_the_policy(client):
    for path in ("/", "/nothing", "/static/monps.css"):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == security.POLICY
        assert headers["x-content-type-options"] == "nosniff"


def test_the_policy_allows_nothing_inline_and_nobody_else():
    assert "unsafe" not in security.POLICY
    assert set(re.findall(r"'(\w+)'", security.POLICY)) == {"none", "self"}
    assert "default-src 'none'" in security.POLICY
    assert ":" not in security.POLICY


def test_a_form_of_ours_is_heard(client):
    answer = choose_french(client, csrf=token_on(client))
    assert (answer.status_code, answer.headers["location"]) == (303, "/team")
    assert 'lang="fr"' in client.get("/").text


def test_a_form_without_a_token_is_refused(client):
    token_on(client)
    assert choose_french(client).status_code == 403
    assert 'lang="en"' in client.get("/").text


@pytest.mark.parametrize("token", ["", "nonsense", "é", "AB" * 44, "A" * 88])
def test_a_form_with_another_token_is_refused(client, token):
    token_on(client)
    assert choose_french(client, csrf=token).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
     {"sec-fetch-site": "same-site"}],
)  # fmt: skip
def test_a_form_from_another_origin_is_refused_even_with_the_token(client, headers):
    assert choose_french(client, csrf=token_on(client), headers=headers).status_code == 403


def test_a_form_from_our_own_origin_is_heard(client):
    headers = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    assert choose_french(client, csrf=token_on(client), headers=headers).status_code == 303


def test_no_two_pages_carry_the_same_text_for_a_token(client):
    assert token_on(client) != token_on(client)
    assert security.unmasked(token_on(client)) == security.unmasked(token_on(client))


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "\t//evil", "x"]
)
def test_nobody_is_sent_elsewhere(client, back):
    answer = client.post("/preferences", data={"back": back, "csrf": token_on(client)})
    assert answer.headers["location"] == "/"


def test_every_form_that_changes_anything_asks_for_a_token():
    posts = [route for router in PAGES for route in router.routes if "POST" in route.methods]
    unchecked = [
        route.path
        for route in posts
        if not any(each.call is security.checked_form for each in route.dependant.dependencies)
    ]
    assert unchecked == []


def test_cookies_are_hidden_from_scripts(client):
    answer = client.get("/")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
