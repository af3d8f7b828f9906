"""The LENT score: survival with a malignant pleural effusion. An extra beside the spine scores, and none of them."""

from __future__ import annotations

from typing import Annotated

from enbloc.case.fact import PrimarySite
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import Cohort, Median
from enbloc.stage.survival.asked import ecog
from enbloc.stage.survival.primary_site import by_site
from enbloc.value import value

LOW = "0 to 1: low risk"
MODERATE = "2 to 4: moderate risk"
HIGH = "5 to 7: high risk"


class Tumour(Component):
    """Type of the tumour; whatever is not named is other, as lung."""

    MESOTHELIOMA = "mesothelioma", 0
    HAEMATOLOGICAL = "haematological", 0
    BREAST = "breast", 1
    GYNAECOLOGICAL = "gynaecological", 1
    RENAL = "renal", 1
    LUNG = "lung", 2
    OTHER = "other", 2


SITES = {
    PrimarySite.MESOTHELIOMA: Tumour.MESOTHELIOMA,
    PrimarySite.MYELOMA: Tumour.HAEMATOLOGICAL,
    PrimarySite.LYMPHOMA: Tumour.HAEMATOLOGICAL,
    PrimarySite.LEUKAEMIA: Tumour.HAEMATOLOGICAL,
    PrimarySite.BREAST: Tumour.BREAST,
    PrimarySite.ENDOMETRIUM: Tumour.GYNAECOLOGICAL,
    PrimarySite.CERVIX: Tumour.GYNAECOLOGICAL,
    PrimarySite.UTERUS: Tumour.GYNAECOLOGICAL,
    PrimarySite.OVARY: Tumour.GYNAECOLOGICAL,
    PrimarySite.OTHER_GYNAECOLOGICAL: Tumour.GYNAECOLOGICAL,
    PrimarySite.KIDNEY: Tumour.RENAL,
    PrimarySite.LUNG: Tumour.LUNG,
}


@value
class Lent:
    """Four items and what they add up to, 0 to 7, of a patient with a malignant pleural effusion.

    Examples
    --------
    >>> form = Lent(malignant_effusion=True, pleural_ldh=800, ecog=0, neutrophil_lymphocyte=3, tumour=Tumour.BREAST)
    >>> form.outcome.total, form.outcome.category
    (1, '0 to 1: low risk')
    """

    malignant_effusion: Annotated[bool, Ask(words="malignant pleural effusion")]
    pleural_ldh: Annotated[
        float,
        Number(
            words="lactate dehydrogenase of the pleural fluid", unit="IU/L", low=0, high=100_000, step=0, cuts=(1500,)
        ),
    ]
    ecog: Annotated[int, ecog(1, 2, 3)]
    neutrophil_lymphocyte: Annotated[
        float, Number(words="serum neutrophil-lymphocyte ratio", unit="", low=0, high=1000, step=0, cuts=(9,))
    ]
    tumour: Annotated[Tumour, Ask(words="type of the tumour", answered_by=by_site(SITES, others=Tumour.OTHER))]

    def __post_init__(self) -> None:
        """Raise RecordError without a malignant pleural effusion: the score is for nobody else."""
        if not self.malignant_effusion:
            raise RecordError(
                "LENT is for a malignant pleural effusion (malignant_effusion) only.", remedy="Use a spine score."
            )

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and risk."""
        points = (
            ("pleural_ldh", 1 if self.pleural_ldh >= 1500 else 0),
            ("ecog", min(self.ecog, 3)),
            ("neutrophil_lymphocyte", 1 if self.neutrophil_lymphocyte >= 9 else 0),
            ("tumour", self.tumour.points),
        )
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=band(total))


def band(total: float) -> str:
    """The risk of a total."""
    if total <= 1:
        return LOW
    return MODERATE if total <= 4 else HIGH


DAYS_PER_MONTH = 365.25 / 12


def _median(days: int) -> Median:
    return Median(months=round(days / DAYS_PER_MONTH, 1), note=f"published as {days} days")


LENT = Instrument(
    id="lent_2014",
    name="LENT",
    version="2014, specification of 2026-11-20",
    form=Lent,
    population="malignant pleural effusion",
    better=Better.LOWER,
    categories=(
        Category(word=LOW, survival=(_median(319),)),
        Category(word=MODERATE, survival=(_median(130),)),
        Category(word=HIGH, survival=(_median(44),)),
    ),
    lowest=0,
    highest=7,
    band=band,
    cohort=Cohort(published=2014),
    is_survival=False,  # never laid beside the scores for spinal metastases
    warnings=(
        "not a score for spinal metastases",
        "that a neutrophil-lymphocyte ratio of exactly 9 counts is from memory",
    ),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("clive2014lent"),),
)
