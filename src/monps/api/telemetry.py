"""Traces of requests, for those who collect them."""

from typing import TYPE_CHECKING, Any

from monps.errors import UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI


def trace_requests(app: "FastAPI", provider: Any = None) -> None:
    """Let OpenTelemetry open a span for each request; probes are left out, and headers are not recorded.

    Where spans go is OpenTelemetry's to say: its own variables (``OTEL_…``) and ``opentelemetry-instrument``.

    Parameters
    ----------
    app : FastAPI
        Whose requests.
    provider : TracerProvider, optional
        Who collects them (default: the one that is set up for the process).

    Raises
    ------
    UsageError
        If the extra is not installed.
    """
    try:
        from opentelemetry import trace  # noqa: PLC0415 - an extra
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("MONPS_TELEMETRY needs its extra: pip install 'monps[telemetry]'") from error
    found = provider or trace.get_tracer_provider()
    if isinstance(found, trace.ProxyTracerProvider):
        found = TracerProvider(resource=Resource.create({"service.name": "monps"}))
    FastAPIInstrumentor.instrument_app(app, tracer_provider=found, excluded_urls="health,ready,metrics")
