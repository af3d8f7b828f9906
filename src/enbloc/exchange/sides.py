"""Whether left lies left: a label map whose array was turned on its grid names the sides wrongly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from enbloc.case.anatomy import Side, Structure
from enbloc.case.image import LabelMap
from enbloc.errors import RecordError


def sides_held(drawn: LabelMap) -> tuple[str, ...]:
    """What is odd about the sides of a map's paired structures (ribs, nerve roots), in sentences.

    A map without pairs cannot be judged: then the sides that the report prints are all there is to look at.

    Raises
    ------
    RecordError
        If most of its left structures lie on the patient's right: left and right are exchanged.
    """
    wrong, pairs = [], 0
    for named in drawn.boxes:
        other = replace(named, side=Side.RIGHT)
        if named.side is Side.LEFT and other in drawn.boxes:
            pairs += 1
            if _leftward_mm(drawn, named) <= _leftward_mm(drawn, other):
                wrong.append(str(named))
    if 2 * len(wrong) > pairs:
        raise RecordError(
            f"Left and right are exchanged: {wrong[0]} lies on the patient's right.",
            remedy="Export it again from the image, without turning its voxels.",
            where=drawn.document,
        )
    return tuple(f"{drawn.document}: {name} lies to the right of its counterpart." for name in wrong)


def _leftward_mm(drawn: LabelMap, named: Structure) -> float:
    """How far to the patient's left the middle of a structure's box lies; LPS, so +x."""
    middle = np.array([[(part.start + part.stop - 1) / 2 for part in drawn.boxes[named]]])
    return float(drawn.grid.points_mm(middle)[0, 0])
