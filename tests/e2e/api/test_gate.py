"""What every request passes: keys, limits, sizes, names; and what every answer carries."""

import json
import logging

import pytest

from monps.domain.keys import SCOPES
from monps.services.keys import create_key, revoke_key

PROBLEM = "application/problem+json"
V1 = "/api/v1"


def problem(answer, status, code):
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    told = answer.json()
    assert (told["status"], told["error_code"]) == (status, code)
    assert told["request_id"] == answer.headers["x-request-id"]
    assert {"type", "title", "detail", "instance"} <= told.keys()
    return told


def key(client, *scopes, name="desk"):
    application = client.application
    return create_key(application.open_work, name, scopes or SCOPES, now=application.clock.now()).secret


def bearer(secret):
    return {"authorization": f"Bearer {secret}"}


@pytest.mark.parametrize("path", ["/health", f"{V1}/health"])
def test_health_needs_nothing(serve_empty, path):
    answer = serve_empty(api_keys_required=True).get(path)
    assert answer.status_code == 200
    assert answer.json()["status"] == "alive"


def test_every_answer_carries_what_protects_it(api):
    for path in ("/health", f"{V1}/audit", "/api/nowhere"):
        headers = api.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


def test_a_modest_request_id_is_kept_and_any_other_replaced(api):
    assert api.get(f"{V1}/audit", headers={"x-request-id": "a.b-c_1"}).headers["x-request-id"] == "a.b-c_1"
    for strange in ("x" * 65, "a b", "<script>"):
        found = api.get(f"{V1}/audit", headers={"x-request-id": strange}).headers["x-request-id"]
        assert found != strange
        assert len(found) == 16


def test_without_a_key_nothing_but_health_is_answered_where_keys_are_required(serve_empty):
    client = serve_empty(api_keys_required=True)
    for path in (f"{V1}/audit", f"{V1}/ready", f"{V1}/metrics", "/api/openapi.json", "/api/nowhere"):
        answer = client.get(path)
        problem(answer, 401, "UNAUTHORIZED")
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "sent", ["Bearer monps_wrong", "Bearer x", "Bearer", "Digest x", "Basic ???", "Basic bm8ga2V5"]
)
def test_a_wrong_key_opens_nothing_even_where_none_is_needed(api, sent):
    problem(api.get(f"{V1}/audit", headers={"authorization": sent}), 401, "UNAUTHORIZED")


def test_a_key_opens_what_its_scope_allows(serve_empty):
    client = serve_empty(api_keys_required=True)
    reader = bearer(key(client, "read", name="reader"))
    assert client.get(f"{V1}/audit", headers=reader).status_code == 200
    told = problem(client.post(f"{V1}/backtest", json={}, headers=reader), 403, "FORBIDDEN")
    assert "'predict'" in told["detail"]
    predictor = bearer(key(client, "predict", name="predictor"))
    assert client.get(f"{V1}/audit", headers=predictor).status_code == 200
    problem(client.post(f"{V1}/backtest", json={}, headers=predictor), 422, "VALIDATION_ERROR")


def test_the_password_of_a_browser_is_a_key(serve_empty):
    client = serve_empty(api_keys_required=True)
    assert client.get(f"{V1}/audit", auth=("anyone", key(client))).status_code == 200


def test_a_revoked_key_is_forgotten(serve_empty):
    client = serve_empty(api_keys_required=True)
    secret = key(client)
    assert client.get(f"{V1}/audit", headers=bearer(secret)).status_code == 200
    revoke_key(client.application.open_work, "desk", now=client.application.clock.now())
    from time import monotonic, sleep  # noqa: PLC0415

    until = monotonic() + 5
    while client.get(f"{V1}/audit", headers=bearer(secret)).status_code == 200 and monotonic() < until:
        sleep(0.05)
    problem(client.get(f"{V1}/audit", headers=bearer(secret)), 401, "UNAUTHORIZED")


def test_off_this_machine_a_key_is_needed_whatever_the_settings_say(serve_empty):
    client = serve_empty("http://192.0.2.1")
    problem(client.get(f"{V1}/audit"), 401, "UNAUTHORIZED")
    assert client.get(f"{V1}/audit", headers=bearer(key(client))).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""])
def test_a_page_that_was_led_here_under_another_name_is_refused(api, host):
    problem(api.get(f"{V1}/audit", headers={"host": host}), 421, "MISDIRECTED")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9", "[::1]:8000", "LOCALHOST"])
def test_its_own_names_are_answered(api, host):
    assert api.get(f"{V1}/audit", headers={"host": host}).status_code == 200


