"""What is measured of the canal beside one lesion: epidural tumour, sac and cord."""

from __future__ import annotations

from enbloc.case.fact.kinds import Fact, Subject, Unit, number, yes_no
from enbloc.case.geometry import Point
from enbloc.case.table import CanalPlane

EPIDURAL_AREA = number(
    "epidural.area",
    "largest epidural tumour area in one slice",
    Subject.LESION,
    Unit.MM2,
    0,
    2000,
    "tumour and canal or sac labels",
)
EPIDURAL_SLICES: Fact[int] = Fact(
    id="epidural.slices",
    words="contiguous slices with epidural tumour",
    type=int,
    about=Subject.LESION,
    unit=Unit.COUNT,
    low=0,
    high=10000,
    ask="tumour and canal or sac labels",
)
SAC_INDENTATION = number(
    "epidural.sac_indentation",
    "indentation of the thecal sac",
    Subject.LESION,
    Unit.MM,
    0,
    40,
    "thecal sac label (T2)",
)
SAC_AREA_RATIO = number(
    "epidural.sac_area_ratio",
    "sac area against the free levels",
    Subject.LESION,
    Unit.SHARE,
    0,
    5,
    "thecal sac label (T2)",
)
CORD_DISTANCE = number(
    "epidural.cord_distance",
    "distance from tumour to cord",
    Subject.LESION,
    Unit.MM,
    0,
    200,
    "tumour and cord labels",
)
CORD_AREA_RATIO = number(
    "epidural.cord_area_ratio",
    "cord area against the free levels",
    Subject.LESION,
    Unit.SHARE,
    0,
    5,
    "cord label (T2)",
)
CORD_FLATTENING = number(
    "epidural.cord_flattening",
    "drop of the cord's depth to width ratio",
    Subject.LESION,
    Unit.PERCENT,
    -200,
    100,
    "cord label (T2)",
)
CORD_SHIFT = number(
    "epidural.cord_shift", "displacement of the cord", Subject.LESION, Unit.MM, 0, 40, "cord label (T2)"
)
CSF_SHARE = number(
    "epidural.csf_share",
    "share of the cord's rim with fluid",
    Subject.LESION,
    Unit.SHARE,
    0,
    1,
    "cord and thecal sac labels (T2)",
)
EPIDURAL_AT: Fact[Point] = Fact(
    id="epidural.at",
    words="place of the worst compression",
    type=Point,
    about=Subject.LESION,
    ask="tumour and cord labels",
)
CORD_LEVEL = yes_no("lesion.at_cord_level", "cord present beside the tumour", Subject.LESION, "cord label")
CANAL_PROFILE: Fact[CanalPlane] = Fact(
    id="epidural.profile",
    words="what lies in the canal, plane by plane",
    type=CanalPlane,
    about=Subject.LESION,
    many=True,
    ask="tumour, canal, sac and cord labels",
)
EPIDURAL_LENGTH = number(
    "epidural.length",
    "length of the epidural tumour along the canal",
    Subject.LESION,
    Unit.MM,
    0,
    600,
    "tumour and canal labels",
)
EPIDURAL_TURN = number(
    "epidural.turn",
    "share of the way round the sac or cord that meets epidural tumour",
    Subject.LESION,
    Unit.SHARE,
    0,
    1,
    "tumour, sac and cord labels",
)
OTHER_COMPRESSION = yes_no(
    "epidural.other_compression",
    "bone or disc, not tumour, presses on the sac or cord",
    Subject.LESION,
    "MR and CT at the level",
)
