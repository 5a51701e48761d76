"""Let people overrule a prediction, and keep what it was before."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from monps.domain.audit import Facts
from monps.domain.base import Noun
from monps.domain.opinions import confidence_level
from monps.domain.predictions import OVERLAPPING, EnsemblePrediction, MarketPrediction, PriceList
from monps.errors import UsageError
from monps.ports.predictions import KeptPrediction
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.predictions import Sender, Submitted, entry_of, require_prediction


class SelectionKey(NamedTuple):
    """Which selection of which market."""

    family: str
    line: float | None
    period: str
    selection: str


class FairOddsOverride(Noun):
    """Other fair odds for one selection."""

    family: str
    line: float | None = None
    period: str = "full_time"
    selection: str
    fair_odds: float = Field(gt=1, le=10_000)

    @property
    def of(self) -> SelectionKey:
        """Which selection."""
        return SelectionKey(self.family, self.line, self.period, self.selection)


class Override(Noun):
    """What somebody knows better: fair odds of selections, how confident to be, and why."""

    fair_odds: tuple[FairOddsOverride, ...] = Field(default=(), max_length=100)
    confidence_score: float | None = Field(default=None, ge=0, le=1)
    reason: str = Field(min_length=1, max_length=300)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.fair_odds and self.confidence_score is None:
            raise ValueError("give fair_odds, confidence_score, or both")
        return self


def override_prediction(
    open_work: UnitOfWorkFactory,
    prediction_id: str,
    override: Override,
    *,
    expect: Callable[[KeptPrediction], None],
    sender: Sender,
    now: datetime,
) -> Submitted:
    """Overrule a prediction; when it was computed stays as it was, and the audit keeps how it was before.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where it is kept.
    prediction_id : str
        Which one.
    override : Override
        What is known better.
    expect : callable
        Raises if what is kept is not what the sender saw.
    sender : Sender
        Who overrules.
    now : datetime
        The present.

    Raises
    ------
    PredictionNotFoundError
        If there is none of this number.
    UsageError
        If the odds have no such selection, or would not be coherent with those beside it.
    """
    with open_work(write=True) as work:
        kept = require_prediction(work, prediction_id)
        expect(kept)
        before = EnsemblePrediction.model_validate_json(kept.payload)
        after = overruled(before, override)
        payload = after.to_json()
        work.predictions.replace(after, payload, kept.revision)
        told = _facts(before, after, override.reason)
        work.audit.append(entry_of("prediction.overridden", after, sender, now, severity="warning", **told))
        work.commit()
    return Submitted(prediction_id, payload, kept.revision + 1)


def overruled(prediction: EnsemblePrediction, override: Override) -> EnsemblePrediction:
    """Return a prediction with other fair odds or another confidence.

    The chance of a selection follows from its odds (p = 1 / odds), and its siblings share what is left of
    one in proportion to what they had, so that a market stays one whole. Other markets, and the chances of
    the match itself, stay as they were computed; the warnings say what was set by hand.

    Raises
    ------
    UsageError
        If the odds have no such selection, or leave nothing for its siblings.
    """
    markets, said = prediction.markets, list(prediction.warnings)
    for change in override.fair_odds:
        markets = _with_odds(markets, change)
        said.append(f"fair odds of {' '.join(map(str, change.of))} were set by hand: {change.fair_odds:g}")
    changed: dict[str, object] = {}
    if override.confidence_score is not None:
        score = override.confidence_score
        changed |= {"confidence_score": score, "confidence_level": confidence_level(score)}
        said.append(f"the confidence was set by hand: {score:g}")
    changed |= {"markets": markets, "warnings": tuple(dict.fromkeys(said))}
    return EnsemblePrediction.model_validate(dict(prediction) | changed)


def _with_odds(markets: PriceList, change: FairOddsOverride) -> PriceList:
    siblings = [each for each in markets if key_of(each)[:3] == change.of[:3]]
    if change.of not in map(key_of, siblings):
        raise UsageError(
            f"the prediction has no selection {change.selection!r} of {change.family} {change.line}"
        )
    if change.family in OVERLAPPING:
        siblings = [each for each in siblings if key_of(each) == change.of]
    chance = 1.0 / change.fair_odds
    rest = sum(each.probability for each in siblings if key_of(each) != change.of)
    return PriceList.of(_shared(each, change, chance, rest) if each in siblings else each for each in markets)


def _shared(each: MarketPrediction, change: FairOddsOverride, chance: float, rest: float) -> MarketPrediction:
    if key_of(each) == change.of:
        return each.model_copy(update={"probability": chance, "fair_odds": change.fair_odds})
    if rest <= 0:
        raise UsageError("the other selections cannot win: there is nothing to share among them")
    probability = each.probability * (1.0 - chance) / rest
    return each.model_copy(
        update={"probability": probability, "fair_odds": 1.0 / probability if probability > 0 else None}
    )


def key_of(priced: MarketPrediction) -> SelectionKey:
    """Return which selection of which market this prices."""
    return SelectionKey(priced.family, priced.line, priced.period, priced.selection)


def _facts(before: EnsemblePrediction, after: EnsemblePrediction, reason: str) -> dict[str, Facts]:
    return {"before": _changeable(before), "after": _changeable(after) | {"reason": reason}}


def _changeable(prediction: EnsemblePrediction) -> Facts:
    facts = prediction.model_dump(mode="json", include={"confidence_score", "confidence_level"})
    priced = {" ".join(map(str, key_of(each))): each.fair_odds for each in prediction.markets}
    return facts | {"fair_odds": priced}
