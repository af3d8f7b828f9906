"""What several survival scores ask alike, declared once: the same question has the same words and the same key.

With each goes what of a case answers it: a fact in its own unit, or a reading of several facts.
"""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.stage.form import Ask, Number
from enbloc.stage.survival import spread, state

KARNOFSKY = "Karnofsky performance status"


def karnofsky(*cuts: float) -> Number:
    """The Karnofsky performance status, in steps of ten; it is never read off an ECOG status in silence. 0 is death."""
    read = state.karnofsky(cuts)
    return Number(words=KARNOFSKY, unit="%", low=10, high=100, step=10, cuts=cuts, answered_by=read)


def ecog(*cuts: float, low: float = 0) -> Number:
    """The ECOG performance status; it is never read off a Karnofsky status in silence. 5 is death."""
    read = state.ecog(cuts, low)
    return Number(words="ECOG performance status", unit="", low=low, high=4, cuts=cuts, answered_by=read)


def age(*cuts: float) -> Number:
    """The age in whole years."""
    return Number(words="age", unit="years", low=0, high=120, cuts=cuts, answered_by=vocabulary.AGE)


def albumin(*cuts: float) -> Number:
    """Serum albumin in g/dL: one given in g/L is refused, not read as ten times as much."""
    words = "serum albumin (g/L divided by 10)"
    fact = vocabulary.ALBUMIN
    return Number(words=words, unit="g/dL", low=0.5, high=7, step=0, cuts=cuts, answered_by=fact, per_unit=0.1)


def months_since_diagnosis(*cuts: float) -> Number:
    """Months since the primary tumour was diagnosed, to a hundredth, so that "over 30" begins at 30.01."""
    words = "months since the diagnosis of the primary tumour"
    fact = vocabulary.MONTHS_SINCE_DIAGNOSIS
    return Number(words=words, unit="months", low=0, high=1200, step=0.01, cuts=cuts, answered_by=fact)


def vertebrae(*cuts: float) -> Number:
    """How many vertebral bodies have metastases; there is at least one."""
    words = "vertebral bodies with metastases"
    return Number(words=words, unit="", low=1, high=24, cuts=cuts, answered_by=vocabulary.METASTATIC_VERTEBRAE)


VISCERAL = Ask(words="visceral metastases", answered_by=spread.visceral)
MULTIPLE_BONE = Ask(words="more than one bone metastasis, the spine included", answered_by=spread.multiple_bone)
PREVIOUS_CHEMOTHERAPY = Ask(words="chemotherapy before", answered_by=vocabulary.CHEMOTHERAPY)
PRIMARY = "site of the primary tumour"
