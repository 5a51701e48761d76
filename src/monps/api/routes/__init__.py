"""The routes, by what they are about."""

from fastapi import APIRouter

from monps.api.routes import audit, backtests, predictions, state

ROUTERS: tuple[APIRouter, ...] = (predictions.router, backtests.router, audit.router, state.router)

__all__ = ["ROUTERS"]
