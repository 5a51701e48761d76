"""What two teams' ways of playing do to each other's match, and how far that has proved itself."""

import hashlib
import math
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, cast

import numpy as np

from monps.agents import Style, load
from monps.agents.style_fit import SHARE, FittedFriction, FittedStyle
from monps.agents.style_walk import FRICTION_DIMENSIONS, OUTLOOK
from monps.dna.explanation import Explained, explain_friction
from monps.dna.friction import Lesson
from monps.domain.features import (
    DimensionPair,
    Friction,
    FrictionEffect,
    FrictionEvidence,
    FrictionTarget,
)
from monps.errors import UsageError
from monps.numerics.checks import Floats
from monps.ports.repositories import StoredFit
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.history import read_history, require_competition, require_teams

AGENT = Style()
"""Who learns it."""
MOST_PAIRS = 5
_WIDTH = 1.959963984540054
"""Standard errors on either side of a 95 % interval."""

_NAMES = (*FRICTION_DIMENSIONS, OUTLOOK)
_UNITS = {"goals": "goals", "corners": "corners", "cards": "cards", SHARE: "share of goals before half-time"}


def team_friction(
    open_work: UnitOfWorkFactory, competition: str, home: str, away: str, *, as_of: datetime, now: datetime
) -> Friction:
    """Explain what two teams would do to each other's match beyond the sum of their styles.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where history is read, and what was learned from it is kept.
    competition, home, away : str
        The competition's code and the teams' names.
    as_of : datetime
        The moment.
    now : datetime
        The present, noted with what is kept.

    Raises
    ------
    UsageError
        If a team would play itself.
    UnknownNameError
        If the competition is not in the store.
    UnknownTeam
        If a team was never seen, with the nearest names.
    NotEnoughData
        If nothing of the competition was known.
    """
    with open_work() as work:
        code = require_competition(work, competition).code
    fitted = fitted_style(open_work, code, as_of=as_of, now=now)
    return friction_between(open_work, fitted, (code, home, away), as_of=as_of)


def friction_between(
    open_work: UnitOfWorkFactory, fitted: FittedStyle, of: tuple[str, str, str], *, as_of: datetime
) -> Friction:
    """Explain friction from style as it was learned; see ``team_friction``.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the teams' names are read.
    fitted : FittedStyle
        Of the competition, at the moment.
    of : tuple of str
        The competition's code, the home and the away team.
    as_of : datetime
        The moment.

    Raises
    ------
    UsageError, UnknownTeam
        As ``team_friction``.
    """
    code, home, away = of
    if home == away:
        raise UsageError(f"{home} cannot play itself")
    with open_work() as work:
        require_teams(work, require_competition(work, code), (home, away))
    targets = tuple(_targets(fitted, home, away))
    return Friction(competition=code, home=home, away=away, as_of=as_of, targets=targets)


def fitted_style(
    open_work: UnitOfWorkFactory, competition: str, *, as_of: datetime, now: datetime
) -> FittedStyle:
    """Return style as learned from what was known of a competition at a moment, kept or fitted anew.

    Where nothing became known since midnight, it is that of midnight.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where history is read, and the fit is kept.
    competition : str
        Its code.
    as_of : datetime
        The moment.
    now : datetime
        The present.

    Raises
    ------
    NotEnoughData
        If nothing of the competition was known.
    """
    asked, kept = _asked(open_work, competition, as_of)
    if kept is not None:
        return kept
    with open_work(write=True) as work:
        fitted = _learned(work, asked)
        work.fits.save(
            StoredFit(
                model=AGENT.name,
                spec_json=AGENT.model_dump_json(),
                spec_hash=_spec(),
                competition=competition,
                as_of=asked.moment,
                data_version=asked.version,
                payload=fitted.to_bytes(),
                created_at=now,
            )
        )
        work.commit()
    return fitted


def learned_style(open_work: UnitOfWorkFactory, competition: str, *, as_of: datetime) -> FittedStyle:
    """Return the same as ``fitted_style``, and write nothing.

    Raises
    ------
    NotEnoughData
        If nothing of the competition was known.
    """
    asked, kept = _asked(open_work, competition, as_of)
    if kept is not None:
        return kept
    with open_work() as work:
        return _learned(work, asked)


class _Asked(NamedTuple):
    competition: str
    moment: datetime
    version: str


