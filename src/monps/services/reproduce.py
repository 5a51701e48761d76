"""Make a prediction again from the store, and compare it bit for bit."""

from monps.domain.base import Noun
from monps.domain.predictions import EnsemblePrediction, ForecastRequest
from monps.errors import PredictionNotFoundError
from monps.ports.unit_of_work import UnitOfWork
from monps.services.consult import Consultant
from monps.services.history import require_competition
from monps.services.keeper import Wanted, peers

_MOST_NAMED = 5


class Reproduction(Noun):
    """Whether a prediction came out the same again; if not, in what it differs and what may be the cause."""

    prediction_id: str
    identical: bool
    differs_in: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()


def reproduce_prediction(consultant: Consultant, prediction_id: str) -> Reproduction:
    """Learn again what had been known, without any kept fit, and predict the same fixture.

    Parameters
    ----------
    consultant : Consultant
        Who asks the brain.
    prediction_id : str
        A prediction that was kept.

    Returns
    -------
    Reproduction
        ``differs_in`` names the fields, ``causes`` what was stored later and counts as known before.

    Raises
    ------
    PredictionNotFoundError
        If there is none of this name.
    """
    with consultant.open_work() as work:
        kept = work.predictions.find(prediction_id)
    if kept is None:
        raise PredictionNotFoundError(f"there is no prediction {prediction_id!r}; `monps predict` makes one")
    again = consultant.again(_request(kept), Wanted(kept.competition, kept.season, kept.as_of), kept)
    differing = tuple(_differing(kept, again))
    causes: tuple[str, ...] = ()
    if differing:
        with consultant.open_work() as work:
            causes = tuple(_causes(work, kept, again))
    return Reproduction(
        prediction_id=prediction_id, identical=not differing, differs_in=differing, causes=causes
    )


def _request(kept: EnsemblePrediction) -> ForecastRequest:
    return ForecastRequest(
        competition=kept.competition,
        home=kept.home,
        away=kept.away,
        kickoff=kept.kickoff,
        neutral=kept.neutral,
        referee=kept.referee,
        as_of=kept.as_of,
        line_ups=kept.line_ups,
    )


def _differing(kept: EnsemblePrediction, again: EnsemblePrediction) -> list[str]:
    """Name the fields that differ to the last bit; when it was computed, and its name, are no part of it."""
    aside = {"prediction_id", "computed_at", "provenance"}
    names = [name for name in EnsemblePrediction.model_fields if name not in aside]
    return [name for name in names if getattr(kept, name) != getattr(again, name)]


def _causes(work: UnitOfWork, kept: EnsemblePrediction, again: EnsemblePrediction) -> list[str]:
    then, now = kept.provenance, again.provenance
    causes = []
    if then.code_version != now.code_version:
        causes.append(f"made by monps {then.code_version}, again by {now.code_version}")
    if then.spec_hash != now.spec_hash:
        causes.append("the brain's recipe has changed")
    codes = peers(work, require_competition(work, kept.competition))
    late = work.matches.corrections(codes, kept.as_of, kept.computed_at)
    for each in late[:_MOST_NAMED]:
        key = each.key
        causes.append(
            f"{key.competition} {key.season.label} {key.home} - {key.away}: stored "
            f"{each.recorded_at:%Y-%m-%d %H:%M} UTC from {each.file}, known since "
            f"{each.known_at:%Y-%m-%d %H:%M} UTC"
        )
    if len(late) > _MOST_NAMED:
        causes.append(f"and {len(late) - _MOST_NAMED} more results that were stored later")
    return causes or ["quotes or fits changed since, or it was changed by hand"]
