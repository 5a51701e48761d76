"""The outside world, made of dictionaries: a clock that stands still, a source and a store in memory."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import polars as pl

from fakes_calendar import FakeCalendarRepository
from fakes_details import FakeDetailRepository, FakeIdentityRepository
from fakes_ledger import FakeLedgerRepository, FakeTrialRepository
from fakes_service import FakeIdempotencyRepository, FakeJobRepository, FakeKeyRepository
from monps.domain.audit import (
    AuditEntry,
    AuditEvent,
    ChainVerdict,
    Head,
    Link,
    event_of,
    link_after,
    verify_chain,
)
from monps.domain.football import Competition, Fixture, Match
from monps.domain.identifiers import MatchKey, Season
from monps.domain.ingestion import ParsedFile
from monps.domain.odds import OddsQuote
from monps.domain.predictions import EnsemblePrediction, PredictionSummary
from monps.errors import ConflictError, DataRefused, SourceError, StorageError
from monps.ports.audit import ALL_EVENTS, AuditFilter, AuditRepository
from monps.ports.clock import Clock
from monps.ports.predictions import (
    ALL_PREDICTIONS,
    Cursor,
    KeptPrediction,
    PredictionFilter,
    PredictionRepository,
    kept_as,
)
from monps.ports.repositories import (
    ALL_QUOTES,
    Columns,
    Correction,
    FileChanges,
    FileRecord,
    FitRepository,
    MatchRepository,
    QuoteFilter,
    StoredFit,
    StoredFixture,
    StoredMatch,
    StoredQuote,
)
from monps.ports.shelf import Shelf
from monps.ports.source import Fetcher, Payload, Request, Source
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.tables.matches import MatchTable
from monps.tables.quotes import QuoteTable

NOON = datetime(2026, 3, 13, 12, tzinfo=UTC)


@dataclass
class FakeClock(Clock):
    """Shows one moment until it is set to another."""

    moment: datetime = NOON

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment


@dataclass
class FakeSource(Source):
    """Parses a payload into the file that was given under its name, and refuses any other."""

    parsed: dict[str, ParsedFile] = field(default_factory=dict)
    name: str = "football-data"

    def plan(self, competitions: Sequence[str], seasons: Sequence[Season]) -> Iterable[Request]:
        """Ask for one file a competition and season."""
        for season in seasons:
            for code in competitions:
                yield Request(f"https://example.org/{season.code}/{code}.csv", f"{season.code}/{code}.csv")

    def files(self, path: Path) -> Iterable[Payload]:
        """Open every file below a path."""
        for file in sorted(path.rglob("*.csv")):
            yield Payload(file.relative_to(path).as_posix(), file.read_bytes())

    def parse(self, payload: Payload, *, strict: bool = False) -> ParsedFile:
        """Return what was given under the payload's name."""
        found = self.parsed.get(payload.name)
        if found is None or (strict and found.rejects):
            raise DataRefused(f"{payload.name}: refused")
        return found


@dataclass
class FakeFetcher(Fetcher):
    """Answers with the bytes that were given under a request's name."""

    contents: dict[str, bytes] = field(default_factory=dict)

    def fetch(self, request: Request) -> Payload:
        """Return the bytes, or fail as if nobody answered."""
        if request.name not in self.contents:
            raise SourceError(f"{request.url} did not answer")
        return Payload(request.name, self.contents[request.name])


class _Report(NamedTuple):
    """One revision of a match: what was reported of it, and from when on that was known."""

    match_id: int
    known_at: datetime
    reported: Match | Fixture

    def is_of(self, competitions: Sequence[str]) -> bool:
        return not competitions or self.reported.key.competition in competitions