def _asked(
    open_work: UnitOfWorkFactory, competition: str, as_of: datetime
) -> tuple[_Asked, FittedStyle | None]:
    """Say which fit is asked for, and return it if it is kept."""
    with open_work() as work:
        version = work.matches.data_version([competition])
        moment = _since_midnight(work.matches.latest_known_at(competition), as_of)
        kept = work.fits.find(_spec(), competition, moment, version)
    found = load(kept.payload) if kept else None
    return _Asked(competition, moment, version), found if isinstance(found, FittedStyle) else None


def _learned(work: UnitOfWork, asked: _Asked) -> FittedStyle:
    history = read_history(work, [asked.competition], asked.moment)
    seasons = {asked.competition: int(history.matches.column("season").max())}
    return cast("FittedStyle", AGENT.fit(history, asked.moment, seasons)[asked.competition])


def _spec() -> str:
    return hashlib.sha256(f"{AGENT.name} {AGENT.model_dump_json()}".encode()).hexdigest()


def _since_midnight(newest: datetime | None, as_of: datetime) -> datetime:
    midnight = as_of.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if newest is not None and newest <= midnight else as_of


def _targets(fitted: FittedStyle, home: str, away: str) -> Iterator[FrictionTarget]:
    profile, mean = fitted.friction_profile(home, away), _mean_profile(fitted)
    places = [fitted.pairs.teams.require(name) for name in (home, away)]
    for name, target in fitted.targets.items():
        expected = target.expected[places[0], places[1]]
        sides: tuple[FrictionEffect | None, ...] = (None, None)
        if target.lesson is not None and np.isfinite(expected).all():
            told = explain_friction(target.lesson, profile)
            z = (profile - mean) / target.lesson.scale
            sides = tuple(
                _effect(target, float(expected[side]), told[side], z[[side, 1 - side]]) for side in (0, 1)
            )
        yield FrictionTarget(
            target=name,
            unit=_UNITS[name],
            home=sides[0],
            away=sides[1],
            moves_prices=target.moves_prices,
            evidence=_evidence(target.lesson),
            note=_note(target.lesson),
        )


def _mean_profile(fitted: FittedStyle) -> Floats:
    """Shape (d,): the mean team's dimensions, which are around 0, and the mean outlook, which is not."""
    rates = fitted.targets["goals"].expected
    known = rates[np.isfinite(rates)]
    return np.append(np.zeros(len(FRICTION_DIMENSIONS)), np.log(known).mean() if len(known) else 0.0)


def _effect(target: FittedFriction, expected: float, told: Explained, z: Floats) -> FrictionEffect:
    low, middle, high = (
        _moved(target, expected, told.log_effect + width * told.error) - expected
        for width in (-_WIDTH, 0.0, _WIDTH)
    )
    return FrictionEffect(
        expected=expected,
        effect=middle,
        lower=low,
        upper=high,
        log_effect=told.log_effect,
        pairs=tuple(_pairs(told.contributions * _slope(target, expected), z)),
    )


def _moved(target: FittedFriction, expected: float, log_effect: float) -> float:
    if not target.is_share:
        return expected * math.exp(log_effect)
    odds = expected / (1 - expected) * math.exp(log_effect)
    return odds / (1 + odds)


def _slope(target: FittedFriction, expected: float) -> float:
    """Return how much a small effect on the logarithm or the log-odds moves what is expected."""
    return expected * (1 - expected) if target.is_share else expected


def _pairs(contributions: Floats, z: Floats) -> Iterator[DimensionPair]:
    """Yield the pairs that do most."""
    order = np.argsort(-np.abs(contributions).ravel(), kind="stable")[:MOST_PAIRS]
    for place in order:
        own, opposing = divmod(int(place), len(_NAMES))
        yield DimensionPair(
            own=_NAMES[own],
            opposing=_NAMES[opposing],
            own_z=float(z[0, own]),
            opposing_z=float(z[1, opposing]),
            contribution=float(contributions[own, opposing]),
        )


def _evidence(lesson: Lesson | None) -> FrictionEvidence | None:
    if lesson is None or lesson.evidence is None:
        return None
    gain, low, high = lesson.evidence
    return FrictionEvidence(gain=gain, lower=low, upper=high, n=lesson.n, seasons=lesson.judged)


def _note(lesson: Lesson | None) -> str:
    if lesson is None:
        return "nothing could be learned yet: too few seasons"
    if lesson.is_open:
        return "measured out of sample: it moves prices"
    if lesson.evidence is None or not lesson.judged:
        return "not measured yet: description only"
    return "no measured effect: description only"
