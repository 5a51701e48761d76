"""Single matches and stretches of the calendar: the database and the fake answer alike."""

from datetime import timedelta

import pytest

from factories import SATURDAY, fixture, fixture_record, match, parsed_file, quote, record
from fakes import FakeStore
from monps.domain.football import Score
from monps.ports.calendar import Pairings, Stretch
from predictions import MORNING, prediction

WEEK = timedelta(weeks=1)
READ = SATURDAY - WEEK
LATER = SATURDAY + 10 * WEEK
EVER = Stretch((), SATURDAY - WEEK, LATER)
GOALS = Score(home=2, away=1)


@pytest.fixture
def store(database):
    """Two rounds, of which the first was played, and a match of another division."""
    played = record(match(known_at=SATURDAY + timedelta(hours=3)), quote(), line=2)
    coming = fixture_record(fixture("Barrowmere", "Ashgrave", kickoff=SATURDAY + WEEK), quote(), line=3)
    elsewhere = fixture_record(fixture("Dunholm", "Elmscar", kickoff=SATURDAY, competition="SIM2"), line=4)
    file = parsed_file(played, fixtures=(coming, elsewhere))
    stores = FakeStore(), database.open_work
    for open_work in stores:
        with open_work(write=True) as work:
            work.matches.add_file(file, READ)
            work.commit()
    return stores


@pytest.fixture
def ask(store):
    def answer(question):
        """Ask both, and show that they agree."""
        answers = []
        for open_work in store:
            with open_work() as work:
                answers.append(question(work.calendar))
        assert answers[0] == answers[1]
        return answers[1]

    return answer


def test_a_match_has_its_result_once_that_was_known(ask):
    [result] = ask(lambda calendar: calendar.results(EVER, LATER, 10))
    assert ask(lambda calendar: calendar.find(result.match_id, LATER)).match.score == GOALS
    assert ask(lambda calendar: calendar.find(result.match_id, SATURDAY)) is None
    assert ask(lambda calendar: calendar.find(99, LATER)) is None


def test_all_that_was_said_of_pairings_is_told_in_order(ask, database):
    moved = fixture("Barrowmere", "Ashgrave", kickoff=SATURDAY + 2 * WEEK)
    season, sides = moved.key.season.start, ["Barrowmere", "Ashgrave"]
    wanted = Pairings("SIM1", [season], sides, sides)
    told = ask(lambda calendar: calendar.words(wanted))
    said = [(word.home, word.kickoff, word.played) for word in told]
    assert said == [("Ashgrave", SATURDAY, True), ("Barrowmere", SATURDAY + WEEK, False)]
    assert ask(lambda calendar: calendar.words(wanted._replace(seasons=[season + 1]))) == []
    file = parsed_file(fixtures=(fixture_record(moved, line=2),), name="moved.csv")
    with database.open_work(write=True) as work:
        work.matches.add_file(file, READ + timedelta(days=1))
        later = work.calendar.words(wanted)
    assert [word.kickoff for word in later] == [SATURDAY, SATURDAY + WEEK, SATURDAY + 2 * WEEK]


def test_a_fixture_is_found_until_it_is_played(ask):
    first, *_ = ask(lambda calendar: calendar.fixtures(EVER, READ, 10))
    assert ask(lambda calendar: calendar.find(first.match_id, LATER)) == first


def test_fixtures_come_by_kickoff_within_the_stretch(ask):
    listed = ask(lambda calendar: calendar.fixtures(EVER, LATER, 10))
    assert [each.fixture.kickoff for each in listed] == [SATURDAY, SATURDAY + WEEK]
    until = EVER._replace(end=SATURDAY + WEEK)
    assert ask(lambda calendar: calendar.fixtures(until, LATER, 10)) == listed[:1]
    assert ask(lambda calendar: calendar.fixtures(EVER, LATER, 1)) == listed[:1]
    only = EVER._replace(competitions=("SIM1",))
    assert ask(lambda calendar: calendar.fixtures(only, LATER, 10)) == listed[1:]


def test_a_team_has_its_own_results(ask):
    [result] = ask(lambda calendar: calendar.results_of("Ashgrave", EVER, LATER))
    assert result.match.key.home == "Ashgrave"
    assert ask(lambda calendar: calendar.results_of("Dunholm", EVER, LATER)) == []


def test_quotes_are_those_of_the_matches_asked_for(ask):
    [result] = ask(lambda calendar: calendar.results(EVER, LATER, 10))
    quotes = ask(lambda calendar: calendar.quotes([result.match_id], LATER))
    assert [each.match_id for each in quotes] == [result.match_id]


def test_a_glance_shows_the_latest_prediction(store, ask):
    [result] = ask(lambda calendar: calendar.results(EVER, LATER, 10))
    first = prediction(match_id=result.match_id, prediction_id="p-1")
    later = prediction((2.4, 0.6), match_id=result.match_id, prediction_id="p-2")
    later = later.model_copy(update={"computed_at": MORNING + timedelta(hours=1)})
    for open_work in store:
        with open_work(write=True) as work:
            for each in (first, later):
                work.predictions.add(each, each.model_dump_json().encode())
            work.commit()
    found = ask(lambda calendar: calendar.glances([result.match_id, 99]))
    [glance] = found.values()
    assert glance.summary.prediction_id == "p-2"
    assert glance.likeliest == (Score(home=2, away=0), later.scores[0].probability)
