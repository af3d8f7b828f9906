"""Bone that is taken away on the way in, part by part: it is in no specimen, and the patient misses it all the same."""

from __future__ import annotations

from enbloc.case.anatomy import Level, Part, Side
from enbloc.errors import RecordError
from enbloc.measure.spine.parts import CODES
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
    """Parts of one vertebra that are taken away piecemeal, as far as they are not in a specimen.

    Raises
    ------
    RecordError
        If a part lacks its side, or has one where there is none.
    """

    level: Level
    parts: tuple[Opened, ...]

    def __post_init__(self) -> None:
        for part, side in self.parts:
            if (part, side) not in CODES:
                said = f"a {side.value} {part.value}" if side else f"a {part.value} without a side"
                raise RecordError(f"A vertebra has no such part as {said}.", remedy="Give pairs of part and side.")


@value
class Unopened:
    """An opening of which nobody can tell what it takes, and ``why``."""

    opening: Opening
    why: str

    @property
    def level(self) -> Level:
        return self.opening.level

    @property
    def may_take_body(self) -> bool:
        """Whether bone of the body is among what is opened."""
        return any(part is Part.BODY for part, _ in self.opening.parts)

    def __str__(self) -> str:
        return f"what is opened of {self.level} is not known: {self.why}"
