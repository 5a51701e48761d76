"""The routes, by what they are about."""

from fastapi import APIRouter

from monps.api.routes import audit, backtests, state

ROUTERS: tuple[APIRouter, ...] = (backtests.router, audit.router, state.router)

__all__ = ["ROUTERS"]
