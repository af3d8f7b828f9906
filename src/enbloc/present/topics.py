"""What is measured, by the question it answers: which numbers stand together in a table and share a picture."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.fact import Fact, Subject
from enbloc.value import value


@value
class Topic:
    """Facts that are read together: ``key`` names a picture's file, ``words`` head a table."""

    key: str
    words: str
    about: Subject
    facts: tuple[Fact[Any], ...]
    of_soft_tissue: bool = False  # best seen on an MR


TOPICS: tuple[Topic, ...] = (
    Topic(
        key="canal",
        words="canal, sac and cord beside the tumour",
        about=Subject.LESION,
        facts=(
            f.EPIDURAL_AREA,
            f.SAC_AREA_RATIO,
            f.CORD_AREA_RATIO,
            f.CSF_SHARE,
            f.CORD_DISTANCE,
            f.CORD_SHIFT,
            f.SAC_INDENTATION,
            f.CORD_FLATTENING,
            f.EPIDURAL_TURN,
            f.EPIDURAL_LENGTH,
            f.EPIDURAL_SLICES,
            f.EPIDURAL_AT,
            f.CORD_LEVEL,
            f.OTHER_COMPRESSION,
            f.CANAL_PROFILE,
            f.EXTRADURAL_SHARE,
            f.EXTRAMEDULLARY_SHARE,
            f.INTRAMEDULLARY_SHARE,
        ),
        of_soft_tissue=True,
    ),
    Topic(
        key="size",
        words="size of the tumour",
        about=Subject.LESION,
        facts=(
            f.VOLUME,
            f.DIAMETER,
            f.AXIAL_DIAMETER,
            f.SHORT_DIAMETER,
            f.SOFT_TISSUE_DIAMETER,
            f.LENGTH,
            f.PIECES,
            f.LEVELS,
            f.LEVELS_OPEN,
            f.MAIN_LEVEL,
            f.CENTRE,
        ),
    ),
    Topic(
        key="sectors",
        words="sectors, layers and sites",
        about=Subject.LESION,
        facts=(
            f.WBB_SECTORS,
            f.WBB_SECTORS_OPEN,
            f.WBB_LAYERS,
            f.WBB_LAYERS_OPEN,
            f.TOMITA_SITES,
            f.TOMITA_SITES_OPEN,
            f.COX_SECTORS,
            f.COX_SECTORS_OPEN,
            f.TABLE,
        ),
    ),
    Topic(
        key="parts",
        words="share of the vertebra that is tumour",
        about=Subject.LESION,
        facts=(
            f.BODY_SHARE,
            f.POSTEROLATERAL_LEFT,
            f.POSTEROLATERAL_LEFT_SHARE,
            f.POSTEROLATERAL_RIGHT,
            f.POSTEROLATERAL_RIGHT_SHARE,
            f.FORAMEN_LEFT,
            f.FORAMEN_RIGHT,
            f.PART_SHARES,
        ),
    ),
    Topic(
        key="bone",
        words="bone of the lesion",
        about=Subject.LESION,
        facts=(
            f.LYTIC_SHARE,
            f.BLASTIC_SHARE,
            f.DENSITY,
            f.NORMAL_DENSITY,
            f.DENSITY_LOSS,
            f.CORTICAL_BREACH,
            f.POSTERIOR_WALL_BREACH,
        ),
    ),
    Topic(key="clearances", words="distance to what must be spared", about=Subject.LESION, facts=(f.CLEARANCES,)),
    Topic(
        key="change",
        words="change since the earlier examination",
        about=Subject.LESION,
        facts=(
            f.SINCE,
            f.VOLUME_CHANGE,
            f.VOLUME_CHANGE_PERCENT,
            f.DIAMETER_CHANGE,
            f.DIAMETER_CHANGE_PERCENT,
            f.DENSITY_CHANGE,
            f.COLLAPSE_CHANGE,
            f.EPIDURAL_CHANGE,
            f.NEW_EPIDURAL,
        ),
    ),
    Topic(
        key="heights",
        words="heights of the body",
        about=Subject.LEVEL,
        facts=(
            f.COLLAPSE,
            f.HEIGHT_ANTERIOR,
            f.HEIGHT_MIDDLE,
            f.HEIGHT_POSTERIOR,
            f.EXPECTED_ANTERIOR,
            f.EXPECTED_MIDDLE,
            f.EXPECTED_POSTERIOR,
            f.LOSS_ANTERIOR,
            f.LOSS_MIDDLE,
            f.LOSS_POSTERIOR,
        ),
    ),
    Topic(
        key="alignment",
        words="alignment with its neighbours",
        about=Subject.LEVEL,
        facts=(f.ANGULATION, f.LOCAL_KYPHOSIS, f.TRANSLATION, f.SLIP, f.LATERAL_TRANSLATION),
    ),
    Topic(
        key="narrowing",
        words="canal and cord at the level",
        about=Subject.LEVEL,
        facts=(
            f.CANAL_AREA,
            f.CANAL_COMPROMISE,
            f.CANAL_DEPTH,
            f.CANAL_DEPTH_LOSS,
            f.CORD_AREA,
            f.CORD_DEPTH,
            f.CORD_DEPTH_LOSS,
            f.CORD_DEPTH_TO_WIDTH,
        ),
        of_soft_tissue=True,
    ),
    Topic(
        key="shape",
        words="shape of the body",
        about=Subject.LEVEL,
        facts=(f.SAGITTAL_WEDGE, f.CORONAL_WEDGE, f.BODY_DEPTH, f.BODY_WIDTH, f.BODY_VOLUME),
    ),
    Topic(
        key="left-pedicle",
        words="left pedicle",
        about=Subject.LEVEL,
        facts=(f.PEDICLE_WIDTH_LEFT, f.PEDICLE_HEIGHT_LEFT, f.PEDICLE_TRANSVERSE_LEFT, f.PEDICLE_SAGITTAL_LEFT),
    ),
    Topic(
        key="right-pedicle",
        words="right pedicle",
        about=Subject.LEVEL,
        facts=(f.PEDICLE_WIDTH_RIGHT, f.PEDICLE_HEIGHT_RIGHT, f.PEDICLE_TRANSVERSE_RIGHT, f.PEDICLE_SAGITTAL_RIGHT),
    ),
    Topic(
        key="label",
        words="label and frame",
        about=Subject.LEVEL,
        facts=(f.LABEL_TRUST, f.INCOMPLETE, f.REGISTRATION_RESIDUAL, f.ENDPLATE_UPPER, f.ENDPLATE_LOWER, f.POSE),
    ),
    Topic(
        key="curves",
        words="curves of the column",
        about=Subject.PATIENT,
        facts=(f.COBB_CORONAL, f.COBB_KYPHOSIS, f.COBB_LORDOSIS, f.COBB_3D, f.NUMBERING_DOUBTFUL),
    ),
)
"""Every measured fact stands in exactly one of them, the most telling first."""

