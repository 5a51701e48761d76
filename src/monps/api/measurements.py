"""What is measured of the service itself."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.registry import Collector

from monps.api.errors import outcome_of
from monps.services.serve import SHARED_MEASUREMENTS

LATENCY_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Measurements:
    """Counters and histograms, in a registry of their own.

    Parameters
    ----------
    gauges : Collector, optional
        What is looked at when it is asked for.
    """

    def __init__(self, gauges: Collector | None = None) -> None:
        self.registry, self._looked_at = CollectorRegistry(), CollectorRegistry()
        if gauges is not None:
            self._looked_at.register(gauges)
        self.latency = Histogram(
            "monps_request_seconds",
            "Time to answer, by route.",
            ("method", "route", "status"),
            buckets=LATENCY_BUCKETS,
            registry=self.registry,
        )
        self.predictions = Counter(
            "monps_predictions",
            "Predictions asked for, by how that ended.",
            ("outcome",),
            registry=self.registry,
        )

        self._children = lru_cache(maxsize=1000)(self.latency.labels)

    def took(self, method: str, route: str, status: int, seconds: float) -> None:
        """Measure a request; to find the counter of a route takes longer than to count, so it is kept."""
        self._children(method, route, str(status)).observe(seconds)

    @contextmanager
    def counted_outcome(self) -> Iterator[None]:
        """Count a prediction that is asked for: ``made``, or the code of the error that it ends with."""
        try:
            yield
        except Exception as error:
            self.predictions.labels(outcome_of(error).error_code.lower()).inc()
            raise
        self.predictions.labels("made").inc()

    def text(self) -> bytes:
        """Write everything in Prometheus' text format."""
        counted = self.registry
        if SHARED_MEASUREMENTS in os.environ:
            counted = CollectorRegistry()
            multiprocess.MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
        return bytes(generate_latest(counted)) + bytes(generate_latest(self._looked_at))
