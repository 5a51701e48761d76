"""Who was on the pitch for how long, and who did what: a side's events, given to its players.

Sides are numbered 0 … 2n − 1, home and away of match 0 first; players by their place in the squad.
"""

from typing import NamedTuple

import numpy as np

from monps.numerics.checks import Bools, Floats, Ints
from monps.sources.simulated.play import PENALTY_CHANCE, Events
from monps.sources.simulated.squads import PLACES, POSITION, SQUAD, STARTERS, Squads

MATCH_MINUTES = 90
SUBSTITUTIONS = 4
ASSISTED_SHARE, CREATED_SHARE = 0.76, 0.76
_KEY_PASS_SHARE = 0.7
_BUILD_UP = 1.75
_CARD_WEIGHT = np.array([0.25, 1.2, 1.0, 0.8])
_SCORED_WEIGHT = 0.4
"""How much of a side's chances goes to its scorers rather than by share of minutes."""


class Appearances(NamedTuple):
    """What each player of each side did, every array of shape (2n, 24).

    Over a side's players, ``goals`` sum to its goals without own goals, ``minutes`` to 11 × 90, and shots,
    cards and expected goals to the side's.
    """

    minutes: Ints
    starts: Bools
    goals: Ints
    penalties: Ints
    assists: Ints
    shots: Ints
    key_passes: Ints
    yellow_cards: Ints
    red_cards: Ints
    expected_goals: Floats
    expected_assists: Floats
    build_up: Floats


def appear(squads: Squads, sides: Ints, events: Events, rng: np.random.Generator) -> Appearances:
    """Pick line-ups, and give the sides' events to their players.

    Parameters
    ----------
    squads : Squads
    sides : ndarray, shape (2n,)
        The club of each side.
    events : Events
        Of the n matches.
    rng : numpy.random.Generator
    """
    minutes, starts = _line_ups(squads.rank[sides], rng)
    scoring = _shares(minutes * squads.scoring[sides])
    penalties = _taken(events.penalties.ravel(), squads.scoring[sides], minutes)
    from_play = (events.goals - events.penalties - events.own_goals).ravel()
    scored = rng.multinomial(from_play, scoring)
    assists, key_passes, created = _created(events, squads.creating[sides] * minutes, scored, rng)
    missed = (events.shots - events.goals + events.own_goals).ravel()
    cards = _shares(minutes * _CARD_WEIGHT[POSITION])
    chances, build_up = _chances(events, scoring, scored, minutes)
    return Appearances(
        minutes, starts, scored + penalties, penalties, assists,
        scored + penalties + rng.multinomial(missed, scoring), key_passes,
        rng.multinomial(events.yellow_cards.ravel(), cards), rng.multinomial(events.red_cards.ravel(), cards),
        chances + PENALTY_CHANCE * penalties, created, build_up,
    )  # fmt: skip


def _line_ups(rank: Floats, rng: np.random.Generator) -> tuple[Ints, Bools]:
    """Start the best ranked of the day in each position; four of them go off for the next four."""
    today = rank + rng.gumbel(0.0, 1.0, rank.shape)
    starts = _first_by_position(today)
    outfield = POSITION > 0
    leaving = _first(np.where(starts & outfield, rng.random(rank.shape), -np.inf), SUBSTITUTIONS)
    coming = _first(np.where(~starts & outfield, today, -np.inf), SUBSTITUTIONS)
    minute = rng.integers(46, MATCH_MINUTES, (len(rank), SUBSTITUTIONS))
    minutes = MATCH_MINUTES * starts.astype(np.int64)
    np.put_along_axis(minutes, leaving, minute, axis=1)
    np.put_along_axis(minutes, coming, MATCH_MINUTES - minute, axis=1)
    return minutes, starts


def _first_by_position(today: Floats) -> Bools:
    starts = np.zeros(today.shape, dtype=np.bool_)
    edges = np.cumsum((0, *PLACES))
    for first, last, needed in zip(edges, edges[1:], STARTERS, strict=False):
        np.put_along_axis(starts, first + _first(today[:, first:last], needed), values=True, axis=1)
    return starts


def _first(weights: Floats, count: int) -> Ints:
    """Places of the largest weights in each row, shape (rows, count)."""
    return np.argsort(-weights, axis=1, kind="stable")[:, :count]


def _shares(weights: Floats) -> Floats:
    shares: Floats = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _taken(penalties: Ints, scoring: Floats, minutes: Ints) -> Ints:
    """Give each side's penalties to the best scorer who was on for half of the match."""
    taker = np.where(minutes >= MATCH_MINUTES // 2, scoring, 0.0).argmax(axis=1)
    taken = np.zeros((len(penalties), SQUAD), dtype=np.int64)
    taken[np.arange(len(penalties)), taker] = penalties
    return taken


def _created(
    events: Events, weights: Floats, scored: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints, Floats]:
    """Draw assists, key passes and expected assists; who scored in a match assists nobody in it."""
    assisted = rng.binomial(scored.sum(axis=1), ASSISTED_SHARE)
    assists = rng.multinomial(assisted, _shares(np.where(scored > 0, 0.0, weights)))
    passes = rng.binomial((events.shots - events.goals).ravel(), _KEY_PASS_SHARE)
    creating = _shares(weights)
    from_play = (events.expected_goals - PENALTY_CHANCE * events.penalties).reshape(-1, 1)
    return assists, assists + rng.multinomial(passes, creating), CREATED_SHARE * from_play * creating


def _chances(events: Events, scoring: Floats, scored: Ints, minutes: Ints) -> tuple[Floats, Floats]:
    """Divide chances from play, shape (2n, 24): among shooters, and among those who built them up."""
    from_play = (events.expected_goals - PENALTY_CHANCE * events.penalties).reshape(-1, 1)
    total = scored.sum(axis=1, keepdims=True)
    among_scorers = np.where(total > 0, scored / np.maximum(total, 1), scoring)
    shares = _SCORED_WEIGHT * among_scorers + (1.0 - _SCORED_WEIGHT) * scoring
    return from_play * shares, _BUILD_UP * from_play * _shares(minutes.astype(np.float64))
