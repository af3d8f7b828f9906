"""The two scores of Katagiri for skeletal metastases: that of 2005, a draft from memory, and that of 2014.

That of 2014 without its laboratory values is not that of 2005: lists of primary tumours and weights differ.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.case import Case
from enbloc.case.fact import Fact, PrimarySite
from enbloc.case.finding import Findings
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component, Number, Reads
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, AliveAt, Cohort
from enbloc.stage.reading import Reading
from enbloc.stage.survival import spread
from enbloc.stage.survival.asked import MULTIPLE_BONE, PREVIOUS_CHEMOTHERAPY, PRIMARY, albumin, ecog
from enbloc.stage.survival.primary_site import Split, by_site
from enbloc.value import value

CRP_ABNORMAL = 0.4
LDH_ABNORMAL = 250.0
ALBUMIN_NORMAL = 3.7
PLATELETS_ENOUGH = 100.0
CALCIUM_CRITICAL = 10.3
BILIRUBIN_CRITICAL = 1.4


class OldPrimary(Component):
    """Growth of the primary tumour in the score of 2005."""

    BREAST = "breast", 0
    PROSTATE = "prostate", 0
    THYROID = "thyroid", 0
    MYELOMA = "myeloma", 0
    LYMPHOMA = "lymphoma", 0
    OTHER = "other", 2
    HEPATOCELLULAR = "hepatocellular", 3
    STOMACH = "stomach", 3
    LUNG = "lung", 3


OLD_SITES = {
    PrimarySite.BREAST: OldPrimary.BREAST,
    PrimarySite.PROSTATE: OldPrimary.PROSTATE,
    PrimarySite.THYROID: OldPrimary.THYROID,
    PrimarySite.MYELOMA: OldPrimary.MYELOMA,
    PrimarySite.LYMPHOMA: OldPrimary.LYMPHOMA,
    PrimarySite.HEPATOCELLULAR: OldPrimary.HEPATOCELLULAR,
    PrimarySite.LIVER: (OldPrimary.OTHER, OldPrimary.HEPATOCELLULAR),
    PrimarySite.STOMACH: OldPrimary.STOMACH,
    PrimarySite.LUNG: OldPrimary.LUNG,
}


class OldBand(Enum):
    """The bands of the score of 2005, best first."""

    LOW = "0 to 2"
    MIDDLE = "3 to 5"
    HIGH = "6 to 8"


@value
class Katagiri2005:
    """Five items and what they add up to, 0 to 8.

    Examples
    --------
    >>> form = Katagiri2005(primary=OldPrimary.OTHER, visceral_or_cerebral=False, ecog=2, chemotherapy_before=True,
    ...                     multiple_bone=True)
    >>> form.outcome.total, form.outcome.category
    (4, '3 to 5')
    """

    primary: Annotated[OldPrimary, Ask(words=PRIMARY, answered_by=by_site(OLD_SITES, others=OldPrimary.OTHER))]
    visceral_or_cerebral: Annotated[
        bool, Ask(words="visceral or cerebral metastases", answered_by=spread.visceral_or_brain)
    ]
    ecog: Annotated[int, ecog(3)]
    chemotherapy_before: Annotated[bool, PREVIOUS_CHEMOTHERAPY]
    multiple_bone: Annotated[bool, MULTIPLE_BONE]

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and band."""
        points = (
            ("primary", self.primary.points),
            ("visceral_or_cerebral", 2 if self.visceral_or_cerebral else 0),
            ("ecog", int(self.ecog >= 3)),
            ("chemotherapy_before", int(self.chemotherapy_before)),
            ("multiple_bone", int(self.multiple_bone)),
        )
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=old_band(total))


def old_band(total: float) -> str:
    """The band of a total of the score of 2005."""
    if total <= 2:
        return OldBand.LOW.value
    return OldBand.MIDDLE.value if total <= 5 else OldBand.HIGH.value


def _remembered(months: float, percent: float, note: str = "") -> AliveAt:
    return AliveAt(months=months, percent=percent, note=note, checked=Checked.FROM_MEMORY)


