"""The vocabulary: everything that can be measured, entered or asked, declared once.

A fact is raw ("collapse 38 to 46 %"); classes and grades are made in ``stage``. A grade that somebody reported is
a fact of its own ("ESCC as reported"). Ids are stable: renaming one is a migration of every record.

The file is long because it is one list: a fact is looked for here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, Generic, TypeVar

from enbloc.case.anatomy import Level, Sector
from enbloc.case.geometry import Point, Pose
from enbloc.errors import RecordError
from enbloc.value import value

T = TypeVar("T")


class Subject(Enum):
    """What a fact is about."""

    PATIENT = "patient"
    LESION = "lesion"
    LEVEL = "level"


class Unit(Enum):
    """A unit, and how many decimals a record keeps of it."""

    MM = "mm", 2
    MM2 = "mm²", 1
    CC = "cc", 3
    PERCENT = "%", 2
    DEGREE = "°", 2
    HU = "HU", 1
    SHARE = "share", 4
    COUNT = "", 0
    YEAR = "years", 0
    GRAM_PER_LITRE = "g/L", 1
    NONE = "-", 6

    decimals: int

    def __new__(cls, word: str, decimals: int) -> Unit:
        member = object.__new__(cls)
        member._value_ = word
        member.decimals = decimals
        return member


@value
class Fact(Generic[T]):
    """One thing that can be known: its id, its clinical words, its type and unit, and what to ask for.

    ``low`` and ``high`` bound what is plausible, in ``unit``; a number outside is refused with a hint at the unit.
    """

    id: str
    words: str
    type: type[T]
    about: Subject
    ask: str
    unit: Unit = Unit.NONE
    low: float | None = None
    high: float | None = None
    many: bool = False  # a tuple of ``type``

    def __hash__(self) -> int:
        return hash(self.id)


class PainCharacter(Enum):
    """Pain at the level of the lesion."""

    NONE = "none"
    NOT_MECHANICAL = "not mechanical"
    MECHANICAL = "mechanical"


class BoneQuality(Enum):
    """How the lesion changes the bone, as a reader reports it."""

    LYTIC = "lytic"
    MIXED = "mixed"
    BLASTIC = "blastic"


class AlignmentChange(Enum):
    """New change of alignment at the lesion, as a reader reports it."""

    NORMAL = "normal"
    DEFORMITY = "new deformity"
    SUBLUXATION = "subluxation"


class CollapseClass(Enum):
    """Collapse of the vertebral body, as a reader reports it."""

    NONE = "none"
    BODY_OVER_HALF_INVOLVED = "none, over half of the body involved"
    UNDER_HALF = "under half"
    OVER_HALF = "over half"


class PosterolateralClass(Enum):
    """Posterolateral elements replaced or fractured, as a reader reports it."""

    NONE = "none"
    UNILATERAL = "unilateral"
    BILATERAL = "bilateral"


class EsccReported(Enum):
    """A grade of epidural compression that a reader reported; shown beside ours."""

    GRADE_0 = "0"
    GRADE_1A = "1a"
    GRADE_1B = "1b"
    GRADE_1C = "1c"
    GRADE_2 = "2"
    GRADE_3 = "3"


def _number(
    id: str, words: str, about: Subject, unit: Unit, low: float | None, high: float | None, ask: str
) -> Fact[float]:
    return Fact(id=id, words=words, type=float, about=about, unit=unit, low=low, high=high, ask=ask)


def _yes_no(id: str, words: str, about: Subject, ask: str) -> Fact[bool]:
    return Fact(id=id, words=words, type=bool, about=about, ask=ask)


_L, _V, _P = Subject.LESION, Subject.LEVEL, Subject.PATIENT

# --- asked of a person ------------------------------------------------------------------------------------------------
PAIN = Fact(
    id="sins.pain",
    words="pain at the lesion",
    type=PainCharacter,
    about=_L,
    ask="pain: relieved lying down or provoked by movement or loading?",
)
BONE_REPORTED = Fact(
    id="sins.bone",
    words="bone lesion as reported",
    type=BoneQuality,
    about=_L,
    ask="bone lesion on CT: lytic, mixed or blastic?",
)
ALIGNMENT_REPORTED = Fact(
    id="sins.alignment",
    words="change of alignment as reported",
    type=AlignmentChange,
    about=_L,
    ask="new deformity or subluxation against earlier images?",
)
COLLAPSE_REPORTED = Fact(
    id="sins.collapse",
    words="collapse as reported",
    type=CollapseClass,
    about=_L,
    ask="height of the vertebral body against its neighbours",
)
POSTEROLATERAL_REPORTED = Fact(
    id="sins.posterolateral",
    words="posterolateral involvement as reported",
    type=PosterolateralClass,
    about=_L,
    ask="pedicle, facet or costovertebral joint replaced or fractured: none, one side, both?",
)
ESCC_REPORTED = Fact(
    id="escc.reported",
    words="ESCC as reported",
    type=EsccReported,
    about=_L,
    ask="epidural compression on axial T2 at the worst level",
)
STABILISED = _yes_no(
    "level.stabilised",
    "cement or instrumentation at the level",
    _L,
    "earlier surgery or cement at the level?",
)
WHOLE_SPINE_MRI = _yes_no("imaging.mri_whole_spine", "MRI of the whole spine done", _P, "MRI of the whole spine")
LEVEL_MRI = _yes_no("imaging.mri_level", "MRI of the level done", _L, "MRI of the level")
MYELOGRAM = _yes_no(
    "imaging.ct_myelogram",
    "MRI contraindicated, CT myelogram done",
    _P,
    "documented contraindication to MRI and CT myelogram",
)
ECOG: Fact[int] = Fact(
    id="patient.ecog",
    words="ECOG performance status",
    type=int,
    about=_P,
    unit=Unit.COUNT,
    low=0,
    high=4,
    ask="ECOG performance status",
)
ALBUMIN = _number("lab.albumin", "serum albumin", _P, Unit.GRAM_PER_LITRE, 5, 70, "serum albumin, g/L")
ABLE = _yes_no(
    "patient.able",
    "able to undergo surgery, joint judgement",
    _P,
    "surgeon and anaesthetist: able to tolerate surgery?",
)
RESECTABLE = _yes_no(
    "lesion.resectable",
    "localised and resectable with acceptable morbidity",
    _L,
    "localised and resectable with acceptable morbidity?",
)
SURGEON_CONSULTED = _yes_no("consult.surgeon", "spine surgeon consulted", _P, "surgical consultation")
STABILITY_OPINION = _yes_no(
    "consult.unstable", "unstable in the surgeon's opinion", _L, "surgeon's opinion on stability"
)

# --- taken from the record --------------------------------------------------------------------------------------------
HISTOLOGY: Fact[str] = Fact(id="lesion.histology", words="histology", type=str, about=_L, ask="histology (biopsy)")
PROVEN = _yes_no("lesion.proven", "histology proven by tissue", _L, "tissue diagnosis")
KIND: Fact[str] = Fact(
    id="lesion.kind",
    words="kind of tumour",
    type=str,
    about=_L,
    ask="metastasis, primary or haematological?",
)
SOLITARY = _yes_no("lesion.solitary", "solitary lesion", _L, "is it the only lesion (systemic staging)?")
DEFICIT = _yes_no("neurology.deficit", "neurological deficit", _P, "neurological examination")
PROGRESSING = _yes_no("neurology.progressing", "deficit progressing", _P, "is the deficit progressing?")
MYELOPATHY = _yes_no("neurology.myelopathy", "myelopathy", _P, "signs of myelopathy")
AMBULATION: Fact[str] = Fact(
    id="neurology.ambulation", words="walking", type=str, about=_P, ask="walks alone, aided, not?"
)
AGE = _number("patient.age", "age reached this year", _P, Unit.YEAR, 0, 120, "birth year")
PRIOR_RADIOTHERAPY = _yes_no(
    "treatment.radiotherapy_at_level",
    "earlier radiotherapy at the level",
    _L,
    "earlier radiotherapy: field, dose, date",
)

# --- measured: one vertebra -------------------------------------------------------------------------------------------
POSE: Fact[Pose] = Fact(id="vertebra.pose", words="frame of the vertebra", type=Pose, about=_V, ask="vertebra label")
INCOMPLETE = _yes_no("vertebra.incomplete", "cut by the edge of the scan", _V, "scan of the whole vertebra")
BODY_VOLUME = _number("body.volume", "volume of the vertebral body", _V, Unit.CC, 0, 120, "vertebra label")
HEIGHT_ANTERIOR = _number("body.height_anterior", "anterior body height", _V, Unit.MM, 0, 60, "CT of the vertebra")
HEIGHT_MIDDLE = _number("body.height_middle", "middle body height", _V, Unit.MM, 0, 60, "CT of the vertebra")
HEIGHT_POSTERIOR = _number("body.height_posterior", "posterior body height", _V, Unit.MM, 0, 60, "CT of the vertebra")
COLLAPSE = _number(
    "body.collapse",
    "loss of body height against the neighbours",
    _V,
    Unit.PERCENT,
    -50,
    100,
    "CT of the vertebra and a neighbour",
)
TRANSLATION = _number(
    "vertebra.translation",
    "translation on the vertebra below",
    _V,
    Unit.MM,
    -60,
    60,
    "CT of the vertebra and the one below",
)
ANGULATION = _number(
    "vertebra.angulation",
    "local kyphosis beyond the trend of the neighbours",
    _V,
    Unit.DEGREE,
    -90,
    90,
    "CT of the vertebra and its neighbours",
)

# --- measured: one lesion ---------------------------------------------------------------------------------------------
VOLUME = _number("lesion.volume", "tumour volume", _L, Unit.CC, 0, 3000, "tumour label")
DIAMETER = _number("lesion.diameter", "largest diameter of the tumour", _L, Unit.MM, 0, 400, "tumour label")
LEVELS: Fact[Level] = Fact(
    id="lesion.levels",
    words="involved levels",
    type=Level,
    about=_L,
    many=True,
    ask="tumour and vertebra labels",
)
MAIN_LEVEL: Fact[Level] = Fact(
    id="lesion.main_level",
    words="level with most of the tumour",
    type=Level,
    about=_L,
    ask="tumour and vertebra labels",
)
BODY_SHARE = _number(
    "lesion.body_share",
    "share of the body that is tumour",
    _L,
    Unit.PERCENT,
    0,
    100,
    "tumour and vertebra labels",
)
WBB_SECTORS: Fact[Sector] = Fact(
    id="lesion.wbb_sectors",
    words="WBB sectors involved",
    type=Sector,
    about=_L,
    many=True,
    ask="tumour, vertebra and canal labels",
)
WBB_LAYERS: Fact[str] = Fact(
    id="lesion.wbb_layers",
    words="WBB layers involved",
    type=str,
    about=_L,
    many=True,
    ask="tumour, vertebra and canal labels",
)
POSTEROLATERAL_LEFT = _number(
    "lesion.posterolateral_left",
    "tumour in the left pedicle, facet and costovertebral region",
    _L,
    Unit.CC,
    0,
    200,
    "tumour label",
)
POSTEROLATERAL_RIGHT = _number(
    "lesion.posterolateral_right",
    "tumour in the right pedicle, facet and costovertebral region",
    _L,
    Unit.CC,
    0,
    200,
    "tumour label",
)
POSTEROLATERAL_LEFT_SHARE = _number(
    "lesion.posterolateral_left_share",
    "share of the left pedicle, facet and costovertebral region that is tumour",
    _L,
    Unit.PERCENT,
    0,
    100,
    "tumour label",
)
POSTEROLATERAL_RIGHT_SHARE = _number(
    "lesion.posterolateral_right_share",
    "share of the right pedicle, facet and costovertebral region that is tumour",
    _L,
    Unit.PERCENT,
    0,
    100,
    "tumour label",
)
LYTIC_SHARE = _number("lesion.lytic_share", "share of the lesion below normal bone", _L, Unit.PERCENT, 0, 100, "CT")
BLASTIC_SHARE = _number("lesion.blastic_share", "share of the lesion above normal bone", _L, Unit.PERCENT, 0, 100, "CT")
EPIDURAL_AREA = _number(
    "epidural.area",
    "largest epidural tumour area in one slice",
    _L,
    Unit.MM2,
    0,
    2000,
    "tumour and canal or sac labels",
)
EPIDURAL_SLICES: Fact[int] = Fact(
    id="epidural.slices",
    words="contiguous slices with epidural tumour",
    type=int,
    about=_L,
    unit=Unit.COUNT,
    low=0,
    high=10000,
    ask="tumour and canal or sac labels",
)
SAC_INDENTATION = _number(
    "epidural.sac_indentation",
    "indentation of the thecal sac",
    _L,
    Unit.MM,
    0,
    40,
    "thecal sac label (T2)",
)
SAC_AREA_RATIO = _number(
    "epidural.sac_area_ratio",
    "sac area against the free levels",
    _L,
    Unit.SHARE,
    0,
    5,
    "thecal sac label (T2)",
)
CORD_DISTANCE = _number(
    "epidural.cord_distance",
    "distance from tumour to cord",
    _L,
    Unit.MM,
    0,
    200,
    "tumour and cord labels",
)
CORD_AREA_RATIO = _number(
    "epidural.cord_area_ratio",
    "cord area against the free levels",
    _L,
    Unit.SHARE,
    0,
    5,
    "cord label (T2)",
)
CORD_FLATTENING = _number(
    "epidural.cord_flattening",
    "drop of the cord's depth to width ratio",
    _L,
    Unit.PERCENT,
    -200,
    100,
    "cord label (T2)",
)
CORD_SHIFT = _number("epidural.cord_shift", "displacement of the cord", _L, Unit.MM, 0, 40, "cord label (T2)")
CSF_SHARE = _number(
    "epidural.csf_share",
    "share of the cord's rim with fluid",
    _L,
    Unit.SHARE,
    0,
    1,
    "cord and thecal sac labels (T2)",
)
EPIDURAL_AT: Fact[Point] = Fact(
    id="epidural.at",
    words="place of the worst compression",
    type=Point,
    about=_L,
    ask="tumour and cord labels",
)
CENTRE: Fact[Point] = Fact(id="lesion.centre", words="centre of the tumour", type=Point, about=_L, ask="tumour label")
CORD_LEVEL = _yes_no("lesion.at_cord_level", "cord present beside the tumour", _L, "cord label")


def _vocabulary(facts: Iterable[object]) -> dict[str, Fact[Any]]:
    return {fact.id: fact for fact in facts if isinstance(fact, Fact)}


FACTS: dict[str, Fact[Any]] = _vocabulary(list(globals().values()))
"""Every fact by its id."""

ENTERABLE: frozenset[str] = frozenset(FACTS) - {fact.id for fact in FACTS.values() if fact.type in {Pose, Point}}
"""What a person may write into a record; frames and places are only measured."""


def fact(id: str) -> Fact[Any]:
    """The fact with this id.

    Raises
    ------
    RecordError
        If there is none; the remedy names the nearest.
    """
    from difflib import get_close_matches

    if id in FACTS:
        return FACTS[id]
    near = get_close_matches(id, FACTS, n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else "'enbloc schema facts' lists them."
    raise RecordError(f"There is no fact {id!r}.", remedy=hint)
