import pytest
from sqlalchemy import text

from monps.services.keys import create_key, revoke_key
from monps.storage.engine import WRITE, engine_for

V1 = "/api/v1"


@pytest.fixture
def audited(api):
    """A service in which three keys were made, and one was revoked."""
    application = api.application
    for name in "abc":
        create_key(application.open_work, name, ["read"], now=application.clock.now())
    revoke_key(application.open_work, "b", now=application.clock.now())
    return api


def test_events_come_newest_first_and_by_pages(audited):
    first = audited.get(f"{V1}/audit", params={"limit": 3}).json()
    assert [event["event_id"] for event in first["events"]] == [4, 3, 2]
    assert (first["total"], first["next"]) == (4, 2)
    second = audited.get(f"{V1}/audit", params={"limit": 3, "before_id": first["next"]}).json()
    assert [event["event_id"] for event in second["events"]] == [1]
    assert second["next"] is None


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"event_type": "key.revoked"}, [4]),
        ({"severity": "warning"}, []),
        ({"entity_type": "key", "entity_id": "2"}, [4, 2]),
        ({"date_from": "2026-03-13T12:00:00Z"}, [4, 3, 2, 1]),
        ({"date_from": "2026-03-13T12:00:01Z"}, []),
        ({"date_to": "2026-03-13T13:59:59+02:00"}, []),
    ],
)
def test_filters(audited, query, ids):
    found = audited.get(f"{V1}/audit", params=query).json()
    assert ([event["event_id"] for event in found["events"]], found["total"]) == (ids, len(ids))


def test_one_event_says_what_changed(audited):
    event = audited.get(f"{V1}/audit/4").json()
    (change,) = event["changes"]
    assert (change["pointer"], change["before"]) == ("/revoked_at", None)
    assert change["after"].startswith("2026-03-13T12:00:00")
    assert (event["actor"], event["event_type"]) == ("cli", "key.revoked")


def test_there_is_no_other(audited):
    for number in (5, 2**62):
        answer = audited.get(f"{V1}/audit/{number}")
        assert (answer.status_code, answer.json()["error_code"]) == (404, "EVENT_NOT_FOUND")
    for number in ("0", "-1", "x", str(2**63)):
        assert audited.get(f"{V1}/audit/{number}").status_code == 422


def test_the_chain_is_verified_and_what_was_touched_is_named(audited):
    assert audited.get(f"{V1}/audit/verify").json()["intact"]
    engine = engine_for(audited.application.settings.database_url)
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        connection.execute(text("DROP TRIGGER audit_events_no_update"))
        connection.execute(text("UPDATE audit_events SET severity = 'error' WHERE event_id = 3"))
        connection.commit()
    engine.dispose()
    verdict = audited.get(f"{V1}/audit/verify").json()
    assert (verdict["intact"], verdict["first_broken"]) == (False, 3)
