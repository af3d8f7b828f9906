"""What is measured of one vertebra."""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Fact, Subject, Unit, number, yes_no
from enbloc.case.geometry import Plane, Pose


class LabelTrust(Enum):
    """How far the label of a vertebra can be relied on; the reasons stand in the notes."""

    SOUND = "sound"
    DOUBTFUL = "doubtful"
    UNUSABLE = "unusable"


LABEL_TRUST = Fact(
    id="vertebra.label",
    words="trust in the label of the vertebra",
    type=LabelTrust,
    about=Subject.LEVEL,
    ask="vertebra label, checked by a person",
)
POSE: Fact[Pose] = Fact(
    id="vertebra.pose", words="frame of the vertebra", type=Pose, about=Subject.LEVEL, ask="vertebra label"
)
INCOMPLETE = yes_no("vertebra.incomplete", "cut by the edge of the scan", Subject.LEVEL, "scan of the whole vertebra")
BODY_VOLUME = number("body.volume", "volume of the vertebral body", Subject.LEVEL, Unit.CC, 0, 120, "vertebra label")
HEIGHT_ANTERIOR = number(
    "body.height_anterior", "anterior body height", Subject.LEVEL, Unit.MM, 0, 60, "CT of the vertebra"
)
HEIGHT_MIDDLE = number("body.height_middle", "middle body height", Subject.LEVEL, Unit.MM, 0, 60, "CT of the vertebra")
HEIGHT_POSTERIOR = number(
    "body.height_posterior", "posterior body height", Subject.LEVEL, Unit.MM, 0, 60, "CT of the vertebra"
)
COLLAPSE = number(
    "body.collapse",
    "loss of body height against the neighbours",
    Subject.LEVEL,
    Unit.PERCENT,
    -50,
    100,
    "CT of the vertebra and a neighbour",
)
TRANSLATION = number(
    "vertebra.translation",
    "translation on the vertebra below",
    Subject.LEVEL,
    Unit.MM,
    -60,
    60,
    "CT of the vertebra and the one below",
)
ANGULATION = number(
    "vertebra.angulation",
    "local kyphosis beyond the trend of the neighbours",
    Subject.LEVEL,
    Unit.DEGREE,
    -90,
    90,
    "CT of the vertebra and its neighbours",
)
EXPECTED_ANTERIOR = number(
    "body.expected_anterior",
    "anterior body height expected from the neighbours",
    Subject.LEVEL,
    Unit.MM,
    0,
    60,
    "CT of the vertebra and its neighbours",
)
LOSS_ANTERIOR = number(
    "body.loss_anterior",
    "loss of anterior body height against the neighbours",
    Subject.LEVEL,
    Unit.PERCENT,
    -50,
    100,
    "CT of the vertebra and its neighbours",
)
EXPECTED_MIDDLE = number(
    "body.expected_middle",
    "middle body height expected from the neighbours",
    Subject.LEVEL,
    Unit.MM,
    0,
    60,
    "CT of the vertebra and its neighbours",
)
LOSS_MIDDLE = number(
    "body.loss_middle",
    "loss of middle body height against the neighbours",
    Subject.LEVEL,
    Unit.PERCENT,
    -50,
    100,
    "CT of the vertebra and its neighbours",
)
EXPECTED_POSTERIOR = number(
    "body.expected_posterior",
    "posterior body height expected from the neighbours",
    Subject.LEVEL,
    Unit.MM,
    0,
    60,
    "CT of the vertebra and its neighbours",
)
LOSS_POSTERIOR = number(
    "body.loss_posterior",
    "loss of posterior body height against the neighbours",
    Subject.LEVEL,
    Unit.PERCENT,
    -50,
    100,
    "CT of the vertebra and its neighbours",
)
ENDPLATE_UPPER: Fact[Plane] = Fact(
    id="body.endplate_upper", words="upper endplate", type=Plane, about=Subject.LEVEL, ask="CT of the vertebra"
)
ENDPLATE_LOWER: Fact[Plane] = Fact(
    id="body.endplate_lower", words="lower endplate", type=Plane, about=Subject.LEVEL, ask="CT of the vertebra"
)
BODY_DEPTH = number("body.depth", "depth of the vertebral body", Subject.LEVEL, Unit.MM, 0, 80, "CT of the vertebra")
BODY_WIDTH = number("body.width", "width of the vertebral body", Subject.LEVEL, Unit.MM, 0, 100, "CT of the vertebra")
SAGITTAL_WEDGE = number(
    "body.sagittal_wedge",
    "angle between the endplates in the sagittal plane, front lower positive",
    Subject.LEVEL,
    Unit.DEGREE,
    -90,
    90,
    "CT of the vertebra",
)
CORONAL_WEDGE = number(
    "body.coronal_wedge",
    "angle between the endplates in the coronal plane, left lower positive",
    Subject.LEVEL,
    Unit.DEGREE,
    -90,
    90,
    "CT of the vertebra",
)
LOCAL_KYPHOSIS = number(
    "vertebra.local_kyphosis",
    "kyphosis between the endplates that face the vertebra from above and below",
    Subject.LEVEL,
    Unit.DEGREE,
    -90,
    90,
    "CT of the vertebra and its neighbours",
)
LATERAL_TRANSLATION = number(
    "vertebra.translation_lateral",
    "translation on the vertebra below, left positive",
    Subject.LEVEL,
    Unit.MM,
    -60,
    60,
    "CT of the vertebra and the one below",
)
SLIP = number(
    "vertebra.slip",
    "translation in per cent of the depth of the endplate below",
    Subject.LEVEL,
    Unit.PERCENT,
    -150,
    150,
    "CT of the vertebra and the one below",
)
CANAL_AREA = number(
    "canal.area",
    "area of the canal at its narrowest beside the vertebra",
    Subject.LEVEL,
    Unit.MM2,
    0,
    1500,
    "canal label",
)
CANAL_DEPTH = number(
    "canal.depth",
    "depth of the canal at its narrowest beside the vertebra",
    Subject.LEVEL,
    Unit.MM,
    0,
    60,
    "canal label",
)
CANAL_COMPROMISE = number(
    "canal.compromise",
    "loss of canal area against the neighbours",
    Subject.LEVEL,
    Unit.PERCENT,
    -100,
    100,
    "canal label here and at the neighbours",
)
CANAL_DEPTH_LOSS = number(
    "canal.mcc",
    "loss of canal depth against the neighbours (MCC)",
    Subject.LEVEL,
    Unit.PERCENT,
    -100,
    100,
    "canal label here and at the neighbours",
)
CORD_AREA = number(
    "cord.area",
    "area of the cord at its smallest beside the vertebra",
    Subject.LEVEL,
    Unit.MM2,
    0,
    400,
    "cord label (T2)",
)
CORD_DEPTH = number(
    "cord.depth",
    "depth of the cord at its smallest beside the vertebra",
    Subject.LEVEL,
    Unit.MM,
    0,
    30,
    "cord label (T2)",
)
CORD_DEPTH_LOSS = number(
    "cord.mscc",
    "loss of cord depth against the neighbours (MSCC)",
    Subject.LEVEL,
    Unit.PERCENT,
    -200,
    100,
    "cord label (T2) here and at the neighbours",
)
CORD_DEPTH_TO_WIDTH = number(
    "cord.compression_ratio", "depth of the cord over its width", Subject.LEVEL, Unit.SHARE, 0, 3, "cord label (T2)"
)
PEDICLE_WIDTH_LEFT = number(
    "pedicle.width_left",
    "width of the left pedicle at its isthmus",
    Subject.LEVEL,
    Unit.MM,
    0,
    40,
    "CT of the vertebra",
)
PEDICLE_HEIGHT_LEFT = number(
    "pedicle.height_left",
    "height of the left pedicle at its isthmus",
    Subject.LEVEL,
    Unit.MM,
    0,
    50,
    "CT of the vertebra",
)
PEDICLE_TRANSVERSE_LEFT = number(
    "pedicle.transverse_angle_left",
    "convergence of the axis of the left pedicle, towards the midline in front positive",
    Subject.LEVEL,
    Unit.DEGREE,
    -60,
    90,
    "CT of the vertebra",
)
PEDICLE_SAGITTAL_LEFT = number(
    "pedicle.sagittal_angle_left",
    "slope of the axis of the left pedicle, down in front positive",
    Subject.LEVEL,
    Unit.DEGREE,
    -90,
    90,
    "CT of the vertebra",
)
PEDICLE_WIDTH_RIGHT = number(
    "pedicle.width_right",
    "width of the right pedicle at its isthmus",
    Subject.LEVEL,
    Unit.MM,
    0,
    40,
    "CT of the vertebra",
)
PEDICLE_HEIGHT_RIGHT = number(
    "pedicle.height_right",
    "height of the right pedicle at its isthmus",
    Subject.LEVEL,
    Unit.MM,
    0,
    50,
    "CT of the vertebra",
)
PEDICLE_TRANSVERSE_RIGHT = number(
    "pedicle.transverse_angle_right",
    "convergence of the axis of the right pedicle, towards the midline in front positive",
    Subject.LEVEL,
    Unit.DEGREE,
    -60,
    90,
    "CT of the vertebra",
)
PEDICLE_SAGITTAL_RIGHT = number(
    "pedicle.sagittal_angle_right",
    "slope of the axis of the right pedicle, down in front positive",
    Subject.LEVEL,
    Unit.DEGREE,
    -90,
    90,
    "CT of the vertebra",
)
REGISTRATION_RESIDUAL = number(
    "vertebra.registration_residual",
    "distance left between the two labels of the vertebra after registration",
    Subject.LEVEL,
    Unit.MM,
    0,
    100,
    "the vertebra labelled on both examinations",
)

# --- of the whole column, so about the patient
NUMBERING_DOUBTFUL = yes_no(
    "spine.numbering_doubtful",
    "names of the levels in doubt",
    Subject.PATIENT,
    "count of the levels from C2 or the sacrum",
)
COBB_CORONAL = number(
    "spine.cobb_coronal",
    "largest Cobb angle in the coronal plane",
    Subject.PATIENT,
    Unit.DEGREE,
    0,
    180,
    "CT of the column",
)
COBB_KYPHOSIS = number(
    "spine.cobb_kyphosis",
    "largest kyphosis between two labelled vertebrae",
    Subject.PATIENT,
    Unit.DEGREE,
    0,
    180,
    "CT of the column",
)
COBB_LORDOSIS = number(
    "spine.cobb_lordosis",
    "largest lordosis between two labelled vertebrae",
    Subject.PATIENT,
    Unit.DEGREE,
    0,
    180,
    "CT of the column",
)
COBB_3D = number(
    "spine.cobb_3d",
    "largest angle in space between two labelled endplates",
    Subject.PATIENT,
    Unit.DEGREE,
    0,
    180,
    "CT of the column",
)
