"""What was counted of a competition, gathered once for each state of its data and kept."""

import hashlib
import io
from datetime import UTC, datetime

import numpy as np
import polars as pl

from monps.agents import written
from monps.dna import DIMENSIONS
from monps.dna.measures import Details, Measures
from monps.errors import NotEnoughData
from monps.ports.repositories import StoredFit
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.history import PREFERRED_SOURCES, read_history
from monps.tables.appearances import AppearanceTable
from monps.tables.matches import SECONDS_A_DAY, MatchTable
from monps.tables.shots import ShotTable
from monps.tables.team_matches import TeamMatchTable

KIND = "measures"
"""Under this name they are kept among the fits."""

_ASKED_FOR = {name for dimension in DIMENSIONS.values() for name in (dimension.count, dimension.per)}
_SPEC = hashlib.sha256(repr(("measures, shares whole", sorted(_ASKED_FOR))).encode()).hexdigest()
_WHENEVER = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_WORD = datetime(9998, 1, 1, tzinfo=UTC)
_LONGEST_WAIT_DAYS = 3.0
"""A result that became known later than so long after kick-off was corrected, or read late."""


def gather(open_work: UnitOfWorkFactory, competition: str, *, as_of: datetime, now: datetime) -> Measures:
    """Return what was counted of a competition's matches, as known at a moment.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where it is read, and kept for the next time.
    competition : str
        Its code.
    as_of : datetime
        The moment from which one looks.
    now : datetime
        The present, noted with what is kept.

    Raises
    ------
    NotEnoughData
        If no match was known.
    """
    kept = _find(open_work, competition)
    everything = _keep(open_work, competition, now) if kept is None else kept
    return seen_from(open_work, everything, competition, as_of)


def look_up(open_work: UnitOfWorkFactory, competition: str) -> Measures:
    """Return the last word on all matches of a competition, kept or gathered anew; nothing is written.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where it is read.
    competition : str
        Its code.
    """
    kept = _find(open_work, competition)
    if kept is not None:
        return kept
    with open_work() as work:
        return _gathered(work, competition, _LAST_WORD)


def seen_from(
    open_work: UnitOfWorkFactory, everything: Measures, competition: str, as_of: datetime
) -> Measures:
    """Return of the last word what was known at a moment; it is read anew where that was something else.

    Raises
    ------
    NotEnoughData
        If no match was known.
    """
    if _were_corrected(everything.table, as_of):
        with open_work() as work:
            return _gathered(work, competition, as_of)
    found = everything.until(as_of)
    if not len(found.table):
        raise NotEnoughData(f"no result of {competition} was known at {as_of:%Y-%m-%d %H:%M} UTC")
    return found


def _find(open_work: UnitOfWorkFactory, competition: str) -> Measures | None:
    with open_work() as work:
        version = work.matches.data_version([competition])
        kept = work.fits.find(_SPEC, competition, _WHENEVER, version)
    return _read(kept.payload) if kept else None


def _were_corrected(table: MatchTable, as_of: datetime) -> bool:
    """Tell whether matches long played were known otherwise at a moment than they are now."""
    day = as_of.timestamp() / SECONDS_A_DAY
    return bool(((table.kickoff_days < day - _LONGEST_WAIT_DAYS) & (table.known_days > day)).any())


def _keep(open_work: UnitOfWorkFactory, competition: str, now: datetime) -> Measures:
    """Gather the last word on everything, and keep it."""
    with open_work(write=True) as work:
        found = _gathered(work, competition, _LAST_WORD)
        work.fits.save(
            StoredFit(
                model=KIND,
                spec_json="{}",
                spec_hash=_SPEC,
                competition=competition,
                as_of=_WHENEVER,
                data_version=work.matches.data_version([competition]),
                payload=_written(found),
                created_at=now,
            )
        )
        work.commit()
    return found


def _gathered(work: UnitOfWork, competition: str, as_of: datetime) -> Measures:
    matches, asked = read_history(work, [competition], as_of).matches, ([competition], as_of)
    details = Details(
        TeamMatchTable.from_columns(work.details.team_matches(*asked)),
        ShotTable.from_columns(work.details.shots(*asked)),
        AppearanceTable.from_columns(work.details.appearances(*asked)),
        PREFERRED_SOURCES,
    )
    known_at = _known_at(matches, details)
    return Measures.read(MatchTable(matches.frame.with_columns(known_at=known_at)), details)


def _known_at(matches: MatchTable, details: Details) -> pl.Series:
    """Return from when on all that is said of each match was known: corrections of details count."""
    known = matches.frame.select("match_id", "known_at")
    for table in (details.team_matches, details.shots, details.appearances):
        if table is not None:
            latest = table.frame.group_by("match_id").agg(pl.col("known_at").max().alias("later"))
            joined = known.join(latest, on="match_id", how="left", maintain_order="left")
            known = joined.select("match_id", known_at=pl.max_horizontal("known_at", "later"))
    return known["known_at"]


def _written(measures: Measures) -> bytes:
    buffer = io.BytesIO()
    measures.table.frame.write_ipc(buffer)
    names = sorted(_ASKED_FOR & measures.columns.keys())
    stacked = np.stack([measures.columns[name] for name in names], axis=2)
    frame = np.frombuffer(buffer.getvalue(), dtype=np.uint8)
    return written.write({"names": names, "sources": measures.sources}, {"frame": frame, "columns": stacked})


def _read(payload: bytes) -> Measures:
    meta, arrays = written.read(payload)
    table = MatchTable(pl.read_ipc(io.BytesIO(arrays["frame"].tobytes())))
    columns = {name: arrays["columns"][:, :, place] for place, name in enumerate(meta["names"])}
    return Measures(table, columns, meta["sources"])
