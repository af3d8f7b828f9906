"""The checklist of Caprini for venous thromboembolism, with both names that circulate for the same total."""

from __future__ import annotations

from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.lesion import LesionKind
from enbloc.evidence import Checked, cite
from enbloc.stage.answering import any_lesion
from enbloc.stage.form import Ask, Component, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Surgery(Component):
    """The one operation that is planned or was done: only one counts."""

    NONE = "none", 0
    MINOR = "minor", 1
    ARTHROSCOPY = "arthroscopy", 2
    MAJOR = "major_over_45_minutes", 2
    LAPAROSCOPY = "laparoscopy_over_45_minutes", 2
    LEG_ARTHROPLASTY = "elective_leg_arthroplasty", 5


class Paralysis(Component):
    """Acute paralysis; by the tumour it may or may not be read as an injury of the cord, so both totals are given."""

    NONE = "none", 0
    BY_THE_TUMOUR = "by_the_tumour", 0
    INJURY = "spinal_cord_injury_within_a_month", 5


_MALIGNANT = any_lesion({LesionKind.METASTASIS: True, LesionKind.HAEMATOLOGICAL: True})
INJURY_POINTS = 5
IF_INJURY = "total if the paralysis by the tumour is read as acute spinal cord injury"
ASK_PARALYSIS = (
    "paralysis by the tumour may be read as acute spinal cord injury (5 points): both totals are given; read so it is "
    "always 5 or more, high (accp_2012) and highest (caprini_2005)"
)
BANDS = (
    "0: very low (accp_2012), low (caprini_2005)",
    "1: low (accp_2012), low (caprini_2005)",
    "2: low (accp_2012), moderate (caprini_2005)",
    "3 to 4: moderate (accp_2012), high (caprini_2005)",
    "5 or more: high (accp_2012), highest (caprini_2005)",
)
"""Each total with its name in both sets, the default first."""


