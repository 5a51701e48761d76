"""What the brain learned is kept, found again, outdated in time, and can be learned again."""

from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest

from fakes import FakeClock
from learners import SMALL, learn
from monps import bootstrap
from monps.domain.football import Score
from monps.domain.predictions import ForecastRequest
from monps.errors import NotEnoughData, PredictionNotFoundError, UnknownTeam
from monps.services.brain_health import check_brain
from monps.services.consult import Consultant
from monps.services.keeper import Keeper, Wanted
from monps.services.predictions import Sender
from monps.services.reproduce import reproduce_prediction
from monps.services.submit import keep_predictions
from monps.sources.simulated import SimulatedCountry

AS_OF = datetime(2026, 2, 14, tzinfo=UTC)
NOW = datetime(2026, 3, 13, 12, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.fixture(scope="module")
def country():
    return SimulatedCountry(seed=4, seasons=2, sizes=(8, 8))


@pytest.fixture
def store(database, country):
    """Hold all files but the first season's."""
    files = list(bootstrap.simulated_files(country))
    late = [parsed for parsed in files if "2425" in parsed.name]
    with database.open_work(write=True) as work:
        for parsed in files:
            if parsed not in late:
                work.matches.add_file(parsed, NOW)
        work.commit()
    return database, late


def consultant(database, now=NOW):
    return Consultant(database.open_work, Keeper(SMALL), FakeClock(now), MONTH)


@pytest.fixture
def request_of(country):
    clubs = sorted(set(country.season("SIM1", 2025).home))

    def make(home=0, away=1, **changes):
        sides = {"home": clubs[home], "away": clubs[away], "kickoff": AS_OF + timedelta(days=2)}
        return ForecastRequest(**({"competition": "SIM1", "as_of": AS_OF} | sides | changes))

    return make


def kept_fits(database):
    with database.open_work() as work:
        return [
            (where, work.fits.latest(Keeper(SMALL).spec_hash, where, NOW).as_of)
            for where in work.fits.places(Keeper(SMALL).spec_hash)
        ]


def test_who_learns_the_same_twice_keeps_it_once(store, request_of):
    database, _ = store
    first, second = consultant(database), consultant(database)
    made = first.predict(request_of())
    again = second.predict(request_of())
    assert made == again
    wanted = Wanted("SIM1", 2025, AS_OF)
    first.keeper.learn(database.open_work, wanted, NOW)
    assert kept_fits(database) == [("SIM1 2025", AS_OF)]


def test_who_learns_the_same_at_the_same_time_keeps_it_once_too(store, database_url):
    database, _ = store
    context = get_context("spawn")
    ready = context.Barrier(2)
    both = [context.Process(target=learn, args=(database_url, AS_OF, ready)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(120)
    assert [each.exitcode for each in both] == [0, 0]
    assert kept_fits(database) == [("SIM1 2025", AS_OF)]
    with database.open_work() as work:
        learned = [event.entity_id for event in work.audit.events() if event.event_type == "brain.learned"]
        assert learned == ["SIM1 2025"]
        assert work.audit.verify().intact


def test_a_fit_serves_until_something_else_becomes_known(store, request_of):
    database, late = store
    asked = consultant(database)
    asked.predict(request_of())
    later = AS_OF + timedelta(hours=9)
    asked.predict(request_of(as_of=later))
    assert kept_fits(database) == [("SIM1 2025", AS_OF)]
    asked.predict(request_of(as_of=NOW, kickoff=NOW + timedelta(days=1)))
    assert kept_fits(database)[0][1] > AS_OF
    with database.open_work(write=True) as work:
        work.matches.add_file(late[0], NOW)
        work.commit()
    health = check_brain(database.open_work, asked.keeper, now=NOW, freshness=MONTH)
    assert health.competitions[0].stale
    assert health.status == "stale"


def test_a_prediction_comes_out_the_same_again_until_something_is_stored_late(store, request_of):
    database, late = store
    asked = consultant(database)
    made = asked.predict(request_of())
    keep_predictions(database.open_work, [made], Sender("test"), NOW)
    found = reproduce_prediction(consultant(database, NOW + MONTH), made.prediction_id)
    assert (found.identical, found.differs_in, found.causes) == (True, (), ())
    with database.open_work(write=True) as work:
        for parsed in late:
            work.matches.add_file(parsed, NOW + MONTH)
        work.commit()
    found = reproduce_prediction(consultant(database, NOW + MONTH), made.prediction_id)
    assert not found.identical
    assert "home_win" in found.differs_in
    assert any(late[0].name in cause or "2024/25" in cause for cause in found.causes)


def test_predictions_made_together_come_out_the_same_alone(store, request_of):
    database, _ = store
    asked = consultant(database)
    together = [request_of(home=home, away=away) for home in range(3) for away in range(3, 8)]
    made = [answer.require() for answer in asked.predict_all(together)]
    other = {"prediction_id": "moved", "home_goals": made[1].home_goals * (1 + 1e-7)}
    moved = made[1].model_copy(update=other)
    last_digits = {"prediction_id": "rounded", "home_goals": made[1].home_goals * (1 + 1e-14)}
    rounded = made[1].model_copy(update=last_digits)
    keep_predictions(database.open_work, [*made[:1], *made[-1:], moved, rounded], Sender("test"), NOW)
    for each in (made[0], made[-1]):
        assert reproduce_prediction(asked, each.prediction_id).identical
    found = reproduce_prediction(asked, "moved")
    assert (found.identical, found.to_the_bit, found.differs_in) == (False, False, ("home_goals",))
    found = reproduce_prediction(asked, "rounded")
    assert (found.identical, found.to_the_bit, found.differs_in) == (True, False, ())


def corrected(parsed):
    """Give every match another score."""
    records = []
    for record in parsed.records:
        other = {"score": Score(home=record.match.score.home + 3, away=0), "half_time": None}
        records.append(record._replace(match=record.match.model_copy(update=other)))
    return parsed.model_copy(update={"records": tuple(records), "digest": "0" * 64})


def test_a_correction_read_later_changes_nothing_of_what_was_seen(store, request_of, country):
    database, _ = store
    asked = consultant(database)
    made = asked.predict(request_of())
    keep_predictions(database.open_work, [made], Sender("test"), NOW)
    with database.open_work(write=True) as work:
        for parsed in bootstrap.simulated_files(country):
            if "2526" in parsed.name:
                changed = work.matches.add_file(corrected(parsed), NOW + MONTH)
                assert changed.matches_corrected > 0
        work.commit()
    assert reproduce_prediction(consultant(database, NOW + 2 * MONTH), made.prediction_id).identical


def test_refusals_say_what_would_have_to_change(store, request_of):
    database, _ = store
    asked = consultant(database)
    with pytest.raises(UnknownTeam):
        asked.predict(request_of(home=0).model_copy(update={"home": "Nowhere"}))
    with pytest.raises(NotEnoughData, match="SIM1"):
        asked.predict(request_of(as_of=datetime(2001, 1, 1, tzinfo=UTC)))
    with pytest.raises(PredictionNotFoundError):
        reproduce_prediction(asked, "nothing")
    several = asked.predict_all([request_of(), request_of(home=2, away=2), request_of(home=3)])
    assert [answer.prediction is None for answer in several] == [False, True, False]
    assert "itself" in str(several[1].refusal)
    assert not check_brain(database.open_work, asked.keeper, now=NOW, freshness=MONTH).failures
