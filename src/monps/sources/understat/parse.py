"""One payload of Understat, whatever form it comes in: bytes in, details out."""

import re
from typing import Any

from monps.collector import collector_paused
from monps.domain.ingestion import ParsedFile
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift, load
from monps.sources._looks import describe, is_challenge
from monps.sources._parsed import parsed_file
from monps.sources.understat.league import LeagueReader
from monps.sources.understat.match import MatchReader
from monps.sources.understat.tables import read_table

_EMBEDDED = re.compile(r"var\s+(\w+)\s*=\s*JSON\.parse\('([^']*)'\)")
_ESCAPE = re.compile(rb"\\x([0-9A-Fa-f]{2})")
_EMPTY = "a page of Understat without data in it; since December 2025 it serves them at getLeagueData"
_SHAPES = "a league's season (dates, teams, players) or a match (shots, rosters)"


@collector_paused()
def parse(payload: Payload, *, source: str, strict: bool = False) -> ParsedFile:
    """Read one payload; what is refused is listed with its reason.

    Parameters
    ----------
    payload : Payload
        A league's or a match's answer as JSON, an older page that holds it, or a table made of them.
    source : str
        The name that the source goes by.
    strict : bool
        Whether a single refused row refuses the file.

    Raises
    ------
    DataRefused
        If it is none of these, or holds nothing.
    """
    drift, draft = Drift(payload), DetailDraft()
    start = payload.content.lstrip()[:1] if payload.fault is None else b"{"
    if start in {b"{", b"["}:
        _read(payload, load(payload), drift, draft)
    elif start == b"<":
        _read(payload, _embedded(payload), drift, draft)
    else:
        read_table(payload, drift, draft)
    return parsed_file(payload, draft, drift, source=source, strict=strict)


def _read(payload: Payload, content: Any, drift: Drift, draft: DetailDraft) -> None:
    if isinstance(content, list):
        content = {"dates": content}
    if not isinstance(content, dict):
        raise DataRefused(f"{payload.name}: this is not {_SHAPES}")
    content = {_NAMES.get(name, name): part for name, part in content.items()}
    if "shots" in content:
        MatchReader(payload, drift, draft).read(content["shots"], content.get("rosters"))
        return
    dates, teams, players = (content.get(name) for name in ("dates", "teams", "players"))
    if dates is None and isinstance(content.get("data"), list):
        dates = content["data"]
    if not isinstance(dates, list):
        told = "missing" if dates is None else "no list"
        raise DataRefused(f"{payload.name}: this is not {_SHAPES}: its dates are {told}")
    if not dates:
        raise DataRefused(f"{payload.name}: the answer holds no match; the season may not be there yet")
    for name, part, kind in (("teams", teams, dict), ("players", players, list)):
        if part is not None and not isinstance(part, kind):
            drift.retype(name)
            drift.refuse(None, f"{name} is a {type(part).__name__}, not a {kind.__name__}; it was left out")
    LeagueReader(payload, drift, draft).read(
        dates, teams if isinstance(teams, dict) else {}, players if isinstance(players, list) else []
    )


def _embedded(payload: Payload) -> dict[str, Any]:
    """Take out of a page what its scripts are given, as Understat served it until December 2025."""
    page = payload.content.decode("utf-8", "replace")
    found = {name: _unescape(text) for name, text in _EMBEDDED.findall(page)}
    if not found:
        empty = b"understat" in payload.content.lower() and not is_challenge(payload.content)
        raise DataRefused(f"{payload.name}: this is {_EMPTY if empty else describe(payload.content)}")
    return {name: load(payload, text.encode()) for name, text in found.items()}


def _unescape(text: str) -> str:
    """Undo the escapes of a script's text: each stands for a byte."""
    return _ESCAPE.sub(lambda hit: bytes([int(hit[1], 16)]), text.encode()).decode("utf-8", "replace")


_NAMES = {
    "datesData": "dates",
    "teamsData": "teams",
    "playersData": "players",
    "shotsData": "shots",
    "rostersData": "rosters",
}
"""What an older page calls the parts of an answer."""
