"""What a user writes; mypy reads it, strictly, against the installed package."""

from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

import monps
from monps.domain.market import MarketKey
from monps.models import FittedScoreModel

reading: monps.Reading = monps.simulate(seed=1, seasons=2)
matches: monps.MatchTable = reading.matches.until(datetime(2026, 1, 1, tzinfo=UTC))
fitted: FittedScoreModel = monps.DixonColes(half_life_days=390.0).fit(matches)
home, away = fitted.teams.names[:2]
grid: monps.ScoreGrid = fitted.grid([home], [away])
outcomes: npt.NDArray[np.float64] = grid.outcomes()
chances: npt.NDArray[np.float64] = monps.price(grid, [MarketKey("match_result")]).probability
fair: npt.NDArray[np.float64] = monps.remove_margin([[2.0, 3.5, 4.0]]).probabilities
model: type[monps.Poisson] | type[monps.DixonColes] = monps.Poisson


def misuse() -> None:
    """Misuse monps, saying which error each line must be: if it were not typed, there would be none.

    mypy would then call the comment unused.
    """
    monps.DixonColes(half_life_days="long")  # type: ignore[arg-type]
    monps.price(grid, ["match_result"])  # type: ignore[list-item]
    reading.matches.until("yesterday")  # type: ignore[arg-type]
    reading.matchs  # type: ignore[attr-defined]  # noqa: B018
    monps.predict  # type: ignore[attr-defined]  # noqa: B018
