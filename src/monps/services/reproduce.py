"""Make a prediction again from the store, and compare every figure."""

import math
from typing import Any

from monps.domain.base import Noun
from monps.domain.predictions import EnsemblePrediction, ForecastRequest
from monps.errors import PredictionNotFoundError
from monps.ports.unit_of_work import UnitOfWork
from monps.services.consult import Consultant
from monps.services.history import require_competition
from monps.services.keeper import Wanted, peers

ROUNDING = 1e-9
"""By what part figures may differ and still be the same. Fixtures that are predicted together, or on another
processor, have their sums taken in another order, which shows in the last digits of sixteen (ADR 20)."""

_MOST_NAMED = 5
_NEXT_TO_NOTHING = 1e-12


class Reproduction(Noun):
    """Whether a prediction came out the same again; if not, in what it differs and what may be the cause.

    ``identical`` leaves rounding aside (``ROUNDING``), ``to_the_bit`` does not.
    """

    prediction_id: str
    identical: bool
    to_the_bit: bool
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
    then, now = _figures(kept), _figures(again)
    differing = tuple(name for name, figures in then.items() if not _same(figures, now[name]))
    causes: tuple[str, ...] = ()
    if differing:
        with consultant.open_work() as work:
            causes = tuple(_causes(work, kept, again))
    return Reproduction(
        prediction_id=prediction_id,
        identical=not differing,
        to_the_bit=then == now,
        differs_in=differing,
        causes=causes,
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


def _figures(prediction: EnsemblePrediction) -> dict[str, Any]:
    """Return what has to be the same; when it was computed, and its name, are no part of it."""
    return prediction.model_dump(mode="json", exclude={"prediction_id", "computed_at", "provenance"})


def _same(one: object, other: object) -> bool:
    """Whether two values are the same but for the rounding of the figures in them."""
    match one, other:
        case float(), float():
            return math.isclose(one, other, rel_tol=ROUNDING, abs_tol=_NEXT_TO_NOTHING)
        case dict(), dict():
            return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
        case list(), list():
            return len(one) == len(other) and all(map(_same, one, other))
    return one == other


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