KATAGIRI_2005 = Instrument(
    id="katagiri_2005",
    name="Katagiri score of 2005",
    version="2005, specification of 2026-11-20",
    form=Katagiri2005,
    population="skeletal metastasis",
    better=Better.LOWER,
    categories=(
        Category(word=OldBand.LOW.value, survival=(_remembered(12, 89, "about"),)),
        Category(word=OldBand.MIDDLE.value, published="no figure"),
        Category(word=OldBand.HIGH.value, survival=(_remembered(6, 31), _remembered(12, 11, "about"))),
    ),
    lowest=0,
    highest=8,
    band=old_band,
    tumours=SPREAD,
    cohort=Cohort(published=2005),
    is_survival=True,
    checked=Checked.FROM_MEMORY,
    cites=(cite("katagiri2005"),),
)


class Primary(Component):
    """Growth of the primary tumour in the score of 2014, by what can be given for it today."""

    BREAST_HORMONE_DEPENDENT = "breast, hormone-dependent", 0
    PROSTATE_HORMONE_DEPENDENT = "prostate, hormone-dependent", 0
    THYROID = "thyroid", 0
    MYELOMA = "myeloma", 0
    LYMPHOMA = "lymphoma", 0
    LUNG_TARGETED = "lung, molecularly targeted", 2
    BREAST_HORMONE_INDEPENDENT = "breast, hormone-independent", 2
    PROSTATE_HORMONE_INDEPENDENT = "prostate, hormone-independent", 2
    KIDNEY = "kidney", 2
    SARCOMA = "sarcoma", 2
    ENDOMETRIUM = "endometrium", 2
    OVARY = "ovary", 2
    OTHER = "other", 2
    LUNG_WITHOUT_TARGET = "lung, without target", 3
    COLORECTAL = "colorectal", 3
    STOMACH = "stomach", 3
    PANCREAS = "pancreas", 3
    HEAD_AND_NECK = "head and neck", 3
    OESOPHAGUS = "oesophagus", 3
    HEPATOCELLULAR = "hepatocellular", 3
    MELANOMA = "melanoma", 3
    UNIDENTIFIED = "unidentified", 3
    GALLBLADDER = "gallbladder", 3
    CERVIX = "cervix", 3
    UROLOGICAL = "urological, neither kidney nor prostate", 3


REMEMBERED = (Primary.ENDOMETRIUM, Primary.OVARY, Primary.GALLBLADDER, Primary.CERVIX, Primary.UROLOGICAL)
"""Sites whose class is from memory."""

REMEMBERED_SITE = "endometrium, ovary, gallbladder, cervix and urological tumours are classed from memory, not verified"
UNLISTED_SITE = "a primary tumour that the score does not list counts as of moderate growth: ask the clinician"
BY_TREATMENT = (
    "the primary tumour is classed by the treatment available now (our reading): a molecular report can change it"
)
CALCIUM_AS_MEASURED = "calcium is taken as measured: whether the paper corrected it for albumin was not found"
WHAT_IS_CHEMOTHERAPY = "whether targeted or hormonal drugs count as chemotherapy was not found: taken as entered"


SITES = {
    PrimarySite.BREAST: Split(
        by=vocabulary.HORMONE_DEPENDENT,
        if_so=Primary.BREAST_HORMONE_DEPENDENT,
        if_not=Primary.BREAST_HORMONE_INDEPENDENT,
    ),
    PrimarySite.PROSTATE: Split(
        by=vocabulary.HORMONE_DEPENDENT,
        if_so=Primary.PROSTATE_HORMONE_DEPENDENT,
        if_not=Primary.PROSTATE_HORMONE_INDEPENDENT,
    ),
    PrimarySite.LUNG: Split(
        by=vocabulary.TARGETABLE_DRIVER, if_so=Primary.LUNG_TARGETED, if_not=Primary.LUNG_WITHOUT_TARGET
    ),
    PrimarySite.THYROID: Primary.THYROID,
    PrimarySite.MYELOMA: Primary.MYELOMA,
    PrimarySite.LYMPHOMA: Primary.LYMPHOMA,
    PrimarySite.KIDNEY: Primary.KIDNEY,
    PrimarySite.OSTEOSARCOMA: Primary.SARCOMA,
    PrimarySite.SARCOMA: Primary.SARCOMA,
    PrimarySite.ENDOMETRIUM: Primary.ENDOMETRIUM,
    PrimarySite.UTERUS: (Primary.SARCOMA, Primary.ENDOMETRIUM, Primary.CERVIX),
    PrimarySite.CERVIX: Primary.CERVIX,
    PrimarySite.OVARY: Primary.OVARY,
    PrimarySite.COLON: Primary.COLORECTAL,
    PrimarySite.RECTUM: Primary.COLORECTAL,
    PrimarySite.STOMACH: Primary.STOMACH,
    PrimarySite.PANCREAS: Primary.PANCREAS,
    PrimarySite.HEAD_AND_NECK: Primary.HEAD_AND_NECK,
    PrimarySite.OESOPHAGUS: Primary.OESOPHAGUS,
    PrimarySite.HEPATOCELLULAR: Primary.HEPATOCELLULAR,
    PrimarySite.MELANOMA: Primary.MELANOMA,
    PrimarySite.UNIDENTIFIED: Primary.UNIDENTIFIED,
    PrimarySite.GALLBLADDER: Primary.GALLBLADDER,
    PrimarySite.BLADDER: Primary.UROLOGICAL,
    PrimarySite.UROTHELIAL: Primary.UROLOGICAL,
    PrimarySite.OTHER_UROLOGICAL: Primary.UROLOGICAL,
}
"""What the score lists; the clinician is asked about any other site, which may then be of any class."""


