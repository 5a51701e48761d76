"""What a check-up finds."""

from typing import Literal

from pydantic import Field, NonNegativeFloat

from monps.domain.base import Moment, Noun
from monps.domain.identifiers import CompetitionCode

Verdict = Literal["ok", "warn", "fail"]


class Check(Noun):
    """One thing that was looked at, the verdict, and what was seen (with the cure, where it is ill)."""

    name: str
    verdict: Verdict
    detail: str


class Diagnosis(Noun):
    """Everything that was looked at, in order."""

    checks: tuple[Check, ...]

    @property
    def failed(self) -> bool:
        """Whether anything is broken; warnings are not."""
        return any(check.verdict == "fail" for check in self.checks)


class AgentHealth(Noun):
    """What one agent last learned of one competition, and whether it has anything to say there.

    ``speaks`` is false where it abstains whatever the fixture, and ``reason`` says why.
    """

    agent: str
    speaks: bool
    reason: str


class CompetitionHealth(Noun):
    """The brain's newest fit of one competition.

    ``stale`` is true where results became known since, or anything in the store changed: the next prediction
    then learns anew. ``last_error`` is the newest failure to learn it since the fit was made.
    """

    competition: CompetitionCode
    season: int
    fitted_as_of: Moment
    fitted_at: Moment
    matches: int = Field(ge=0)
    data_known_at: Moment
    data_age_days: NonNegativeFloat
    stale: bool
    agents: tuple[AgentHealth, ...]
    last_error: str | None = None


class BrainHealth(Noun):
    """The state of the brain, as found in the store.

    ``status`` is ``"ok"`` where the newest fits are fit for use and their data fresh, ``"stale"`` where some
    are not, ``"failing"`` where learning failed last, and ``"unfitted"`` where nothing was learned yet.
    """

    status: Literal["ok", "stale", "failing", "unfitted"]
    model: str
    spec_hash: str
    competitions: tuple[CompetitionHealth, ...]
    failures: tuple[str, ...] = ()
    predictions: int = Field(ge=0)
    last_prediction_at: Moment | None
