"""The MDA criteria of response in bone: what a lesion does on radiograph, CT, MRI or scintigraphy."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

RESPONSE_FROM_PERCENT = 50
PROGRESSION_FROM_PERCENT = 25


class NewLesion(Enum):
    """Whether a lesion was not seen before; sclerosis inside a known lytic lesion is no new one but response."""

    NONE = "none"
    SCLEROTIC_WHILE_OTHERS_IMPROVE = "sclerotic focus while other signs improve"
    NEW = "new lesion"


class Response(Enum):
    """The results, best first."""

    COMPLETE = "complete response"
    PARTIAL = "partial response"
    STABLE = "stable disease"
    PROGRESSIVE = "progressive disease"


FLARE = "a sclerotic focus not seen before while other signs improve is flare: confirm on the next scan"
FROM_MEMORY = "the limit of 25 or 50 per cent is from memory (revision of 2010), not yet checked"


@value
class Mda:
    """What became of the lesions since the last examination.

    Examples
    --------
    >>> form = Mda(
    ...     complete=False, partial_signs=True, enlargement=False, new_lesion=NewLesion.NONE,
    ...     decrease_percent=0, increase_percent=0,
    ... )
    >>> form.outcome.category
    'partial response'
    """

    complete: Annotated[
        bool, Ask(words="lytic lesions filled in or sclerosed, signal and uptake gone, blastic ones normal")
    ]
    partial_signs: Annotated[
        bool, Ask(words="sclerotic rim, partial fill-in, less dense blastic lesion or less uptake")
    ]
    enlargement: Annotated[bool, Ask(words="lytic or blastic lesion that cannot be measured has enlarged")]
    new_lesion: Annotated[NewLesion, Ask(words="lesion not seen before")]
    decrease_percent: Annotated[
        float,
        Number(
            words="decrease of measurable lesions (0 if none)",
            unit="%",
            low=0,
            high=100,
            step=0,
            cuts=(RESPONSE_FROM_PERCENT,),
        ),
    ]
    increase_percent: Annotated[
        float,
        Number(
            words="increase of a measurable lesion (0 if none)",
            unit="%",
            low=0,
            high=10_000,
            step=0,
            cuts=(PROGRESSION_FROM_PERCENT,),
        ),
    ]

    @property
    def outcome(self) -> Outcome:
        """Progression first, whatever else became smaller; flare is listed under partial response."""
        flare = self.new_lesion is NewLesion.SCLEROTIC_WHILE_OTHERS_IMPROVE
        flags = (FLARE,) if flare else ()
        if self.new_lesion is NewLesion.NEW or self.enlargement:
            return Outcome(category=Response.PROGRESSIVE.value, flags=flags)
        if self.increase_percent >= PROGRESSION_FROM_PERCENT:
            return Outcome(category=Response.PROGRESSIVE.value, flags=(*flags, FROM_MEMORY))
        if self.complete and not flare:
            return Outcome(category=Response.COMPLETE.value)
        if self.partial_signs or flare:
            return Outcome(category=Response.PARTIAL.value, flags=flags)
        if self.decrease_percent >= RESPONSE_FROM_PERCENT:
            return Outcome(category=Response.PARTIAL.value, flags=(FROM_MEMORY,))
        measured = self.decrease_percent or self.increase_percent
        return Outcome(category=Response.STABLE.value, flags=(FROM_MEMORY,) if measured else ())


MDA_BONE = Instrument(
    id="mda_bone",
    name="MDA bone response",
    version="2004, specification of 2026-11-20",
    form=Mda,
    population="bone metastasis followed by imaging",
    better=Better.LOWER,
    categories=(
        Category(word=Response.COMPLETE.value, published="complete fill-in or sclerosis, signal or uptake gone"),
        Category(word=Response.PARTIAL.value, published="measurable lesion at least 50 % less, or partial signs"),
        Category(word=Response.STABLE.value, published="none of the others"),
        Category(word=Response.PROGRESSIVE.value, published="at least 25 % more, any enlargement or a new lesion"),
    ),
    validations=("predicts survival free of progression at 6 months, not at 3",),
    checked=Checked.READ,
    cites=(cite("hamaoka2004bone"),),
)