class Spread(Component):
    """Spread of visceral or cerebral metastases; disseminated is pleural, peritoneal or leptomeningeal."""

    NONE = "none", 0
    NODULAR = "nodular", 1
    DISSEMINATED = "disseminated", 2


class Risk(Enum):
    """The three bands of the score of 2014, best first."""

    LOW = "0 to 3: low risk"
    INTERMEDIATE = "4 to 6: intermediate risk"
    HIGH = "7 to 10: high risk"


def _measured(
    words: str, unit: str, high: float, cut: float, by: Fact[float] | Reads, *, low: float = 0, per_unit: float = 1
) -> Number:
    return Number(words=words, unit=unit, low=low, high=high, step=0, cuts=(cut,), answered_by=by, per_unit=per_unit)


UMOL_PER_MG = 17.1
"""Micromoles of bilirubin in a litre for each milligram in a decilitre."""
MG_PER_MMOL = 4.008
"""Milligrams of calcium in a decilitre for each millimole in a litre."""
CRP_WORDS = "C-reactive protein (mg/L divided by 10)"
CALCIUM_WORDS = "total serum calcium, as measured (mmol/L times 4.008)"
BILIRUBIN_WORDS = "total bilirubin (µmol/L divided by 17.1)"


def bilirubin_of(case: Case, findings: Findings, lesion: str) -> Reading:
    """Total bilirubin in mg/dL to two decimals, so that 23.9 µmol/L is the 1.4 mg/dL of the cut, as is printed."""
    return _molar(vocabulary.BILIRUBIN, findings, 1 / UMOL_PER_MG, decimals=2)


def calcium_of(case: Case, findings: Findings, lesion: str) -> Reading:
    """Total calcium in mg/dL to three decimals: 2.57 mmol/L is the 10.3 mg/dL of the cut, and 2.569 is not."""
    return _molar(vocabulary.CALCIUM, findings, MG_PER_MMOL, decimals=3)


def _molar(named: Fact[float], findings: Findings, factor: float, *, decimals: int) -> Reading:
    measured = findings.value(named, "patient")
    values = () if measured is None else (round(measured * factor, decimals),)
    note = "" if measured is None else f"{named.words} {measured:g} {named.unit.value}"
    return Reading(name=named.id, values=values, facts=(named.id,), ask=named.ask, note=note)


