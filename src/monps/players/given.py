"""Given line-ups: the eleven is known; what remains open is who comes on."""

import unicodedata
from collections.abc import Sequence

import numpy as np

from monps.domain.scorers import LineUp
from monps.errors import UnknownNameError
from monps.numerics import checks
from monps.numerics.checks import Floats, Ints
from monps.numerics.log_odds import chances_with_total
from monps.players.minutes import STARTER_MINUTES, SUBSTITUTE_MINUTES
from monps.players.records import POSITIONS, SIDE_MINUTES, STARTERS
from monps.players.squads import Cast, FittedPlayers, Squads
from monps.tables.encode import nearest_names

_NEW_ENTRY_SCORE = -1.0
"""Log odds of a newcomer on the bench to come on, beside those of the others."""

_MOST_OF_THE_BENCH = 0.9


def given(fitted: FittedPlayers, team: str, line_up: LineUp) -> Squads:
    """Return the squad of one side whose line-up is known.

    Parameters
    ----------
    fitted : FittedPlayers
        What is known of the competition's players.
    team : str
        The side's name.
    line_up : LineUp
        Without a bench, everyone else who was seen with the side may come on.

    Returns
    -------
    Squads
        Of one side: the eleven in the order given, then who may come on.

    Raises
    ------
    UnknownTeam
        If nobody was seen to play for the side.
    UnknownNameError
        If a player is neither known nor called a newcomer.
    """
    side = fitted.records.teams.require(team)
    eleven = _find(fitted, side, line_up, line_up.starting)
    bench = (
        _find(fitted, side, line_up, line_up.bench) if line_up.bench else _everyone_but(eleven, fitted, side)
    )
    players = np.concatenate([eleven, bench])
    return Squads(players[None], *fitted.shared(_cast(fitted, side, players, unnamed=not line_up.bench)))


def _cast(fitted: FittedPlayers, side: int, players: Ints, *, unnamed: bool) -> Cast:
    time = fitted.time
    slots = {int(player): slot for slot, player in enumerate(time.squad[side])}
    slot = np.array([slots.get(int(player), -1) for player in players])

    def of(values: Floats, otherwise: float) -> Floats:
        return checks.floats("values", np.where(slot >= 0, values[side, slot], otherwise)[None])

    starts = (np.arange(len(players)) < STARTERS)[None]
    substitutions = np.minimum(time.substitutions[[side]], _MOST_OF_THE_BENCH * (len(players) - STARTERS))
    scores = of(time.entry_score, _NEW_ENTRY_SCORE)
    comes_on = np.zeros(scores.shape)
    if len(players) > STARTERS:
        comes_on = chances_with_total(scores, ~starts, substitutions)
    others = substitutions * SUBSTITUTE_MINUTES / SIDE_MINUTES * time.new_starters[[side]]
    return Cast(
        starts.astype(np.float64),
        comes_on,
        of(time.minutes_if_starting, STARTER_MINUTES),
        of(time.minutes_if_coming_on, SUBSTITUTE_MINUTES),
        fitted.goals.from_play[players][None],
        fitted.goals.penalties[players][None],
        others if unnamed else np.zeros(1),
    )


def _find(fitted: FittedPlayers, side: int, line_up: LineUp, names: Sequence[str]) -> Ints:
    """Return the players of these names; a newcomer is the one who stands for his position."""
    records = fitted.records
    everyone = _by_name(records.names, range(len(records.names)))
    own = _by_name(records.names, fitted.time.squad[side].tolist())
    newcomers = {
        name: len(records.names) + POSITIONS.index(place) for name, place in line_up.newcomers.items()
    }
    found = [newcomers.get(name, own.get(_folded(name), everyone.get(_folded(name)))) for name in names]
    for name, player in zip(names, found, strict=True):
        if player is None:
            raise UnknownNameError("player", name, _alike(name, own, records.names))
    return np.array(found, dtype=np.int64)


def _by_name(names: Sequence[str], players: Sequence[int]) -> dict[str, int]:
    return {_folded(names[player]): player for player in players if player >= 0}


def _alike(name: str, own: dict[str, int], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(names[own[found]] for found in nearest_names(_folded(name), own))


def _folded(name: str) -> str:
    """Return a name without accents and letter case."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.casefold().strip()


def _everyone_but(eleven: Ints, fitted: FittedPlayers, side: int) -> Ints:
    squad: Ints = fitted.time.squad[side][fitted.time.available[side]]
    return squad[~np.isin(squad, eleven)]
