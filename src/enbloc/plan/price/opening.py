"""Bone that is taken away on the way in, part by part: it is in no specimen, and the patient misses it all the same."""

from __future__ import annotations

from enbloc.case.anatomy import Level, Part, Side
from enbloc.value import value

Opened = tuple[Part, Side | None]
"""A part of a vertebra with its side; the body and the spinous process have none."""

ARCH: tuple[Opened, ...] = (
    (Part.SPINOUS_PROCESS, None),
    *((part, side) for part in (Part.LAMINA, Part.FACET, Part.TRANSVERSE_PROCESS) for side in Side),
)
"""The arch behind the pedicles."""
LAMINAE: tuple[Opened, ...] = ((Part.SPINOUS_PROCESS, None), *((Part.LAMINA, side) for side in Side))
"""What a laminectomy takes."""


@value
class Opening:
    """Parts of one vertebra that are taken away piecemeal, as far as they are not in a specimen."""

    level: Level
    parts: tuple[Opened, ...]
