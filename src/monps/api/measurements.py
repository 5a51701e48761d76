"""What is measured of the service itself."""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

from monps.services.serve import SHARED_MEASUREMENTS

LATENCY_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Measurements:
    """Counters and histograms, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
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

    def text(self) -> bytes:
        """Write everything in Prometheus' text format."""
        if SHARED_MEASUREMENTS not in os.environ:
            return bytes(generate_latest(self.registry))
        together = CollectorRegistry()
        multiprocess.MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return bytes(generate_latest(together))
