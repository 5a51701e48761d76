"""A team's record: strengths that were known each month, and points beside those expected."""

from datetime import timedelta

import numpy as np
import pytest

import factories
from factories import match_table, parsed_file, record
from fakes import FakeStore
from monps.agents import AGENTS
from monps.errors import NotEnoughData, UnknownTeam
from monps.models import Poisson
from monps.services.team_record import team_record


@pytest.fixture(scope="module")
def played():
    table, truth = match_table(8, 2, np.random.default_rng(4))
    rows = table.frame.select("home", "away", "home_goals", "away_goals", "kickoff").rows()
    matches = [factories.match(h, a, (hg, ag), kickoff=k) for h, a, hg, ag, k in rows]
    store = FakeStore()
    with store(write=True) as work:
        file = parsed_file(*(record(each, line=n) for n, each in enumerate(matches, 2)))
        work.matches.add_file(file, matches[-1].known_at)
        work.commit()
    return store, truth, matches[-1].known_at + timedelta(days=1)


def ask(played, team=None, **changed):
    store, truth, now = played
    given = {"model": Poisson(), "agent": AGENTS["base_rate"], "as_of": now} | changed
    return team_record(store, "SIM1", team or truth.teams[0], **given)


def test_results_have_the_points_they_are_worth(played):
    found = ask(played)
    assert len(found.results) == 20
    for each in found.results:
        assert each.points == (
            3 if each.goals > each.goals_against else int(each.goals == each.goals_against)
        )
        assert each.expected_points is None or 0 < each.expected_points < 3


def test_results_are_in_order_of_time(played):
    moments = [each.kickoff for each in ask(played).results]
    assert moments == sorted(moments)


def test_strengths_are_told_with_errors_that_shrink_as_more_is_known(played):
    strengths = ask(played).strengths
    assert [each.as_of for each in strengths] == sorted(each.as_of for each in strengths)
    assert strengths[-1].attack_error < strengths[0].attack_error


def test_nothing_later_is_looked_at(played):
    now = played[2]
    earlier = ask(played, as_of=now - timedelta(days=200))
    assert max(each.kickoff for each in earlier.results) < now - timedelta(days=200)


def test_a_stranger_is_refused(played):
    with pytest.raises(UnknownTeam):
        ask(played, "Nobody")


def test_before_anything_was_known_there_is_no_record(played):
    with pytest.raises(NotEnoughData):
        ask(played, as_of=played[2] - timedelta(days=5000))
