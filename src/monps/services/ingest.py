"""Read payloads of a source and store what is in them, each whole or not at all."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

import structlog

from monps.collector import collector_paused
from monps.domain.identity import LinkReport, Scope, UnlinkedTeam
from monps.domain.ingestion import IngestReport, ParsedFile, Reject
from monps.errors import DataRefused
from monps.ports.clock import Clock
from monps.ports.details import SourceReport
from monps.ports.repositories import FileRecord
from monps.ports.source import Payload, Source
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.identity.resolve import resolve_names

_log = structlog.get_logger()

OnFile = Callable[[str], None]
"""Called with a payload's name once it is dealt with."""


def ingest(
    payloads: Iterable[Payload],
    source: Source,
    open_work: UnitOfWorkFactory,
    *,
    clock: Clock,
    strict: bool = False,
    on_file: OnFile = lambda _: None,
) -> IngestReport:
    """Store every payload in a transaction of its own; one that is refused does not stop the others.

    A payload that is stored already is not parsed again. Whoever is killed in the middle leaves the files
    before whole and the one at hand untouched.

    Parameters
    ----------
    payloads : iterable of Payload
        Taken one at a time.
    source : Source
        Parses them.
    open_work : UnitOfWorkFactory
        Where they are stored.
    clock : Clock
        Tells when each was read, from which moment on its corrections are known.
    strict : bool
        Whether a single refused row or quote refuses its file.
    on_file : callable
        Told the name of each payload when it is done.

    Returns
    -------
    IngestReport
        What was stored, what was refused and why.

    Raises
    ------
    StorageError
        If the database fails; the files stored until then stay.
    """
    started, tally = clock.now(), _Tally()
    for payload in payloads:
        with collector_paused():
            try:
                _ingest(payload, source, open_work, clock=clock, strict=strict, tally=tally)
            except DataRefused as refused:
                _log.info("refused", file=payload.name, reason=str(refused))
                tally.refuse(payload.name, refused)
                reason = str(refused).removeprefix(f"{payload.name}: ")
                _note(SourceReport(source.name, payload.name, clock.now(), "refused", reason), open_work)
        on_file(payload.name)
    tally.link(resolve_names(open_work, started, tally.scopes))
    return tally.report((clock.now() - started) / timedelta(seconds=1))


def _ingest(
    payload: Payload,
    source: Source,
    open_work: UnitOfWorkFactory,
    *,
    clock: Clock,
    strict: bool,
    tally: "_Tally",
) -> None:
    stored = None if payload.fault else _stored(payload, source, open_work)
    if stored and not (strict and stored.rejected):
        tally.skip(payload.name, stored)
        return
    read_at, parsed = clock.now(), source.parse(payload, strict=strict)
    with open_work(write=True) as work:
        changes = work.matches.add_file(parsed, read_at)
        details = work.details.add_file(parsed, read_at)
        for report in _drift(parsed, read_at):
            work.details.report(report)
        work.commit()
    told = {**changes._asdict(), **details._asdict()}
    _log.info("ingested", file=payload.name, **told)
    tally.add(parsed, told)


def _note(report: SourceReport, open_work: UnitOfWorkFactory) -> None:
    """Note a refusal where `monps sources` finds it."""
    with open_work(write=True) as work:
        work.details.report(report)
        work.commit()


def _drift(parsed: ParsedFile, at: datetime) -> Iterator[SourceReport]:
    kinds = {
        "new": parsed.unknown_columns if parsed.details else (),
        "missing": parsed.missing_columns,
        "retyped": parsed.retyped_columns,
    }
    for kind, fields in kinds.items():
        for field in fields:
            yield SourceReport(parsed.source, parsed.name, at, kind, field)


def _stored(payload: Payload, source: Source, open_work: UnitOfWorkFactory) -> FileRecord | None:
    with open_work() as work:
        return work.matches.stored_file(source.name, payload.digest)


class _Tally:
    """Counts while files go by."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._rejected: list[Reject] = []
        self._unknown: Counter[str] = Counter()
        self._missing: Counter[str] = Counter()
        self._retyped: Counter[str] = Counter()
        self._unlinked: tuple[UnlinkedTeam, ...] = ()
        self.scopes: set[Scope] = set()

    def add(self, parsed: ParsedFile, told: Mapping[str, int]) -> None:
        self._counts.update(files=1, **told)
        self._rejected.extend(parsed.rejects)
        self._unknown.update(parsed.unknown_columns)
        self._missing.update(parsed.missing_columns)
        self._retyped.update(parsed.retyped_columns)
        matches = parsed.details.matches
        self.scopes |= {Scope(parsed.source, match.competition, match.season) for match in matches}

    def link(self, linked: LinkReport) -> None:
        self._counts.update(
            teams_linked=linked.teams_linked,
            matches_linked=linked.matches_linked,
            players_linked=linked.players_linked,
        )
        self._unlinked = linked.unlinked

    def skip(self, name: str, stored: FileRecord) -> None:
        self._counts.update(files=1, files_unchanged=1, matches_unchanged=stored.matches)
        self._rejected.extend(reject.model_copy(update={"file": name}) for reject in stored.rejected)
        self._unknown.update(stored.unknown_columns)

    def refuse(self, name: str, refused: DataRefused) -> None:
        self._counts.update(files=1, files_refused=1)
        self._rejected.append(Reject(file=name, reason=str(refused).removeprefix(f"{name}: ")))

    def report(self, seconds: float) -> IngestReport:
        return IngestReport(
            **self._counts,
            rejected=tuple(self._rejected),
            unknown_columns=dict(sorted(self._unknown.items())),
            missing_columns=dict(sorted(self._missing.items())),
            retyped_columns=dict(sorted(self._retyped.items())),
            unlinked=self._unlinked,
            seconds=seconds,
        )
