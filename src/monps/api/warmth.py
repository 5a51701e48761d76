"""Learns, before anybody asks, what is likely to be asked about."""

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from monps.collector import freeze_what_lives
from monps.domain.health import Check
from monps.errors import MonpsError

if TYPE_CHECKING:
    from monps.bootstrap import Application

_log = structlog.get_logger()

IN_SEASON = timedelta(days=30)
"""A competition whose newest result is older than this is learned when somebody asks."""


class Warmth:
    """Prepares the brain for every competition in season, in a thread of its own, once.

    Parameters
    ----------
    application : Application
        Whose brain to prepare.
    """

    def __init__(self, application: "Application") -> None:
        self._application = application
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warmth", daemon=True)
        self._learning: str | None = "what is in season"
        self._failed: dict[str, str] = {}

    def start(self) -> None:
        """Begin to learn."""
        self._thread.start()

    def stop(self) -> None:
        """Learn nothing further; what is being learned is not waited for."""
        self._stopped.set()

    def check(self) -> Check:
        """Say whether everything in season is at hand."""
        if self._learning:
            return Check(name="brain", verdict="fail", detail=f"still learning {self._learning}")
        if self._failed:
            told = "; ".join(f"{code}: {why}" for code, why in self._failed.items())
            return Check(name="brain", verdict="fail", detail=f"could not learn {told}")
        return Check(name="brain", verdict="ok", detail="what is in season is learned")

    def _run(self) -> None:
        for code in self._in_season():
            if self._stopped.is_set():
                return
            self._learning = code
            try:
                self._application.consultant.prepare(code, self._application.clock.now())
            except MonpsError as error:
                _log.warning("cannot learn", competition=code, error=str(error))
                self._failed[code] = str(error)
        freeze_what_lives()
        self._learning = None

    def _in_season(self) -> list[str]:
        since = self._application.clock.now() - IN_SEASON
        try:
            with self._application.open_work() as work:
                codes = [competition.code for competition in work.matches.competitions()]
                newest = {code: work.matches.latest_known_at(code) for code in codes}
        except MonpsError as error:
            self._failed["anything"] = str(error)
            return []
        return [code for code, moment in newest.items() if moment is not None and moment >= since]
