"""One file of football-data.co.uk: bytes in, nouns out."""

from collections.abc import Sequence
from typing import NamedTuple

from monps.collector import collector_paused
from monps.domain.football import Fixture, Match
from monps.domain.identifiers import MatchKey
from monps.domain.ingestion import FixtureRecord, MatchRecord, ParsedFile
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources.football_data.columns import Columns, read_header
from monps.sources.football_data.drafts import Draft, read_drafts
from monps.sources.football_data.layout import Layout
from monps.sources.football_data.moments import (
    closing_prices_known_at,
    early_prices_known_at,
    result_known_at,
)
from monps.sources.football_data.quotes import PriceTimes, read_quotes
from monps.sources.football_data.refusals import Refusals
from monps.sources.football_data.seasons import keyed, season_of
from monps.sources.football_data.sheet import Sheet, read_sheet
from monps.sources.football_data.statistics import read_statistics
from monps.sources.football_data.table import Table

_SHOWN = 5

Keyed = Sequence[tuple[MatchKey, Draft]]


class _Records(NamedTuple):
    matches: tuple[MatchRecord, ...]
    fixtures: tuple[FixtureRecord, ...]


@collector_paused()
def parse(payload: Payload, *, source: str, strict: bool = False) -> ParsedFile:
    """Read matches, fixtures and quotes from one file; what is refused is listed with its reason.

    Parameters
    ----------
    payload : Payload
        The file.
    source : str
        The name that the source goes by.
    strict : bool
        Whether a single refused row or quote refuses the file.

    Raises
    ------
    DataRefused
        If this is no football-data.co.uk file, or, when strict, if anything in it was refused.
    """
    sheet = read_sheet(payload)
    layout, columns = Layout(payload, sheet.names), read_header(tuple(filter(None, sheet.names)))
    refusals = Refusals(payload.name)
    kept = _keep(payload.name, sheet, layout, refusals)
    records = _records(kept, layout, columns, refusals)
    rejects = refusals.by_line()
    if strict and rejects:
        reasons = "; ".join(f"line {reject.line}: {reject.reason}" for reject in rejects[:_SHOWN])
        raise DataRefused(f"{payload.name}: refused {len(rejects)} times, and strict: {reasons}")
    competitions = {draft.competition.code: draft.competition for _, draft in kept}
    return ParsedFile(
        source=source,
        name=payload.name,
        digest=payload.digest,
        competitions=tuple(competitions.values()),
        records=records.matches,
        fixtures=records.fixtures,
        rejects=rejects,
        unknown_columns=columns.unknown,
    )


def _keep(name: str, sheet: Sheet, layout: Layout, refusals: Refusals) -> Keyed:
    whole = [row for row in sheet.rows if row.line != sheet.cut_line]
    if sheet.cut_line is not None:
        refusals.add(sheet.cut_line, "the file ends in the middle of this line")
    drafts = tuple(read_drafts(whole, layout, refusals))
    if not drafts:
        return ()
    season = season_of(name, [draft.day for draft in drafts])
    return sorted(keyed(drafts, season, refusals), key=lambda pair: pair[1].line)


def _records(kept: Keyed, layout: Layout, columns: Columns, refusals: Refusals) -> _Records:
    drafts = [draft for _, draft in kept]
    table = Table([draft.line for draft in drafts], [draft.cells for draft in drafts], layout.places)
    quotes = read_quotes(table, columns.books, _price_times(drafts), refusals)
    home, away = (read_statistics(table, side, refusals) for side in (0, 1))
    matches, fixtures = [], []
    for (key, draft), offered, home_stats, away_stats in zip(kept, quotes, home, away, strict=True):
        fixture = Fixture(key=key, kickoff=draft.kickoff, kickoff_known=draft.kickoff_known)
        if draft.score is None:
            fixtures.append(FixtureRecord(fixture, offered, draft.line))
            continue
        match = Match(
            fixture=fixture,
            known_at=result_known_at(draft.kickoff, kickoff_known=draft.kickoff_known),
            score=draft.score,
            half_time=draft.half_time,
            home_stats=home_stats,
            away_stats=away_stats,
            referee=draft.referee,
        )
        matches.append(MatchRecord(match, offered, draft.line))
    return _Records(tuple(matches), tuple(fixtures))


def _price_times(drafts: Sequence[Draft]) -> PriceTimes:
    return PriceTimes(
        early=[early_prices_known_at(draft.day, draft.kickoff) for draft in drafts],
        closing=[closing_prices_known_at(draft.kickoff) for draft in drafts],
    )
