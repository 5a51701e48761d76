"""Notices what other processes changed, so that nothing remembered here outlives it for long.

Every change of state is an audit event. So one look at the newest events, twice a second, says which keys and
predictions to ask the store for anew.
"""

import threading

import structlog

from monps.api.state import Service
from monps.domain.audit import AuditEvent
from monps.errors import MonpsError
from monps.ports.audit import AuditFilter

_log = structlog.get_logger()

SECONDS = 0.5
_MOST = 1000


class Watcher:
    """Looks for new events in a thread of its own.

    Parameters
    ----------
    service : Service
        Whose memories to correct.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)
        self._seen: int | None = None

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        self._thread.join()

    def look(self) -> None:
        """Look once; where events cannot be read, everything remembered is forgotten."""
        try:
            events = self._new_events()
        except MonpsError as error:
            _log.warning("events cannot be read", error=str(error))
            self._service.forget_all()
            return
        if len(events) == _MOST:
            self._service.forget_all()
        for event in events:
            if event.before is not None:
                self._service.forget(event.entity_type, event.entity_id)

    def _new_events(self) -> list[AuditEvent]:
        """Return what is new, newest first; nothing at the first look."""
        first = self._seen is None
        with self._service.application.open_work() as work:
            newest = list(work.audit.events(AuditFilter(after_id=self._seen), limit=1 if first else _MOST))
        self._seen = newest[0].event_id if newest else self._seen or 0
        return [] if first else newest

    def _run(self) -> None:
        while not self._stopped.wait(SECONDS):
            self.look()
