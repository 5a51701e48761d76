"""What part of a side's goals a player has per full match, and who takes its penalties."""

from dataclasses import dataclass

import numpy as np
from pydantic import Field, PositiveFloat

from monps.domain.base import Noun
from monps.numerics.checks import Floats, Ints
from monps.numerics.credibility import Credibility, buhlmann_straub
from monps.numerics.decay import half_life_weights
from monps.players.records import MATCH_MINUTES, POSITIONS, Records

_OWN_GOALS, _PENALTIES = 0.032, 0.08
"""Usual parts of all goals."""

_FEWEST = 500
"""Appearances in a position, without which its prior is the usual one."""

_BY_POSITION = (
    Credibility(0.0005, 30.0),
    Credibility(0.035, 12.0),
    Credibility(0.095, 8.0),
    Credibility(0.23, 8.0),
    Credibility(0.09, 8.0),
)
"""Part of a side's goals per match that goalkeepers, defenders, midfielders, forwards, and players of unknown
position usually have, and as how many of the side's goals that counts."""


class ShareModel(Noun):
    """Weighs goals and expected goals, as parts of the side's while the player was on.

    Parameters
    ----------
    expected_goals_weight : float
        Of expected goals against goals, where a source knows them; both without penalties.
    half_life_days : float
        Memory for goals from play.
    penalty_half_life_days : float
        Memory for who takes penalties.
    prior_penalties : float
        Penalties that a player's part of the goals counts as, per match, among takers.
    prior_goals : float
        Goals that the usual parts of own goals and penalties count as.
    """

    expected_goals_weight: float = Field(default=0.7, ge=0, le=1)
    half_life_days: PositiveFloat = 480.0
    penalty_half_life_days: PositiveFloat = 240.0
    prior_penalties: PositiveFloat = 0.5
    prior_goals: PositiveFloat = 300.0

    def fit(self, records: Records, as_of_day: float) -> "GoalShares":
        """Learn every player's part.

        Parameters
        ----------
        records : Records
            As known at a moment.
        as_of_day : float
            That moment, in days from 1970.

        Returns
        -------
        GoalShares
        """
        age = as_of_day - records.game_day[records.game]
        outcome, exposure = self._observed(records)
        weight = half_life_weights(age, self.half_life_days)
        priors = _priors(records, weight * outcome, weight * exposure)
        rates = _rates(records, weight * outcome, weight * exposure, priors)
        takers = half_life_weights(age, self.penalty_half_life_days) * _taken(records)
        from_play = np.append(rates, [prior.mean for prior in priors])
        return GoalShares(
            from_play,
            np.append(records.per_player(takers), np.zeros(len(priors))) + self.prior_penalties * from_play,
            self._part(_known(records.own_goals), records.goals, _OWN_GOALS),
            self._penalty_part(records),
        )

    def _observed(self, records: Records) -> tuple[Floats, Floats]:
        """Return goals from play, real and expected ones blended, and the side's while the player was on."""
        scored = _known(records.goals) - _known(records.penalties_scored)
        chances = records.non_penalty_expected_goals
        trust = self.expected_goals_weight if np.isfinite(chances).any() else 0.0
        outcome = (1.0 - trust) * scored + trust * _known(chances)
        return outcome, records.per_game(outcome)[records.game] * records.minutes / MATCH_MINUTES

    def _penalty_part(self, records: Records) -> float:
        told = np.isfinite(records.penalties_scored)
        if not told.any():
            return 0.0
        return self._part(records.penalties_scored[told], records.goals[told], _PENALTIES)

    def _part(self, some: Floats, goals: Floats, usual: float) -> float:
        total = _known(goals).sum() + self.prior_goals
        return float((some.sum() + self.prior_goals * usual) / total)


@dataclass(frozen=True, slots=True, eq=False)
class GoalShares:
    """Players' parts of their sides' goals.

    Parameters
    ----------
    from_play : ndarray, shape (p + 5,)
        Part of the goals from play that a player has in 90 minutes; after the p players that of a newcomer
        in each position, the last where it is unknown.
    penalties : ndarray, shape (p + 5,)
        Weight among those who might take a penalty.
    own_goals, penalty_goals : float
        What part of all goals is scored by opponents, and from the spot.
    """

    from_play: Floats
    penalties: Floats
    own_goals: float
    penalty_goals: float


def _priors(records: Records, outcome: Floats, exposure: Floats) -> list[Credibility]:
    place = records.positions[records.player]
    unknown = np.full(len(place), fill_value=True)
    groups = [place == position for position in range(len(POSITIONS))] + [unknown]
    return [
        _prior(records.player[rows], outcome[rows], exposure[rows], usual)
        for rows, usual in zip(groups, _BY_POSITION, strict=True)
    ]


def _prior(player: Ints, outcome: Floats, exposure: Floats, usual: Credibility) -> Credibility:
    """Estimate a position's prior; the usual one stands in where hardly anybody has played there."""
    seen = exposure > 0
    if seen.sum() < _FEWEST:
        return usual
    return buhlmann_straub(outcome[seen], exposure[seen], player[seen])


def _rates(records: Records, outcome: Floats, exposure: Floats, priors: list[Credibility]) -> Floats:
    totals = records.per_player(outcome), records.per_player(exposure)
    estimates = np.stack([prior.estimate(*totals) for prior in priors])
    rates: Floats = np.take_along_axis(estimates, records.positions[None], axis=0)[0]
    return rates


def _taken(records: Records) -> Floats:
    """Penalties that each player took in each game."""
    return _known(records.penalties_scored) + _known(records.penalties_missed)


def _known(values: Floats) -> Floats:
    return np.nan_to_num(values, nan=0.0)
