"""The words in which a reader reports: classes and grades of published scales, each a fact beside ours."""

from __future__ import annotations

from enum import Enum


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
