"""The revised Tokuhashi score: life expectancy before an operation for a spinal metastasis.

Not the original of 1990, which runs to 12 with other bands.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.fact import PrimarySite
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, Cohort, Predicted
from enbloc.stage.survival.asked import PRIMARY, karnofsky, vertebrae
from enbloc.stage.survival.primary_site import by_site
from enbloc.stage.survival.spread import graded
from enbloc.value import value


class Organs(Component):
    """Metastases in major internal organs."""

    UNREMOVABLE = "unremovable", 0
    REMOVABLE = "removable", 1
    NONE = "none", 2


class Primary(Component):
    """Site of the primary tumour; colon, sarcoma other than of bone, myeloma, lymphoma and melanoma are others."""

    LUNG = "lung", 0
    OSTEOSARCOMA = "osteosarcoma", 0
    STOMACH = "stomach", 0
    BLADDER = "bladder", 0
    OESOPHAGUS = "oesophagus", 0
    PANCREAS = "pancreas", 0
    LIVER = "liver", 1
    GALLBLADDER = "gallbladder", 1
    UNIDENTIFIED = "unidentified", 1
    OTHER = "other", 2
    COLON = "colon", 2
    KIDNEY = "kidney", 3
    UTERUS = "uterus", 3
    RECTUM = "rectum", 4
    THYROID = "thyroid", 5
    BREAST = "breast", 5
    PROSTATE = "prostate", 5
    CARCINOID = "carcinoid", 5


class Frankel(Component):
    """Palsy by Frankel's grade, of the cord and not of another cause."""

    A = "A", 0
    B = "B", 0
    C = "C", 1
    D = "D", 1
    E = "E", 2


class Survival(Enum):
    """The three bands of the total, worst first."""

    UNDER_6_MONTHS = "0 to 8: less than 6 months"
    FROM_6_MONTHS = "9 to 11: 6 months or more"
    FROM_A_YEAR = "12 to 15: a year or more"


SITES = {
    PrimarySite.LUNG: Primary.LUNG,
    PrimarySite.OSTEOSARCOMA: Primary.OSTEOSARCOMA,
    PrimarySite.STOMACH: Primary.STOMACH,
    PrimarySite.BLADDER: Primary.BLADDER,
    PrimarySite.OESOPHAGUS: Primary.OESOPHAGUS,
    PrimarySite.PANCREAS: Primary.PANCREAS,
    PrimarySite.HEPATOCELLULAR: Primary.LIVER,
    PrimarySite.LIVER: Primary.LIVER,
    PrimarySite.GALLBLADDER: Primary.GALLBLADDER,
    PrimarySite.UNIDENTIFIED: Primary.UNIDENTIFIED,
    PrimarySite.COLON: Primary.COLON,
    PrimarySite.KIDNEY: Primary.KIDNEY,
    PrimarySite.ENDOMETRIUM: Primary.UTERUS,
    PrimarySite.UTERUS: Primary.UTERUS,
    PrimarySite.CERVIX: (Primary.UTERUS, Primary.OTHER),  # a part of the uterus that the paper does not name
    PrimarySite.RECTUM: Primary.RECTUM,
    PrimarySite.THYROID: Primary.THYROID,
    PrimarySite.BREAST: Primary.BREAST,
    PrimarySite.PROSTATE: Primary.PROSTATE,
    PrimarySite.CARCINOID: Primary.CARCINOID,
}
"""What the score lists; every other site is of its others."""

COLON_IS_OTHER = "colon is not listed by the score: counted as other; rectum would be 4 points"


@value
class Tokuhashi:
    """Six items and what they add up to, 0 to 15.

    Examples
    --------
    >>> form = Tokuhashi(
    ...     karnofsky=80, extraspinal_bone=0, vertebrae=1, organs=Organs.NONE, primary=Primary.BREAST, frankel=Frankel.E
    ... )
    >>> form.outcome.total, form.outcome.category
    (15, '12 to 15: a year or more')
    """

    karnofsky: Annotated[int, karnofsky(50, 80)]
    extraspinal_bone: Annotated[
        int,
        Number(
            words="bone metastases outside the spine",
            unit="",
            low=0,
            high=99,
            cuts=(1, 3),
            answered_by=vocabulary.BONE_FOCI,
        ),
    ]
    vertebrae: Annotated[int, vertebrae(2, 3)]
    organs: Annotated[
        Organs,
        Ask(
            words="metastases in major internal organs",
            answered_by=graded(vocabulary.ORGANS_REMOVABILITY, Organs),
        ),
    ]
    primary: Annotated[Primary, Ask(words=PRIMARY, answered_by=by_site(SITES, others=Primary.OTHER))]
    frankel: Annotated[Frankel, Ask(words="Frankel grade of the palsy", answered_by=vocabulary.FRANKEL)]

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and band."""
        points = (
            ("karnofsky", 0 if self.karnofsky < 50 else 1 if self.karnofsky < 80 else 2),
            ("extraspinal_bone", 2 if self.extraspinal_bone == 0 else 1 if self.extraspinal_bone < 3 else 0),
            ("vertebrae", {1: 2, 2: 1}.get(self.vertebrae, 0)),
            ("organs", self.organs.points),
            ("primary", self.primary.points),
            ("frankel", self.frankel.points),
        )
        total = sum(each for _, each in points)
        flags = (COLON_IS_OTHER,) if self.primary is Primary.COLON else ()
        return Outcome(points=points, total=total, category=band(total), flags=flags)


def band(total: float) -> str:
    """The band of a total."""
    if total <= 8:
        return Survival.UNDER_6_MONTHS.value
    return Survival.FROM_6_MONTHS.value if total <= 11 else Survival.FROM_A_YEAR.value


TOKUHASHI = Instrument(
    id="tokuhashi_2005",
    name="Revised Tokuhashi",
    version="2005, specification of 2026-11-20",
    form=Tokuhashi,
    population="metastatic spine tumour, before an operation",
    better=Better.HIGHER,
    categories=(
        Category(
            word=Survival.FROM_A_YEAR.value,
            published="excision proposed",
            survival=(Predicted(from_months=12),),
        ),
        Category(
            word=Survival.FROM_6_MONTHS.value,
            published="palliative surgery proposed; excision only for a single lesion without organ metastases",
            survival=(Predicted(from_months=6),),
        ),
        Category(
            word=Survival.UNDER_6_MONTHS.value,
            published="conservative treatment or palliative surgery proposed",
            survival=(Predicted(to_months=6),),
        ),
    ),
    lowest=0,
    highest=15,
    band=band,
    tumours=SPREAD,
    cohort=Cohort(published=2005),
    is_survival=True,
    validations=(
        "Harrell's c 0.720 in 211 patients who were operated on",
        "c 0.67 for one year in a prospective cohort of 202",
    ),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("tokuhashi2005"),),
)
