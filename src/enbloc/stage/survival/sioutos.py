"""The adverse factors of Sioutos: how many of three stand against a patient with a compressed thoracic cord.

The paper gives no table of points. It states that two or more factors compound, and no survival for each count.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.fact import PrimarySite
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, Cohort
from enbloc.stage.survival.asked import PRIMARY, vertebrae
from enbloc.stage.survival.primary_site import by_site
from enbloc.value import value


class Primary(Component):
    """The primary tumour: lung and colon count against the patient."""

    LUNG = "lung", 1
    COLON = "colon", 1
    OTHER = "other", 0


class Factors(Enum):
    """Whether the factors compound, best first."""

    APART = "0 to 1: the factors do not compound"
    COMPOUND = "2 to 3: the factors compound"


SITES = {
    PrimarySite.LUNG: Primary.LUNG,
    PrimarySite.COLON: Primary.COLON,
    PrimarySite.UNIDENTIFIED: (Primary.LUNG, Primary.OTHER),  # it may be of the lung or the colon
}

NO_FIGURE = "no survival is published for each count; median survival of the whole cohort 10 months"


@value
class Sioutos:
    """Three items and how many of them are adverse, 0 to 3.

    Examples
    --------
    >>> form = Sioutos(leg_strength=2, primary=Primary.OTHER, vertebrae=3)
    >>> form.outcome.total, form.outcome.category
    (2, '2 to 3: the factors compound')
    """

    leg_strength: Annotated[
        int,
        Number(
            words="strength of the legs, 0 to 5",
            unit="",
            low=0,
            high=5,
            cuts=(4,),
            answered_by=vocabulary.LEG_STRENGTH,
        ),
    ]
    primary: Annotated[Primary, Ask(words=PRIMARY, answered_by=by_site(SITES, others=Primary.OTHER))]
    vertebrae: Annotated[int, vertebrae(2)]

    @property
    def outcome(self) -> Outcome:
        """The adverse factors, their count and whether they compound."""
        points = (
            ("leg_strength", 1 if self.leg_strength <= 3 else 0),
            ("primary", self.primary.points),
            ("vertebrae", 1 if self.vertebrae > 1 else 0),
        )
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=band(total))


def band(total: float) -> str:
    """Whether so many factors compound."""
    return Factors.COMPOUND.value if total >= 2 else Factors.APART.value


SIOUTOS = Instrument(
    id="sioutos_1995",
    name="Sioutos adverse factors",
    version="1995, specification of 2026-11-20",
    form=Sioutos,
    population="thoracic spinal metastasis with compression of the cord, decompressed",
    better=Better.LOWER,
    categories=(
        Category(word=Factors.APART.value),
        Category(word=Factors.COMPOUND.value),
    ),
    lowest=0,
    highest=3,
    band=band,
    tumours=SPREAD,
    cohort=Cohort(published=1995, patients=109, treatment="decompression"),
    is_survival=True,
    warnings=(NO_FIGURE,),
    checked=Checked.READ,
    cites=(cite("sioutos1995"),),
)
