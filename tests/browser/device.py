"""The second factor that a person carries: no code is used twice, as the server wants it."""

from __future__ import annotations

import time

import pyotp

STEP_S = 30
_SLOW_S = 3  # what is typed now may be read that much later


class Device:
    """An authenticator with one secret."""

    def __init__(self, secret: str) -> None:
        self._made = pyotp.TOTP(secret.replace(" ", ""), interval=STEP_S)
        self._last = 0

    def code(self) -> str:
        """A code that the server takes and has not seen: it allows one step before its clock and one after."""
        step = max(self._last + 1, int(time.time() + _SLOW_S) // STEP_S - 1)
        while step > int(time.time()) // STEP_S + 1:
            time.sleep(1)
        self._last = step
        return self._made.at(step * STEP_S)
