"""What several survival scores ask alike, declared once: the same question has the same words and the same key."""

from __future__ import annotations

from enbloc.stage.form import Ask, Number

KARNOFSKY = "Karnofsky performance status"


def karnofsky(*cuts: float) -> Number:
    """The Karnofsky performance status, in steps of ten; it is never read off an ECOG status in silence. 0 is death."""
    return Number(words=KARNOFSKY, unit="%", low=10, high=100, step=10, cuts=cuts)


def ecog(*cuts: float, low: float = 0) -> Number:
    """The ECOG performance status; it is never read off a Karnofsky status in silence. 5 is death."""
    return Number(words="ECOG performance status", unit="", low=low, high=4, cuts=cuts)


def age(*cuts: float) -> Number:
    """The age in whole years."""
    return Number(words="age", unit="years", low=0, high=120, cuts=cuts)


def albumin(*cuts: float) -> Number:
    """Serum albumin in g/dL: one given in g/L is refused, not read as ten times as much."""
    return Number(words="serum albumin (g/L divided by 10)", unit="g/dL", low=0.5, high=7, step=0, cuts=cuts)


def months_since_diagnosis(*cuts: float) -> Number:
    """Months since the primary tumour was diagnosed, to a hundredth, so that "over 30" begins at 30.01."""
    words = "months since the diagnosis of the primary tumour"
    return Number(words=words, unit="months", low=0, high=1200, step=0.01, cuts=cuts)


MULTIPLE_BONE = Ask(words="more than one bone metastasis, the spine included")
PREVIOUS_CHEMOTHERAPY = Ask(words="chemotherapy before")
