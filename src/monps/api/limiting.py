"""How often one may ask."""

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from monps.api.errors import RateLimitedError

OFF = "off"


class Limits:
    """Counts the requests of each key, or address, in a sliding window; in this process.

    Parameters
    ----------
    requests, writes : str
        ``600/minute``, or ``off``; writes count as requests, too.
    """

    def __init__(self, requests: str, writes: str) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._requests, self._writes = _item(requests), _item(writes)

    def count(self, who: str, *, writes: bool) -> None:
        """Count a request.

        Raises
        ------
        RateLimitedError
            If it is one too many.
        """
        for kind, item in (("requests", self._requests), ("writes", self._writes if writes else None)):
            if item is not None and not self._limiter.hit(item, kind, who):
                reset = self._limiter.get_window_stats(item, kind, who).reset_time
                raise RateLimitedError(max(1, math.ceil(reset - time.time())))


def _item(text: str) -> RateLimitItem | None:
    return None if text == OFF else parse(text)
