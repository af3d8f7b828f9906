"""The Oswestry Spinal Risk Index: the primary tumour plus what is lost of the general condition. More is worse."""

from __future__ import annotations

from typing import Annotated

from enbloc.case.fact import PrimarySite
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, Cohort
from enbloc.stage.survival.asked import karnofsky
from enbloc.stage.survival.primary_site import by_site
from enbloc.value import value

SITES = {
    PrimarySite.BREAST: 1,
    PrimarySite.PROSTATE: 1,
    PrimarySite.THYROID: 1,
    PrimarySite.MYELOMA: 1,
    PrimarySite.KIDNEY: 2,
    PrimarySite.ENDOMETRIUM: 2,
    PrimarySite.UTERUS: 2,
    PrimarySite.STOMACH: 4,
    PrimarySite.COLON: 4,
    PrimarySite.HEPATOCELLULAR: 4,
    PrimarySite.LIVER: 4,
    PrimarySite.MELANOMA: 4,
    PrimarySite.UNIDENTIFIED: 4,
    PrimarySite.LUNG: 5,
}
"""Points of the sites that the index is remembered to list; of lymphomas it lists those that are not Hodgkin's."""

REMEMBERED = "the points of the primary tumour are read off its site by a list from memory, not verified"

PTP = Number(
    words="primary tumour pathology (PTP): slow 1, moderate 2, rapid 4, very rapid 5",
    unit="points",
    low=1,
    high=5,
    cuts=(2, 4, 5),
    answered_by=by_site(SITES, others=(1, 2, 4, 5), flag=REMEMBERED),
)


@value
class Osri:
    """Two items and what they add up to, 1 to 7: a good condition adds nothing, a poor one 2.

    Examples
    --------
    >>> Osri(ptp=4, karnofsky=60).outcome.total
    5
    """

    ptp: Annotated[int, PTP]
    karnofsky: Annotated[int, karnofsky(50, 80)]

    def __post_init__(self) -> None:
        """Raise RecordError for 3 points of the primary tumour, which do not exist."""
        if self.ptp == 3:
            raise RecordError("No primary tumour has 3 points (ptp) in this index.", remedy="Write 1, 2, 4 or 5.")

    @property
    def outcome(self) -> Outcome:
        """Points by item and total; the condition, good 2, fair 1 and poor 0, is taken from 2."""
        condition = 0 if self.karnofsky < 50 else 1 if self.karnofsky < 80 else 2
        points = (("ptp", self.ptp), ("karnofsky", 2 - condition))
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=band(total))


def band(total: float) -> str:
    """The total in words: the index has no bands."""
    return f"score {total:g}"


OSRI = Instrument(
    id="osri_2013",
    name="Oswestry Spinal Risk Index",
    version="2013, specification of 2026-11-20",
    form=Osri,
    population="spinal metastasis",
    better=Better.LOWER,
    categories=tuple(Category(word=band(total)) for total in range(1, 8)),
    lowest=1,
    highest=7,
    band=band,
    tumours=SPREAD,
    cohort=Cohort(published=2013, patients=199),
    is_survival=True,
    validations=(
        "predicted against actual r = 0.80 in 121 patients (Eur Spine J 2016;25:252-6)",
        "Harrell's c 0.702 in 211 patients",
        "r = 0.71 in 150 patients of radiotherapy (2026)",
    ),
    warnings=(
        "the survival that belongs to each total was not obtained",
        "the points of each primary tumour and the cuts of the Karnofsky status are from memory",
    ),
    checked=Checked.FROM_MEMORY,
    cites=(cite("balain2013osri"),),
)
