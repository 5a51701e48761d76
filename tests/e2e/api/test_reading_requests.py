"""How requests are read: strictly, and what is wrong is named."""

import pytest

V1 = "/api/v1"
ASKED = {"competitions": ["SIM1"], "first_day": "2025-08-01", "last_day": "2026-02-01"}


def pointers(answer):
    assert answer.status_code == 422, answer.text
    assert answer.json()["error_code"] == "VALIDATION_ERROR"
    return {each["pointer"] for each in answer.json()["errors"]}


@pytest.mark.parametrize("query", ["x=1", "limit=1&x=1", "Limit=1", "limit%00=1"])
def test_an_unknown_parameter_is_refused(api, query):
    assert pointers(api.get(f"{V1}/backtest?{query}"))


def test_a_parameter_given_twice_is_refused(api):
    assert pointers(api.get(f"{V1}/backtest?limit=1&limit=2")) == {"/query/limit"}


@pytest.mark.parametrize("limit", ["0", "1001", "x", "1.5", "", "-1"])
def test_limits_have_limits(api, limit):
    for path in ("audit", "backtest"):
        assert pointers(api.get(f"{V1}/{path}", params={"limit": limit})) == {"/query/limit"}


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"unknown": 1}, "/body/unknown"),
        ({"competitions": "SIM1"}, "/body/competitions"),
        ({"competitions": [1]}, "/body/competitions/0"),
        ({"first_day": 5}, "/body/first_day"),
        ({"forecaster": False}, "/body/forecaster"),
        ({"first_day": "2026-02-02"}, "/body"),
    ],
)
def test_a_body_is_read_strictly(api, wrong, pointer):
    assert pointer in pointers(api.post(f"{V1}/backtest", json=ASKED | wrong))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b"{}{}"])
def test_what_is_no_object_is_refused(api, content):
    answer = api.post(f"{V1}/backtest", content=content, headers={"content-type": "application/json"})
    assert pointers(answer)


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_what_is_no_json_is_refused(api, kind):
    headers = {"content-type": kind} if kind else {}
    answer = api.post(f"{V1}/backtest", content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_a_moment_without_a_zone_is_read_as_utc_and_that_is_said(api):
    answer = api.get(f"{V1}/audit", params={"date_from": "2026-03-01T12:00:00"})
    assert answer.status_code == 200
    assert answer.headers["warning"].startswith('299 monps "date_from has no time zone; it is read as')
    assert "2026-03-01T12:00:00+00:00" in answer.headers["warning"]
    aware = api.get(f"{V1}/audit", params={"date_from": "2026-03-01T12:00:00Z"})
    assert "warning" not in aware.headers