@dataclass
class FakeMatchRepository(MatchRepository):
    """Everything ever reported, in lists; looking back is choosing from them."""

    numbers: dict[MatchKey, int] = field(default_factory=dict)
    reports: list[_Report] = field(default_factory=list)
    offered: list[StoredQuote] = field(default_factory=list)
    readings: list[FileRecord] = field(default_factory=list)
    known: dict[str, Competition] = field(default_factory=dict)

    def add_file(self, parsed: ParsedFile, read_at: datetime) -> FileChanges:
        """Store a file: what is new, and what differs from the last report, as a correction."""
        self.known |= {competition.code: competition for competition in parsed.competitions}
        verdicts = [self._add_match(row.match, read_at) for row in parsed.records]
        fixtures = [self._add_fixture(row.fixture, read_at) for row in parsed.fixtures]
        rows = [(row.match.key, row.quotes) for row in parsed.records]
        rows += [(row.fixture.key, row.quotes) for row in parsed.fixtures]
        quotes = [
            self._add_quote(StoredQuote(self.numbers[key], each)) for key, offered in rows for each in offered
        ]
        self.readings.append(_reading(parsed, read_at))
        return FileChanges(
            matches_added=verdicts.count("added"),
            matches_unchanged=verdicts.count("unchanged"),
            matches_corrected=verdicts.count("corrected"),
            fixtures_added=sum(fixtures),
            quotes_added=sum(quotes),
        )

    def stored_file(self, source: str, digest: str) -> FileRecord | None:
        """Return the reading of this payload, if nothing newer came under its name."""
        same = (file for file in self.files() if (file.source, file.digest) == (source, digest))
        return next(same, None)

    def history(self, competitions: Sequence[str], as_of: datetime) -> Iterator[StoredMatch]:
        """Yield the last known revision of each result, by kick-off."""
        for report in self._seen(competitions, as_of):
            if isinstance(report.reported, Match):
                yield StoredMatch(report.match_id, report.reported)

    def columns(self, competitions: Sequence[str], as_of: datetime, since: datetime | None = None) -> Columns:
        """Set the same out as columns."""
        found = [
            row for row in self.history(competitions, as_of) if since is None or row.match.kickoff >= since
        ]
        table = MatchTable.from_matches([row.match for row in found], [row.match_id for row in found])
        moments = pl.col("kickoff", "known_at").cast(pl.Int64)
        return table.frame.with_columns(moments).to_dict(as_series=False)

    def fixtures(self, competitions: Sequence[str], as_of: datetime) -> Iterator[StoredFixture]:
        """Yield what has no known result, by kick-off."""
        for report in self._seen(competitions, as_of):
            if isinstance(report.reported, Fixture):
                yield StoredFixture(report.match_id, report.reported)

    def quotes(
        self, competitions: Sequence[str], as_of: datetime, only: QuoteFilter = ALL_QUOTES
    ) -> Iterator[StoredQuote]:
        """Yield the known quotes that pass the filter, by match and moment."""
        wanted = {
            number
            for key, number in self.numbers.items()
            if not competitions or key.competition in competitions
        }
        for stored in sorted(self.offered, key=lambda stored: (stored.match_id, stored.quote.known_at)):
            if stored.match_id in wanted and stored.quote.known_at <= as_of and _passes(stored.quote, only):
                yield stored

    def quote_columns(
        self, competitions: Sequence[str], as_of: datetime, only: QuoteFilter = ALL_QUOTES
    ) -> Columns:
        """Set quotes out as columns."""
        return _as_columns(self.quotes(competitions, as_of, only))

    def quotes_on(self, match_ids: Sequence[int], as_of: datetime, markets: Sequence[str]) -> Columns:
        """Set quotes on some matches out as columns."""
        found = self.quotes((), as_of, QuoteFilter(markets=tuple(markets)))
        return _as_columns(stored for stored in found if stored.match_id in match_ids)

    def competitions(self) -> Iterable[Competition]:
        """Return every competition, by code."""
        return [self.known[code] for code in sorted(self.known)]

    def competition(self, code: str) -> Competition | None:
        """Return the competition of a code."""
        return self.known.get(code)

    def teams(self, competition: str, season: Season | None = None) -> Sequence[str]:
        """Return the teams' names in alphabetical order."""
        keys = [
            key for key in self.numbers if key.competition == competition and season in (None, key.season)
        ]
        return sorted({name for key in keys for name in (key.home, key.away)})

    def files(self) -> Iterable[FileRecord]:
        """Return the latest reading of each file, by name."""
        newest = {(file.name, file.source): file for file in self.readings}
        return [newest[name] for name in sorted(newest)]

    def latest_known_at(self, competition: str | None = None) -> datetime | None:
        """Return when the newest result became known."""
        wanted = [competition] if competition else []
        results = [each for each in self.reports if isinstance(each.reported, Match) and each.is_of(wanted)]
        return max((each.known_at for each in results), default=None)

    def next_known_at(self, competitions: Sequence[str], after: datetime) -> datetime | None:
        """Return when the next result became known."""
        later = (each for each in self.reports if isinstance(each.reported, Match) and each.known_at > after)
        return min((each.known_at for each in later if each.is_of(competitions)), default=None)

    def number(self, key: MatchKey) -> int | None:
        """Return a match's number."""
        return self.numbers.get(key)

    def corrections(
        self,
        competitions: Sequence[str],  # noqa: ARG002 - a port's
        as_of: datetime,  # noqa: ARG002 - likewise
        recorded_after: datetime,  # noqa: ARG002 - likewise
    ) -> Sequence[Correction]:
        """Return nothing: it does not know when something was stored."""
        return ()

    def data_version(self, competitions: Sequence[str]) -> str:
        """Return a digest of everything about these competitions."""
        reports = [each for each in self.reports if each.is_of(competitions)]
        quotes = list(self.quotes(competitions, datetime.max.replace(tzinfo=UTC)))
        return hashlib.sha256(repr((reports, quotes)).encode()).hexdigest()

    def _seen(self, competitions: Sequence[str], as_of: datetime) -> list[_Report]:
        known = [each for each in self.reports if each.known_at <= as_of and each.is_of(competitions)]
        newest = {each.match_id: each for each in sorted(known, key=_by_finality)}
        return sorted(newest.values(), key=lambda each: (each.reported.kickoff, each.match_id))

    def _add_match(self, match: Match, read_at: datetime) -> str:
        number = self.numbers.setdefault(match.key, len(self.numbers) + 1)
        earlier = [
            each for each in self.reports if each.match_id == number and isinstance(each.reported, Match)
        ]
        if earlier and earlier[-1].reported == match:
            return "unchanged"
        self.reports.append(_Report(number, read_at if earlier else match.known_at, match))
        return "corrected" if earlier else "added"

    def _add_fixture(self, fixture: Fixture, read_at: datetime) -> bool:
        new = fixture.key not in self.numbers
        number = self.numbers.setdefault(fixture.key, len(self.numbers) + 1)
        if new:
            self.reports.append(_Report(number, read_at, fixture))
        return new

    def _add_quote(self, quote: StoredQuote) -> bool:
        new = quote not in self.offered
        if new:
            self.offered.append(quote)
        return new


