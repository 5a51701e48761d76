"""What a sweep found: many forecasters judged on many seasons, each on its own."""

from pydantic import Field

from monps.domain.base import Noun
from monps.domain.evaluation import Scorecard
from monps.domain.identifiers import CompetitionCode, Season


class TaskResult(Noun):
    """One forecaster judged on one season; the same task gives the same result wherever it ran.

    To the bit on the same kind of processor, and to the last digits elsewhere.

    Parameters
    ----------
    task : str
        The hash that names the task.
    forecaster : str
        What the forecaster was called.
    spec : str
        It, with all its settings.
    competition : str
        Its code.
    season : Season
        Which matches were judged; earlier ones were learned from.
    card : Scorecard, optional
        The scores; None where there was too little to judge.
    refused : str, optional
        Then the reason.
    wanted, abstained, refits : int
        Matches asked for, those without a forecast, and fits made.
    """

    task: str
    forecaster: str
    spec: str
    competition: CompetitionCode
    season: Season
    card: Scorecard | None = None
    refused: str | None = None
    wanted: int = Field(default=0, ge=0)
    abstained: int = Field(default=0, ge=0)
    refits: int = Field(default=0, ge=0)


class SweepTotal(Noun):
    """One forecaster over all its seasons: means over n matches, weighted as the matches are.

    Parameters
    ----------
    forecaster : str
    tasks, refused : int
        All its tasks, and those of which there was too little to judge.
    n : int
        Matches judged.
    log_loss, rps : float, optional
        None where nothing was judged.
    n_priced : int
        Matches with a closing price in seasons that have a gap.
    log_loss_gap, rps_gap : float, optional
        Mean score less the closing price's on the same matches; None where nothing was priced.
    """

    forecaster: str
    tasks: int = Field(ge=0)
    refused: int = Field(ge=0)
    n: int = Field(ge=0)
    log_loss: float | None = None
    rps: float | None = None
    n_priced: int = Field(ge=0)
    log_loss_gap: float | None = None
    rps_gap: float | None = None


class Sweep(Noun):
    """All results, in the order in which they were asked for, and their totals.

    Parameters
    ----------
    totals : tuple of SweepTotal
        A forecaster each.
    results : tuple of TaskResult
        A task each.
    run, kept : int
        Tasks run now, and those whose results were kept from before.
    seconds : float
        From the first task given out to the last result.
    """

    totals: tuple[SweepTotal, ...]
    results: tuple[TaskResult, ...]
    run: int = Field(ge=0)
    kept: int = Field(ge=0)
    seconds: float = Field(ge=0)
