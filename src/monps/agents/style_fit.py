"""The agent of style, fitted: what it says of every pair of teams, and what friction that is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from monps.agents import written
from monps.agents.fitted import AgentForecast
from monps.agents.pairs import PairForecasts, Square, fit_pairs
from monps.agents.slate import Slate
from monps.agents.style_walk import FRICTION_DIMENSIONS, Outlook, StyleWalk
from monps.dna.friction import Lesson
from monps.errors import NotEnoughData
from monps.models.counts import COUNT_MODELS
from monps.numerics.checks import Bools, Floats
from monps.numerics.grid import ScoreGrid
from monps.numerics.resample import Interval
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

if TYPE_CHECKING:
    from monps.agents.style import Style, StyleForecast

TARGETS = {"goals": "goals", "corners": "corners", "cards": "cards", "first_half": "first_half_share"}
"""What friction may act upon, by the walk's name for it."""

SHARE = TARGETS["first_half"]


@dataclass(frozen=True, slots=True, eq=False)
class FittedFriction:
    """Friction of every pair of t teams upon one target.

    Parameters
    ----------
    expected : ndarray, shape (t, t, 2)
        What is expected of both sides without it; hosts first.
    log_effects : ndarray, shape (t, t, 2)
        What it would do, whether it is believed or not.
    lesson : Lesson or None
        Where that comes from; None where nothing could be learned.
    is_share : bool
        Whether a share is expected, and effects are on its log-odds.
    """

    expected: Floats
    log_effects: Floats
    lesson: Lesson | None
    is_share: bool = False

    @property
    def moves_prices(self) -> bool:
        """Whether the gate is open."""
        return self.lesson is not None and self.lesson.is_open

    @property
    def believed(self) -> Floats:
        """Shape (t, t, 2): what is expected, friction included where its gate is open."""
        return self.moved_by(self.log_effects) if self.moves_prices else self.expected

    def moved_by(self, log_effects: Floats) -> Floats:
        """Shape (t, t, 2): what would be expected if effects were as given."""
        if not self.is_share:
            return np.asarray(self.expected * np.exp(log_effects))
        odds = self.expected / (1 - self.expected) * np.exp(log_effects)
        return np.asarray(odds / (1 + odds))


@dataclass(frozen=True, slots=True, eq=False)
class FittedStyle:
    """What style says of t teams at home to each other, seen from one moment.

    Parameters
    ----------
    pairs : PairForecasts
        Of goals.
    profiles : ndarray, shape (t, d)
        Log indices of ``FRICTION_DIMENSIONS``.
    targets : mapping of str to FittedFriction
        By name, as ``TARGETS`` has them.
    shapes : mapping of str to mapping
        How corners and cards scatter.
    referees : mapping of str to float
        By how much each referee multiplies both sides' cards.
    """

    kind: ClassVar[str] = "style"
    pairs: PairForecasts
    profiles: Floats
    targets: Mapping[str, FittedFriction]
    shapes: Mapping[str, Mapping[str, float]]
    referees: Mapping[str, float]

    @property
    def name(self) -> str:
        """The agent's."""
        return self.pairs.name

    @property
    def as_of(self) -> datetime:
        """The moment from which it looks."""
        return self.pairs.as_of

    def friction_profile(self, home: str, away: str) -> Floats:
        """Shape (2, f): what friction looks at in a match of two teams: ``FRICTION_DIMENSIONS``, the outlook.

        Raises
        ------
        UnknownTeam
            If one of them never played here.
        """
        sides = [self.pairs.teams.require(name) for name in (home, away)]
        rates = self.targets["goals"].expected[sides[0], sides[1]]
        outlook = np.log(np.where(np.isfinite(rates), rates, 1.0))  # as in the walk that taught it
        return np.concatenate([self.profiles[sides], outlook[:, None]], axis=1)

    def forecast(self, fixtures: MatchTable, quotes: QuoteTable) -> AgentForecast:
        """Look fixtures up; quotes are not looked at."""
        goals = self.pairs.forecast(fixtures, quotes)
        shares = self._both(fixtures, "first_half_share")
        rates = np.stack([goals.home, goals.away], axis=1)
        names = fixtures.frame["referee"].to_list()
        strictness = np.array([self.referees.get(name or "", 1.0) for name in names])[:, None]
        return replace(
            goals,
            corners=self._grid("corners", self._both(fixtures, "corners")),
            cards=self._grid("cards", self._both(fixtures, "cards") * strictness),
            first_half=(rates * shares).sum(axis=1) / rates.sum(axis=1),
        )

    def _both(self, fixtures: MatchTable, target: str) -> Floats:
        """Shape (n, 2): what is expected of both sides."""
        believed = self.targets[target].believed
        return np.stack(self.pairs.look_up(fixtures, believed[..., 0], believed[..., 1]), axis=1)

    def _grid(self, subject: str, rates: Floats) -> ScoreGrid | None:
        """Build grids; none where the league's counts are not known."""
        if not np.isfinite(rates).all():
            return None
        return COUNT_MODELS[subject]().scorelines(rates[:, 0], rates[:, 1], self.shapes[subject])

    def to_bytes(self) -> bytes:
        """Write the fit down."""
        arrays: dict[str, np.ndarray] = {"pairs": np.frombuffer(self.pairs.to_bytes(), dtype=np.uint8)}
        meta: dict[str, object] = {"kind": self.kind, "shapes": self.shapes, "referees": self.referees}
        lessons = {}
        for name, fitted in self.targets.items():
            arrays |= {f"{name}.expected": fitted.expected, f"{name}.log_effects": fitted.log_effects}
            if fitted.lesson is not None:
                plain = {f.name: getattr(fitted.lesson, f.name) for f in fields(Lesson)}
                told = plain["evidence"]
                facts = plain | {"evidence": None if told is None else tuple(told)}
                lessons[name] = {key: value for key, value in facts.items() if key not in _LEARNED}
                arrays |= {f"{name}.{key}": plain[key] for key in _LEARNED}
        return written.write(meta | {"lessons": lessons}, arrays | {"profiles": self.profiles})

    @classmethod
    def read(cls, meta: dict[str, object], arrays: dict[str, np.ndarray]) -> "FittedStyle":
        """Read what ``to_bytes`` wrote."""
        lessons: dict[str, dict[str, object]] = meta["lessons"]  # type: ignore[assignment]
        targets = {
            name: FittedFriction(
                arrays[f"{name}.expected"],
                arrays[f"{name}.log_effects"],
                _lesson(lessons.get(name), name, arrays),
                is_share=name == SHARE,
            )
            for name in TARGETS.values()
        }
        pairs = PairForecasts.read(*written.read(arrays["pairs"].tobytes()))
        return cls(pairs, arrays["profiles"], targets, meta["shapes"], meta["referees"])  # type: ignore[arg-type]


