"""Spec → fitted → grid: what every score model is."""

import io
import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import numpy as np
import orjson

from monps.domain.fits import FitReport
from monps.errors import UsageError
from monps.models.carried import Carried, Tally, carried, later
from monps.models.shape import fit_shape
from monps.numerics.checks import Bools, Floats, Ints
from monps.numerics.design import ADVANTAGE, INTERCEPT
from monps.numerics.grid import ScoreGrid
from monps.numerics.likelihood import Maximum, maximise
from monps.ratings.strengths import (
    StrengthFit,
    Strengths,
    StrengthSettings,
    fit_strengths,
    with_parameters,
)
from monps.ratings.walk import WalkedRates, walk
from monps.tables.encode import TeamIndex
from monps.tables.matches import MatchTable


class ScoreModel(StrengthSettings, ABC):
    """A recipe: frozen, hashable, with everything that decides a fit and nothing that was fitted.

    A model says how goals are distributed around the rates that the strengths give. To write one, name its
    shape parameters with their bounds, and return the grids for given rates.
    """

    name: ClassVar[str]
    shape_bounds: ClassVar[Mapping[str, tuple[float, float]]] = {}

    @abstractmethod
    def scorelines(self, home: Floats, away: Floats, shape: Mapping[str, float]) -> ScoreGrid:
        """Return the grids of n matches from their rates, each of shape (n,), and the shape parameters."""

    def fit(
        self, table: MatchTable, as_of: datetime | None = None, *, start: "FittedScoreModel | None" = None
    ) -> "FittedScoreModel":
        """Fit to the matches that were known at a moment.

        Parameters
        ----------
        table : MatchTable
            Matches of one competition (or of several that share teams); only what was known at ``as_of``
            is looked at.
        as_of : datetime, optional
            From when one looks, and from when ages count; default: when the newest match became known.
        start : FittedScoreModel, optional
            An earlier fit to begin from; the answer is the same, only sooner.

        Returns
        -------
        FittedScoreModel

        Raises
        ------
        NotEnoughData
            If no match was known.
        """
        moment = as_of or table.last_known_at()
        known = table.until(moment)
        fit = self._strengths(known, moment, start.strengths if start else None)
        shape = self._shape(fit)
        weights = fit.matches.weights
        tally = Tally(len(known), float(weights.sum()), float(weights @ known.log_factorials))
        report = self._report(fit.strengths, fit.found, tally, moment).model_copy(update={"shape": shape})
        kept = None if self.shape_bounds else carried(fit, known, self, moment)
        return FittedScoreModel(self, fit.strengths, shape, report, kept)

    def carry_on(
        self, before: "FittedScoreModel", table: MatchTable, as_of: datetime
    ) -> "FittedScoreModel | None":
        """Fit to the sums of an earlier fit and what came after; None where they do not say it all.

        ``FittedScoreModel.update`` is the way to ask for it.
        """
        if before.carried is None or table.teams != before.teams:
            return None
        kept = later(before.carried, table, self, as_of)
        if kept is None:
            return None
        s = before.strengths
        found = maximise([kept.sums], s.layout, kept.prior, start=s.parameters[None])
        strengths = with_parameters(s, found, self)
        shape = {"rho": strengths.rho} if self.low_scores else {}
        report = self._report(strengths, found, kept.tally, as_of).model_copy(update={"shape": shape})
        return FittedScoreModel(self, strengths, shape, report, kept)

    def walk(self, table: MatchTable, wanted: Bools) -> WalkedRates:
        """Return the rates that a fit on the morning of each wanted match gives.

        Parameters
        ----------
        table : MatchTable
            The n matches; each competition stands for itself, and every ground is the host's own.
        wanted : ndarray of bool, shape (n,)
            The matches to predict; the others are only learned from.

        Returns
        -------
        WalkedRates
        """
        return walk(table, self, wanted)

    def _strengths(self, known: MatchTable, as_of: datetime, start: Strengths | None) -> StrengthFit:
        """Find the strengths; a model that finds them in its own way says so here."""
        return fit_strengths(known, self, as_of, start)

    def _shape(self, fit: StrengthFit) -> dict[str, float]:
        if not self.shape_bounds:
            return {"rho": fit.strengths.rho} if self.low_scores else {}
        matches = fit.matches
        log_home, log_away = fit.strengths.log_rates(matches.host, matches.guest)
        scores = matches.home_goals, matches.away_goals
        return fit_shape(self, scores, (np.exp(log_home), np.exp(log_away)), matches.weights)

    def _report(self, strengths: Strengths, found: Maximum, tally: Tally, as_of: datetime) -> FitReport:
        intercept, advantage = map(float, strengths.parameters[[INTERCEPT, ADVANTAGE]])
        return FitReport(
            model=self.name,
            as_of=as_of,
            converged=bool(found.converged[0]),
            iterations=found.iterations,
            log_likelihood=float(found.log_likelihood[0]) - tally.factorials,
            matches=tally.matches,
            effective_matches=tally.weight,
            teams=len(strengths.teams),
            mean_home_goals=math.exp(intercept + advantage),
            mean_away_goals=math.exp(intercept),
            home_advantage=advantage,
        )


