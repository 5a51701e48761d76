"""Results of single seasons added up, a forecaster each."""

from collections.abc import Iterable, Iterator, Sequence

from monps.domain.sweep import SweepTotal, TaskResult


def totals(results: Iterable[TaskResult]) -> Iterator[SweepTotal]:
    """Add up the seasons of each forecaster, in the order in which they first appear.

    Parameters
    ----------
    results : iterable of TaskResult
        Of any forecasters, seasons and competitions.

    Yields
    ------
    SweepTotal
        Means weighted by matches, so that they are those of all matches together.
    """
    parts: dict[str, list[TaskResult]] = {}
    for result in results:
        parts.setdefault(result.forecaster, []).append(result)
    for forecaster, tasks in parts.items():
        yield _total(forecaster, tasks)


def _total(forecaster: str, tasks: Sequence[TaskResult]) -> SweepTotal:
    cards = [task.card for task in tasks if task.card]
    log_loss_gaps = [(card.log_loss_gap.value, card.n_priced) for card in cards if card.log_loss_gap]
    rps_gaps = [(card.rps_gap.value, card.n_priced) for card in cards if card.rps_gap]
    return SweepTotal(
        forecaster=forecaster,
        tasks=len(tasks),
        refused=len(tasks) - len(cards),
        n=sum(card.n for card in cards),
        log_loss=_mean([(card.log_loss, card.n) for card in cards]),
        rps=_mean([(card.rps, card.n) for card in cards]),
        n_priced=sum(n for _, n in rps_gaps),
        log_loss_gap=_mean(log_loss_gaps),
        rps_gap=_mean(rps_gaps),
    )


def _mean(values: Sequence[tuple[float, int]]) -> float | None:
    """Return the mean of values, each with its weight."""
    weight = sum(n for _, n in values)
    return sum(value * n for value, n in values) / weight if weight else None
