"""How often a host is asked."""

from collections.abc import Callable
from datetime import datetime, timedelta

from monps.ports.clock import Clock


class Pace:
    """Lets at least an interval pass between two requests to the same host.

    Parameters
    ----------
    clock : Clock
        Tells the time.
    sleep : callable
        Waits for some seconds.
    """

    def __init__(self, clock: Clock, sleep: Callable[[float], object]) -> None:
        self._clock, self._sleep = clock, sleep
        self._earliest: dict[str, datetime] = {}

    def wait(self, host: str, interval: timedelta) -> None:
        """Wait until the host may be asked, and count this as asking it."""
        now = self._clock.now()
        earliest = self._earliest.get(host, now)
        if earliest > now:
            self._sleep((earliest - now).total_seconds())
        self._earliest[host] = max(now, earliest) + interval