def pair_numbers(teams: TeamIndex, homes: Sequence[str], aways: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the numbers of both sides of n fixtures, given by name, each of shape (n,).

    Raises
    ------
    UsageError
        If there are not as many homes as aways, or a team plays itself.
    """
    if isinstance(homes, str) or isinstance(aways, str):
        raise UsageError("homes and aways are lists of names: [home], [away] for a single match")
    if len(homes) != len(aways):
        raise UsageError(f"{len(homes)} homes cannot play {len(aways)} aways")
    if selfish := [home for home, away in zip(homes, aways, strict=True) if home == away]:
        raise UsageError(f"{selfish[0]} cannot play itself")
    return teams.encode(homes), teams.encode(aways)


@dataclass(frozen=True, slots=True, eq=False)
class FittedScoreModel:
    """A recipe with what fitting found; it predicts.

    Parameters
    ----------
    spec : ScoreModel
        The recipe.
    strengths : Strengths
        Attacks, defences and their covariance.
    shape : mapping of str to float
        The distribution's own parameters: ``rho`` and the like.
    report : FitReport
        How the fit went.
    carried : Carried, optional
        What a later fit can begin with; it is not written down.
    """

    spec: ScoreModel
    strengths: Strengths
    shape: Mapping[str, float]
    report: FitReport
    carried: Carried | None = None

    def update(self, table: MatchTable, as_of: datetime | None = None) -> "FittedScoreModel":
        """Return the fit of a later moment, as ``spec.fit`` finds it, in a fraction of the time.

        The sums over the matches known before are not added up anew: they decay by one factor, and only what
        has become known since is added. Where that is not possible (a new season, new teams, a table that
        did not grow from the fitted one, a model whose shape hangs on single matches, a fit read from bytes),
        all is fitted anew, beginning with the parameters at hand.

        Parameters
        ----------
        table : MatchTable
            The matches of this fit, as they were, and those that followed.
        as_of : datetime, optional
            As in ``ScoreModel.fit``.

        Raises
        ------
        NotEnoughData
            If no match was known.
        """
        moment = as_of or table.last_known_at()
        return self.spec.carry_on(self, table, moment) or self.spec.fit(table, moment, start=self)

    @property
    def teams(self) -> TeamIndex:
        """The teams that were seen."""
        return self.strengths.teams

    @property
    def covariance(self) -> Floats:
        """Shape (p, p): the parameters' covariance, laid out as ``strengths.layout`` says."""
        return self.strengths.covariance

    def rates(
        self, homes: Sequence[str], aways: Sequence[str], *, neutral: bool = False
    ) -> tuple[Floats, Floats]:
        """Return both sides' goal rates, each of shape (n,), in goals a match.

        A team that was never seen plays as the league's newcomers do.

        Raises
        ------
        UsageError
            If there are not as many homes as aways, or a team plays itself.
        """
        home, away = pair_numbers(self.teams, homes, aways)
        log_home, log_away = self.strengths.log_rates(home, away, advantage=not neutral)
        return np.exp(log_home), np.exp(log_away)

    def rate_errors(self, homes: Sequence[str], aways: Sequence[str], *, neutral: bool = False) -> Floats:
        """Shape (n, 2): standard errors of both sides' log rates; wide for teams hardly seen."""
        home, away = pair_numbers(self.teams, homes, aways)
        spread = self.strengths.log_rate_covariance(home, away, advantage=not neutral)
        return np.sqrt(np.diagonal(spread, axis1=1, axis2=2))

    def grid(self, homes: Sequence[str], aways: Sequence[str], *, neutral: bool = False) -> ScoreGrid:
        """Return the scoreline grids of n matches.

        Parameters
        ----------
        homes, aways : sequence of str, length n
            The teams' names.
        neutral : bool
            Whether nobody plays at home.
        """
        return self.spec.scorelines(*self.rates(homes, aways, neutral=neutral), self.shape)

    def to_bytes(self) -> bytes:
        """Write the fit down; ``from_bytes`` of ``monps.models`` reads it."""
        s, buffer = self.strengths, io.BytesIO()
        meta = {
            "model": self.spec.name,
            "spec": self.spec.model_dump(mode="json"),
            "report": self.report.model_dump(mode="json"),
            "shape": dict(self.shape),
            "teams": s.teams.names,
            "newcomer_variance": s.newcomer_variance,
        }
        text = np.frombuffer(orjson.dumps(meta), dtype=np.uint8)
        np.savez_compressed(
            buffer, meta=text, parameters=s.parameters, information=s.information, newcomer=s.newcomer
        )
        return buffer.getvalue()


def read_fit(models: Mapping[str, type[ScoreModel]], payload: bytes) -> FittedScoreModel:
    """Read what ``to_bytes`` wrote, given the models by name.

    Raises
    ------
    UsageError
        If the model is none of those.
    """
    with np.load(io.BytesIO(payload), allow_pickle=False) as arrays:
        meta = orjson.loads(arrays["meta"].tobytes())
        parameters, curvature, newcomer = (arrays[key] for key in ("parameters", "information", "newcomer"))
    if meta["model"] not in models:
        raise UsageError(f"the fit is of a model {meta['model']!r} that is not among {', '.join(models)}")
    spec = models[meta["model"]].model_validate(meta["spec"])
    layout = spec.layout(len(meta["teams"]))
    teams = TeamIndex(tuple(meta["teams"]))
    strengths = Strengths(teams, layout, parameters, curvature[None], newcomer, meta["newcomer_variance"])
    return FittedScoreModel(spec, strengths, meta["shape"], FitReport.model_validate(meta["report"]))
