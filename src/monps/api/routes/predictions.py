"""Predictions: made, listed, shown as they were made, overruled."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from pydantic import StringConstraints

from monps.api.answers import PREFIX, json_response, problems, raw_response, with_notes
from monps.api.dependencies import CallerDep, Notes, NotesDep, QueryMoment, ServiceDep, body_of, needs
from monps.api.errors import PreconditionFailedError
from monps.api.kept import caching, etag_of, finished, is_listed
from monps.api.schemas.predictions import MatchBody
from monps.api.shown import MOST_OF_A_TAG
from monps.api.state import Service
from monps.domain.predictions import EnsemblePrediction, ForecastRequest
from monps.domain.scorers import LineUps, ScorerForecast
from monps.ports.predictions import KeptPrediction, PredictionFilter
from monps.services.match_scorers import fit_players, scorers_in
from monps.services.overrule import Override, override_prediction
from monps.services.predictions import ListQuestion, PredictionPage, read_cursor, show_prediction
from monps.services.priced_markets import OFFERED, PricedMarkets, price_markets
from monps.services.rounds import find_match
from monps.services.submit import Submission

router = APIRouter(prefix="/predictions", tags=["predictions"])

READ, WRITE = [Depends(needs("read"))], [Depends(needs("predict"))]
PredictionId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
IdempotencyKey = Annotated[str | None, Header(pattern=r"^[\x21-\x7e]{1,100}$")]
Offered = Annotated[str, StringConstraints(pattern=OFFERED, max_length=160)]
Tag = Annotated[str | None, Header(max_length=MOST_OF_A_TAG)]


@router.get("", response_model=PredictionPage, dependencies=READ)
async def list_(  # noqa: PLR0913 - query parameters, by name
    service: ServiceDep,
    notes: NotesDep,
    request: Request,
    *,
    match_id: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    competition: Annotated[str | None, Query(pattern=r"^[A-Z][A-Z0-9]{1,7}$")] = None,
    market: Annotated[str | None, Query(pattern=r"^[a-z0-9_]{1,60}$")] = None,
    date_from: QueryMoment = None,
    date_to: QueryMoment = None,
    min_edge: Annotated[float | None, Query(ge=-1, le=1)] = None,
    cursor: Annotated[str | None, Query(pattern=r"^[0-9]{1,17}~[A-Za-z0-9_-]{1,64}$")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """List predictions, newest first; ``next`` is the ``cursor`` of the next page."""
    since, until = notes.utc("date_from", date_from), notes.utc("date_to", date_to)
    only = PredictionFilter(match_id, competition, market, since, until, min_edge)
    after = None if cursor is None else read_cursor(cursor)
    question = ListQuestion(only, after, limit)
    if not notes:
        service.lister.remember(request.scope["query_string"], question)
    return with_notes(await service.lister.list(question), notes)


@router.post(
    "/match",
    status_code=201,
    response_model=EnsemblePrediction,
    responses=problems(400, 404, 409, 413, 415),
    dependencies=WRITE,
)
async def create(
    service: ServiceDep,
    caller: CallerDep,
    notes: NotesDep,
    request: Request,
    *,
    body: Annotated[MatchBody, Depends(body_of(MatchBody))],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Forecast a fixture and keep the prediction; sent again under its key, the answer is the same."""
    now = service.application.clock.now()
    digest = hashlib.sha256(body.model_dump_json().encode()).hexdigest()
    sender = caller.sender(request.state.request_id, idempotency_key, digest)
    submission = Submission(_finding(service, body, notes, now), sender, now)
    with service.measurements.counted_outcome():
        made = await service.maker.submit(submission, body.competition)
    where = {"location": f"{PREFIX}/predictions/{made.prediction_id}"}
    answer = finished(made.payload)
    return raw_response(answer.content, status=201, notes=notes, headers=caching(answer) | where)