@dataclass
class FakeFitRepository(FitRepository):
    """Fits in a list."""

    kept: list[StoredFit] = field(default_factory=list)

    def save(self, fit: StoredFit) -> bool:
        """Keep a fit unless the very same one is kept."""
        is_new = self.find(fit.spec_hash, fit.competition, fit.as_of, fit.data_version) is None
        if is_new:
            self.kept.append(fit)
        return is_new

    def find(self, spec_hash: str, competition: str, as_of: datetime, data_version: str) -> StoredFit | None:
        """Return the fit with these marks."""
        marks = (spec_hash, competition, as_of, data_version)
        same = (f for f in self.kept if (f.spec_hash, f.competition, f.as_of, f.data_version) == marks)
        return next(same, None)

    def newest(
        self, spec_hash: str, competition: str, as_of: datetime, data_version: str
    ) -> StoredFit | None:
        """Return the newest fit to these data that looks from no later than a moment."""
        marks = (spec_hash, competition, data_version)
        same = (f for f in self.kept if (f.spec_hash, f.competition, f.data_version) == marks)
        return max((f for f in same if f.as_of <= as_of), key=lambda fit: fit.as_of, default=None)

    def places(self, spec_hash: str) -> Sequence[str]:
        """Return the competitions."""
        return sorted({fit.competition for fit in self.kept if fit.spec_hash == spec_hash})

    def latest(self, spec_hash: str, competition: str, as_of: datetime) -> StoredFit | None:
        """Return the newest fit that looks from no later than a moment."""
        same = [
            f
            for f in self.kept
            if (f.spec_hash, f.competition) == (spec_hash, competition) and f.as_of <= as_of
        ]
        return max(same, key=lambda fit: (fit.as_of, fit.created_at), default=None)


