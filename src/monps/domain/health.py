"""What a check-up finds."""

from typing import Literal

from monps.domain.base import Noun

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
