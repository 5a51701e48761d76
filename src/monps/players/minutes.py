"""Who starts, who comes on, and for how long: chances from a side's latest line-ups."""

from dataclasses import dataclass

import numpy as np
from pydantic import PositiveFloat

from monps.domain.base import Noun
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.conditional_logit import WeightPrior, fit_conditional_logit
from monps.players.line_ups import Outings, Recency, outings
from monps.players.records import Records

_STARTS = np.array([-1.1, 1.8, 1.2, 0.1, -0.9, -0.3, 1.0, -1.1])
_COMES_ON = np.array([-1.4, 0.3, -0.1, 0.1, 2.7, 0.0, 0.0, -0.9])
"""Weights of ``_features`` in many line-ups of one league: where learning starts from."""

_BURN_IN = 8
"""Games of a side before the first that is learned from."""

STARTER_MINUTES, SUBSTITUTE_MINUTES = 84.8, 17.9
_SUBSTITUTIONS = 3.0
_NEW_STARTERS, _NEW_AFTER_BREAK = 0.012, 0.14
_BREAK_DAYS = 50.0
"""A side that has not played for so long has had time to change."""


class MinutesModel(Noun):
    """Turns line-ups into chances by logistic regression on how lately, and how often, a player took part.

    Parameters
    ----------
    fast_half_life_games, slow_half_life_games : float
        Two memories of who started and who came on.
    minutes_half_life_games : float
        Memory of how long a player stayed on, and of how often somebody new started.
    prior_line_ups : float
        How many sides' line-ups the weights known beforehand count as.
    prior_outings : float
        How many outings the usual minutes count as, in a player's mean.
    """

    fast_half_life_games: PositiveFloat = 1.0
    slow_half_life_games: PositiveFloat = 8.0
    minutes_half_life_games: PositiveFloat = 16.0
    prior_line_ups: PositiveFloat = 20.0
    prior_outings: PositiveFloat = 2.0

    def fit(self, records: Records, as_of_day: float) -> "PlayingTime":
        """Learn from all sides' latest line-ups, and say what to expect of every side's next game.

        Parameters
        ----------
        records : Records
            As known at a moment.
        as_of_day : float
            That moment, in days from 1970.

        Returns
        -------
        PlayingTime
        """
        laid_out = outings(records)
        recency = Recency(laid_out)
        features = self._features(records, recency)
        learned = _learned_from(records, recency)
        starts, comes_on = laid_out.started[learned] > 0, laid_out.came_on[learned] > 0
        sample, now = features[:, :, :-1][:, learned], features[:, :, -1]
        start_weights = self._weights(sample, starts, _STARTS)
        entry_weights = self._weights(sample[:, ~starts], comes_on[~starts], _COMES_ON)
        return PlayingTime(
            laid_out.squad,
            _available(records, laid_out, recency),
            np.tensordot(start_weights, now, axes=1),
            np.tensordot(entry_weights, now, axes=1),
            self._mean_minutes(recency, laid_out.started, STARTER_MINUTES),
            self._mean_minutes(recency, laid_out.came_on, SUBSTITUTE_MINUTES),
            self._substitutions(recency),
            self._new_starters(records, recency, as_of_day),
        )

    def _features(self, records: Records, recency: Recency) -> Floats:
        """Shape (8, c, w + 1, s)."""
        laid_out = recency.outings
        fast, slow = self.fast_half_life_games, self.slow_half_life_games
        often = recency.average(laid_out.started, slow)
        keeper = ((records.positions[laid_out.squad] == 0) & (laid_out.squad >= 0))[:, None, :]
        return np.stack(
            [
                np.ones_like(often),
                recency.average(laid_out.started, fast),
                often,
                recency.average(laid_out.came_on, fast),
                recency.average(laid_out.came_on, slow),
                np.broadcast_to(keeper, often.shape).astype(np.float64),
                keeper * often,
                np.log(recency.absent),
            ]
        )

    def _weights(self, features: Floats, happened: Bools, usual: Floats) -> Floats:
        """Fit a logistic regression, held to the usual weights by as many observations as a prior."""
        precision = np.full(len(usual), self.prior_line_ups)
        against_nothing = np.stack([np.zeros_like(features), features], axis=2)
        prior = WeightPrior(usual, precision)
        return fit_conditional_logit(against_nothing, happened.astype(np.int64), prior).weights

    def _mean_minutes(self, recency: Recency, took_part: Floats, usual: float) -> Floats:
        memory, prior = self.minutes_half_life_games, self.prior_outings
        minutes = recency.total(took_part * recency.outings.minutes, memory)
        return (minutes + prior * usual) / (recency.total(took_part, memory) + prior)

    def _substitutions(self, recency: Recency) -> Floats:
        """Shape (c,): how many of those seen come on in a game."""
        memory, prior = self.minutes_half_life_games, self.minutes_half_life_games
        came_on = recency.total(recency.outings.came_on, memory).sum(axis=1)
        games = recency.total(recency.outings.played[:, :, None], memory)[:, 0]
        return np.asarray((came_on + prior * _SUBSTITUTIONS) / (games + prior))

    def _new_starters(self, records: Records, recency: Recency, as_of_day: float) -> Floats:
        """Shape (c,): what share of the next eleven will be players not seen before."""
        played = recency.outings.played
        late = (played & (np.cumsum(played, axis=1) > _BURN_IN))[:, :, None]
        memory, prior = self.minutes_half_life_games, self.minutes_half_life_games
        new = recency.total(late * recency.new_starters[:, :, None], memory)[:, 0]
        usual = (new + prior * _NEW_STARTERS) / (recency.total(late, memory)[:, 0] + prior)
        rested = as_of_day - records.last_days > _BREAK_DAYS
        return np.where(rested, np.maximum(usual, _NEW_AFTER_BREAK), usual)


@dataclass(frozen=True, slots=True, eq=False)
class PlayingTime:
    """What to expect of each side's next game; c sides with up to s players.

    Parameters
    ----------
    squad : ndarray of int, shape (c, s)
        Players; −1 where a side has fewer.
    available : ndarray of bool, shape (c, s)
        False for who has left for another side.
    start_score, entry_score : ndarray, shape (c, s)
        Log odds to start, and to come on given that one does not.
    minutes_if_starting, minutes_if_coming_on : ndarray, shape (c, s)
    substitutions : ndarray, shape (c,)
        Expected number of players who come on.
    new_starters : ndarray, shape (c,)
        Expected share of the eleven who have not been seen before.
    """

    squad: Ints
    available: Bools
    start_score: Floats
    entry_score: Floats
    minutes_if_starting: Floats
    minutes_if_coming_on: Floats
    substitutions: Floats
    new_starters: Floats


def _available(records: Records, laid_out: Outings, recency: Recency) -> Bools:
    here = records.clubs[laid_out.squad] == np.arange(len(laid_out.squad))[:, None]
    available: Bools = (laid_out.squad >= 0) & here & recency.seen[:, -1]
    return available


def _learned_from(records: Records, recency: Recency) -> Bools:
    """Shape (c, w, s): who could have been picked, being seen before and not having left."""
    laid_out = recency.outings
    games = np.cumsum(laid_out.played, axis=1)
    late = laid_out.played & (games > _BURN_IN)
    appeared = laid_out.started + laid_out.came_on > 0
    stays = np.cumsum(appeared[:, ::-1], axis=1)[:, ::-1] > 0
    here = (records.clubs[laid_out.squad] == np.arange(len(laid_out.squad))[:, None])[:, None, :]
    learned: Bools = late[:, :, None] & recency.seen[:, :-1] & (stays | here)
    return learned
