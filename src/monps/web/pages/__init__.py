"""Pages, one a file: each asks services and hands what they answer to a template."""

from fastapi import APIRouter

from monps.web.pages import backtests, ledger, match, performance, rounds, system, teams

PAGES: tuple[APIRouter, ...] = (
    rounds.router,
    match.router,
    teams.router,
    performance.router,
    ledger.router,
    backtests.router,
    system.router,
)
"""What the dashboard is made of."""
