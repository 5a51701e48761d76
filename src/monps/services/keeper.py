"""Fitted brains at hand: in memory, else from the store, else learned anew."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import NamedTuple

import structlog

import monps
from monps.brain.fitted import FittedBrain
from monps.brain.unified_brain import UnifiedBrain
from monps.domain.audit import AuditEntry, Facts
from monps.domain.football import Competition
from monps.errors import MonpsError, NotEnoughData, UnifiedBrainError
from monps.ports.repositories import StoredFit
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.history import read_history, require_competition

MOST_DAYS = timedelta(days=7)
"""A fit from which one has to look further ahead than this is made anew, if nothing else came in between."""

SEASONS = 10
"""Seasons before the one to be predicted that a live fit learns from."""

_log = structlog.get_logger()


class Wanted(NamedTuple):
    """Which fit: of a competition, for the fixtures of a season, seen from a moment."""

    competition: str
    season: int
    as_of: datetime


class Ready(NamedTuple):
    """A fit, with the data it was learned from, and when the next result after it became known."""

    fitted: FittedBrain
    codes: tuple[str, ...]
    data_version: str
    outdated_at: datetime | None

    def serves(self, as_of: datetime) -> bool:
        """Whether nothing became known between the fit and a moment."""
        begun = self.fitted.as_of
        fresh = begun <= as_of <= begun + MOST_DAYS
        return fresh and (self.outdated_at is None or as_of < self.outdated_at)


class Keeper:
    """Keeps what the brain has learned; one for each process is enough, and threads may share it.

    Parameters
    ----------
    brain : UnifiedBrain
        The recipe.
    """

    def __init__(self, brain: UnifiedBrain) -> None:
        self.brain = brain
        self.spec_hash = fingerprint(brain)
        self._held: dict[tuple[str, int], Ready] = {}
        self._lock = Lock()

    def find(self, work: UnitOfWork, wanted: Wanted) -> Ready | None:
        """Return a fit that serves, from memory or from the store; None if one has to be learned."""
        key = wanted.competition, wanted.season
        held = self._held.get(key)
        if held and held.serves(wanted.as_of) and held.data_version == work.matches.data_version(held.codes):
            return held
        stored = self._stored(work, wanted)
        if stored is not None:
            self._held[key] = stored
        return stored

    def learn(self, open_work: UnitOfWorkFactory, wanted: Wanted, now: datetime) -> Ready:
        """Learn a competition and those of its tier from what was known at a moment, and keep the fits.

        Who learns the same at the same time finds the other's fits kept, and leaves them.

        Raises
        ------
        UnknownNameError
            If the competition is not in the store.
        NotEnoughData
            If nothing of it was known.
        UnifiedBrainError
            If an agent or the pool failed; it is noted, and `brain health` tells of it.
        """
        with self._lock:
            try:
                return self._learn(open_work, wanted, now)
            except NotEnoughData:
                raise  # a refusal: nothing is wrong with the brain
            except (ArithmeticError, LookupError, ValueError, MonpsError) as error:
                _note_failure(open_work, wanted, error, now)
                raise UnifiedBrainError(
                    f"{wanted.competition} could not be learned: {type(error).__name__}: {error}"
                ) from error

    def _learn(self, open_work: UnitOfWorkFactory, wanted: Wanted, now: datetime) -> Ready:
        with open_work() as work:
            if (found := self.find(work, wanted)) is not None:
                return found
            codes = peers(work, require_competition(work, wanted.competition))
            version, as_of = work.matches.data_version(codes), _viewpoint(work, codes, wanted.as_of)
            history = read_history(work, codes, as_of, _since(wanted.season))
        present = set(history.matches.frame["competition"])
        if wanted.competition not in present:
            raise NotEnoughData(f"no result of {wanted.competition} was known at {as_of:%Y-%m-%d %H:%M} UTC")
        fits = self.brain.learn(history, as_of, {code: wanted.season for code in codes if code in present})
        self._keep(open_work, fits.values(), version, now)
        _log.info("learned", competitions=sorted(fits), as_of=as_of.isoformat())
        with open_work() as work:
            ready = Ready(fits[wanted.competition], codes, version, work.matches.next_known_at(codes, as_of))
        self._held[wanted.competition, wanted.season] = ready
        return ready

    def afresh(self, open_work: UnitOfWorkFactory, wanted: Wanted, as_of: datetime) -> Ready:
        """Learn from a moment anew, whatever is kept, and keep nothing."""
        with open_work() as work:
            codes = peers(work, require_competition(work, wanted.competition))
            version = work.matches.data_version(codes)
            history = read_history(work, codes, as_of, _since(wanted.season))
        present = set(history.matches.frame["competition"])
        fits = self.brain.learn(history, as_of, {code: wanted.season for code in codes if code in present})
        return Ready(fits[wanted.competition], codes, version, None)

    def _keep(
        self, open_work: UnitOfWorkFactory, fits: Iterable[FittedBrain], version: str, now: datetime
    ) -> None:
        with open_work(write=True) as work:
            for fit in fits:
                where = place(fit.competition, fit.season)
                told: Facts = {"as_of": fit.as_of.isoformat(), "matches": fit.known, "data_version": version}
                if work.fits.save(self._written(fit, version, now)):
                    work.audit.append(_entry("brain.learned", where, now, after=told))
            work.commit()

    def _written(self, fit: FittedBrain, version: str, now: datetime) -> StoredFit:
        return StoredFit(
            model=fit.name,
            spec_json=self.brain.model_dump_json(serialize_as_any=True),
            spec_hash=self.spec_hash,
            competition=place(fit.competition, fit.season),
            as_of=fit.as_of,
            data_version=version,
            payload=fit.to_bytes(),
            created_at=now,
        )

    def _stored(self, work: UnitOfWork, wanted: Wanted) -> Ready | None:
        codes = peers(work, require_competition(work, wanted.competition))
        version = work.matches.data_version(codes)
        where = place(wanted.competition, wanted.season)
        stored = work.fits.newest(self.spec_hash, where, wanted.as_of, version)
        if stored is None:
            return None
        outdated_at = work.matches.next_known_at(codes, stored.as_of)
        ready = Ready(FittedBrain.read(stored.payload), codes, version, outdated_at)
        return ready if ready.serves(wanted.as_of) else None


def _note_failure(open_work: UnitOfWorkFactory, wanted: Wanted, error: Exception, now: datetime) -> None:
    told: Facts = {"as_of": wanted.as_of.isoformat(), "error": str(error)}
    entry = _entry("brain.failed", place(wanted.competition, wanted.season), now, after=told)
    with open_work(write=True) as work:
        work.audit.append(entry.model_copy(update={"severity": "warning"}))
        work.commit()


def _entry(event_type: str, about: str, now: datetime, *, after: Facts) -> AuditEntry:
    return AuditEntry(occurred_at=now, event_type=event_type, entity_type="fit", entity_id=about, after=after)


def fingerprint(brain: UnifiedBrain) -> str:
    """Return the SHA-256 of a brain's recipe and of the code that carries it out."""
    recipe = brain.model_dump_json(serialize_as_any=True)
    return hashlib.sha256(f"{monps.__version__} {brain.name} {recipe}".encode()).hexdigest()


def place(competition: str, season: int) -> str:
    """Return the name under which fits for a competition's season are kept."""
    return f"{competition} {season}"


def peers(work: UnitOfWork, competition: Competition) -> tuple[str, ...]:
    """Return the competitions of the same tier, which are learned together."""
    return tuple(each.code for each in work.matches.competitions() if each.tier == competition.tier)


def _viewpoint(work: UnitOfWork, codes: Sequence[str], as_of: datetime) -> datetime:
    """Return the midnight before a moment, if nothing became known in between; else the moment itself."""
    midnight = as_of.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    following = work.matches.next_known_at(codes, midnight)
    return as_of if following is not None and following <= as_of else midnight


def _since(season: int) -> datetime:
    return datetime(season - SEASONS, 7, 1, tzinfo=UTC)
