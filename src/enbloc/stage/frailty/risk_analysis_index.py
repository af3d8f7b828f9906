"""The Risk Analysis Index as somebody obtained it elsewhere: its tables of points are not here, only its tiers."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number, Text
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Variant(Enum):
    """Which index it is; their points differ."""

    CLINICAL = "RAI-C, clinical"
    ADMINISTRATIVE = "RAI-A, administrative"
    REVISED = "RAI-Rev, recalibrated"


class Tier(Enum):
    """The tiers of a value, best first."""

    ROBUST = "0 to 20: robust"
    NORMAL = "21 to 30: normal"
    FRAIL = "31 to 40: frail"
    SEVERE = "41 or more: severely frail"


MOST = 100
"""As much may be entered; the source that was read states no highest value."""


@value
class RiskAnalysis:
    """A value, of which variant, and where it comes from.

    Examples
    --------
    >>> RiskAnalysis(index=31, variant=Variant.CLINICAL, source="clinic form").outcome.category
    '31 to 40: frail'
    """

    index: Annotated[int, Number(words="value of the index, as obtained", unit="", low=0, high=MOST, cuts=(21, 31, 41))]
    variant: Annotated[Variant, Ask(words="variant of the index")]
    source: Annotated[str, Text(words="where it was obtained: program, form or site, with version")]

    @property
    def tier(self) -> Tier:
        """The tier of the value."""
        if self.index >= 41:
            return Tier.SEVERE
        return Tier.FRAIL if self.index >= 31 else Tier.NORMAL if self.index >= 21 else Tier.ROBUST

    @property
    def outcome(self) -> Outcome:
        """The value as it was obtained, and its tier."""
        kept = (("variant", self.variant.value), ("source", self.source))
        return Outcome(total=self.index, category=self.tier.value, readings=kept)


_SERIES = "2,235 operations for spinal malignancy (2011 to 2020)"

RAI = Instrument(
    id="rai",
    name="Risk Analysis Index",
    version="tiers only, specification of 2026-11-20",
    form=RiskAnalysis,
    population="before an operation; value obtained elsewhere",
    better=Better.LOWER,
    categories=(
        Category(word=Tier.ROBUST.value, published=f"22.7 % of {_SERIES}"),
        Category(word=Tier.NORMAL.value, published=f"11.9 % of {_SERIES}"),
        Category(word=Tier.FRAIL.value, published=f"54.7 % of {_SERIES}"),
        Category(word=Tier.SEVERE.value, published=f"10.7 % of {_SERIES}"),
    ),
    needs=("index", "variant", "source"),
    validations=(f"mortality or hospice 6.5 % in {_SERIES}: c 0.717 (0.697 to 0.735), better than mFI-5 and age",),
    warnings=(
        "recorded, not computed here: its tables of points were not obtained, and those of its variants differ",
        "a diagnosis of cancer raises the index by itself: most of these patients are frail by construction",
    ),
    checked=Checked.READ,
    cites=(cite("rai_spinal_malignancy"),),
)
