"""One table and what its columns mean: bytes in, details out."""

from monps.collector import collector_paused
from monps.domain.ingestion import ParsedFile
from monps.ports.source import Payload
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources._parsed import parsed_file
from monps.sources.table.mapping import Mapping
from monps.sources.table.rows import KEEP


@collector_paused()
def parse(payload: Payload, mapping: Mapping, *, strict: bool = False) -> ParsedFile:
    """Read one table; what is refused is listed with its reason.

    Raises
    ------
    DataRefused
        If it is no table, a column that is needed is missing, or no row can be read.
    """
    drift, draft = Drift(payload), DetailDraft()
    KEEP[mapping.rows](payload, mapping, drift, draft)
    return parsed_file(payload, draft, drift, source=mapping.source, strict=strict)
