"""The soft parts of the neck."""

from __future__ import annotations

from collections.abc import Callable

from enbloc.phantom.scanner import Canvas, Shape, Tissue
from enbloc.phantom.tissue import AIR, BLOOD, MUSCLE

Place = tuple[tuple[float, float], tuple[float, float]]
"""Where a strand runs: (left, back) of each body's centre, mm, and its radii across and deep."""

_PAIRED: tuple[tuple[Place, Tissue], ...] = (
    (((13.0, 38.0), (12.0, 11.0)), MUSCLE),  # semispinalis and multifidus
    (((27.0, 29.0), (12.0, 9.0)), MUSCLE),  # splenius and levator
    (((17.0, 53.0), (19.0, 5.0)), MUSCLE),  # trapezius
    (((31.0, 6.0), (8.0, 9.0)), MUSCLE),  # scalenes
    (((43.0, -6.0), (7.0, 15.0)), MUSCLE),  # sternocleidomastoid
    (((8.0, -11.5), (7.0, 3.5)), MUSCLE),  # longus colli
    (((24.0, -15.0), (3.4, 3.4)), BLOOD),  # carotid artery
    (((31.0, -12.0), (5.2, 4.6)), BLOOD),  # jugular vein
)
_MIDDLE: tuple[tuple[Place, Tissue], ...] = (
    (((0.0, -21.0), (9.0, 4.5)), MUSCLE),  # gullet
    (((0.0, -34.0), (11.0, 10.5)), MUSCLE),  # windpipe
    (((0.0, -34.0), (8.5, 8.0)), AIR),
)


def lay_neck(canvas: Canvas, strand: Callable[[Place], Shape]) -> None:
    """Lay muscles, great vessels and windpipe beside the cervical levels that ``strand`` follows."""
    for ((left, back), radii), tissue in _PAIRED:
        for sign in (1.0, -1.0):
            canvas.lay(strand(((sign * left, back), radii)), tissue)
    for place, tissue in _MIDDLE:
        canvas.lay(strand(place), tissue)
