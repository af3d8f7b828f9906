"""What several survival scores ask alike, declared once: the same question has the same words and the same key."""

from __future__ import annotations

from enbloc.stage.form import Number

KARNOFSKY = "Karnofsky performance status"


def karnofsky(*cuts: float) -> Number:
    """The Karnofsky performance status, in steps of ten; it is never read off an ECOG status in silence. 0 is death."""
    return Number(words=KARNOFSKY, unit="%", low=10, high=100, step=10, cuts=cuts)
