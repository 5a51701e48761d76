"""A season judged on its own: a task that can be pickled, sent elsewhere, and named by a hash."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import monps
from monps.agents import Agent, History
from monps.backtest.replay import evaluate
from monps.domain.base import Noun
from monps.domain.evaluation import Scorecard
from monps.domain.identifiers import CompetitionCode, Season
from monps.domain.sweep import TaskResult
from monps.errors import NotEnoughData, UsageError

_CALCULATES = ("numpy", "scipy", "polars")


@cache
def code_version() -> str:
    """Return the SHA-256 of all that calculates: this package's files, and the versions of those below it."""
    digest = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _CALCULATES).encode())
    home = Path(monps.__file__).parent
    for file in sorted(home.rglob("*.py")):
        digest.update(file.relative_to(home).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


class BacktestTask(Noun):
    """One forecaster, one season of one competition, one history, one version of the code.

    Parameters
    ----------
    forecaster : str
        What the forecaster is called.
    agent : Agent
        Its recipe.
    competition : str
        Its code.
    season : Season
        The season to be judged.
    history : str
        The SHA-256 of the history.
    code : str
        What ``code_version`` says.

    Examples
    --------
    >>> from monps.agents import BaseRate
    >>> made_for = {"competition": "E0", "season": Season(start=2022), "history": "9f…", "code": "07…"}
    >>> task = BacktestTask(forecaster="base_rate", agent=BaseRate(), **made_for)
    >>> task.digest == task.model_copy().digest
    True
    """

    forecaster: str
    agent: Agent
    competition: CompetitionCode
    season: Season
    history: str
    code: str

    @property
    def digest(self) -> str:
        """The SHA-256 of everything that decides the result."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    def run(self, history: History) -> TaskResult:
        """Judge the season; nothing but the task and the history has a say in the result.

        Parameters
        ----------
        history : History
            The one that the task names.

        Returns
        -------
        TaskResult
            With the reason in the place of scores where there is too little to judge.

        Raises
        ------
        UsageError
            If the code here is not the code that the task was made for.
        """
        if self.code != code_version():
            raise UsageError(
                "the worker has another version of monps, numpy, scipy or polars than the sender"
            )
        matches = history.matches
        wanted = matches.column("season") == self.season.start
        wanted &= (matches.frame["competition"] == self.competition).to_numpy()
        try:
            found = evaluate(history, self.agent, wanted)
        except NotEnoughData as reason:
            return self._result(refused=str(reason), wanted=int(wanted.sum()))
        card = Scorecard(**{name: getattr(found, name) for name in Scorecard.model_fields})
        counts = {name: getattr(found, name) for name in ("wanted", "abstained", "refits")}
        return self._result(card=card, **counts)

    def _result(self, **found: object) -> TaskResult:
        told = {name: getattr(self, name) for name in ("forecaster", "competition", "season")}
        return TaskResult.model_validate({"task": self.digest, "spec": repr(self.agent), **told, **found})
