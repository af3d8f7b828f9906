"""What a measurement of vertebrae and their alignment depends on and no image gives: named, with its source."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

SLAB_WIDTH = project_value("width of the sagittal slab for body heights", 10.0, "mm", "=", source="staging 1.4.2")
COLLAPSE_ERROR = project_value("least error of collapse", 5.0, "percentage points", "±", source="staging 1.4.3")
COLLAPSE_ERROR_ONE_NEIGHBOUR = project_value(
    "least error of collapse with one neighbour", 10.0, "percentage points", "±", source="staging 1.4.3"
)
COLLAPSE_ERROR_PER_LEVEL = project_value(
    "more error of collapse for each level to a single neighbour", 5.0, "percentage points", "+", source="staging 1.4.3"
)
SPREAD_OF_AXES = project_value("canal seen for the axis of a vertebra, each way", 14.0, "mm", "=", source="planning 1")
CURVE_BIN = project_value(
    "length of the pieces of canal that the curve runs through", 8.0, "mm", "=", source="planning 1"
)
CURVE_SPREAD = project_value(
    "how far the middle of a piece of canal is off its curve", 0.6, "mm", "±", source="phantoms"
)
ALIKE = project_value(
    "share of an arch that is mirrored onto itself, so that it tells left and right", 0.6, "", "≥", source="phantoms"
)
AXIS_OF_CANAL = project_value(
    "how far the canal and the neighbours are from the axis of a vertebra, usually", 2.0, "°", "±", source="phantoms"
)
AXIS_OF_ENDPLATES = project_value(
    "angle between canal and endplates beyond which the axis of a vertebra is the canal's",
    20.0,
    "°",
    "≤",
    source="planning 1",
)
ENDPLATE_TRIM = project_value("share of an endplate that may be wrong", 30.0, "%", "≤", source="planning 1")
ENDPLATE_OFF = project_value(
    "share of an endplate off its plane that leaves it without one", 50.0, "%", ">", source="planning 1"
)
HOLE_AREA = project_value("least opening of a ring of bone that is a canal", 60.0, "mm²", "≥", source="planning 1")
HOLE_LENGTH = project_value("least length of a ring of bone that is a canal", 4.0, "mm", "≥", source="planning 1")

# --- trust in labels
LEAST_LABEL = project_value("least volume of a label that is a vertebra", 1.0, "cc", "≥", source="hazard H27")
PIECE_VOLUME = project_value("volume of a further piece of a label that counts", 0.5, "cc", "≥", source="hazard H27")
PIECE_DISTANCE = project_value(
    "distance of a further piece of a label that is another bone", 15.0, "mm", "≥", source="hazard H27"
)
WIDE_SPACING = project_value(
    "spacing of two vertebrae, of their neighbours', that leaves one out", 1.5, "times", "≥", source="hazard H1"
)
NARROW_SPACING = project_value(
    "spacing of two vertebrae, of their neighbours', that counts one twice", 0.6, "times", "≤", source="hazard H1"
)
BESIDE_SACRUM = project_value(
    "height of the middle of L5 above the sacrum, of the spacing of the vertebrae", 0.8, "times", "≤", source="H1"
)
TWO_IN_ONE = project_value(
    "size of a label, of its neighbours', that holds two vertebrae", 1.6, "times", "≥", source="hazard H27"
)
PART_OF_ONE = project_value(
    "area that a label reaches over, of its neighbours', that is a part of a vertebra", 0.6, "times", "≤", source="H27"
)
BONE_CONTRAST = project_value(
    "density of a label above its surroundings that is bone", 40.0, "HU", "≥", source="hazard H27"
)
BETTER_TURNED = project_value(
    "contrast of labels turned round, of that as given, that fits better", 1.15, "times", "≥", source="hazard H2"
)
OFF_MIDLINE = project_value("distance from the midline that is a side", 5.0, "mm", "≥", source="hazard H2")
LEAST_ISTHMUS = project_value("least section of bone that is a pedicle", 15.0, "mm²", "≥", source="planning 1")
PEDICLE_FLARE = project_value(
    "section of a pedicle over its isthmus at which body or arch begins", 1.5, "times", ">", source="planning 1"
)
COSTOVERTEBRAL_REACH = project_value(
    "bone at the joint of a rib, from where its head and tubercle meet the vertebra",
    7.0,
    "mm",
    "≤",
    source="staging 1.4.5",
)
SUBREGIONS_SHARE = project_value(
    "share of a vertebra that labels of sub-regions must name to be used", 50.0, "%", "≥", source="planning 1"
)

PARAMETERS: tuple[Threshold, ...] = tuple(held for held in list(globals().values()) if isinstance(held, Threshold))
"""All of them, for the provenance of a result."""
