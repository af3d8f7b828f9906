"""How often something may be tried: guessing must not pay, and no door may cost the server its breath."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from fastapi import Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from enbloc.web.problem import Problem

if TYPE_CHECKING:
    from enbloc.web.services import Services

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


def address_of(request: Request, services: Services) -> str:
    """Who tries, as far as the network tells: behind a proxy what it wrote last."""
    forwarded = request.headers.getlist("x-forwarded-for") if services.is_behind_proxy else []
    if forwarded:
        return forwarded[-1].rpartition(",")[2].strip()[:64]
    return request.client.host if request.client else "nobody"
