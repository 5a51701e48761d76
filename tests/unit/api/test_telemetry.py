import warnings

import pytest

from http_service import TestClient, application_on
from monps.api.main import create_app, create_service
from monps.api.telemetry import trace_requests

pytest.importorskip("opentelemetry.instrumentation.fastapi", reason="the extra telemetry is not installed")


def test_a_request_is_a_span_without_its_headers(tmp_path):
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor  # noqa: PLC0415
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter  # noqa: PLC0415

    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    application = application_on(f"sqlite:///{tmp_path / 'monps.sqlite'}")
    app = create_app(create_service(application, application.consultant.predict_all))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trace_requests(app, provider)
        TestClient(app).get("/api/openapi.json", headers={"authorization": "Bearer monps_secret"})
        TestClient(app, raise_server_exceptions=False).get("/api/v1/ready")
    spans = kept.get_finished_spans()
    assert any("/api/openapi.json" in str(dict(span.attributes or {})) for span in spans)
    said = " ".join(f"{span.name} {dict(span.attributes or {})}" for span in spans)
    assert "monps_secret" not in said
    assert "/ready" not in said