SHORT: dict[Fact[Any], str] = {
    f.COLLAPSE: "height loss",
    f.ANGULATION: "beyond the trend",
    f.LOCAL_KYPHOSIS: "local kyphosis",
    f.SAGITTAL_WEDGE: "wedge",
    f.CORONAL_WEDGE: "wedge",
    f.COBB_CORONAL: "Cobb",
    f.COBB_KYPHOSIS: "kyphosis",
    f.COBB_LORDOSIS: "lordosis",
    f.COBB_3D: "angle in space",
    f.EPIDURAL_AREA: "epidural tumour",
    f.SAC_AREA_RATIO: "sac area",
    f.CORD_AREA_RATIO: "cord area",
    f.CSF_SHARE: "fluid round the cord",
    f.CORD_FLATTENING: "flattening",
    f.EPIDURAL_TURN: "way round",
    f.CANAL_AREA: "canal area",
    f.CORD_AREA: "cord area",
    f.BODY_SHARE: "of the body",
    f.POSTEROLATERAL_LEFT_SHARE: "left",
    f.POSTEROLATERAL_RIGHT_SHARE: "right",
    f.PEDICLE_TRANSVERSE_LEFT: "convergence",
    f.PEDICLE_TRANSVERSE_RIGHT: "convergence",
    f.PEDICLE_SAGITTAL_LEFT: "slope",
    f.PEDICLE_SAGITTAL_RIGHT: "slope",
}
"""What stands on a picture beside a number that is no length: what is not here stands below it alone."""

_OF = {named.id: topic for topic in TOPICS for named in topic.facts}
_RANK = {named.id: rank for rank, named in enumerate(named for topic in TOPICS for named in topic.facts)}


def topic_of(fact: str) -> Topic | None:
    """The topic of the fact with this id; nothing for what a person states."""
    return _OF.get(fact)


def rank(fact: str) -> int:
    """How early a fact stands among all; what is in no topic stands last.

    Examples
    --------
    >>> rank(f.COLLAPSE.id) < rank(f.HEIGHT_MIDDLE.id) < rank("sins.pain")
    True
    """
    return _RANK.get(fact, len(_RANK))