def test_names_can_be_allowed(serve_empty):
    client = serve_empty(allowed_hosts=("odds.example",))
    assert client.get(f"{V1}/audit", headers={"host": "odds.example"}).status_code == 200
    problem(client.get(f"{V1}/audit"), 421, "MISDIRECTED")


def test_too_large_a_request_is_refused_however_it_is_sent(serve_empty):
    client = serve_empty(max_request_bytes=1024)
    json = {"content-type": "application/json"}
    told = problem(client.post(f"{V1}/backtest", content=b" " * 1025, headers=json), 413, "TOO_LARGE")
    assert "1024" in told["detail"]
    pieces = (b" " * 600 for _ in range(3))
    problem(client.post(f"{V1}/backtest", content=pieces, headers=json), 413, "TOO_LARGE")
    problem(client.post(f"{V1}/backtest", content=b" " * 1024, headers=json), 422, "VALIDATION_ERROR")


def test_who_asks_too_often_is_told_when_to_come_back(serve_empty):
    client = serve_empty(rate_limit="3/minute", rate_limit_writes="1/minute")
    assert [client.get(f"{V1}/audit").status_code for _ in range(3)] == [200] * 3
    answer = client.get(f"{V1}/audit")
    problem(answer, 429, "RATE_LIMITED")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert client.get("/health").status_code == 200
    other = bearer(key(client))
    assert client.get(f"{V1}/audit", headers=other).status_code == 200
    problem(client.post(f"{V1}/backtest", json={}, headers=other), 422, "VALIDATION_ERROR")
    problem(client.post(f"{V1}/backtest", json={}, headers=other), 429, "RATE_LIMITED")


def test_other_origins_are_let_in_only_by_name(serve_empty):
    asked = {"origin": "https://desk.example", "access-control-request-method": "POST"}
    closed = serve_empty().options(f"{V1}/backtest", headers=asked)
    assert "access-control-allow-origin" not in closed.headers
    client = serve_empty(cors_origins=("https://desk.example",), api_keys_required=True)
    allowed = client.options(f"{V1}/backtest", headers=asked)
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "https://desk.example"
    assert "access-control-allow-credentials" not in allowed.headers
    refused = client.options(f"{V1}/backtest", headers=asked | {"origin": "https://evil.example"})
    assert refused.status_code == 400
    assert "access-control-allow-origin" not in refused.headers


def test_what_is_nowhere_and_what_is_not_done_are_problems_too(api):
    problem(api.get("/api/v1/nowhere"), 404, "NOT_FOUND")
    answer = api.delete(f"{V1}/backtest")
    problem(answer, 405, "METHOD_NOT_ALLOWED")
    assert "allow" in answer.headers


def test_what_nobody_foresaw_tells_nothing_but_its_number(serve_empty, monkeypatch):
    from monps.api.routes import audit  # noqa: PLC0415

    def fail(*_args):
        raise RuntimeError("the password is hunter2")

    monkeypatch.setattr(audit, "verify_events", fail)
    client = serve_empty()
    client._transport.raise_server_exceptions = False
    answer = client.get(f"{V1}/audit/verify")
    told = problem(answer, 500, "INTERNAL_ERROR")
    assert "hunter2" not in answer.text
    assert told["request_id"] in answer.text


def test_a_key_is_in_no_log(serve_empty, capfd, monkeypatch):
    from monps import bootstrap  # noqa: PLC0415

    for form in ("console", "json"):
        bootstrap._send_logs("debug", form)
        client = serve_empty(api_keys_required=True)
        secret = key(client, name=form)

        def fail(*_args, **_options):
            raise RuntimeError("unforeseen")

        with monkeypatch.context() as patch:
            patch.setattr("monps.api.routes.audit.verify_events", fail)
            client._transport.raise_server_exceptions = False
            assert client.get(f"{V1}/audit/verify", headers=bearer(secret)).status_code == 500
        assert client.get(f"{V1}/audit", headers=bearer(secret + "x")).status_code == 401
        said = capfd.readouterr().err
        assert "unforeseen" in said
        assert secret not in said
    bootstrap._send_logs("warning", "console")


def test_the_server_logs_as_we_do(capsys):
    from monps import bootstrap  # noqa: PLC0415

    bootstrap._send_logs("info", "json")
    logging.getLogger("uvicorn.error").info("Started server process [%d]", 7)
    logging.getLogger("uvicorn.error").debug("too fine")
    bootstrap._send_logs("warning", "console")
    [line] = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    assert (told["event"], told["level"]) == ("Started server process [7]", "info")
    logging.getLogger("uvicorn.error").info("not asked for")
    assert capsys.readouterr().err == ""
