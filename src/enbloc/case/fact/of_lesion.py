"""What is measured of one lesion: its size, what it takes of each vertebra, and its density."""

from __future__ import annotations

from enbloc.case.anatomy import Level, Sector
from enbloc.case.fact.kinds import Fact, Subject, Unit, number, yes_no
from enbloc.case.geometry import Point
from enbloc.case.table import Cell, Clearance, CoxSector, PartShare, TomitaSite

VOLUME = number("lesion.volume", "tumour volume", Subject.LESION, Unit.CC, 0, 3000, "tumour label")
DIAMETER = number("lesion.diameter", "largest diameter of the tumour", Subject.LESION, Unit.MM, 0, 400, "tumour label")
LEVELS: Fact[Level] = Fact(
    id="lesion.levels",
    words="involved levels",
    type=Level,
    about=Subject.LESION,
    many=True,
    ask="tumour and vertebra labels",
)
MAIN_LEVEL: Fact[Level] = Fact(
    id="lesion.main_level",
    words="level with most of the tumour",
    type=Level,
    about=Subject.LESION,
    ask="tumour and vertebra labels",
)
BODY_SHARE = number(
    "lesion.body_share",
    "share of the body that is tumour",
    Subject.LESION,
    Unit.PERCENT,
    0,
    100,
    "tumour and vertebra labels",
)
WBB_SECTORS: Fact[Sector] = Fact(
    id="lesion.wbb_sectors",
    words="WBB sectors involved",
    type=Sector,
    about=Subject.LESION,
    many=True,
    ask="tumour, vertebra and canal labels",
)
WBB_LAYERS: Fact[str] = Fact(
    id="lesion.wbb_layers",
    words="WBB layers involved",
    type=str,
    about=Subject.LESION,
    many=True,
    ask="tumour, vertebra and canal labels",
)
POSTEROLATERAL_LEFT = number(
    "lesion.posterolateral_left",
    "tumour in the left pedicle, facet and costovertebral region",
    Subject.LESION,
    Unit.CC,
    0,
    200,
    "tumour label",
)
POSTEROLATERAL_RIGHT = number(
    "lesion.posterolateral_right",
    "tumour in the right pedicle, facet and costovertebral region",
    Subject.LESION,
    Unit.CC,
    0,
    200,
    "tumour label",
)
POSTEROLATERAL_LEFT_SHARE = number(
    "lesion.posterolateral_left_share",
    "share of the left pedicle, facet and costovertebral region that is tumour",
    Subject.LESION,
    Unit.PERCENT,
    0,
    100,
    "tumour label",
)
POSTEROLATERAL_RIGHT_SHARE = number(
    "lesion.posterolateral_right_share",
    "share of the right pedicle, facet and costovertebral region that is tumour",
    Subject.LESION,
    Unit.PERCENT,
    0,
    100,
    "tumour label",
)
LYTIC_SHARE = number(
    "lesion.lytic_share", "share of the lesion below normal bone", Subject.LESION, Unit.PERCENT, 0, 100, "CT"
)
BLASTIC_SHARE = number(
    "lesion.blastic_share", "share of the lesion above normal bone", Subject.LESION, Unit.PERCENT, 0, 100, "CT"
)
CENTRE: Fact[Point] = Fact(
    id="lesion.centre", words="centre of the tumour", type=Point, about=Subject.LESION, ask="tumour label"
)
LENGTH = number(
    "lesion.length",
    "length of the tumour along the column",
    Subject.LESION,
    Unit.MM,
    0,
    600,
    "tumour and vertebra labels",
)
AXIAL_DIAMETER = number(
    "lesion.axial_diameter",
    "largest diameter of the tumour across the column",
    Subject.LESION,
    Unit.MM,
    0,
    400,
    "tumour and vertebra labels",
)
SHORT_DIAMETER = number(
    "lesion.short_diameter",
    "diameter of the tumour across that, in the same plane",
    Subject.LESION,
    Unit.MM,
    0,
    400,
    "tumour and vertebra labels",
)
SOFT_TISSUE_DIAMETER = number(
    "lesion.soft_tissue_diameter",
    "largest diameter of the tumour outside bone across the column",
    Subject.LESION,
    Unit.MM,
    0,
    400,
    "tumour and vertebra labels",
)
PIECES: Fact[int] = Fact(
    id="lesion.pieces",
    words="separate pieces of the tumour label",
    type=int,
    about=Subject.LESION,
    unit=Unit.COUNT,
    low=1,
    high=100000,
    ask="tumour label",
)
TABLE: Fact[Cell] = Fact(
    id="lesion.table",
    words="tumour by part, sector and layer",
    type=Cell,
    about=Subject.LESION,
    many=True,
    ask="tumour, vertebra and canal labels",
)
PART_SHARES: Fact[PartShare] = Fact(
    id="lesion.parts",
    words="share of each part of the vertebra that is tumour",
    type=PartShare,
    about=Subject.LESION,
    many=True,
    ask="tumour, vertebra and canal labels",
)
CLEARANCES: Fact[Clearance] = Fact(
    id="lesion.clearances",
    words="distance from the tumour to dura, cord, roots and vessels",
    type=Clearance,
    about=Subject.LESION,
    many=True,
    ask="labels of cord, sac, roots and vessels",
)
WBB_SECTORS_OPEN: Fact[Sector] = Fact(
    id="lesion.wbb_sectors_open",
    words="WBB sectors that half a voxel decides",
    type=Sector,
    about=Subject.LESION,
    many=True,
    ask="tumour, vertebra and canal labels",
)
WBB_LAYERS_OPEN: Fact[str] = Fact(
    id="lesion.wbb_layers_open",
    words="WBB layers that half a voxel decides",
    type=str,
    about=Subject.LESION,
    many=True,
    ask="tumour, vertebra and canal labels",
)
TOMITA_SITES: Fact[TomitaSite] = Fact(
    id="lesion.tomita_sites",
    words="sites of Tomita involved",
    type=TomitaSite,
    about=Subject.LESION,
    many=True,
    ask="tumour, vertebra and canal labels",
)
TOMITA_SITES_OPEN: Fact[TomitaSite] = Fact(
    id="lesion.tomita_sites_open",
    words="sites of Tomita that half a voxel decides",
    type=TomitaSite,
    about=Subject.LESION,
    many=True,
    ask="tumour, vertebra and canal labels",
)
COX_SECTORS: Fact[CoxSector] = Fact(
    id="lesion.cox_sectors",
    words="radiosurgery sectors involved",
    type=CoxSector,
    about=Subject.LESION,
    many=True,
    ask="tumour, vertebra and canal labels",
)
COX_SECTORS_OPEN: Fact[CoxSector] = Fact(
    id="lesion.cox_sectors_open",
    words="radiosurgery sectors that half a voxel decides",
    type=CoxSector,
    about=Subject.LESION,
    many=True,
    ask="tumour, vertebra and canal labels",
)
LEVELS_OPEN: Fact[Level] = Fact(
    id="lesion.levels_open",
    words="levels that half a voxel decides",
    type=Level,
    about=Subject.LESION,
    many=True,
    ask="tumour and vertebra labels",
)
EXTRADURAL_SHARE = number(
    "lesion.extradural_share",
    "share of the tumour outside the dura",
    Subject.LESION,
    Unit.PERCENT,
    0,
    100,
    "tumour, thecal sac and cord labels",
)
EXTRAMEDULLARY_SHARE = number(
    "lesion.extramedullary_share",
    "share of the tumour inside the dura and outside the cord",
    Subject.LESION,
    Unit.PERCENT,
    0,
    100,
    "tumour, thecal sac and cord labels",
)
INTRAMEDULLARY_SHARE = number(
    "lesion.intramedullary_share",
    "share of the tumour inside the cord",
    Subject.LESION,
    Unit.PERCENT,
    0,
    100,
    "tumour, thecal sac and cord labels",
)
CORTICAL_BREACH = yes_no("lesion.cortical_breach", "tumour through the cortex", Subject.LESION, "CT and tumour label")
POSTERIOR_WALL_BREACH = yes_no(
    "lesion.posterior_wall_breach",
    "tumour through the posterior wall of the body",
    Subject.LESION,
    "CT, tumour and canal labels",
)
FORAMEN_LEFT = yes_no(
    "lesion.foramen_left", "tumour in a left neural foramen", Subject.LESION, "tumour, vertebra and canal labels"
)
FORAMEN_RIGHT = yes_no(
    "lesion.foramen_right", "tumour in a right neural foramen", Subject.LESION, "tumour, vertebra and canal labels"
)
DENSITY = number("lesion.density", "mean density of the lesion within bone", Subject.LESION, Unit.HU, -1100, 4000, "CT")
NORMAL_DENSITY = number(
    "lesion.normal_density",
    "mean density of the patient's own healthy bone near by",
    Subject.LESION,
    Unit.HU,
    -1100,
    4000,
    "CT",
)
DENSITY_LOSS = number(
    "lesion.density_loss",
    "loss of density against the patient's own healthy bone",
    Subject.LESION,
    Unit.HU,
    -4000,
    4000,
    "CT",
)
