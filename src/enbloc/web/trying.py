"""How often something may be tried: guessing must not pay, and no door may cost the server its breath."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from enbloc.web.problem import Problem

SIGN_IN = parse("20/minute")
ONE_TIME = parse("20/minute")
"""Links, tickets and codes, of one address."""
COSTLY = parse("6/minute")
"""What reads the whole record, of one person."""


class Tries:
    """Counts tries by door and by who tries; in memory, of this process."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def one(self, limit: RateLimitItem, door: str, who: str) -> None:
        """Count one try.

        Raises
        ------
        Problem
            If there were too many of late.
        """
        if self._limiter.hit(limit, door, who):
            return
        until = self._limiter.get_window_stats(limit, door, who).reset_time
        wait = max(1, math.ceil(until - time.time()))
        raise Problem(429, "That was tried too often.", f"Wait {wait} seconds.", headers={"Retry-After": str(wait)})
