"""One page or table of FBref: bytes in, details out."""

from monps.collector import collector_paused
from monps.domain.ingestion import ParsedFile
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources._looks import describe
from monps.sources._parsed import parsed_file
from monps.sources.fbref.match_report import ReportReader, is_report
from monps.sources.fbref.pages import Page
from monps.sources.fbref.schedule import is_schedule, read_schedules
from monps.sources.fbref.season_page import is_season, read_season
from monps.sources.fbref.tables import read_table


@collector_paused()
def parse(payload: Payload, *, source: str, strict: bool = False) -> ParsedFile:
    """Read one payload; what is refused is listed with its reason.

    Raises
    ------
    DataRefused
        If it is none of FBref's, or holds nothing.
    """
    drift, draft = Drift(payload), DetailDraft()
    if payload.fault is None and payload.content.lstrip()[:1] == b"<":
        _read_page(payload, Page(payload), drift, draft)
    else:
        read_table(payload, drift, draft)
    return parsed_file(payload, draft, drift, source=source, strict=strict)


def _read_page(payload: Payload, page: Page, drift: Drift, draft: DetailDraft) -> None:
    if is_report(page):
        ReportReader(payload, page, drift, draft).read()
    elif is_schedule(page):
        read_schedules(payload, page, drift, draft)
    elif is_season(page):
        read_season(payload, page, drift, draft)
    else:
        tables = ", ".join(list(page.tables)[:5])
        raise DataRefused(
            f"{payload.name}: this is {describe(payload.content)}; none of its tables is read ({tables})"
        )
