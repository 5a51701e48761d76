"""What takes longer than a page may: players and profiles, worked out once for all matches of a league.

A league's answers are kept until the store has something new of it, or one looks from another moment.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from monps.agents import FittedStyle
from monps.bootstrap import Application
from monps.dna.measures import Measures
from monps.domain.features import MatchFeatures
from monps.domain.predictions import EnsemblePrediction, PredictionSummary
from monps.domain.scorers import LineUp, LineUps, ScorerForecast
from monps.errors import MonpsError
from monps.players import FittedPlayers
from monps.services.bankrolls import sentence
from monps.services.features import compare_teams
from monps.services.friction import friction_between, learned_style
from monps.services.match_scorers import fit_players, scorers_in
from monps.services.measures import look_up, seen_from
from monps.services.price_check import CheckedPrice, Staking, best_bet
from monps.services.rounds import ForecastGlance
from monps.web.desk import Memory
from monps.web.views import match_sheet as view

Elevens = dict[str, list[str]]
"""The names that are ticked, by side."""
USUAL_BANKROLL = Decimal("1000.00")
"""Of which stakes are shares where nobody opened books."""
_SIDES = ("home", "away")
_ELEVEN = 11


def best_bets(
    desk: Application, memory: Memory, glances: Mapping[int, ForecastGlance]
) -> dict[int, CheckedPrice | None]:
    """Return the best bet on each of some matches, by match; quotes grow stale, so each hour asks anew."""
    now = desk.clock.now()
    with desk.open_work() as work:
        version = work.matches.data_version(())
    staking = Staking(USUAL_BANKROLL, limits=desk.limits)

    def best(short: PredictionSummary) -> CheckedPrice | None:
        key = ("best bet", short.prediction_id, short.revision, version, f"{now:%Y-%m-%d %H}")
        return memory.answers.get(
            key, lambda: best_bet(desk.open_work, short.prediction_id, staking, now=now)
        )

    return {match_id: best(glance.summary) for match_id, glance in glances.items()}


def scorer_parts(
    desk: Application, memory: Memory, prediction: EnsemblePrediction, ticked: Elevens
) -> dict[str, Any]:
    """Return what the page of a match shows of its scorers, or why there is nothing to show.

    Parameters
    ----------
    desk : Application
        Where line-ups are read.
    memory : Memory
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


def style_parts(desk: Application, memory: Memory, prediction: EnsemblePrediction) -> dict[str, Any]:
    """Return what the page of a match shows of both styles and their friction, or why there is nothing."""
    try:
        features = _features(desk, memory, prediction)
    except MonpsError as error:
        return {**view.style_parts(None), "style_missing": str(error)}
    return {**view.style_parts(features), "style_missing": ""}


def measures_of(desk: Application, memory: Memory, competition: str, as_of: datetime) -> Measures:
    """Return what was counted of a competition, as known at a moment; reading it writes nothing.

    Raises
    ------
    NotEnoughData
        If no match was known.
    """
    key = ("measures", competition, _version(desk, competition))
    everything = memory.learned.get(key, lambda: look_up(desk.open_work, competition))
    return seen_from(desk.open_work, everything, competition, as_of)


def _features(desk: Application, memory: Memory, prediction: EnsemblePrediction) -> MatchFeatures:
    code, seen = prediction.competition, prediction.as_of
    of, version = (code, prediction.home, prediction.away), _version(desk, code)

    def learned() -> FittedStyle:
        return learned_style(desk.open_work, code, as_of=seen)

    def found() -> MatchFeatures:
        style = memory.learned.get(("style", code, version, prediction.data_known_at), learned)
        friction = friction_between(desk.open_work, style, of, as_of=seen)
        features = compare_teams(measures_of(desk, memory, code, seen), of, as_of=seen)
        return features.model_copy(update={"match_id": prediction.match_id, "friction": friction})

    return memory.answers.get(("features", *of, version, prediction.data_known_at), found)


def _players(desk: Application, memory: Memory, prediction: EnsemblePrediction) -> FittedPlayers:
    code = prediction.competition
    key = ("players", code, _version(desk, code), prediction.data_known_at)
    return memory.learned.get(key, lambda: fit_players(desk.open_work, code, as_of=prediction.as_of))


def _version(desk: Application, competition: str) -> str:
    with desk.open_work() as work:
        return work.matches.data_version([competition])


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
