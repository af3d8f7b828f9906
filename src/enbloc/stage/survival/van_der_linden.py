"""The score of the Dutch Bone Metastasis Study: survival with painful spinal metastases under radiotherapy."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case.fact import PrimarySite
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, AliveAt, Cohort, Median, SurvivalFigure
from enbloc.stage.survival.asked import PRIMARY, VISCERAL, karnofsky
from enbloc.stage.survival.primary_site import by_site
from enbloc.value import value


class Primary(Component):
    """The primary tumour; kidney is among the others."""

    OTHER = "other", 0
    LUNG = "lung", 1
    PROSTATE = "prostate", 2
    BREAST = "breast", 3


class Group(Enum):
    """The three groups, worst first."""

    A = "0 to 3: group A"
    B = "4 to 5: group B"
    C = "6: group C"


BELOW_THE_TABLE = "a Karnofsky status of 10 lies outside the table, which begins at 20: counted as 0"
READ_OFF = "read off a figure"

SITES = {
    PrimarySite.LUNG: Primary.LUNG,
    PrimarySite.PROSTATE: Primary.PROSTATE,
    PrimarySite.BREAST: Primary.BREAST,
}


@value
class VanDerLinden:
    """Three items and what they add up to, 0 to 6.

    Examples
    --------
    >>> form = VanDerLinden(karnofsky=80, primary=Primary.LUNG, visceral=False)
    >>> form.outcome.total, form.outcome.category
    (4, '4 to 5: group B')
    """

    karnofsky: Annotated[int, karnofsky(20, 50, 80)]
    primary: Annotated[Primary, Ask(words=PRIMARY, answered_by=by_site(SITES, others=Primary.OTHER))]
    visceral: Annotated[bool, VISCERAL]

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and group."""
        points = (
            ("karnofsky", 0 if self.karnofsky < 50 else 1 if self.karnofsky < 80 else 2),
            ("primary", self.primary.points),
            ("visceral", 0 if self.visceral else 1),
        )
        total = sum(each for _, each in points)
        flags = (BELOW_THE_TABLE,) if self.karnofsky < 20 else ()
        return Outcome(points=points, total=total, category=band(total), flags=flags)


def band(total: float) -> str:
    """The group of a total; only breast with 80 or more and no visceral metastasis comes to C."""
    if total <= 3:
        return Group.A.value
    return Group.B.value if total <= 5 else Group.C.value


def _lived(months: float, percent: float, note: str = READ_OFF) -> tuple[SurvivalFigure, ...]:
    return (Median(months=months), AliveAt(months=24, percent=percent, note=note))


VAN_DER_LINDEN = Instrument(
    id="van_der_linden_2005",
    name="Dutch Bone Metastasis Study score (van der Linden)",
    version="2005, specification of 2026-11-20",
    form=VanDerLinden,
    population=(
        "radiotherapy for a painful spinal metastasis without compression of the cord "
        "(population in detail from memory, not verified)"
    ),
    better=Better.HIGHER,
    categories=(
        Category(word=Group.C.value, survival=_lived(19, 37)),
        Category(word=Group.B.value, survival=_lived(9, 22)),
        Category(word=Group.A.value, survival=_lived(3, 4, f"about, {READ_OFF}")),
    ),
    lowest=0,
    highest=6,
    band=band,
    tumours=SPREAD,
    cohort=Cohort(published=2005, treatment="radiotherapy"),
    is_survival=True,
    validations=("no significant separation in 61 patients who were operated on",),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("vanderlinden2005"),),
)
