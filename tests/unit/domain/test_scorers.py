from typing import Any

import pytest
from pydantic import ValidationError

from factories import AWAY, HOME, SATURDAY
from monps.domain.scorers import GoalscorerPrediction, LineUp, ScorerForecast

ELEVEN = tuple(f"Player {number}" for number in range(11))


def a_scorer(**changes: Any) -> GoalscorerPrediction:
    chances = {
        "play_probability": 0.8, "start_probability": 0.7, "expected_minutes": 65.0, "share": 0.3,
        "anytime": 0.4, "first": 0.2, "last": 0.2, "team_first_scorer": 0.25, "two_or_more": 0.1,
        "hat_trick": 0.02, "fair_odds": 2.0,
    }  # fmt: skip
    return GoalscorerPrediction(**{"player": "Ann Archer", "team": HOME, **chances, **changes})


SCORER = a_scorer(first=0.4, last=0.4, team_first_scorer=0.4)


def a_forecast(**changes: Any) -> ScorerForecast:
    facts = {
        "competition": "SIM1", "home": HOME, "away": AWAY, "as_of": SATURDAY, "model": "dixon_coles",
        "matches": 20, "home_goals": 1.5, "away_goals": 1.1, "scorers": (SCORER,),
        "first_own_goal": 0.2, "last_own_goal": 0.2, "no_goal": 0.4,
    }  # fmt: skip
    return ScorerForecast(**{**facts, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"first": 0.45, "team_first_scorer": 0.45},
        {"first": 0.3},
        {"last": 0.41},
        {"two_or_more": 0.41},
        {"hat_trick": 0.11},
        {"start_probability": 0.81},
        {"play_probability": 0.39, "start_probability": 0.3, "fair_odds": None},
        {"fair_odds": 2.1},
        {"share": 1.1},
    ],
)
def test_chances_out_of_order_are_refused(changes: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        a_scorer(**changes)


def test_a_price_returns_the_stake_on_who_does_not_play() -> None:
    assert a_scorer().fair_odds == 0.8 / 0.4


def test_first_last_own_goals_and_no_goal_make_one_whole() -> None:
    assert a_forecast().scorers == (SCORER,)


@pytest.mark.parametrize("changes", [{"first_own_goal": 0.3}, {"last_own_goal": 0.1}, {"no_goal": 0.39}])
def test_chances_that_do_not_sum_to_one_are_refused(changes: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="must sum to 1"):
        a_forecast(**changes)


def test_a_line_up_has_eleven_who_are_named_once() -> None:
    assert LineUp(starting=ELEVEN, bench=("Sub",)).bench == ("Sub",)
    with pytest.raises(ValidationError, match="named twice in one line-up: Player 3"):
        LineUp(starting=ELEVEN, bench=("Player 3",))
    with pytest.raises(ValidationError):
        LineUp(starting=ELEVEN[:10])
