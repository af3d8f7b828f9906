"""The look of enbloc as data: colours, sizes, spacing, and the four drawn shapes of alarm."""

from __future__ import annotations

from enbloc.case.anatomy import StructureKind
from enbloc.decide.decision import Degree

INK, PAPER = "#14181d", "#fbfaf7"
QUIET, LINE = "#5b6570", "#d9d6cf"
ACCENT = "#0b6e75"

RAISED, SPREAD = "#ffffff", "#8a929a"  # the ground of a framed thing; the bar of an interval

DARK_INK, DARK_PAPER = "#e8e6e1", "#101418"
DARK_QUIET, DARK_LINE = "#98a2ad", "#2a3138"
DARK_ACCENT, DARK_RAISED, DARK_SPREAD = "#4cc0c4", "#171d23", "#77818b"

ALARM: dict[Degree, str] = {
    Degree.STOP: "#b3261e",
    Degree.URGENT: "#c2410c",
    Degree.CAUTION: "#8a6d00",
    Degree.NOTE: "#2f5d8a",
}

DARK_ALARM: dict[Degree, str] = {
    Degree.STOP: "#ff8a80",
    Degree.URGENT: "#ffb077",
    Degree.CAUTION: "#e6c75a",
    Degree.NOTE: "#8fc1ee",
}

# On a field of 16 by 16; the font has no such signs, so they are drawn.
SHAPES: dict[Degree, str] = {
    Degree.STOP: "M1.5 1.5H14.5V14.5H1.5Z",
    Degree.URGENT: "M8 1L15.5 14.5H0.5Z",
    Degree.CAUTION: "M8 0.5L15.5 8L8 15.5L0.5 8Z",
    Degree.NOTE: "M8 1.5A6.5 6.5 0 1 1 8 14.5A6.5 6.5 0 1 1 8 1.5Z",
}

BONE, TUMOUR, CORD, SAC, ROOT = "#d8c8a8", "#9c2f6f", "#e0b100", "#7fb7c9", "#e8742c"
ARTERY, VEIN, DISC, IMPLANT, CUT = "#c0392b", "#3f6fb5", "#8fa98f", "#8c949c", "#1d9a6c"

STRUCTURES: dict[StructureKind, str] = {
    StructureKind.VERTEBRA: BONE,
    StructureKind.SACRUM: BONE,
    StructureKind.RIB: BONE,
    StructureKind.DISC: DISC,
    StructureKind.CANAL: SAC,
    StructureKind.SAC: SAC,
    StructureKind.CORD: CORD,
    StructureKind.NERVE_ROOT: ROOT,
    StructureKind.AORTA: ARTERY,
    StructureKind.VENA_CAVA: VEIN,
    StructureKind.LIVER: VEIN,
    StructureKind.TUMOUR: TUMOUR,
}

MARGIN_BANDS = ("#00224e", "#434e6c", "#7d7c78", "#bcae6c", "#fee838")
"""``cividis`` at five even steps: bands of margin from none to wide, told apart by every eye and in grey."""

FONT, FONT_BOLD = "IBM Plex Sans", "IBM Plex Sans SmBld"


def lighter(colour: str, share: float) -> str:
    """The colour moved towards white by ``share``; the dark ground asks for ten per cent.

    Examples
    --------
    >>> lighter("#000000", 0.5)
    '#808080'
    """
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)


def rgb(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of the colour, each 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return (red, green, blue)