@value
class Caprini:
    """One age, one operation, and everything else that adds to the risk.

    Examples
    --------
    >>> nothing = dict.fromkeys(ONE_POINT + TWO_POINTS + THREE_POINTS + FIVE_POINTS, False)
    >>> form = Caprini(
    ...     **(nothing | {"cancer": True}), age=62, surgery=Surgery.MAJOR, paralysis=Paralysis.NONE
    ... )
    >>> form.outcome.total, form.outcome.category
    (6, '5 or more: high (accp_2012), highest (caprini_2005)')
    """

    age: Annotated[
        int, Number(words="age", unit="years", low=0, high=120, cuts=(41, 61, 75), answered_by=vocabulary.AGE)
    ]
    surgery: Annotated[Surgery, Ask(words="the operation")]
    earlier_surgery: Annotated[bool, Ask(words="earlier major surgery within a month")]
    overweight: Annotated[bool, Ask(words="body mass index over 25")]
    swollen_legs: Annotated[bool, Ask(words="swollen legs")]
    varicose_veins: Annotated[bool, Ask(words="varicose veins")]
    pregnancy: Annotated[bool, Ask(words="pregnancy, or birth within a month")]
    hormones: Annotated[bool, Ask(words="hormones")]
    stillbirth: Annotated[bool, Ask(words="unexplained stillbirth, or three or more abortions")]
    sepsis: Annotated[bool, Ask(words="sepsis within a month")]
    lung_disease: Annotated[bool, Ask(words="serious lung disease, pneumonia included, within a month")]
    lung_function: Annotated[bool, Ask(words="abnormal lung function (chronic obstructive lung disease)")]
    infarction: Annotated[bool, Ask(words="acute myocardial infarction")]
    heart_failure: Annotated[
        bool, Ask(words="congestive heart failure within a month", answered_by=vocabulary.RECENT_HEART_FAILURE)
    ]
    bowel: Annotated[bool, Ask(words="inflammatory bowel disease")]
    bed_rest: Annotated[bool, Ask(words="bed rest of a medical patient")]
    cancer: Annotated[bool, Ask(words="malignancy, present or past", answered_by=_MALIGNANT)]
    confined: Annotated[bool, Ask(words="confined to bed for more than 72 hours")]
    cast: Annotated[bool, Ask(words="plaster cast within a month")]
    central_line: Annotated[bool, Ask(words="central venous line")]
    thrombosis: Annotated[bool, Ask(words="earlier venous thromboembolism")]
    family: Annotated[bool, Ask(words="venous thromboembolism in the family")]
    factor_v: Annotated[bool, Ask(words="factor V Leiden")]
    prothrombin: Annotated[bool, Ask(words="prothrombin 20210A")]
    lupus: Annotated[bool, Ask(words="lupus anticoagulant")]
    anticardiolipin: Annotated[bool, Ask(words="anticardiolipin antibodies")]
    homocysteine: Annotated[bool, Ask(words="raised homocysteine")]
    heparin: Annotated[bool, Ask(words="heparin-induced thrombocytopenia")]
    thrombophilia: Annotated[bool, Ask(words="other thrombophilia")]
    stroke: Annotated[bool, Ask(words="stroke within a month")]
    leg_fracture: Annotated[bool, Ask(words="fracture of hip, pelvis or leg within a month")]
    multiple_trauma: Annotated[bool, Ask(words="multiple trauma within a month")]
    paralysis: Annotated[Paralysis, Ask(words="acute paralysis, and by what")]

    @property
    def outcome(self) -> Outcome:
        """Points, total, its name in both sets; and both totals where paralysis is by the tumour."""
        points = (
            ("age", sum(self.age >= first for first in (41, 61, 75))),
            ("surgery", self.surgery.points),
            *((name, weight * getattr(self, name)) for weight, names in _WEIGHTS for name in names),
            ("paralysis", self.paralysis.points),
        )
        total = sum(each for _, each in points)
        if self.paralysis is not Paralysis.BY_THE_TUMOUR:
            return Outcome(points=points, total=total, category=band(total))
        return Outcome(
            points=points,
            total=total,
            category=band(total),
            flags=(ASK_PARALYSIS,),
            readings=((IF_INJURY, total + INJURY_POINTS),),
        )


ONE_POINT = (
    "earlier_surgery",
    "overweight",
    "swollen_legs",
    "varicose_veins",
    "pregnancy",
    "hormones",
    "stillbirth",
    "sepsis",
    "lung_disease",
    "lung_function",
    "infarction",
    "heart_failure",
    "bowel",
    "bed_rest",
)
TWO_POINTS = ("cancer", "confined", "cast", "central_line")
THREE_POINTS = (
    "thrombosis",
    "family",
    "factor_v",
    "prothrombin",
    "lupus",
    "anticardiolipin",
    "homocysteine",
    "heparin",
    "thrombophilia",
)
FIVE_POINTS = ("stroke", "leg_fracture", "multiple_trauma")
_WEIGHTS = ((1, ONE_POINT), (2, TWO_POINTS), (3, THREE_POINTS), (5, FIVE_POINTS))


def band(total: float) -> str:
    """The names of a total in both sets."""
    return BANDS[4 if total >= 5 else 3 if total >= 3 else int(total)]


CAPRINI = Instrument(
    id="caprini",
    name="Caprini score",
    version="2005, specification of 2026-11-20",
    form=Caprini,
    population="before an operation or in hospital: risk of venous thromboembolism",
    better=Better.LOWER,
    categories=tuple(Category(word=word) for word in BANDS),
    lowest=0,
    highest=77,  # one age, one operation and all the rest: the sum of the checklist
    band=band,
    warnings=(
        "two sets of names circulate on the same total: accp_2012 is the default, caprini_2005 stands beside it",
        "with cancer and major surgery nearly everybody has 4 or more",
        "later versions grade the body mass index in steps: not this one",
    ),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("caprini2005"),),
)
