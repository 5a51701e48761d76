"""Sessions of a client against a model of the truth: whatever the order, the service remembers rightly."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from fakes import NOON, FakeClock
from http_service import FakeBrain, application_on, client_of
from monps.services import jobs
from monps.services.audit import verify_events

V1 = "/api/v1"
FIXTURE = {
    "competition": "SIM1",
    "home": "Ashgrave",
    "away": "Barrowmere",
    "match_date": "2026-03-14T15:00:00Z",
}
BACKTEST = {
    "competitions": ["SIM1"], "first_day": "2025-08-01", "last_day": "2026-02-01", "forecaster": "base_rate"
}  # fmt: skip
keys = st.sampled_from(["a", "b", "c"])
scores = st.floats(0, 1)
STORE: list[Path] = []


class Sessions(RuleBasedStateMachine):
    """Creates, reads, lists, overrules and cancels, and remembers what the answers should be."""

    predictions = Bundle("predictions")
    backtests = Bundle("backtests")

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(STORE[0], self.folder / "monps.sqlite")
        clock = FakeClock()
        application = application_on(f"sqlite:///{self.folder / 'monps.sqlite'}", clock)
        self.context = client_of(application, FakeBrain(clock))
        self.client = self.context.__enter__()
        # Jobs wait for ever here: what takes them is another test's.
        self.client.service.worker.stop()
        self.bytes: dict[str, bytes] = {}
        self.tags: dict[str, str] = {}
        self.stale: dict[str, str] = {}
        self.answered: dict[str, tuple[str, bool]] = {}
        self.states: dict[int, str] = {}
        self.events = 0

    @rule(target=predictions)
    def create(self):
        answer = self.client.post(f"{V1}/predictions/match", json=FIXTURE)
        return self._remember(answer)

    @rule(target=predictions, key=keys, neutral=st.booleans())
    def create_once(self, key, neutral):
        answer = self.client.post(
            f"{V1}/predictions/match", json=FIXTURE | {"neutral": neutral}, headers={"idempotency-key": key}
        )
        if key not in self.answered:
            name = self._remember(answer)
            self.answered[key] = name, neutral
            return name
        name, as_before = self.answered[key]
        if as_before == neutral:
            assert (answer.status_code, answer.content) == (201, self.bytes[name])
        else:
            assert (answer.status_code, answer.json()["error_code"]) == (409, "CONFLICT")
        return name

    def _remember(self, answer):
        assert answer.status_code == 201
        name = answer.json()["prediction_id"]
        assert name not in self.bytes
        self.bytes[name], self.tags[name] = answer.content, answer.headers["etag"]
        self.events += 1
        return name

    @rule(name=predictions)
    def read(self, name):
        answer = self.client.get(f"{V1}/predictions/{name}")
        assert (answer.content, answer.headers["etag"]) == (self.bytes[name], self.tags[name])
        again = self.client.get(f"{V1}/predictions/{name}", headers={"if-none-match": self.tags[name]})
        assert again.status_code == 304

    @rule(name=predictions, score=scores, guarded=st.booleans())
    def overrule(self, name, score, guarded):
        headers = {"if-match": self.tags[name]} if guarded else {}
        change = {"confidence_score": score, "reason": "because"}
        answer = self.client.put(f"{V1}/predictions/{name}", json=change, headers=headers)
        assert (answer.status_code, answer.json()["confidence_score"]) == (200, score)
        if answer.headers["etag"] != self.tags[name]:
            self.stale[name] = self.tags[name]
        self.bytes[name], self.tags[name] = answer.content, answer.headers["etag"]
        self.events += 1

    @rule(name=predictions)
    def overrule_too_late(self, name):
        if self.stale.get(name, self.tags[name]) == self.tags[name]:
            return
        change = {"confidence_score": 0.5, "reason": "because"}
        headers = {"if-match": self.stale[name]}
        answer = self.client.put(f"{V1}/predictions/{name}", json=change, headers=headers)
        assert answer.status_code == 412

    @rule(limit=st.integers(1, 4))
    def list_all(self, limit):
        seen, cursor = [], {}
        while True:
            page = self.client.get(f"{V1}/predictions", params={"limit": limit, **cursor}).json()
            assert page["total"] == len(self.bytes)
            seen += [each["prediction_id"] for each in page["predictions"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert sorted(seen) == sorted(self.bytes)

    @rule(target=backtests)
    def start_backtest(self):
        answer = self.client.post(f"{V1}/backtest", json=BACKTEST)
        assert answer.status_code == 202
        self.states[answer.json()["job_id"]] = "queued"
        self.events += 1
        return answer.json()["job_id"]

    @rule(number=backtests)
    def cancel_backtest(self, number):
        answer = self.client.post(f"{V1}/backtest/{number}/cancel")
        if self.states[number] == "queued":
            assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
            self.states[number] = "cancelled"
            self.events += 1
        else:
            assert answer.status_code == 409

    @rule(number=consumes(backtests))
    def fail_backtest(self, number):
        if self.states[number] == "queued":
            jobs.fail_backtest(self.client.application.open_work, number, "broken", now=NOON)
            self.states[number] = "failed"
            self.events += 1

    @rule(number=backtests)
    def read_backtest(self, number):
        assert self.client.get(f"{V1}/backtest/{number}").json()["state"] == self.states[number]

    @rule(state=st.sampled_from(["queued", "cancelled", "failed"]))
    def list_backtests(self, state):
        page = self.client.get(f"{V1}/backtest", params={"state": state}).json()
        assert {job["job_id"] for job in page["backtests"]} == {
            number for number, its in self.states.items() if its == state
        }

    @invariant()
    def every_change_is_audited(self):
        verdict = verify_events(self.client.application.open_work)
        assert (verdict.intact, verdict.events) == (True, self.events)

    def teardown(self):
        self.context.__exit__(None, None, None)
        shutil.rmtree(self.folder)


@pytest.fixture(autouse=True)
def with_store(tmp_path, copy_store):
    STORE[:] = [copy_store(tmp_path / "store.sqlite")]


class TestSessions(Sessions.TestCase):
    settings = settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
