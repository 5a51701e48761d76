"""Fit a score model to a competition, as it was known at a moment."""

import hashlib
from datetime import datetime
from typing import NamedTuple

import structlog

from monps.domain.base import Noun
from monps.domain.fits import FitReport
from monps.domain.identifiers import CompetitionCode, TeamName
from monps.models import FittedScoreModel, ScoreModel, load
from monps.ports.repositories import StoredFit
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.history import read_matches, require_competition

_log = structlog.get_logger()


class TeamStrength(Noun):
    """One team's attack and defence on the log scale, 0 being the league's mean, with standard errors."""

    team: TeamName
    attack: float
    attack_error: float
    defence: float
    defence_error: float


class CompetitionFit(Noun):
    """How a fit went, and what it says of each team, strongest first."""

    competition: CompetitionCode
    report: FitReport
    strengths: tuple[TeamStrength, ...]


def fit_competition(
    open_work: UnitOfWorkFactory, model: ScoreModel, competition: str, *, as_of: datetime, now: datetime
) -> CompetitionFit:
    """Fit, keep the fit, and report it.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where the history is read and the fit is kept.
    model : ScoreModel
        The recipe.
    competition : str
        Its code.
    as_of : datetime
        The moment from which to look.
    now : datetime
        The present, noted with the fit.

    Raises
    ------
    UnknownNameError
        If the competition is not in the store.
    NotEnoughData
        If nothing of it was known.
    """
    with open_work(write=True) as work:
        code = require_competition(work, competition).code
        fitted = kept_fit(work, model, code, as_of)
        if fitted is None:
            place = _Place(fingerprint(model), code, as_of, work.matches.data_version([code]))
            fitted = model.fit(read_matches(work, [code], as_of), as_of, start=_first_guess(work, place))
            work.fits.save(_stored(fitted, place, now))
            work.commit()
        _log.info("fitted", competition=code, **_summary(fitted))
    return describe(code, fitted)


def kept_fit(
    work: UnitOfWork, model: ScoreModel, competition: str, as_of: datetime
) -> FittedScoreModel | None:
    """Return the fit of this recipe to exactly this history, if it is kept."""
    version = work.matches.data_version([competition])
    kept = work.fits.find(fingerprint(model), competition, as_of, version)
    return load(kept.payload) if kept else None


def fingerprint(model: ScoreModel) -> str:
    """Return a text by which a recipe is known: the SHA-256 of its name and settings."""
    return hashlib.sha256(f"{model.name} {model.model_dump_json()}".encode()).hexdigest()


def _summary(fitted: FittedScoreModel) -> dict[str, object]:
    report = fitted.report
    return {"model": report.model, "matches": report.matches, "converged": report.converged}


class _Place(NamedTuple):
    """Under what a fit is kept."""

    spec_hash: str
    competition: str
    as_of: datetime
    data_version: str


def _first_guess(work: UnitOfWork, place: _Place) -> FittedScoreModel | None:
    earlier = work.fits.latest(place.spec_hash, place.competition, place.as_of)
    return load(earlier.payload) if earlier else None


def _stored(fitted: FittedScoreModel, place: _Place, now: datetime) -> StoredFit:
    return StoredFit(
        model=fitted.spec.name,
        spec_json=fitted.spec.model_dump_json(),
        payload=fitted.to_bytes(),
        created_at=now,
        **place._asdict(),
    )


def describe(competition: str, fitted: FittedScoreModel) -> CompetitionFit:
    """Say what a fit found."""
    strengths = (TeamStrength(**row) for row in fitted.strengths.to_frame().iter_rows(named=True))
    return CompetitionFit(competition=competition, report=fitted.report, strengths=tuple(strengths))
