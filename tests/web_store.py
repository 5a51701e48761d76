"""A small store for the dashboard: a fixture that was predicted twice, results, quotes, books, a backtest."""

from datetime import timedelta
from decimal import Decimal

from factories import AWAY, HOME, SATURDAY, fixture, fixture_record, match, parsed_file, quote, record
from monps.domain.backtest import BacktestRequest, BacktestResult
from monps.domain.evaluation import Estimate, ReliabilityBin, Scorecard
from monps.domain.ledger import BetSlip
from monps.ports.unit_of_work import UnitOfWorkFactory
from monps.services.bankrolls import DEFAULT_BANKROLL, open_bankroll
from monps.services.jobs import claim_backtest, finish_backtest, start_backtest
from monps.services.place import place_bets
from monps.services.settle import settle_bets
from predictions import MORNING, prediction

NOW = MORNING
_WEEK = timedelta(weeks=1)
_YEAR = timedelta(days=365)
PLAYED = ((HOME, AWAY, (2, 1)), (AWAY, HOME, (0, 0)), (HOME, "Cressby", (3, 1)), ("Cressby", AWAY, (1, 2)))


def fill_calendar(open_work: UnitOfWorkFactory, teams: tuple[str, str] = (HOME, AWAY)) -> int:
    """Store a few results, and a fixture between two teams; return its number."""
    renamed = dict(zip((HOME, AWAY), teams, strict=True))
    results = [
        match(
            renamed.get(home, home), renamed.get(away, away), goals,
            kickoff=SATURDAY - _YEAR - place * _WEEK,
        )
        for place, (home, away, goals) in enumerate(PLAYED)
    ]  # fmt: skip
    coming = fixture_record(fixture(*teams), quote(odds=(1.95, 3.4, 3.8)), quote("totals"), line=9)
    file = parsed_file(*(record(each, line=2 + n) for n, each in enumerate(results)), fixtures=(coming,))
    with open_work(write=True) as work:
        work.matches.add_file(file, MORNING - timedelta(days=1))
        work.commit()
    with open_work() as work:
        [stored] = work.matches.fixtures([], NOW)
    return stored.match_id


def add_predictions(
    open_work: UnitOfWorkFactory, match_id: int, teams: tuple[str, str] = (HOME, AWAY)
) -> None:
    """Keep two predictions of a match, an hour apart."""
    with open_work(write=True) as work:
        for hour, goals in enumerate(((1.5, 1.2), (1.62, 1.08))):
            made = prediction(goals, teams, match_id=match_id, prediction_id=f"p-{match_id}-{hour}")
            moment = MORNING - timedelta(hours=1 - hour)
            made = made.model_copy(update={"computed_at": moment, "as_of": moment})
            work.predictions.add(made, made.model_dump_json().encode())
        work.commit()


def add_books(open_work: UnitOfWorkFactory) -> None:
    """Open a bankroll, and settle a bet that was won and one that was lost."""
    opened = SATURDAY - 2 * _YEAR
    open_bankroll(open_work, DEFAULT_BANKROLL, Decimal("1000.00"), now=opened)
    with open_work() as work:
        played = list(work.matches.history([], NOW))
    for stored, selection in zip(played, ("home", "away"), strict=False):
        placed = stored.match.kickoff - timedelta(hours=5)
        slip = BetSlip(
            match_id=stored.match_id, selection=selection, bookmaker="pinnacle", odds=Decimal("2.10"),
            stake=Decimal("10.00"), placed_at=placed,
        )  # fmt: skip
        place_bets(open_work, DEFAULT_BANKROLL, [slip], now=NOW)
    settle_bets(open_work, now=NOW)


def add_backtest(open_work: UnitOfWorkFactory, forecaster: str = "goals") -> int:
    """Queue a backtest, and finish it with a result."""
    first, last = (SATURDAY - _YEAR).date(), SATURDAY.date()
    request = BacktestRequest(
        competitions=("SIM1",), first_day=first, last_day=last, forecaster=forecaster
    )  # fmt: skip
    job = start_backtest(open_work, request, now=NOW)
    claim_backtest(open_work, now=NOW)
    finish_backtest(open_work, job.job_id, result(forecaster), now=NOW)
    return job.job_id


def result(forecaster: str) -> BacktestResult:
    """Return what a backtest may have found."""
    gap = Estimate(value=0.0031, interval=(0.0011, 0.0052))
    card = Scorecard(
        n=380, log_loss=0.98, rps=0.197, brier=0.58, ece=0.02, n_priced=380, rps_gap=gap, log_loss_gap=gap
    )
    bins = tuple(
        ReliabilityBin(outcome=side, forecast=0.1 + n / 5, observed=0.12 + n / 5, count=20 + n)
        for side in ("home", "draw", "away")
        for n in range(4)
    )
    return BacktestResult(
        **dict(card), forecaster=forecaster, competitions=("SIM1",), first_day=SATURDAY.date(),
        last_day=SATURDAY.date(), wanted=380, abstained=0, refits=10, seconds=1.0,
        by_competition={"SIM1": card}, by_season={"2024/25": card, "2025/26": card}, reliability=bins,
    )  # fmt: skip


def fill(open_work: UnitOfWorkFactory) -> int:
    """Store everything; return the number of the fixture."""
    match_id = fill_calendar(open_work)
    add_predictions(open_work, match_id)
    add_books(open_work)
    add_backtest(open_work)
    add_backtest(open_work, "dixon_coles")
    return match_id
