"""What takes longer than a page may: players and profiles, worked out once for all matches of a league.

A league's answers are kept until the store has something new of it, or one looks from another moment.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from monps.bootstrap import Application
from monps.domain.features import MatchFeatures
from monps.domain.predictions import EnsemblePrediction, PredictionSummary
from monps.domain.scorers import LineUp, LineUps, ScorerForecast
from monps.errors import MonpsError
from monps.players import FittedPlayers
from monps.services.bankrolls import sentence
from monps.services.features import match_features
from monps.services.friction import team_friction
from monps.services.match_scorers import fit_players, scorers_in
from monps.services.price_check import CheckedPrice, Staking, best_bet
from monps.services.rounds import ForecastGlance
from monps.web.desk import Kept
from monps.web.views import match_sheet as view

Elevens = dict[str, list[str]]
"""The names that are ticked, by side."""
USUAL_BANKROLL = Decimal("1000.00")
"""Of which stakes are shares where nobody opened books."""
_SIDES = ("home", "away")
_ELEVEN = 11


def best_bets(
    desk: Application, memory: Kept, glances: Mapping[int, ForecastGlance]
) -> dict[int, CheckedPrice | None]:
    """Return the best bet on each of some matches, by match; quotes grow stale, so each hour asks anew."""
    now = desk.clock.now()
    with desk.open_work() as work:
        version = work.matches.data_version(())
    staking = Staking(USUAL_BANKROLL, limits=desk.limits)

    def best(short: PredictionSummary) -> CheckedPrice | None:
        key = ("best bet", short.prediction_id, short.revision, version, f"{now:%Y-%m-%d %H}")
        return memory.get(key, lambda: best_bet(desk.open_work, short.prediction_id, staking, now=now))

    return {match_id: best(glance.summary) for match_id, glance in glances.items()}


def scorer_parts(
    desk: Application, memory: Kept, prediction: EnsemblePrediction, ticked: Elevens
) -> dict[str, Any]:
    """Return what the page of a match shows of its scorers, or why there is nothing to show.

    Parameters
    ----------
    desk : Application
        Where line-ups are read.
    memory : Kept
        Where fits are kept.
    prediction : EnsemblePrediction
        Whose goals are shared.
    ticked : dict of str to list of str
        The line-ups that the reader asks about; expected ones where nobody is ticked.
    """
    try:
        players = _players(desk, memory, prediction)
        expected = scorers_in(prediction, players, LineUps(), freshness=desk.freshness)
    except MonpsError as error:
        return {"scorers": None, "scorers_missing": str(error)}
    line_ups, problems = _line_ups(ticked)
    found = expected
    try:
        if line_ups != LineUps():
            found = scorers_in(prediction, players, line_ups, freshness=desk.freshness)
    except MonpsError as error:
        problems.append(str(error))
    return {
        "scorers": found,
        "scorers_missing": "",
        "scorer_lists": view.scorer_lists(expected, found),
        "starting": {side: set(ticked[side]) or _likeliest(expected, side) for side in _SIDES},
        "line_ups_given": any(ticked.values()),
        "line_up_problems": problems,
    }


def style_parts(desk: Application, memory: Kept, prediction: EnsemblePrediction) -> dict[str, Any]:
    """Return what the page of a match shows of both styles and their friction, or why there is nothing."""
    try:
        features = _features(desk, memory, prediction)
    except MonpsError as error:
        return {**view.style_parts(None), "style_missing": str(error)}
    return {**view.style_parts(features), "style_missing": ""}


def _features(desk: Application, memory: Kept, prediction: EnsemblePrediction) -> MatchFeatures:
    code, home, away = prediction.competition, prediction.home, prediction.away
    seen, now = prediction.as_of, desk.clock.now()

    def found() -> MatchFeatures:
        friction = team_friction(desk.open_work, code, home, away, as_of=seen, now=now)
        told = {"match_id": prediction.match_id, "friction": friction}
        return match_features(desk.open_work, code, home, away, as_of=seen, now=now).model_copy(update=told)

    key = ("features", code, home, away, _version(desk, prediction), prediction.data_known_at)
    return memory.get(key, found)


def _players(desk: Application, memory: Kept, prediction: EnsemblePrediction) -> FittedPlayers:
    key = ("players", prediction.competition, _version(desk, prediction), prediction.data_known_at)
    return memory.get(
        key, lambda: fit_players(desk.open_work, prediction.competition, as_of=prediction.as_of)
    )


def _version(desk: Application, prediction: EnsemblePrediction) -> str:
    with desk.open_work() as work:
        return work.matches.data_version([prediction.competition])


def _line_ups(ticked: Elevens) -> tuple[LineUps, list[str]]:
    """Read line-ups; one that is none is left out, and said."""
    found: dict[str, LineUp] = {}
    problems: list[str] = []
    for side, names in ticked.items():
        if not names:
            continue
        try:
            found[side] = LineUp(starting=tuple(names))
        except ValidationError as error:
            problems.append(f"{side}: {len(names)} ticked; {sentence(error)}")
    return LineUps(**found), problems


def _likeliest(forecast: ScorerForecast, side: str) -> set[str]:
    """Return the eleven who are likeliest to start."""
    team = getattr(forecast, side)
    named = [each for each in forecast.scorers if each.team == team and not each.any_other]
    ordered = sorted(named, key=lambda each: -(each.start_probability or 0.0))
    return {each.player for each in ordered[:_ELEVEN]}
