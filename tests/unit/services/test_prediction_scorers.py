"""Predictions that say who scores, or why they do not."""

from datetime import timedelta

import numpy as np
import pytest

from appearances import simulated_appearances
from fakes import FakeStore
from monps.domain.predictions import EnsemblePrediction
from monps.domain.scorers import LineUps
from monps.errors import NotEnoughData
from monps.numerics.low_scores import dixon_coles_grid
from monps.players import PlayerModel
from monps.services import prediction_scorers
from monps.services.prediction_scorers import Learned, PlayersAtHand, with_scorers
from opinions import KICKOFF, ensemble_prediction

GRID = dixon_coles_grid(np.array([1.6]), np.array([1.1]), -0.05)
MONTH = timedelta(days=30)
WANTED = Learned("SIM1", KICKOFF, "v1")


def nobody():
    raise NotEnoughData("no line-up of SIM1 was known")


@pytest.fixture(scope="module")
def players():
    return PlayerModel().fit(simulated_appearances(), KICKOFF)


@pytest.fixture
def prediction():
    last = simulated_appearances().until(KICKOFF).frame.tail(1)
    return ensemble_prediction(home=last["team"][0], away=last["opponent"][0], prediction_id="p-1")


def test_scorers_share_the_goals_of_the_grid(prediction, players):
    told = with_scorers(prediction, GRID, lambda: players, LineUps(), freshness=MONTH)
    assert told.scorers.no_goal == pytest.approx(
        float(GRID.probabilities[0, 0, 0]), abs=1e-9
    )  # what lies beyond the grid
    assert (told.scorers.home, told.scorers.as_of) == (prediction.home, prediction.as_of)
    assert told.line_ups == LineUps()
    assert told.prediction_id != "p-1"
    assert EnsemblePrediction.model_validate_json(told.model_dump_json()) == told


def test_where_no_line_up_is_known_a_warning_says_so(prediction):
    told = with_scorers(prediction, GRID, nobody, LineUps(), freshness=MONTH)
    assert told.scorers is None
    assert told.warnings[-1] == "no scorers: no line-up of SIM1 was known"
    assert told.markets == prediction.markets


@pytest.mark.parametrize(
    ("changes", "problem"),
    [({"line_ups": None}, "come with the line-ups"), ({"home": "Dunholm"}, "the scorers are of")],
)
def test_scorers_of_another_match_are_refused(prediction, players, changes, problem):
    told = with_scorers(prediction, GRID, lambda: players, LineUps(), freshness=MONTH)
    with pytest.raises(ValueError, match=problem):
        EnsemblePrediction.model_validate(dict(told) | changes)


def test_players_are_learned_once_from_one_moment(monkeypatch, players):
    learned = []

    def fit(_open_work, competition, *, as_of):
        learned.append((competition, as_of))
        if competition == "SIM2":
            raise NotEnoughData("no line-up of SIM2 was known")
        return players

    monkeypatch.setattr(prediction_scorers, "fit_players", fit)
    hand, store = PlayersAtHand(), FakeStore()
    assert hand.find(store, WANTED) is hand.find(store, WANTED) is players
    for _ in range(2):
        with pytest.raises(NotEnoughData, match="SIM2"):
            hand.find(store, WANTED._replace(competition="SIM2"))
    assert hand.find(store, WANTED._replace(data_version="v2")) is players
    assert learned == [("SIM1", KICKOFF), ("SIM2", KICKOFF), ("SIM1", KICKOFF)]