@value
class Katagiri2014:
    """Eleven items; six of them are laboratory values that together come to 0, 1 or 2 of the 0 to 10 points.

    Examples
    --------
    >>> form = Katagiri2014(primary=Primary.KIDNEY, spread=Spread.NONE, crp=20, ldh=900, albumin=2,
    ...                     platelets=250, calcium=9, bilirubin=0.5, ecog=0, chemotherapy_before=False,
    ...                     multiple_bone=False)
    >>> form.outcome.total, form.outcome.category
    (3, '0 to 3: low risk')
    """

    primary: Annotated[Primary, Ask(words=PRIMARY, answered_by=by_site(SITES, others=tuple(Primary)))]
    spread: Annotated[
        Spread,
        Ask(words="spread of visceral or cerebral metastases", answered_by=spread.nodular_or_disseminated(Spread)),
    ]
    crp: Annotated[float, _measured(CRP_WORDS, "mg/dL", 100, CRP_ABNORMAL, vocabulary.CRP, per_unit=0.1)]
    ldh: Annotated[float, _measured("lactate dehydrogenase", "IU/L", 100_000, LDH_ABNORMAL, vocabulary.LDH)]
    albumin: Annotated[float, albumin(ALBUMIN_NORMAL)]
    platelets: Annotated[float, _measured("platelets", "10^3/uL", 10_000, PLATELETS_ENOUGH, vocabulary.PLATELETS)]
    calcium: Annotated[
        float,
        _measured(CALCIUM_WORDS, "mg/dL", 20, CALCIUM_CRITICAL, calcium_of, low=4),
    ]
    bilirubin: Annotated[float, _measured(BILIRUBIN_WORDS, "mg/dL", 100, BILIRUBIN_CRITICAL, bilirubin_of)]
    ecog: Annotated[int, ecog(3)]
    chemotherapy_before: Annotated[bool, PREVIOUS_CHEMOTHERAPY]
    multiple_bone: Annotated[bool, MULTIPLE_BONE]

    @property
    def laboratory(self) -> int:
        """Points of the laboratory: critical outranks abnormal, and several abnormal values are still one point."""
        is_critical = (
            self.platelets < PLATELETS_ENOUGH
            or self.calcium >= CALCIUM_CRITICAL
            or self.bilirubin >= BILIRUBIN_CRITICAL
        )
        is_abnormal = self.crp >= CRP_ABNORMAL or self.ldh >= LDH_ABNORMAL or self.albumin < ALBUMIN_NORMAL
        return 2 if is_critical else int(is_abnormal)

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and risk."""
        points = (
            ("primary", self.primary.points),
            ("spread", self.spread.points),
            ("laboratory", self.laboratory),
            ("ecog", int(self.ecog >= 3)),
            ("chemotherapy_before", int(self.chemotherapy_before)),
            ("multiple_bone", int(self.multiple_bone)),
        )
        total = sum(each for _, each in points)
        readings = (("laboratory points", float(self.laboratory)),)
        return Outcome(points=points, total=total, category=risk(total), flags=self._flags, readings=readings)

    @property
    def _flags(self) -> tuple[str, ...]:
        if self.primary is Primary.OTHER:
            return (UNLISTED_SITE,)
        return (REMEMBERED_SITE,) if self.primary in REMEMBERED else ()


def risk(total: float) -> str:
    """The risk of a total of the score of 2014."""
    if total <= 3:
        return Risk.LOW.value
    return Risk.INTERMEDIATE.value if total <= 6 else Risk.HIGH.value


def _alive(*at: tuple[float, float]) -> tuple[AliveAt, ...]:
    return tuple(AliveAt(months=months, percent=percent) for months, percent in at)


KATAGIRI_2014 = Instrument(
    id="katagiri_2014",
    name="New Katagiri score of 2014",
    version="2014, specification of 2026-11-20",
    form=Katagiri2014,
    population="symptomatic skeletal metastasis",
    better=Better.LOWER,
    categories=(
        Category(word=Risk.LOW.value, survival=_alive((6, 98), (12, 91), (24, 78))),
        Category(word=Risk.INTERMEDIATE.value, survival=_alive((6, 74), (12, 49))),
        Category(word=Risk.HIGH.value, survival=_alive((6, 27), (12, 6))),
    ),
    lowest=0,
    highest=10,
    tumours=SPREAD,
    cohort=Cohort(
        published=2014,
        patients=808,
        first_year=2005,
        last_year=2008,
        treatment="mostly without an operation (59 were operated on)",
    ),
    is_survival=True,
    validations=(
        "616 patients under radiotherapy: low 94.4, 77.8 and 61.1 %, intermediate 67.7, 48.7 and 31.2 %, "
        "high 39.1, 22.1 and 9.0 %; which time each figure stands for is not clear",
        "183 patients operated on, at 6, 12 and 24 months: low 83.3, 71.8 and 43.6 %, intermediate 64.1, 43.6 and "
        "30.1 %: clearly worse than derived for low risk",
    ),
    warnings=(BY_TREATMENT, CALCIUM_AS_MEASURED, WHAT_IS_CHEMOTHERAPY),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("katagiri2014"),),
)
