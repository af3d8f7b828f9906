"""Solid pictures."""

from __future__ import annotations

from enbloc.case.geometry import Triple
from enbloc.case.image import Images
from enbloc.follow.result import Workup
from enbloc.present.drawing import Picture


def solid_pictures(workup: Workup, images: Images, lesion: str, centre: Triple) -> tuple[Picture, ...]:
    """Placeholder until the z-buffer is joined."""
    return ()
