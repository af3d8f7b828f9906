"""The Charlson comorbidity index of 1987, and with the points for age of 1994; not the re-weighted one of 2011."""

from __future__ import annotations

from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.lesion import LesionKind
from enbloc.evidence import Checked, cite
from enbloc.stage.answering import any_lesion
from enbloc.stage.form import Ask, Component, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Liver(Component):
    """Liver disease; the severe form stands for both."""

    NONE = "none", 0
    MILD = "mild", 1
    SEVERE = "moderate_or_severe", 3


class Diabetes(Component):
    """Diabetes; with end-organ damage it stands for both forms."""

    NONE = "none", 0
    UNCOMPLICATED = "uncomplicated", 1
    END_ORGAN_DAMAGE = "end_organ_damage", 2


class Tumour(Component):
    """A solid tumour; metastasis stands for both forms."""

    NONE = "none", 0
    WITHIN_FIVE_YEARS = "within_5_years", 2
    METASTATIC = "metastatic", 6


_SPREAD = any_lesion({LesionKind.METASTASIS: Tumour.METASTATIC})


class Plegia(Component):
    """Hemiplegia or paraplegia, and whether the index tumour is its only cause."""

    NONE = "none", 0
    BY_INDEX_TUMOUR = "by_the_index_tumour", 2
    OTHER_CAUSE = "of_another_cause", 2


WITHOUT_CANCER = "without the tumour (cci_excluding_index_cancer)"
WITHOUT_DEFICIT = "without the palsy by the index tumour"
NOT_OPERATIVE = (
    "made in medical patients of the 1980s, never a risk of operation; the re-weighted index of 2011 has other points"
)
TEN_YEARS = "ten-year survival computed from the total, as on web pages, means nothing in metastatic disease"


@value
class Charlson:
    """Sixteen conditions, of which the worse form suppresses the milder, 0 to 33.

    Examples
    --------
    >>> ill = dict.fromkeys((*ONE_POINT, *TWO_POINTS, "aids"), False) | {"heart_failure": True, "lung": True}
    >>> form = Charlson(
    ...     **ill, liver=Liver.NONE, diabetes=Diabetes.NONE, plegia=Plegia.NONE, tumour=Tumour.METASTATIC
    ... )
    >>> form.outcome.total, form.outcome.category, form.outcome.readings
    (8, '5 or more', (('without the tumour (cci_excluding_index_cancer)', 2),))
    """

    infarction: Annotated[bool, Ask(words="myocardial infarction")]
    heart_failure: Annotated[bool, Ask(words="congestive heart failure", answered_by=vocabulary.HEART_FAILURE)]
    peripheral_vascular: Annotated[bool, Ask(words="peripheral vascular disease")]
    cerebrovascular: Annotated[bool, Ask(words="cerebrovascular disease")]
    dementia: Annotated[bool, Ask(words="dementia")]
    lung: Annotated[bool, Ask(words="chronic lung disease", answered_by=vocabulary.CHRONIC_LUNG_DISEASE)]
    connective_tissue: Annotated[bool, Ask(words="connective tissue disease")]
    peptic_ulcer: Annotated[bool, Ask(words="peptic ulcer")]
    liver: Annotated[Liver, Ask(words="liver disease")]
    diabetes: Annotated[Diabetes, Ask(words="diabetes")]
    plegia: Annotated[Plegia, Ask(words="hemiplegia or paraplegia, and its cause")]
    renal: Annotated[bool, Ask(words="moderate or severe renal disease")]
    tumour: Annotated[Tumour, Ask(words="solid tumour, the index tumour included", answered_by=_SPREAD)]
    leukaemia: Annotated[bool, Ask(words="leukaemia")]
    lymphoma: Annotated[bool, Ask(words="lymphoma")]
    aids: Annotated[bool, Ask(words="AIDS")]

    @property
    def outcome(self) -> Outcome:
        """Points, total, group of 1987, and the total without what the index tumour adds."""
        return _outcome(self, ())


