"""What is known of teams and their meeting: profiles, differentials, friction, and how uncertain it is."""

from typing import Annotated, Literal, Self

from pydantic import Field, NonNegativeFloat, StringConstraints, model_validator

from monps.domain.base import Moment, Noun
from monps.domain.identifiers import CompetitionCode, Season, TeamName

DimensionName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
"""What one dimension of a team's DNA is called, as in ``monps.dna.DIMENSIONS``."""

DataQuality = Literal["excellent", "good", "fair", "poor"]
FrictionTargetName = Literal["goals", "corners", "cards", "first_half_share"]

GOOD_COVERAGE, FAIR_COVERAGE = 0.8, 0.6


def data_quality(coverage: float) -> DataQuality:
    """Name a share of known features: all are excellent, 80 % good, 60 % fair, less is poor.

    Examples
    --------
    >>> data_quality(1.0), data_quality(0.8), data_quality(0.6), data_quality(0.59)
    ('excellent', 'good', 'fair', 'poor')
    """
    if coverage >= 1.0:
        return "excellent"
    if coverage >= GOOD_COVERAGE:
        return "good"
    return "fair" if coverage >= FAIR_COVERAGE else "poor"


class DimensionValue(Noun):
    """One dimension of one team, as known at ``as_of``.

    ``value`` is held towards the league's mean as far as little is known, in the dimension's unit;
    ``standard_error`` says how far it may be off. ``z`` is its distance to the league's mean in standard
    deviations between teams, with ``z_error`` its standard error. ``n`` counts the matches behind it,
    ``age_days`` is the newest one's age. ``home`` and ``away`` stand where the ground matters. Where nothing
    is known, ``reason`` says why, and every number is ``None``: never a zero or an average.
    """

    dimension: DimensionName
    group: str
    unit: str
    value: float | None = None
    standard_error: NonNegativeFloat | None = None
    n: int = Field(default=0, ge=0)
    z: float | None = None
    z_error: NonNegativeFloat | None = None
    home: float | None = None
    away: float | None = None
    source: str | None = None
    as_of: Moment
    age_days: NonNegativeFloat | None = None
    repeats: bool = True
    reason: str | None = None

    @model_validator(mode="after")
    def _whole_or_missing(self) -> Self:
        told = (self.value, self.standard_error, self.z, self.z_error, self.source, self.age_days)
        if self.reason is None and (None in told or self.n == 0):
            raise ValueError(
                "a value needs its standard error, n, z, source and age; or else a reason why not"
            )
        if self.reason is not None and any(each is not None for each in (*told, self.home, self.away)):
            raise ValueError("a missing dimension has a reason and no numbers")
        return self

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None


class Neighbour(Noun):
    """A team that resembles another.

    ``distance`` is the root mean square difference of z over the dimensions both have, freed of what chance
    alone would add; ``standard_error`` is its uncertainty, ``dimensions`` counts what was compared.
    """

    team: TeamName
    distance: NonNegativeFloat
    standard_error: NonNegativeFloat
    dimensions: int = Field(ge=1)


class TeamDNA(Noun):
    """A team's profile in one competition and season, as known at ``as_of``.

    ``uniqueness`` is the share of the league's teams that lie closer to their nearest neighbour than this
    one does to its own.
    """

    team: TeamName
    competition: CompetitionCode
    season: Season
    as_of: Moment
    matches: int = Field(ge=0)
    dimensions: tuple[DimensionValue, ...]
    neighbours: tuple[Neighbour, ...] = ()
    uniqueness: float | None = Field(default=None, ge=0, le=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        names = [each.dimension for each in self.dimensions]
        if len(set(names)) != len(names):
            raise ValueError("a dimension stands twice in one profile")
        return self

    @property
    def coverage(self) -> float:
        """The share of dimensions that are known."""
        known = sum(each.is_known for each in self.dimensions)
        return known / len(self.dimensions) if self.dimensions else 0.0

    @property
    def data_quality(self) -> DataQuality:
        """The coverage in a word."""
        return data_quality(self.coverage)

    def dimension(self, name: str) -> DimensionValue | None:
        """Return one dimension, or nothing if the profile does not have it."""
        return next((each for each in self.dimensions if each.dimension == name), None)


class TeamFeatures(Noun):
    """A team before a match: its DNA, and what its calendar and its last matches were like.

    ``recent`` counts the last matches (at most five) that ``points``, ``goals_for`` and ``goals_against``,
    each a mean per match, are taken over.
    """

    dna: TeamDNA
    rest_days: NonNegativeFloat | None
    matches_in_30_days: int = Field(ge=0)
    recent: int = Field(ge=0, le=5)
    points: float | None = Field(default=None, ge=0, le=3)
    goals_for: NonNegativeFloat | None = None
    goals_against: NonNegativeFloat | None = None


class Differential(Noun):
    """Home side minus away side in one dimension, in standard deviations between teams."""

    dimension: DimensionName
    value: float
    standard_error: NonNegativeFloat


class DimensionPair(Noun):
    """What one of a side's dimensions does upon one of its opponent's, in the target's unit."""

    own: DimensionName
    opposing: DimensionName
    own_z: float
    opposing_z: float
    contribution: float


class FrictionEffect(Noun):
    """What friction does to one side's count (or share), in the target's unit, with a 95 % interval.

    ``expected`` is the side's count without friction, ``log_effect`` the effect on its logarithm (for a
    share: on its log-odds).
    """

    expected: NonNegativeFloat
    effect: float
    lower: float
    upper: float
    log_effect: float
    pairs: tuple[DimensionPair, ...] = ()

    @model_validator(mode="after")
    def _within_interval(self) -> Self:
        if not self.lower <= self.effect <= self.upper:
            raise ValueError("an effect lies within its interval")
        return self


class FrictionEvidence(Noun):
    """What friction was worth out of sample: nats gained per match-side, with a 95 % interval.

    Each of the ``seasons`` was forecast from those before it; ``n`` counts match-sides.
    """

    gain: float
    lower: float
    upper: float
    n: int = Field(ge=1)
    seasons: tuple[int, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _within_interval(self) -> Self:
        if not self.lower <= self.gain <= self.upper:
            raise ValueError("a gain lies within its interval")
        return self


class FrictionTarget(Noun):
    """Friction's effect on one thing that is counted, on both sides.

    It moves prices only where its gain was above zero out of sample, by an interval; else it is description.
    """

    target: FrictionTargetName
    unit: str
    home: FrictionEffect | None
    away: FrictionEffect | None
    moves_prices: bool
    evidence: FrictionEvidence | None
    note: str

    @model_validator(mode="after")
    def _moved_by_evidence_only(self) -> Self:
        if self.moves_prices and (self.evidence is None or self.evidence.lower <= 0):
            raise ValueError("without an interval above zero, friction moves no price")
        return self


class Friction(Noun):
    """What two profiles do to each other's match beyond the sum of their strengths and styles."""

    competition: CompetitionCode
    home: TeamName
    away: TeamName
    as_of: Moment
    targets: tuple[FrictionTarget, ...]


class MatchFeatures(Noun):
    """Both sides before their match, how they differ, and their friction."""

    match_id: int | None = None
    competition: CompetitionCode
    as_of: Moment
    home: TeamFeatures
    away: TeamFeatures
    differentials: tuple[Differential, ...]
    friction: Friction | None = None

    @property
    def data_quality(self) -> DataQuality:
        """The poorer side's."""
        return data_quality(min(self.home.dna.coverage, self.away.dna.coverage))
