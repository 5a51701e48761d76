"""The books."""

from typing import Any

from fastapi import APIRouter

from monps.bootstrap import Application

router = APIRouter()


def book_parts(desk: Application) -> dict[str, Any]:
    """Return what pages show of the books."""
    return {"report": None, "equity": None, "drawdown": None}