ONE_POINT = (
    "infarction",
    "heart_failure",
    "peripheral_vascular",
    "cerebrovascular",
    "dementia",
    "lung",
    "connective_tissue",
    "peptic_ulcer",
)
TWO_POINTS = ("renal", "leukaemia", "lymphoma")
AIDS_POINTS = 6


def _outcome(form: Charlson, age: tuple[tuple[str, float], ...]) -> Outcome:
    """The sum of the conditions, and of age where it counts."""
    graded = ("liver", "diabetes", "plegia", "tumour")
    points = (
        *((name, int(getattr(form, name))) for name in ONE_POINT),
        *((name, getattr(form, name).points) for name in graded),
        *((name, 2 * getattr(form, name)) for name in TWO_POINTS),
        ("aids", AIDS_POINTS * form.aids),
        *age,
    )
    total = sum(each for _, each in points)
    readings = [(WITHOUT_CANCER, total - form.tumour.points)] if form.tumour.points else []
    if form.plegia is Plegia.BY_INDEX_TUMOUR:
        readings.append((WITHOUT_DEFICIT, total - form.plegia.points))
        readings.append(("without either", total - form.plegia.points - form.tumour.points))
    return Outcome(points=points, total=total, category=TOTAL_ALONE if age else band(total), readings=tuple(readings))


GROUPS = ("0", "1 to 2", "3 to 4", "5 or more")
TOTAL_ALONE = "total alone: no groups are published here"


def band(total: float) -> str:
    """The group of a total in the cohort of 1987."""
    return GROUPS[0 if total < 1 else 1 if total < 3 else 2 if total < 5 else 3]


def no_band(total: float) -> str:
    """With age there is no group."""
    return TOTAL_ALONE


@value
class CharlsonWithAge(Charlson):
    """The same conditions, and a point for each decade from 50 years on, 0 to 37.

    Examples
    --------
    >>> well = dict.fromkeys((*ONE_POINT, *TWO_POINTS, "aids"), False)
    >>> CharlsonWithAge(
    ...     **well, liver=Liver.NONE, diabetes=Diabetes.NONE, plegia=Plegia.NONE, tumour=Tumour.NONE, age=75
    ... ).outcome.total
    3
    """

    age: Annotated[
        int, Number(words="age", unit="years", low=0, high=120, cuts=(50, 60, 70, 80), answered_by=vocabulary.AGE)
    ]

    @property
    def outcome(self) -> Outcome:
        """Points and total."""
        return _outcome(self, (("age", min(max(self.age // 10 - 4, 0), 4)),))


_COHORT = "559 medical patients, paper of 1987"

CCI = Instrument(
    id="cci",
    name="Charlson comorbidity index",
    version="1987, specification of 2026-11-20",
    form=Charlson,
    population="medical patients; describes how ill a patient is otherwise",
    better=Better.LOWER,
    categories=tuple(
        Category(word=group, published=f"{died} % died within one year, {_COHORT}")
        for group, died in zip(GROUPS, (12, 26, 52, 85), strict=True)
    ),
    lowest=0,
    highest=33,
    band=band,
    validations=(
        "death from comorbidity within ten years in a second cohort of 685: 0 8 %, 1 25 %, 2 48 %, 3 or more 59 %",
    ),
    warnings=(NOT_OPERATIVE, TEN_YEARS),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("charlson1987"),),
)

CCI_AGE = Instrument(
    id="cci_age",
    name="Charlson comorbidity index with age",
    version="1994, specification of 2026-11-20",
    form=CharlsonWithAge,
    population="medical patients; describes how ill a patient is otherwise",
    better=Better.LOWER,
    categories=(Category(word=TOTAL_ALONE),),
    lowest=0,
    highest=37,
    band=no_band,
    warnings=(NOT_OPERATIVE, TEN_YEARS),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("charlson1987"), cite("charlson1994")),
)
