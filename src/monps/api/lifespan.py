"""What is opened before the first request and closed after the last."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import anyio.to_thread
import structlog
from fastapi import FastAPI

from monps.api.background import Worker
from monps.api.state import Service, State
from monps.api.warmth import Warmth
from monps.api.watch import Watcher

_log = structlog.get_logger()

THREADS = 4
"""Of each process: with more, they wait for each other rather than for the database."""

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[State]]


def lifespan(service: Service) -> Lifespan:
    """Return what opens and closes a service.

    Parameters
    ----------
    service : Service
        What to open.
    """

    @asynccontextmanager
    async def run(_app: FastAPI) -> AsyncIterator[State]:
        application = service.application
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        await anyio.to_thread.run_sync(application.database.prepare)
        service.worker, watcher = Worker(application), Watcher(service)
        await anyio.to_thread.run_sync(watcher.look)
        service.worker.start()
        if application.settings.warm_up:
            service.warmth = Warmth(application)
            service.warmth.start()
        watcher.start()
        _log.info("ready", database=application.database.url, environment=application.settings.environment)
        try:
            yield State(service=service)
        finally:
            watcher.stop()
            if service.warmth is not None:
                service.warmth.stop()
            service.worker.stop()
            application.database.close()
            _log.info("closed")

    return run
