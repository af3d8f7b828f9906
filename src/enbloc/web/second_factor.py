"""The second factor: six digits of a device that change every 30 seconds (RFC 6238)."""

from __future__ import annotations

import hmac
import io
from datetime import datetime, timedelta

import pyotp
import segno

ISSUER = "enbloc"
STEP_S = 30
_DRIFT = (0, -1, 1)
"""The device's clock may be off by one step."""


def new_secret() -> str:
    """A secret for a device (160 bits)."""
    return pyotp.random_base32(32)


def uri(secret: str, person: str) -> str:
    """The secret as a device reads it."""
    return pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=person, issuer_name=ISSUER)


def qr_svg(text: str) -> str:
    """The text as a square code that a camera reads."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", xmldecl=False, svgns=True, scale=4, border=3, light="#fff")
    return out.getvalue().decode()


def code_of(secret: str, now: datetime) -> str:
    """What the device shows now."""
    return pyotp.TOTP(secret, interval=STEP_S).at(int(now.timestamp()))


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step that this code belongs to; none if it is wrong."""
    for drift in _DRIFT:
        then = now + drift * timedelta(seconds=STEP_S)
        if hmac.compare_digest(code_of(secret, then).encode(), code.encode()):
            return int(then.timestamp()) // STEP_S
    return None