def _finding(service: Service, body: MatchBody, notes: Notes, now: datetime) -> Callable[[], ForecastRequest]:
    """Return what finds the fixture; the store is asked only where it was named by its number."""
    as_of, kickoff = notes.utc("as_of", body.as_of), notes.utc("match_date", body.match_date)
    line_ups = (body.line_ups or LineUps()) if body.scorers else None
    common = {"neutral": body.neutral, "referee": body.referee, "as_of": as_of, "line_ups": line_ups}
    if body.match_id is None:
        sides = {"competition": body.competition, "home": body.home, "away": body.away}
        return partial(ForecastRequest.model_validate, sides | common | {"kickoff": kickoff})
    return partial(_found, service, body, common, now)


def _found(service: Service, body: MatchBody, common: dict[str, Any], now: datetime) -> ForecastRequest:
    found = find_match(service.application.open_work, body.match_id or 0, now=now)
    sides = {"competition": found.competition, "home": found.home, "away": found.away}
    neutral = {"neutral": found.neutral or body.neutral}
    return ForecastRequest.model_validate(sides | common | neutral | {"kickoff": found.kickoff})


@router.get(
    "/{prediction_id}",
    response_model=EnsemblePrediction,
    responses=problems(404) | {304: {"description": "It is still the one that you have"}},
    dependencies=READ,
)
async def show(service: ServiceDep, prediction_id: PredictionId, if_none_match: Tag = None) -> Response:
    """Show a prediction exactly as it was computed, or overruled; its ETag changes only with it."""
    return await service.reader.show(prediction_id, if_none_match)


@router.put(
    "/{prediction_id}",
    response_model=EnsemblePrediction,
    responses=problems(404, 409, 412, 413, 415),
    dependencies=WRITE,
)
def overrule(
    service: ServiceDep,
    caller: CallerDep,
    request: Request,
    prediction_id: PredictionId,
    *,
    override: Annotated[Override, Depends(body_of(Override))],
    if_match: Tag = None,
) -> Response:
    """Overrule fair odds or confidence; ``If-Match`` refuses where somebody else was quicker."""

    def expect(kept: KeptPrediction) -> None:
        if if_match is not None and not is_listed(etag_of(kept.digest), if_match, weakly=False):
            raise PreconditionFailedError("the prediction has been changed since you read it: read it again")

    made = override_prediction(
        service.application.open_work,
        prediction_id,
        override,
        expect=expect,
        sender=caller.sender(request.state.request_id),
        now=service.application.clock.now(),
    )
    service.predictions.forget(prediction_id)
    answer = finished(made.payload)
    return raw_response(answer.content, headers=caching(answer))


@router.get(
    "/{prediction_id}/markets", response_model=PricedMarkets, responses=problems(404), dependencies=READ
)
def markets(
    service: ServiceDep,
    prediction_id: PredictionId,
    *,
    odds: Annotated[list[Offered], Query(max_length=60)] = [],  # noqa: B006 - FastAPI copies it
    bankroll: Annotated[Decimal, Query(gt=0, le=10**9, decimal_places=2)] = Decimal(100),
) -> Response:
    """Show the whole price list; ``odds`` (``totals:2.5:over@1.95``) are held against it."""
    application = service.application
    found = price_markets(
        application.open_work, prediction_id, odds, bankroll=bankroll, now=application.clock.now()
    )
    return json_response(found)


@router.post(
    "/{prediction_id}/scorers",
    response_model=ScorerForecast,
    responses=problems(404, 413, 415),
    dependencies=READ,
)
def scorers(
    service: ServiceDep,
    prediction_id: PredictionId,
    line_ups: Annotated[LineUps, Depends(body_of(LineUps))],
) -> Response:
    """Share a prediction's goals among the players; line-ups that are not given are those expected."""
    application = service.application
    kept = show_prediction(application.open_work, prediction_id)
    prediction = EnsemblePrediction.model_validate_json(kept.payload)
    players = fit_players(application.open_work, prediction.competition, as_of=prediction.as_of)
    found = scorers_in(prediction, players, line_ups, freshness=application.freshness)
    return json_response(found)