@dataclass
class FakeAuditRepository(AuditRepository):
    """The chain in a list."""

    links: list[Link] = field(default_factory=list)

    def append(self, entry: AuditEntry) -> AuditEvent:
        """Add an event."""
        self.links.append(link_after(self._head(), entry))
        return event_of(self.links[-1])

    def append_all(self, entries: Sequence[AuditEntry]) -> None:
        """Add several."""
        for entry in entries:
            self.append(entry)

    def events(self, only: AuditFilter = ALL_EVENTS, *, limit: int = 100) -> Iterator[AuditEvent]:
        """Yield events, newest first."""
        found = [event_of(link) for link in reversed(self.links)]
        before, after = only.before_id or len(found) + 1, only.after_id or 0
        passed = (each for each in found if after < each.event_id < before)
        yield from [each for each in passed if _is_wanted(each, only)][:limit]

    def count(self, only: AuditFilter = ALL_EVENTS) -> int:
        """Return how many events pass the filter, the two numbers aside."""
        return sum(_is_wanted(event_of(link), only) for link in self.links)

    def find(self, event_id: int) -> AuditEvent | None:
        """Return one event."""
        return next((event_of(link) for link in self.links if link.event_id == event_id), None)

    def verify(self) -> ChainVerdict:
        """Recompute the whole chain."""
        return verify_chain(self.links, self._head())

    def _head(self) -> Head:
        return Head(self.links[-1].event_id, self.links[-1].hash) if self.links else Head()


def _is_wanted(event: AuditEvent, only: AuditFilter) -> bool:
    marks = ("event_type", "severity", "entity_type", "entity_id")
    same = all(getattr(only, mark) in {None, getattr(event, mark)} for mark in marks)
    after = only.since is None or event.occurred_at >= only.since
    return same and after and (only.until is None or event.occurred_at <= only.until)


@dataclass
class FakePredictionRepository(PredictionRepository):
    """Predictions in a dictionary, by name."""

    held: dict[str, tuple[EnsemblePrediction, KeptPrediction]] = field(default_factory=dict)

    def add(self, prediction: EnsemblePrediction, payload: bytes) -> None:
        """Keep a prediction once."""
        self.add_all([(prediction, kept_as(payload))])

    def add_all(self, made: Sequence[tuple[EnsemblePrediction, KeptPrediction]]) -> list[str]:
        """Keep several, each once."""
        new = {pair[0].prediction_id: pair for pair in made if pair[0].prediction_id not in self.held}
        self.held |= new
        return list(new)

    def find(self, prediction_id: str) -> EnsemblePrediction | None:
        """Return a prediction."""
        found = self.held.get(prediction_id)
        return found and found[0]

    def kept(self, prediction_id: str) -> KeptPrediction | None:
        """Return its JSON."""
        found = self.held.get(prediction_id)
        return found and found[1]

    def kept_all(self, prediction_ids: Sequence[str]) -> dict[str, KeptPrediction]:
        """Return those of several that there are."""
        return {name: self.held[name][1] for name in prediction_ids if name in self.held}

    def replace(self, prediction: EnsemblePrediction, payload: bytes, revision: int) -> None:
        """Keep it changed, if nobody changed it in between."""
        kept = self.kept(prediction.prediction_id)
        if kept is None or kept.revision != revision:
            raise ConflictError("changed in between")
        self.held[prediction.prediction_id] = prediction, kept_as(payload, revision + 1)

    def page(
        self, only: PredictionFilter = ALL_PREDICTIONS, *, after: Cursor | None = None, limit: int = 100
    ) -> list[PredictionSummary]:
        """Return them in short, the last computed first."""
        found = sorted(self._chosen(only), key=lambda pair: _cursor(pair[0]), reverse=True)
        later = [pair for pair in found if after is None or _cursor(pair[0]) < after]
        return [_in_short(*pair) for pair in later[:limit]]

    def count(self, only: PredictionFilter = ALL_PREDICTIONS) -> int:
        """Count those that pass the filter."""
        return len(self._chosen(only))

    def latest(self) -> datetime | None:
        """Return when the last one was computed."""
        return max((each.computed_at for each, _ in self.held.values()), default=None)

    def _chosen(self, only: PredictionFilter) -> list[tuple[EnsemblePrediction, KeptPrediction]]:
        return [pair for pair in self.held.values() if _is_listed(pair[0], only)]


def _cursor(prediction: EnsemblePrediction) -> Cursor:
    return Cursor(prediction.computed_at, prediction.prediction_id)


def _in_short(prediction: EnsemblePrediction, kept: KeptPrediction) -> PredictionSummary:
    names = PredictionSummary.model_fields.keys() - {"revision"}
    return PredictionSummary(**{name: getattr(prediction, name) for name in names}, revision=kept.revision)