_LEARNED = ("effects", "means", "covariance", "scale")


def _lesson(plain: dict[str, object] | None, name: str, arrays: dict[str, np.ndarray]) -> Lesson | None:
    if plain is None:
        return None
    told: list[float] | None = plain["evidence"]  # type: ignore[assignment]
    facts = plain | {
        "evidence": None if told is None else Interval(*told),
        "judged": tuple(plain["judged"]),  # type: ignore[arg-type]
    }
    return Lesson(**facts, **{key: arrays[f"{name}.{key}"] for key in _LEARNED})  # type: ignore[arg-type]


def fit_style(
    agent: "Style",
    slate: Slate,
    code: str,
    said: "StyleForecast",
    *,
    shapes: Mapping[str, Mapping[str, float]],
) -> FittedStyle:
    """Set out what style said of the possible fixtures of one competition.

    Parameters
    ----------
    agent : Style
    slate : Slate
        What was known, with the possible fixtures.
    code : str
        The competition.
    said : StyleForecast
        Of all rows of the slate.
    shapes : mapping of str to mapping
        How corners and cards scatter.

    Raises
    ------
    NotEnoughData
        If nothing was wanted of the competition.
    """
    walk, rows = said.walk, slate.of_competition(code)
    if walk is None:
        raise NotEnoughData(f"nothing was wanted of {code}")
    fixtures = MatchTable(slate.history.matches.frame.filter(rows))
    square = Square(fixtures.teams, fixtures.home_index, fixtures.away_index)
    targets = {name: _friction(walk, part, square, rows) for part, name in TARGETS.items()}
    profiles = np.zeros((len(fixtures.teams), len(FRICTION_DIMENSIONS)))
    profiles[fixtures.home_index] = walk.friction_profiles(walk.goals.target.expected)[rows, 0, :-1]
    return FittedStyle(fit_pairs(agent, slate, code, said), profiles, targets, shapes, _referees(slate, code))


def _friction(walk: StyleWalk, part: str, square: Square, rows: Bools) -> FittedFriction:
    outlook: Outlook = getattr(walk, part)
    season = int(walk.history.matches.column("season")[rows][0])
    is_share = TARGETS[part] == SHARE
    expected = walk.first_half_shares if is_share else outlook.target.expected
    return FittedFriction(
        square.of(expected[rows]),
        square.of(outlook.friction.effects[rows]),
        outlook.friction.lessons.get(season),
        is_share=is_share,
    )


def _referees(slate: Slate, code: str) -> Mapping[str, float]:
    """Return the referees' factors, where cards were counted at all."""
    try:
        return COUNT_MODELS["cards"]().referees(slate.known(code), slate.as_of)
    except NotEnoughData:
        return {}
