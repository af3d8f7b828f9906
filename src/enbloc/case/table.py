"""Rows of what is measured in a table: of a tumour by part, sector and layer, of its surroundings, of the canal."""

from __future__ import annotations

from enum import Enum

from enbloc.case.anatomy import Layer, Level, Part, Sector, Side
from enbloc.case.geometry import Triple
from enbloc.value import value


class TomitaSite(Enum):
    """A site of Tomita's surgical classification."""

    BODY = "1 body"
    PEDICLE = "2 pedicle"
    ARCH = "3 lamina, transverse or spinous process"
    CANAL = "4 canal"
    PARAVERTEBRAL = "5 paravertebral"


class CoxSector(Enum):
    """A sector of the consensus on target volumes for spinal radiosurgery; the word holds the side."""

    BODY = "1 body"
    PEDICLE_LEFT = "2 left pedicle"
    TRANSVERSE_LEFT = "3 left transverse process and lamina"
    SPINOUS = "4 spinous process"
    TRANSVERSE_RIGHT = "5 right transverse process and lamina"
    PEDICLE_RIGHT = "6 right pedicle"


@value
class Cell:
    """Tumour in one cell of part, sector and layer of one vertebra, cc.

    ``part`` is nothing outside bone; ``side`` is nothing for what lies across the midline. ``low_cc`` and ``high_cc``
    are what the volume becomes when every surface moves by its stated error. ``bone_cc`` is the bone of the cell.
    """

    level: Level
    part: Part | None
    side: Side | None
    sector: Sector
    layer: Layer
    cc: float
    low_cc: float
    high_cc: float
    bone_cc: float


@value
class PartShare:
    """How much of one part of a vertebra is tumour, per cent of its bone."""

    level: Level
    part: Part
    side: Side | None
    percent: float
    low: float
    high: float
    cc: float
    bone_cc: float


@value
class Clearance:
    """The distance from the tumour's surface to a structure, mm; 0 where they touch. ``at_mm`` is on the structure."""

    structure: str
    mm: float
    low_mm: float
    high_mm: float
    at_mm: Triple


@value
class CanalPlane:
    """One plane across the canal: what lies in it. Nothing where it is not labelled or not seen.

    ``at_mm`` is the centre of the canal, ``along_mm`` its distance along the canal, head positive, from the main level.
    """

    at_mm: Triple
    along_mm: float
    tumour_mm2: float
    canal_mm2: float | None = None
    sac_mm2: float | None = None
    sac_area_ratio: float | None = None
    sac_indentation_mm: float | None = None
    cord_mm2: float | None = None
    cord_area_ratio: float | None = None
    cord_depth_to_width: float | None = None
    cord_shift_mm: float | None = None
    csf_share: float | None = None
    cord_distance_mm: float | None = None
