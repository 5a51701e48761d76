"""Whether the service tells the truth of itself."""

from datetime import timedelta

import pytest

from fakes import NOON, FakeClock
from monps.storage.schema import SqlDatabase

V1 = "/api/v1"


def checks(client, status):
    answer = client.get("/ready")
    assert answer.status_code == status, answer.text
    return {check["name"]: check for check in answer.json()["checks"]}


def test_an_empty_service_is_ready_and_says_what_it_lacks(api):
    found = checks(api, 200)
    assert {found[name]["verdict"] for name in ("database", "migrations", "worker")} == {"ok"}
    assert found["data"]["verdict"] == "warn"


def test_old_data_are_told(serve):
    found = checks(serve(clock=FakeClock(NOON + timedelta(days=40))), 200)
    assert found["data SIM1"]["verdict"] == "warn"
    assert checks(serve(data_freshness_days=1000), 200)["data SIM1"]["verdict"] == "ok"


def test_another_schema_is_not_ready(api):
    url = api.application.settings.database_url
    other = SqlDatabase(url)
    other.downgrade("-1")
    other.close()
    assert checks(api, 503)["migrations"]["verdict"] == "fail"


def test_a_worker_that_died_is_not_ready(api):
    api.service.worker.stop()
    assert checks(api, 503)["worker"]["verdict"] == "fail"
    assert api.get("/health").status_code == 200


def test_a_brain_that_is_learning_is_not_ready_until_it_has_learned(serve, monkeypatch):
    import threading  # noqa: PLC0415
    import time  # noqa: PLC0415

    from monps.errors import NotEnoughData  # noqa: PLC0415
    from monps.services.consult import Consultant  # noqa: PLC0415

    learned = threading.Event()

    def prepare(_self, competition, _as_of):
        learned.wait(10)
        if competition == "SIM2":
            raise NotEnoughData("too little")

    monkeypatch.setattr(Consultant, "prepare", prepare)
    client = serve(warm_up=True)
    assert "learning" in checks(client, 503)["brain"]["detail"]
    learned.set()
    until = time.monotonic() + 5
    while "learning" in (told := checks(client, 503)["brain"]["detail"]):
        assert time.monotonic() < until
    assert told == "could not learn SIM2: too little"


def test_an_unfitted_brain_says_so(api):
    answer = api.get(f"{V1}/predictions/brain/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "unfitted")
    assert (answer.json()["predictions"], answer.json()["last_prediction_at"]) == (0, None)


def test_measurements_are_of_what_happened(serve):
    client = serve()
    client.get(f"{V1}/audit")
    client.get(f"{V1}/audit/999999")
    measured = client.get("/metrics")
    assert measured.headers["content-type"].startswith("text/plain")
    assert 'monps_request_seconds_count{method="GET",route="/audit",status="200"} 1.0' in measured.text
    assert 'status="404"} 1.0' in measured.text
    assert 'monps_source_age_seconds{source="football-data"}' in measured.text
    assert 'monps_data_age_seconds{competition="SIM1"}' in measured.text
    assert "monps_closing_gap_matches 0.0" in measured.text
    assert "monps_store_reached 1.0" in measured.text


def test_metrics_can_be_switched_off(serve_empty):
    assert serve_empty(metrics_enabled=False).get("/metrics").status_code == 404


@pytest.mark.parametrize("path", ["/ready", "/metrics", f"{V1}/ready"])
def test_probes_find_it_without_a_prefix(api, path):
    assert api.get(path).status_code == 200
