"""What the teams' ways of playing say, and what two ways do to each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from monps.agents.base import Agent, Forecast, GridForecast, History
from monps.agents.slate import Slate
from monps.agents.style_fit import FittedStyle, fit_style
from monps.agents.style_walk import StyleRecipe, StyleWalk
from monps.agents.voice import USUAL_DISPERSION
from monps.errors import UsageError
from monps.models.counts import COUNT_MODELS, LEARNED_SEASONS
from monps.models.shape import fit_shape
from monps.numerics.checks import Bools, Floats
from monps.numerics.conway_maxwell import fit_score_shape
from monps.numerics.grid import ScoreGrid
from monps.ratings.combination import known_before
from monps.ratings.strengths import USUAL_RHO
from monps.tables.matches import MatchTable

FEWEST_FORECASTS = 300
"""Forecasts of earlier seasons without which nobody can tell whether those of a season are any good."""

_ENOUGH_COUNTED = 300
"""Matches that tell how counts scatter well enough: more of them are thinned out evenly."""

_SPOKEN_OF = ("shots", "shots_on_target", "corners", "fouls", "yellow_cards", "implied_goals")


@dataclass(frozen=True, eq=False)
class StyleForecast(Forecast):
    """Goal rates, and a view of corners, cards and halves; what nobody asks for is not worked out.

    Parameters
    ----------
    walk : StyleWalk
        Where it all comes from; none where nothing was wanted.
    """

    walk: StyleWalk | None = None

    def counts(self, subject: str) -> Floats:
        """Shape (n, 2): expected corners or cards of both sides; NaN where there is no forecast."""
        expected: Floats = getattr(self._known_walk, subject).expected
        return np.where(self.made[:, None], expected, np.nan)

    def count_grid(self, subject: str, rows: Bools) -> ScoreGrid:
        """Build the grids of corners or cards of the chosen matches, each season's shape learned before."""
        rates, table = self.counts(subject), self._known_walk.history.matches
        model, seasons = COUNT_MODELS[subject](), table.column("season")
        grids, places = [], []
        for season in np.unique(seasons[rows]).astype(int):
            now = rows & (seasons == season)
            shape = count_shape(self._known_walk, subject, known_before(table, season), season)
            grids.append(model.scorelines(rates[now, 0], rates[now, 1], shape))
            places.append(np.flatnonzero(now))
        order = np.argsort(np.concatenate(places))
        probabilities = np.concatenate([grid.probabilities for grid in grids])
        return ScoreGrid(probabilities[order], np.concatenate([grid.tail for grid in grids])[order])

    @property
    def first_half(self) -> Floats:
        """Shape (n,): the chance that a match's only goal falls before half-time; NaN without a forecast."""
        return self._known_walk.chance_of_first_half(np.stack([self.home, self.away], axis=1))

    @property
    def _known_walk(self) -> StyleWalk:
        if self.walk is None:
            raise ValueError("nothing was wanted of this forecast")
        return self.walk


class Style(Agent):
    """Both sides' profiles beside the league's means, and friction where it has proved itself.

    Parameters
    ----------
    recipe : StyleRecipe
        How style is learned.
    """

    recipe: StyleRecipe = StyleRecipe()

    @property
    def name(self) -> str:
        """What it is called."""
        return "style"

    @property
    def silence(self) -> str:
        """Return what history it lacks."""
        return f"fewer than {self.recipe.warm_up_seasons + 1} seasons to learn from"

    def coverage(self, recent: MatchTable) -> tuple[float, str]:
        """Say which share of what profiles are made of is known."""
        if not len(recent):
            return 0.0, "profiles"
        known = [np.isfinite(recent.column(f"home_{name}")).mean() for name in _SPOKEN_OF]
        return float(np.mean(known)), "profiles from results, their statistics and past odds"

    def replay(self, history: History, wanted: Bools) -> StyleForecast:
        """Walk style through all seasons up to the last one that is wanted.

        There is no forecast where too few earlier ones were there to be judged.
        """
        n = len(history.matches)
        if not wanted.any():
            nothing = np.full(n, np.nan)
            return StyleForecast(nothing, nothing, nothing)
        last = int(history.matches.column("season")[wanted].max())
        return self.forecast_of(StyleWalk(history, self.recipe, last), wanted)

    def forecast_of(self, walk: StyleWalk, wanted: Bools) -> StyleForecast:
        """Forecast the wanted matches of a walk, scores scattering as they did in the seasons before.

        Parameters
        ----------
        walk : StyleWalk
            Of n matches.
        wanted : ndarray of bool, shape (n,)
            Which to forecast.
        """
        table, rates = walk.history.matches, walk.goals.expected
        seasons = table.column("season")
        rho, dispersion = np.full(len(table), USUAL_RHO), np.full(len(table), USUAL_DISPERSION)
        silent = np.zeros(len(table), dtype=np.bool_)
        for season in np.unique(seasons[wanted]):
            earlier = known_before(table, int(season)) & np.isfinite(rates).all(axis=1) & table.is_played
            if earlier.sum() < FEWEST_FORECASTS:
                silent |= seasons == season
            else:
                weights = 0.5 ** ((season - seasons[earlier]) / self.recipe.half_life_seasons)
                learned = fit_score_shape(rates[earlier], walk.measures.of("goals")[earlier], weights)
                rho[seasons == season], dispersion[seasons == season] = learned
        home, away = np.where((wanted & ~silent)[:, None], rates, np.nan).T
        return StyleForecast(home, away, np.where(wanted, rho, np.nan), dispersion, walk=walk)

    def settle(self, slate: Slate, said: GridForecast, codes: Sequence[str]) -> Mapping[str, FittedStyle]:
        """Keep what was said of every possible fixture; see ``Agent.settle``.

        Raises
        ------
        UsageError
            If the forecast is not one of style.
        """
        if not isinstance(said, StyleForecast) or said.walk is None:
            raise UsageError("style keeps its own forecasts alone")
        walk, played = said.walk, slate.history.matches.is_played
        last = int(slate.history.matches.column("season")[slate.wanted].max())
        shapes = {subject: count_shape(walk, subject, played, last + 1) for subject in COUNT_MODELS}
        return {code: fit_style(self, slate, code, said, shapes=shapes) for code in codes}


def count_shape(walk: StyleWalk, subject: str, known: Bools, season: int) -> dict[str, float]:
    """Learn how counts scatter around what style expected, from the last seasons before one.

    Parameters
    ----------
    walk : StyleWalk
    subject : {"corners", "cards"}
    known : ndarray of bool, shape (n,)
        Which matches may be learned from.
    season : int
    """
    outlook = getattr(walk, subject)
    told = np.isfinite(outlook.expected).all(axis=1) & np.isfinite(outlook.target.counts).all(axis=1)
    seasons = walk.history.matches.column("season")
    chosen = np.flatnonzero(known & told & (seasons >= season - LEARNED_SEASONS) & (seasons < season))
    rows = chosen[:: max(len(chosen) // _ENOUGH_COUNTED, 1)]
    counts, rates = outlook.target.counts[rows].T, outlook.expected[rows].T
    return fit_shape(
        COUNT_MODELS[subject](), (counts[0], counts[1]), (rates[0], rates[1]), np.ones(len(rows))
    )
