"""The brain's true state, as the store has it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from monps.agents import FittedStyle, PairForecasts
from monps.brain.fitted import FittedBrain
from monps.domain.health import AgentHealth, BrainHealth, CompetitionHealth
from monps.ports.audit import AuditFilter
from monps.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory
from monps.services.history import require_competition
from monps.services.keeper import Keeper, peers


def check_brain(
    open_work: UnitOfWorkFactory, keeper: Keeper, *, now: datetime, freshness: timedelta
) -> BrainHealth:
    """Say what the brain learned of each competition, from what, when, and what went wrong since.

    Parameters
    ----------
    open_work : UnitOfWorkFactory
        Where fits and predictions are kept.
    keeper : Keeper
        Knows the recipe.
    now : datetime
        The present.
    freshness : timedelta
        Data older than this are stale.
    """
    with open_work() as work:
        found = tuple(_competitions(work, keeper, now))
        failures = tuple(_failures(work))
        predictions, last = work.predictions.count(), work.predictions.latest()
    return BrainHealth(
        status=_status(found, failures, freshness),
        model=keeper.brain.name,
        spec_hash=keeper.spec_hash,
        competitions=found,
        failures=failures,
        predictions=predictions,
        last_prediction_at=last,
    )


def _status(found: tuple[CompetitionHealth, ...], failures: tuple[str, ...], freshness: timedelta) -> str:
    if failures:
        return "failing"
    if not found:
        return "unfitted"
    old = freshness / timedelta(days=1)
    return "stale" if any(each.stale or each.data_age_days > old for each in found) else "ok"


def _competitions(work: UnitOfWork, keeper: Keeper, now: datetime) -> Iterator[CompetitionHealth]:
    found = ((where.split()[0], where) for where in work.fits.places(keeper.spec_hash))
    for code, where in dict(found).items():
        kept = work.fits.latest(keeper.spec_hash, where, now)
        if kept is None:
            continue
        codes = peers(work, require_competition(work, code))
        changed = work.matches.data_version(codes) != kept.data_version
        following = work.matches.next_known_at(codes, kept.as_of)
        fitted = FittedBrain.read(kept.payload)
        yield CompetitionHealth(
            competition=code,
            season=fitted.season,
            fitted_as_of=fitted.as_of,
            fitted_at=kept.created_at,
            matches=fitted.known,
            data_known_at=fitted.known_at,
            data_age_days=max(now - fitted.known_at, timedelta(0)) / timedelta(days=1),
            stale=changed or (following is not None and following <= now),
            agents=tuple(_agents(fitted)),
        )


def _agents(fitted: FittedBrain) -> Iterator[AgentHealth]:
    for agent in fitted.agents[: fitted.members]:
        pairs = agent.pairs if isinstance(agent, FittedStyle) else agent
        if isinstance(pairs, PairForecasts):
            reason = pairs.evidence if pairs.speaks else pairs.silence
            yield AgentHealth(agent=agent.name, speaks=pairs.speaks, reason=reason)
        else:
            yield AgentHealth(agent=agent.name, speaks=True, reason="where there are prices of the match")


def _failures(work: UnitOfWork) -> Iterator[str]:
    """Tell failures to learn after which nothing was learned of the same thing."""
    learned = {
        event.entity_id: event.event_id
        for event in reversed(list(work.audit.events(AuditFilter(event_type="brain.learned"), limit=500)))
    }
    seen: set[str] = set()
    for event in work.audit.events(AuditFilter(event_type="brain.failed"), limit=100):
        if event.entity_id not in seen and event.event_id > learned.get(event.entity_id, 0):
            seen.add(event.entity_id)
            told = (event.after or {}).get("error", "")
            yield f"{event.entity_id}, {event.occurred_at:%Y-%m-%d %H:%M} UTC: {told}"