def _is_listed(made: EnsemblePrediction, only: PredictionFilter) -> bool:
    priced = {each.family for each in made.markets}
    edges = [e.edge for e in made.edges if only.market in (None, e.family)]
    return (
        only.match_id in (None, made.match_id)
        and only.competition in (None, made.competition)
        and (only.market is None or only.market in priced)
        and (only.date_from is None or made.kickoff >= only.date_from)
        and (only.date_to is None or made.kickoff <= only.date_to)
        and (only.min_edge is None or any(edge >= only.min_edge for edge in edges))
    )


@dataclass
class FakeShelf(Shelf):
    """Bytes in a dictionary."""

    held: dict[str, bytes] = field(default_factory=dict)

    def find(self, name: str) -> bytes | None:
        """Return what was kept."""
        return self.held.get(name)

    def keep(self, name: str, content: bytes) -> None:
        """Keep it."""
        self.held[name] = content


@dataclass
class FakeStore(UnitOfWorkFactory):
    """What was committed; called, it opens a unit of work upon it."""

    matches: FakeMatchRepository = field(default_factory=FakeMatchRepository)
    fits: FakeFitRepository = field(default_factory=FakeFitRepository)
    audit: FakeAuditRepository = field(default_factory=FakeAuditRepository)
    jobs: FakeJobRepository = field(default_factory=FakeJobRepository)
    keys: FakeKeyRepository = field(default_factory=FakeKeyRepository)
    answered: FakeIdempotencyRepository = field(default_factory=FakeIdempotencyRepository)
    ledger: FakeLedgerRepository = field(default_factory=FakeLedgerRepository)
    trials: FakeTrialRepository = field(default_factory=FakeTrialRepository)
    predictions: FakePredictionRepository = field(default_factory=FakePredictionRepository)
    details: FakeDetailRepository = field(default_factory=FakeDetailRepository)
    identity: FakeIdentityRepository = field(default_factory=FakeIdentityRepository)
    commits: int = 0

    def __call__(self, *, write: bool = False) -> "FakeUnitOfWork":
        """Open a unit of work; commits of one that was not opened to write are refused."""
        return FakeUnitOfWork(self, write=write)


class FakeUnitOfWork:
    """Works on copies of a store's repositories, which only ``commit`` puts in their place."""

    matches: FakeMatchRepository
    fits: FakeFitRepository
    audit: FakeAuditRepository
    jobs: FakeJobRepository
    keys: FakeKeyRepository
    answered: FakeIdempotencyRepository
    ledger: FakeLedgerRepository
    trials: FakeTrialRepository
    predictions: FakePredictionRepository
    details: FakeDetailRepository
    identity: FakeIdentityRepository

    def __init__(self, store: FakeStore, *, write: bool) -> None:
        self.store, self.write = store, write

    @property
    def calendar(self) -> FakeCalendarRepository:
        """The calendar of what is in the copies."""
        return FakeCalendarRepository(self.matches, self.predictions)

    def __enter__(self) -> Self:
        """Begin with what is committed now."""
        for name in _REPOSITORIES:
            setattr(self, name, deepcopy(getattr(self.store, name)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget what was not committed."""
        for name in _REPOSITORIES:
            delattr(self, name)

    def commit(self) -> None:
        """Put the copies in the store's place, and go on with new ones."""
        if not self.write:
            raise StorageError("this unit of work was opened to read")
        for name in _REPOSITORIES:
            setattr(self.store, name, getattr(self, name))
        self.store.commits += 1
        self.__enter__()


_REPOSITORIES = tuple(FakeUnitOfWork.__annotations__)


def _by_finality(report: _Report) -> tuple[bool, datetime]:
    """A result outlasts a fixture, whenever that was reported."""
    return isinstance(report.reported, Match), report.known_at


def _as_columns(quotes: Iterable[StoredQuote]) -> Columns:
    moments = pl.col("known_at").cast(pl.Int64)
    return QuoteTable.from_quotes(quotes).frame.with_columns(moments).to_dict(as_series=False)


def _passes(quote: OddsQuote, only: QuoteFilter) -> bool:
    return (
        (not only.bookmakers or quote.bookmaker in only.bookmakers)
        and (not only.markets or quote.market in only.markets)
        and only.closing in (None, quote.closing)
    )


def _reading(parsed: ParsedFile, read_at: datetime) -> FileRecord:
    return FileRecord(
        parsed.source, parsed.name, parsed.digest, read_at, len(parsed.records), len(parsed.fixtures),
        parsed.rejects, parsed.unknown_columns,
    )  # fmt: skip
