"""The Enneking stage of a primary bone tumour, benign and malignant, from grade, extent and metastasis.

Its T1 and T2 are not those of the TNM classification, which share the letters alone.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Grade(Enum):
    """The surgical grade, mapped by a person: it is not the pathologist's number."""

    G0 = "benign"
    G1 = "low grade"
    G2 = "high grade"


class Extent(Enum):
    """How far the tumour reaches; epidural or paravertebral soft tissue is outside the compartment."""

    T0 = "intracapsular"
    T1 = "extracapsular but intracompartmental"
    T2 = "extracompartmental"


class Behaviour(Enum):
    """What tells the two benign stages within a capsule apart."""

    LATENT = "latent"
    ACTIVE = "active"


class Stage(Enum):
    """The stages, benign and malignant."""

    S1 = "S1 latent"
    S2 = "S2 active"
    S3 = "S3 aggressive"
    IA = "IA"
    IB = "IB"
    IIA = "IIA"
    IIB = "IIB"
    IIIA = "IIIA"
    IIIB = "IIIB"


@value
class Enneking:
    """Grade, extent and metastasis, and for a benign tumour within its capsule the behaviour.

    Examples
    --------
    >>> form = Enneking(grade=Grade.G1, extent=Extent.T1, metastasis=False, behaviour=Behaviour.ACTIVE)
    >>> form.outcome.category
    'IA'
    """

    grade: Annotated[Grade, Ask(words="surgical grade (G), mapped by a person from the pathologist's")]
    extent: Annotated[Extent, Ask(words="extent (T); in the spine within periosteum and cortex of the vertebra or not")]
    metastasis: Annotated[bool, Ask(words="regional or distant metastasis (M)")]
    behaviour: Annotated[Behaviour, Ask(words="behaviour of a benign tumour within its capsule")]

    def __post_init__(self) -> None:
        if self.extent is Extent.T0 and self.grade is not Grade.G0:
            raise RecordError("A malignant tumour is not intracapsular in this stage.", remedy="Check grade or extent.")
        if self.extent is Extent.T0 and self.metastasis:
            raise RecordError("A benign intracapsular tumour has no metastasis.", remedy="Check extent or metastasis.")

    @property
    def stage(self) -> Stage:
        """The stage in the table."""
        if self.grade is Grade.G0:
            if self.extent is not Extent.T0:
                return Stage.S3
            return Stage.S1 if self.behaviour is Behaviour.LATENT else Stage.S2
        inside = self.extent is Extent.T1
        if self.metastasis:
            return Stage.IIIA if inside else Stage.IIIB
        if self.grade is Grade.G1:
            return Stage.IA if inside else Stage.IB
        return Stage.IIA if inside else Stage.IIB

    @property
    def outcome(self) -> Outcome:
        """The stage in words; there are no points."""
        return Outcome(category=self.stage.value)


ENNEKING = Instrument(
    id="enneking",
    name="Enneking stage",
    version="1980, specification of 2026-11-20",
    form=Enneking,
    population="primary bone tumour, benign or mesenchymal malignant; not marrow tumours, not metastases",
    better=Better.LOWER,
    categories=(
        Category(word=Stage.S1.value, published="static or healing, true capsule, usually asymptomatic"),
        Category(word=Stage.S2.value, published="slow growth, mild symptoms, thin capsule and reactive zone"),
        Category(
            word=Stage.S3.value,
            published="fast growth, capsule absent or thin, hypervascular pseudocapsule, may cross compartments",
        ),
        *(Category(word=stage.value) for stage in list(Stage)[3:]),
    ),
    validations=(
        "18 surgeons, 15 cases (2009): kappa .82 for grade, .22 for extent, .00 for metastasis, .57 for stage",
        "a multicentre study of osteoblastoma did not confirm that the stage prevents recurrence",
    ),
    warnings=("the grade is the surgical one: a three-tier grade of pathology must be mapped by a person",),
    checked=Checked.READ,
    cites=(cite("enneking1980"), cite("chan2009enneking")),
)
