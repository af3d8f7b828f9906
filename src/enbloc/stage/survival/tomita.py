"""The Tomita score of 2001: how far a spinal metastasis should be controlled.

Not the anatomical type of the same name.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.fact import PrimarySite
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, Cohort
from enbloc.stage.survival.asked import MULTIPLE_BONE, PRIMARY
from enbloc.stage.survival.primary_site import by_site
from enbloc.stage.survival.spread import graded
from enbloc.value import value


class Primary(Component):
    """Growth of the primary tumour by its site; the paper's lists are open, so a site beyond them is classed by hand.

    Nothing is worth 3 points: a review of 2018 that prints 3 for rapid growth is a misprint.
    """

    BREAST = "breast", 1
    THYROID = "thyroid", 1
    PROSTATE = "prostate", 1
    OTHER_SLOW = "other of slow growth", 1
    KIDNEY = "kidney", 2
    UTERUS = "uterus", 2
    OTHER_MODERATE = "other of moderate growth", 2
    LUNG = "lung", 4
    STOMACH = "stomach", 4
    LIVER = "liver", 4
    COLON = "colon", 4
    UNIDENTIFIED = "unidentified", 4
    OTHER_RAPID = "other of rapid growth", 4


class VitalOrgans(Component):
    """Metastases in vital organs, by whether they can be treated (Tokuhashi asks whether they can be removed)."""

    NONE = "none", 0
    TREATABLE = "treatable", 2
    UNTREATABLE = "untreatable", 4


class Goal(Enum):
    """The goal by total, best first."""

    LONG_TERM = "2 to 3: long-term local control"
    MIDDLE_TERM = "4 to 5: middle-term local control"
    SHORT_TERM = "6 to 7: short-term palliation"
    TERMINAL = "8 to 10: terminal care"


CLASSED_BY_HAND = "the growth of a site that the score does not list is classed by who fills in the form"
BY_TREATMENT = (
    "mean survival was reported by treatment given, not by total (from memory, not verified): wide or marginal excision"
    " 38.2 months, intralesional excision 21.5, palliative surgery 10.1, terminal care 5.3"
)

SITES = {
    PrimarySite.BREAST: Primary.BREAST,
    PrimarySite.THYROID: Primary.THYROID,
    PrimarySite.PROSTATE: Primary.PROSTATE,
    PrimarySite.KIDNEY: Primary.KIDNEY,
    PrimarySite.ENDOMETRIUM: Primary.UTERUS,
    PrimarySite.UTERUS: Primary.UTERUS,
    PrimarySite.LUNG: Primary.LUNG,
    PrimarySite.STOMACH: Primary.STOMACH,
    PrimarySite.HEPATOCELLULAR: Primary.LIVER,
    PrimarySite.LIVER: Primary.LIVER,
    PrimarySite.COLON: Primary.COLON,
    PrimarySite.UNIDENTIFIED: Primary.UNIDENTIFIED,
}
"""What the score names; its lists are open, so that any other site may be of slow, moderate or rapid growth."""

OTHERS = (Primary.OTHER_SLOW, Primary.OTHER_MODERATE, Primary.OTHER_RAPID)


@value
class Tomita:
    """Three items and what they add up to, 2 to 10.

    Examples
    --------
    >>> form = Tomita(primary=Primary.KIDNEY, vital_organs=VitalOrgans.TREATABLE, multiple_bone=True)
    >>> form.outcome.total, form.outcome.category
    (6, '6 to 7: short-term palliation')
    """

    primary: Annotated[Primary, Ask(words=PRIMARY, answered_by=by_site(SITES, others=OTHERS))]
    vital_organs: Annotated[
        VitalOrgans,
        Ask(words="metastases in vital organs", answered_by=graded(vocabulary.ORGANS_TREATABILITY, VitalOrgans)),
    ]
    multiple_bone: Annotated[bool, MULTIPLE_BONE]

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and goal."""
        points = (
            ("primary", self.primary.points),
            ("vital_organs", self.vital_organs.points),
            ("multiple_bone", 2 if self.multiple_bone else 1),
        )
        total = sum(each for _, each in points)
        flags = (CLASSED_BY_HAND,) if self.primary.value.startswith("other") else ()
        return Outcome(points=points, total=total, category=band(total), flags=flags)


def band(total: float) -> str:
    """The goal of a total."""
    if total <= 3:
        return Goal.LONG_TERM.value
    if total <= 5:
        return Goal.MIDDLE_TERM.value
    return Goal.SHORT_TERM.value if total <= 7 else Goal.TERMINAL.value


TOMITA = Instrument(
    id="tomita_2001",
    name="Tomita score",
    version="2001, specification of 2026-11-20",
    form=Tomita,
    population="spinal metastasis",
    better=Better.LOWER,
    categories=(
        Category(word=Goal.LONG_TERM.value, published="wide or marginal excision proposed"),
        Category(word=Goal.MIDDLE_TERM.value, published="marginal or intralesional excision proposed"),
        Category(word=Goal.SHORT_TERM.value, published="palliative surgery proposed"),
        Category(word=Goal.TERMINAL.value, published="supportive care without surgery proposed"),
    ),
    lowest=2,
    highest=10,
    band=band,
    tumours=SPREAD,
    cohort=Cohort(published=2001),
    is_survival=True,
    validations=(
        "c 0.69 for one year in a prospective cohort of 202",
        "Harrell's c 0.675 in 211 patients",
    ),
    warnings=(BY_TREATMENT,),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("tomita2001"),),
)
