"""What was gathered from a payload, as a parsed file."""

from collections.abc import Sequence

from monps.domain.ingestion import ParsedFile, Reject
from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._details import DetailDraft
from monps.sources._fields import Drift
from monps.sources._leagues import competition

_SHOWN = 5


def parsed_file(
    payload: Payload, draft: DetailDraft, drift: Drift, *, source: str, strict: bool
) -> ParsedFile:
    """Set out what was gathered.

    Parameters
    ----------
    payload : Payload
        Where it is from.
    draft : DetailDraft
        What was accepted.
    drift : Drift
        What was refused, and how the fields differ from those that are known.
    source : str
        The name that the source goes by.
    strict : bool
        Whether a single refused row refuses the file.

    Raises
    ------
    DataRefused
        If nothing was accepted, or, when strict, if anything was refused.
    """
    details, rejects = draft.details(), drift.rejects
    if not details:
        what = "nothing in it could be read" if rejects else "there is nothing in it but the names of columns"
        raise DataRefused(f"{payload.name}: {what}{_reasons(rejects)}")
    if strict and rejects:
        raise DataRefused(f"{payload.name}: refused {len(rejects)} times, and strict{_reasons(rejects)}")
    return ParsedFile(
        source=source,
        name=payload.name,
        digest=payload.digest,
        competitions=tuple(map(competition, draft.competitions)),
        details=details,
        rejects=rejects,
        unknown_columns=drift.new,
        missing_columns=drift.missing,
        retyped_columns=drift.retyped,
    )


def _reasons(rejects: Sequence[Reject]) -> str:
    shown = [
        reject.reason if reject.line is None else f"line {reject.line}: {reject.reason}" for reject in rejects
    ]
    return f": {'; '.join(shown[:_SHOWN])}" if shown else ""
