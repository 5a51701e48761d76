"""``monps serve``."""

from typing import Annotated

import typer

Host = Annotated[str | None, typer.Option("--host", metavar="ADDRESS", help="Default: MONPS_HOST.")]
Port = Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Default: MONPS_PORT.")]
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, help="Processes; several need PostgreSQL.")]


def serve(*, host: Host = None, port: Port = None, workers: Workers = 1) -> None:
    """Run the HTTP service and the dashboard until it is interrupted; requests in flight are finished.

    Example: monps serve --port 8080
    """
    import os
    import tempfile

    import uvicorn

    from monps import bootstrap
    from monps.services.serve import SHARED_MEASUREMENTS, Doors, check_start

    application = bootstrap.application()
    settings = application.settings
    host, port = host or settings.host, port or settings.port
    doors = Doors(host, settings.api_keys_required, workers)
    check_start(doors, application.database, application.open_work)
    application.database.close()
    with tempfile.TemporaryDirectory(prefix="monps-metrics-") as folder:
        if workers > 1:
            os.environ[SHARED_MEASUREMENTS] = folder
        uvicorn.run(
            "monps.asgi:create",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            log_config=None,
            timeout_graceful_shutdown=30,
        )
