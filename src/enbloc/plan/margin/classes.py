"""What a margin amounts to, face by face, and against what stage and policy ask for.

How wide a plane ran through normal tissue is for the pathologist to say, so a margin that is known to be there is
marginal or wide. The table of recommended margins is that of ``stage.surgical.enneking_appropriate``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from enbloc.case.finding import Interval
from enbloc.case.geometry import Pose, Triple
from enbloc.errors import RecordError
from enbloc.plan.margin.margin import Margin, MarginClass
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.surgical.enneking import Stage
from enbloc.stage.surgical.enneking_appropriate import ENNEKING_APPROPRIATE, ROWS, Policy
from enbloc.stage.surgical.enneking_appropriate import Margin as Graded
from enbloc.value import value

PREDICTED = "predicted from the plan: the margin that counts is pathology's"


class Face(Enum):
    """A face of the specimen, by the patient's own sides; the dural one is whatever lies along the dura."""

    POSTERIOR = "posterior"
    ANTERIOR = "anterior"
    LEFT = "left"
    RIGHT = "right"
    CRANIAL = "cranial"
    CAUDAL = "caudal"
    DURAL = "dural"


_ALONG = ((Face.LEFT, Face.RIGHT), (Face.POSTERIOR, Face.ANTERIOR), (Face.CRANIAL, Face.CAUDAL))
_ORDER = tuple(MarginClass)  # worst first


@value
class FaceMargin:
    """The margin of one face; without a number nothing bounds it, ``barrier`` says so, and every class stays open.

    ``each`` holds the margin to everything on the face, the nearest first: also to cortex or disc that a blade lies
    beyond, and that so bounds nothing.
    """

    face: Face
    mm: float | None
    interval: Interval | None
    at_mm: Triple | None
    barrier: str
    classes: tuple[MarginClass, ...]
    each: tuple[Margin, ...] = ()


@value
class Appropriateness:
    """The predicted margin against the recommended one, under one policy; ``recommended`` holds one for each stage."""

    policy: Policy
    recommended: tuple[str, ...]
    score: Score


def possible(*, is_opened: bool, low_mm: float) -> tuple[MarginClass, ...]:
    """What a margin can amount to: opened is intralesional, and one whose interval reaches zero may be.

    Examples
    --------
    >>> [one.value for one in possible(is_opened=False, low_mm=0.4)]
    ['marginal', 'wide']
    """
    if is_opened:
        return (MarginClass.INTRALESIONAL,)
    if low_mm <= 0:
        return (MarginClass.INTRALESIONAL, MarginClass.MARGINAL)
    return (MarginClass.MARGINAL, MarginClass.WIDE)


def worst_of(each: Sequence[Sequence[MarginClass]]) -> tuple[MarginClass, ...]:
    """What the worst of several margins can be, when each may be any of its own classes.

    Examples
    --------
    >>> marginal, wide = MarginClass.MARGINAL, MarginClass.WIDE
    >>> [one.value for one in worst_of([[marginal, wide], [wide]])]
    ['marginal', 'wide']
    """
    best = min(max(_ORDER.index(one) for one in held) for held in each)
    reached = {one for held in each for one in held if _ORDER.index(one) <= best}
    return tuple(one for one in _ORDER if one in reached)


def faces_of(ways: NDArray[np.float64], frame: Pose, *, is_dural: bool) -> NDArray[np.int64]:
    """The face, by its place in ``Face``, that each of ``ways`` leaves the specimen through; (n, 3) to (n,)."""
    if is_dural:
        return np.full(len(ways), list(Face).index(Face.DURAL), np.int64)
    # Voxels lie along even diagonals, and no frame is known so well that it could decide about those.
    own = np.round(ways @ frame.rotation, 4)
    axis = np.abs(own).argmax(axis=1)
    is_back = np.take_along_axis(own, axis[:, None], axis=1)[:, 0] < 0
    table = np.array([[list(Face).index(face) for face in pair] for pair in _ALONG], np.int64)
    return np.asarray(table[axis, is_back.astype(np.intp)])


def unbounded(face: Face) -> FaceMargin:
    """A face without a cut and without a labelled barrier."""
    return FaceMargin(
        face=face, mm=None, interval=None, at_mm=None, barrier="no cut and no labelled barrier", classes=_ORDER
    )


def face_of(face: Face, margins: Sequence[Margin], beside: Sequence[Margin] = ()) -> FaceMargin:
    """The nearest of the margins of a face, with what the worst of them can amount to; ``beside`` are only told."""
    in_order = sorted(margins, key=lambda margin: margin.mm)
    nearest = in_order[0]
    ends = [(margin.interval.low, margin.interval.high) for margin in margins]
    return FaceMargin(
        face=face,
        mm=nearest.mm,
        interval=Interval(low=min(low for low, _ in ends), high=min(high for _, high in ends)),
        at_mm=nearest.at_mm,
        barrier=nearest.barrier,
        classes=worst_of(tuple(margin.classes for margin in margins)),
        each=tuple(sorted((*margins, *beside), key=lambda margin: margin.mm)),
    )


def appropriateness(
    classes: Sequence[MarginClass],
    stages: Sequence[Stage],
    *,
    about: str,
    adjuvant: bool | None = None,
    contaminated: bool | None = None,
) -> tuple[Appropriateness, ...]:
    """The predicted margin judged under both policies, by the instrument of the stage, every result that is possible.

    Without a stage every stage is possible; an answer that is None stays open.

    Raises
    ------
    RecordError
        If no class of margin is given.

    Examples
    --------
    >>> [found.score.categories for found in appropriateness(
    ...     (MarginClass.MARGINAL,), (Stage.S3,), about="A", adjuvant=False, contaminated=False)]
    [('Enneking inappropriate',), ('Enneking appropriate',)]
    """
    if not classes:
        raise RecordError("There is no margin to judge.", remedy="Give the classes that it can have.")
    known = {"operated": (True,), "margin": tuple(_graded(one) for one in classes)}
    known |= {"stage": tuple(stages)} if stages else {}
    known |= {"adjuvant": (adjuvant,)} if adjuvant is not None else {}
    known |= {"contaminated": (contaminated,)} if contaminated is not None else {}
    found = []
    for policy in Policy:
        score = judged(ENNEKING_APPROPRIATE, {**known, "policy": (policy,)}, about=about)
        rows = [ROWS[policy][stage] for stage in stages if stage in ROWS[policy]]
        recommended = tuple(dict.fromkeys(str(row.recommended.value) for row in rows))
        score = replace(score, flags=(PREDICTED, *score.flags))
        found.append(Appropriateness(policy=policy, recommended=recommended, score=score))
    return tuple(found)


def _graded(one: MarginClass) -> Graded:
    return next(graded for graded in Graded if graded.value == one.value)
