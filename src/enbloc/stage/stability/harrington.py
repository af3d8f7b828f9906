"""Harrington's five classes of spinal metastases: a word of older reports, recorded and never a reason for advice."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.evidence import Checked, cite
from enbloc.stage.answering import COLLAPSED, MECHANICAL_PAIN, counted
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD
from enbloc.value import value


class Harrington5(Enum):
    """The five classes, and what stands outside them."""

    I = "I: no significant neurological involvement"  # noqa: E741
    II = "II: bone involved, no collapse or instability"
    III = "III: major neurological impairment without significant bone involvement"
    IV = "IV: collapse with mechanical pain or instability, no significant neurological compromise"
    V = "V: collapse or instability with major neurological impairment"
    NONE = "none of the five classes"


@value
class Harrington:
    """Neurology, bone and stability.

    Examples
    --------
    >>> form = Harrington(neurology=True, bone=False, collapse=False, instability=False, mechanical_pain=False)
    >>> form.outcome.category
    'III: major neurological impairment without significant bone involvement'
    """

    neurology: Annotated[
        bool, Ask(words="major neurological impairment", answered_by=counted(vocabulary.DEFICIT, {False: False}))
    ]
    bone: Annotated[bool, Ask(words="significant involvement of bone")]
    collapse: Annotated[bool, Ask(words="collapse of the vertebra", answered_by=COLLAPSED)]
    instability: Annotated[bool, Ask(words="instability", answered_by=vocabulary.STABILITY_OPINION)]
    mechanical_pain: Annotated[bool, Ask(words="mechanical pain", answered_by=MECHANICAL_PAIN)]

    @property
    def outcome(self) -> Outcome:
        """The class; findings that no class describes are said to be outside."""
        return Outcome(category=self._impaired.value if self.neurology else self._unimpaired.value)

    @property
    def _impaired(self) -> Harrington5:
        if self.collapse or self.instability:
            return Harrington5.V
        return Harrington5.NONE if self.bone else Harrington5.III

    @property
    def _unimpaired(self) -> Harrington5:
        if self.instability or (self.collapse and self.mechanical_pain):
            return Harrington5.IV
        if self.collapse:
            return Harrington5.NONE
        return Harrington5.II if self.bone else Harrington5.I


_MANAGED = {
    Harrington5.I: "managed without operation",
    Harrington5.II: "managed without operation",
    Harrington5.III: "managed without operation; with compression of the cord it is today a surgical question",
    Harrington5.IV: "was an indication for surgery",
    Harrington5.V: "was an indication for surgery",
    Harrington5.NONE: "",
}

HARRINGTON = Instrument(
    id="harrington",
    name="Harrington",
    version="specification of 2026-11-20",
    form=Harrington,
    population="spinal metastasis",
    tumours=SPREAD,
    better=Better.NEITHER,
    categories=tuple(Category(word=one.value, published=_MANAGED[one]) for one in Harrington5),
    warnings=("historical: before the SINS, modern trials of cord compression and stereotactic radiotherapy",),
    checked=Checked.READ,
    cites=(cite("harrington_issls"),),
)
