"""The routes, by what they are about."""

from fastapi import APIRouter

from monps.api.routes import audit, backtests, brain, features, predictions, risk, state

ROUTERS: tuple[APIRouter, ...] = (
    brain.router,
    predictions.router,
    features.router,
    risk.router,
    backtests.router,
    audit.router,
    state.router,
)

__all__ = ["ROUTERS"]
