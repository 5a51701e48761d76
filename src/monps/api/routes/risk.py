"""How much to stake, and what can be lost."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from monps.api.answers import json_response, problems
from monps.api.dependencies import ServiceDep, body_of, needs
from monps.domain.risk import PortfolioRisk, PositionSize, VaRCalculation
from monps.domain.stakes import PortfolioRequest, PositionRequest, VaRRequest
from monps.services.exposure import risk_of_book
from monps.services.risk import size_portfolio, size_position

router = APIRouter(prefix="/risk", tags=["risk"], dependencies=[Depends(needs("read"))])


@router.post("/position", response_model=PositionSize, responses=problems(413, 415))
def position(request: Annotated[PositionRequest, Depends(body_of(PositionRequest))]) -> Response:
    """Size one bet: a fraction of Kelly's stake under the limits, and which of them bit."""
    return json_response(size_position(request))


@router.post("/portfolio", response_model=PortfolioRisk, responses=problems(404, 413, 415))
def portfolio(
    service: ServiceDep, request: Annotated[PortfolioRequest, Depends(body_of(PortfolioRequest))]
) -> Response:
    """Size all bets on offer on one match together, exactly from its scoreline grid."""
    application = service.application
    return json_response(size_portfolio(application.open_work, request, now=application.clock.now()))


@router.post("/var", response_model=VaRCalculation, responses=problems(404, 413, 415))
def value_at_risk(
    service: ServiceDep, request: Annotated[VaRRequest, Depends(body_of(VaRRequest))]
) -> Response:
    """Say what a book of open bets loses at worst with a confidence (VaR), and on average beyond (CVaR)."""
    application = service.application
    return json_response(risk_of_book(application.open_work, request, now=application.clock.now()))
