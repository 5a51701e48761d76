"""Jobs, keys and answered requests: what goes in comes out, on both databases."""

from datetime import timedelta

import pytest

from factories import SATURDAY, backtest_request, backtest_result
from monps.domain.keys import SCOPES, digest_of
from monps.errors import ConflictError, NotFoundError
from monps.ports.service import Answered
from monps.services import keys

DAY = timedelta(days=1)


@pytest.fixture
def within(database):
    """Run something in a transaction of its own."""

    def run(use):
        with database.open_work(write=True) as work:
            found = use(work)
            work.commit()
        return found

    return run


def add_job(work, **changed):
    return work.jobs.add(backtest_request(**changed), "desk", SATURDAY)


def test_a_job_comes_back_as_it_was(within):
    job = within(add_job)
    assert within(lambda work: work.jobs.find(job.job_id)) == job
    finished = job.model_copy(
        update={
            "state": "done",
            "stage": "done",
            "progress": 1.0,
            "attempts": 1,
            "cancel_wanted": True,
            "started_at": SATURDAY + DAY,
            "seen_at": SATURDAY + 2 * DAY,
            "finished_at": SATURDAY + 3 * DAY,
            "result": backtest_result(stake="kelly"),
        }
    )
    within(lambda work: work.jobs.replace(finished))
    assert within(lambda work: work.jobs.find(job.job_id)) == finished
    assert within(lambda work: work.jobs.find(job.job_id + 1)) is None


def test_jobs_are_listed_newest_first_and_begun_oldest_first(within):
    first, second, third = (within(add_job) for _ in range(3))
    running = second.model_copy(update={"state": "running"})
    within(lambda work: work.jobs.replace(running))
    assert within(lambda work: work.jobs.oldest("queued")) == first
    assert within(lambda work: work.jobs.oldest("failed")) is None
    assert within(lambda work: work.jobs.all()) == (third, running, first)
    assert within(lambda work: work.jobs.all("queued", limit=1)) == (third,)
    assert within(lambda work: work.jobs.all(before_id=third.job_id)) == (running, first)
    assert within(lambda work: (work.jobs.count(), work.jobs.count("running"))) == (3, 1)


def test_a_key_is_known_by_its_secret_until_it_is_revoked(database):
    made = keys.create_key(database.open_work, "desk", ["read", "predict"], now=SATURDAY)
    assert keys.recognise(database.open_work, made.secret) == made.key
    assert keys.recognise(database.open_work, made.secret + "x") is None
    revoked = keys.revoke_key(database.open_work, "desk", now=SATURDAY + DAY)
    assert keys.recognise(database.open_work, made.secret) is None
    assert keys.list_keys(database.open_work) == (revoked,)
    assert revoked.revoked_at == SATURDAY + DAY


def test_a_name_stands_for_one_active_key(database):
    keys.create_key(database.open_work, "desk", ["read"], now=SATURDAY)
    with pytest.raises(ConflictError, match="desk"):
        keys.create_key(database.open_work, "desk", ["admin"], now=SATURDAY)
    keys.revoke_key(database.open_work, "desk", now=SATURDAY)
    second = keys.create_key(database.open_work, "desk", ["admin"], now=SATURDAY)
    assert second.key.key_id == 2
    with pytest.raises(NotFoundError, match="active ones: desk"):
        keys.revoke_key(database.open_work, "desq", now=SATURDAY)


def test_making_and_revoking_a_key_is_audited_and_the_secret_is_nowhere(database):
    made = keys.create_key(database.open_work, "desk", SCOPES, now=SATURDAY, actor="boss")
    keys.revoke_key(database.open_work, "desk", now=SATURDAY)
    with database.open_work() as work:
        revoked, created = work.audit.events()
    assert (created.event_type, created.actor, created.before) == ("key.created", "boss", None)
    assert (revoked.event_type, revoked.before["revoked_at"]) == ("key.revoked", None)
    said = f"{created}{revoked}"
    assert made.secret not in said
    assert digest_of(made.secret) not in said


def test_an_answer_is_found_by_its_sender_and_key(within):
    note = Answered("desk", "k1", "5eed", "17", SATURDAY)
    within(lambda work: work.answered.add(note))
    assert within(lambda work: work.answered.find("desk", "k1")) == note
    assert within(lambda work: work.answered.find("other", "k1")) is None
    assert within(lambda work: work.answered.forget(SATURDAY)) == 0
    assert within(lambda work: work.answered.forget(SATURDAY + DAY)) == 1
    assert within(lambda work: work.answered.find("desk", "k1")) is None
