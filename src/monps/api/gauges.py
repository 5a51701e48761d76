"""What ``/metrics`` shows of the store and the brain, looked at anew at most twice a minute."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from monps.errors import MonpsError
from monps.services.brain_health import check_brain
from monps.services.closing_gap import live_record

if TYPE_CHECKING:
    from monps.bootstrap import Application

_log = structlog.get_logger()

FRESH = timedelta(seconds=30)


class Gauges(Collector):
    """Ages of data and fits, and the gap between what was predicted and the closing price.

    Parameters
    ----------
    application : Application
        Whose store and brain.
    """

    def __init__(self, application: "Application") -> None:
        self._application = application
        self._kept: tuple[datetime, list[GaugeMetricFamily]] | None = None
        self._lock = threading.Lock()

    def describe(self) -> list[GaugeMetricFamily]:
        """Say nothing in advance: to be registered must not ask the store."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield everything; where the store cannot be reached, only that it cannot."""
        now = self._application.clock.now()
        with self._lock:
            if self._kept is None or now - self._kept[0] > FRESH:
                self._kept = now, list(self._look(now))
            yield from self._kept[1]

    def _look(self, now: datetime) -> Iterator[GaugeMetricFamily]:
        reached = GaugeMetricFamily("monps_store_reached", "Whether the store could be read: 1 or 0.")
        try:
            found = [*self._data(now), *self._fits(now), *self._gap(now)]
        except MonpsError as error:
            _log.warning("the store cannot be measured", error=str(error))
            found = []
        reached.add_metric((), float(bool(found)))
        yield from (*found, reached)

    def _data(self, now: datetime) -> Iterator[GaugeMetricFamily]:
        sources = GaugeMetricFamily(
            "monps_source_age_seconds", "Time since a file of this source was last read.", labels=("source",)
        )
        results = GaugeMetricFamily(
            "monps_data_age_seconds", "Time since the newest result became known.", labels=("competition",)
        )
        with self._application.open_work() as work:
            read: dict[str, datetime] = {}
            for file in work.matches.files():
                read[file.source] = max(file.read_at, read.get(file.source, file.read_at))
            codes = [competition.code for competition in work.matches.competitions()]
            newest = {code: work.matches.latest_known_at(code) for code in codes}
        for source, moment in read.items():
            sources.add_metric((source,), (now - moment).total_seconds())
        for code, known_at in newest.items():
            if known_at is not None:
                results.add_metric((code,), (now - known_at).total_seconds())
        yield from (sources, results)

    def _fits(self, now: datetime) -> Iterator[GaugeMetricFamily]:
        application = self._application
        keeper = application.consultant.keeper
        health = check_brain(application.open_work, keeper, now=now, freshness=application.freshness)
        ages = GaugeMetricFamily(
            "monps_fit_age_seconds",
            "Time since the moment from which an agent's newest fit looks.",
            labels=("agent", "competition"),
        )
        for each in health.competitions:
            for agent in each.agents:
                age = (now - each.fitted_as_of).total_seconds()
                ages.add_metric((agent.agent, each.competition), age)
        yield ages

    def _gap(self, now: datetime) -> Iterator[GaugeMetricFamily]:
        scores = live_record(self._application.open_work, now=now).scores
        gap = GaugeMetricFamily(
            "monps_closing_gap_nats",
            "Log loss of the last settled predictions less the closing price's; above 0 is worse.",
        )
        counted = GaugeMetricFamily("monps_closing_gap_matches", "Settled matches behind that gap.")
        counted.add_metric((), float(scores.n_priced if scores else 0))
        if scores and scores.log_loss_gap:
            gap.add_metric((), scores.log_loss_gap.value)
        yield from (gap, counted)
