"""The tables, as they are at the newest revision; ``migrations`` says how they came about.

A room's tables are in a module of their own, and all of them named here.
"""

from monps.storage.orm.audit import audit_events, audit_head
from monps.storage.orm.base import metadata
from monps.storage.orm.core import (
    STATISTICS,
    books,
    competitions,
    fits,
    match_revisions,
    matches,
    quotes,
    rejects,
    source_files,
    teams,
)
from monps.storage.orm.details import (
    appearances,
    detail_versions,
    link_decisions,
    match_expected_goals,
    match_referees,
    player_seasons,
    shots,
    side_statistics,
    source_matches,
    source_players,
    source_reports,
    source_teams,
)
from monps.storage.orm.ledger import bankrolls, bets, settlements, trials
from monps.storage.orm.predictions import ensemble_predictions, market_predictions
from monps.storage.orm.service import answered_requests, api_keys, backtests

__all__ = [
    "STATISTICS",
    "answered_requests",
    "api_keys",
    "appearances",
    "audit_events",
    "audit_head",
    "backtests",
    "bankrolls",
    "bets",
    "books",
    "competitions",
    "detail_versions",
    "ensemble_predictions",
    "fits",
    "link_decisions",
    "market_predictions",
    "match_expected_goals",
    "match_referees",
    "match_revisions",
    "matches",
    "metadata",
    "player_seasons",
    "quotes",
    "rejects",
    "settlements",
    "shots",
    "side_statistics",
    "source_files",
    "source_matches",
    "source_players",
    "source_reports",
    "source_teams",
    "teams",
    "trials",
]
