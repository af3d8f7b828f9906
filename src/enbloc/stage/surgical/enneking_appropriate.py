"""Enneking-appropriate or not: the margin that was achieved against the one that the stage asks for.

"En bloc" says one piece and "spondylectomy" says extent: neither is a margin. R0, R1 and R2 are another scale.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.surgical.enneking import Stage
from enbloc.value import value


class Policy(Enum):
    """Which table of recommended margins holds."""

    STRICT = "strict"  # as for the limb
    SPINE = "spine"  # practice of spine-tumour centres


class Margin(Component):
    """The worst margin anywhere on the specimen; the points only order them."""

    INTRALESIONAL = "intralesional", 0
    MARGINAL = "marginal", 1
    WIDE = "wide", 2
    RADICAL = "radical", 3


class Judgement(Enum):
    """The results."""

    APPROPRIATE = "Enneking appropriate"
    INAPPROPRIATE = "Enneking inappropriate"
    NOT_APPLICABLE = "not applicable"
    UNDETERMINED = "undetermined"


@value
class Row:
    """What is recommended for a stage, the least that is accepted, and the least with an effective adjuvant."""

    recommended: Margin
    least: Margin
    least_with_adjuvant: Margin
    is_from_memory: bool = False


_IN, _MARGINAL, _WIDE = Margin.INTRALESIONAL, Margin.MARGINAL, Margin.WIDE
_INTRALESIONAL_ROW = Row(recommended=_IN, least=_IN, least_with_adjuvant=_IN)
_WIDE_ROW = Row(recommended=_WIDE, least=_WIDE, least_with_adjuvant=_WIDE, is_from_memory=True)
_LOW_GRADE = Row(recommended=_WIDE, least=_MARGINAL, least_with_adjuvant=_MARGINAL, is_from_memory=True)
_HIGH_GRADE = Row(recommended=_WIDE, least=_WIDE, least_with_adjuvant=_MARGINAL, is_from_memory=True)

ROWS: dict[Policy, dict[Stage, Row]] = {
    Policy.STRICT: {
        Stage.S1: _INTRALESIONAL_ROW,
        Stage.S2: Row(recommended=_MARGINAL, least=_MARGINAL, least_with_adjuvant=_IN),
        Stage.S3: Row(recommended=_WIDE, least=_WIDE, least_with_adjuvant=_MARGINAL),
        **dict.fromkeys((Stage.IA, Stage.IB, Stage.IIA, Stage.IIB), _WIDE_ROW),
    },
    Policy.SPINE: {
        Stage.S1: _INTRALESIONAL_ROW,
        Stage.S2: _INTRALESIONAL_ROW,
        Stage.S3: Row(recommended=_MARGINAL, least=_MARGINAL, least_with_adjuvant=_MARGINAL),
        **dict.fromkeys((Stage.IA, Stage.IB), _LOW_GRADE),
        **dict.fromkeys((Stage.IIA, Stage.IIB), _HIGH_GRADE),
    },
}
"""The recommended margins of both policies; stage III is palliative and has none."""

EXCEEDS = "the margin exceeds the recommended one"
CONTAMINATED = "contaminated: earlier intralesional surgery or open biopsy through the field"
SAY_WHERE = "say where the margin is marginal (usually at the dura)"
FROM_MEMORY = "the margin recommended for this stage is from memory, not yet checked"
NO_RADICAL = "a radical margin is not attainable in the vertebra (from memory): check the report"


@value
class EnnekingAppropriate:
    """Stage, policy, and what pathology found of the margin.

    Examples
    --------
    >>> form = EnnekingAppropriate(
    ...     policy=Policy.SPINE, stage=Stage.S3, operated=True, margin=Margin.WIDE, adjuvant=False, contaminated=False
    ... )
    >>> form.outcome.category, form.outcome.flags
    ('Enneking appropriate', ('the margin exceeds the recommended one',))
    """

    policy: Annotated[Policy, Ask(words="table of recommended margins: strict as for the limb, or spine practice")]
    stage: Annotated[Stage, Ask(words="Enneking stage")]
    operated: Annotated[bool, Ask(words="tumour was operated on")]
    margin: Annotated[Margin, Ask(words="worst margin anywhere on the specimen, by pathology")]
    adjuvant: Annotated[bool, Ask(words="effective adjuvant was given")]
    contaminated: Annotated[bool, Ask(words="earlier intralesional surgery or open biopsy through the field")]

    @property
    def outcome(self) -> Outcome:
        """Appropriate or not; without an operation there is no margin to judge."""
        row = ROWS[self.policy].get(self.stage)
        if row is None or (self.stage is Stage.S1 and not self.operated):
            return Outcome(category=Judgement.NOT_APPLICABLE.value)
        if not self.operated:
            return Outcome(category=Judgement.UNDETERMINED.value)
        least = row.least_with_adjuvant if self.adjuvant else row.least
        result = Judgement.APPROPRIATE if self.margin.points >= least.points else Judgement.INAPPROPRIATE
        return Outcome(category=result.value, flags=self._flags(row, result))

    def _flags(self, row: Row, result: Judgement) -> tuple[str, ...]:
        below = self.margin.points < row.recommended.points
        odd = {
            EXCEEDS: self.margin.points > row.recommended.points,
            CONTAMINATED: self.contaminated,
            SAY_WHERE: row is _LOW_GRADE and below and result is Judgement.APPROPRIATE,
            NO_RADICAL: self.margin is Margin.RADICAL,
            FROM_MEMORY: row.is_from_memory,
        }
        return tuple(flag for flag, holds in odd.items() if holds)


ENNEKING_APPROPRIATE = Instrument(
    id="enneking_appropriate",
    name="Enneking appropriateness",
    version="2011, specification of 2026-11-20",
    form=EnnekingAppropriate,
    population="primary bone tumour of the spine, benign or mesenchymal malignant, after its operation",
    better=Better.NEITHER,
    categories=(
        Category(
            word=Judgement.APPROPRIATE.value,
            published="local recurrence in 14 of 70; median follow-up 4 years; 19 of 48 deaths (n = 147)",
        ),
        Category(
            word=Judgement.INAPPROPRIATE.value,
            published="local recurrence in 57 of 77; median follow-up 6 years; 29 of 48 deaths; hazard of death 3.10",
        ),
        Category(word=Judgement.NOT_APPLICABLE.value, published="stage III is palliative; S1 may be observed"),
        Category(word=Judgement.UNDETERMINED.value, published="no margin is known"),
    ),
    validations=(
        "between 18 surgeons in 15 cases (2009): kappa .47 for the recommended margin",
        "margin by the surgeon against histology in 217 en bloc resections (2018): sensitivity 76.9 %, specificity"
        " 86.8 %, agreement .62 if marginal counts as contaminated, .29 if as clear",
    ),
    warnings=("the margin is pathology's: the surgeon's view, 'en bloc' and R0 to R2 are not converted to it",),
    checked=Checked.READ,
    cites=(cite("fisher2011validation"), cite("clarke2014margins"), cite("chan2009enneking"), cite("lador2018margins")),
)
