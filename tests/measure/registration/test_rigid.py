"""One vertebra laid onto its other label: every motion here is known, so the error is exact."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Side, Structure, StructureKind, tumour, vertebra
from enbloc.case.image import Images, LabelMap
from enbloc.measure.registration.joining import joined
from enbloc.measure.registration.rigid import STAY, Fit, Motion, judged, laid_onto
from enbloc.measure.registration.surface import Surface, surface_of
from tests.measure.registration.moving import LEVELS, Taken, Triple, error_mm, labelled, motion, together
from tests.sampling import sampled

MOST_MM = 0.3
THICK: Triple = (3.0, 0.8, 0.8)
FINE: Triple = (1.2, 1.2, 1.2)
MILLIMETRE: Triple = (1.0, 1.0, 1.0)
T9 = Level.T9


@cache
def planned() -> Images:
    """The column as the CT shows it."""
    return labelled(together())


def seen(images: Images, level: Level = T9) -> Surface:
    return surface_of(images, images.labels["vertebrae"], level)


def one(true: Motion, *, spacing: Triple = FINE, taken: Taken | None = None, mirrored: bool = False) -> Surface:
    """T9 alone, after a motion."""
    return seen(labelled({T9: true}, spacing=spacing, taken=taken, mirrored=mirrored))


def registered(true: Motion, *, spacing: Triple = FINE, taken: Taken | None = None) -> Fit:
    return laid_onto(one(true, spacing=spacing, taken=taken), seen(planned()))


MOTIONS = [
    pytest.param(turn, about, spacing, id=f"{turn:g} degrees about {about}, slices of {spacing[0]:g} mm")
    for turn in (0.0, 2.0, 5.0, 10.0, 15.0)
    for about in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, -0.5, 0.8))
    for spacing in (MILLIMETRE, THICK, (4.0, 0.9, 0.9))
]


@pytest.mark.parametrize(("turn", "about", "spacing"), sampled(MOTIONS, 7))
def test_a_vertebra_is_laid_where_it_was(turn: float, about: Triple, spacing: Triple) -> None:
    true = motion(turn, about)
    found = registered(true, spacing=spacing)
    assert error_mm(found.motion, true, T9) <= MOST_MM
    assert found.why == ""
    assert found.residual_mm < 1.0
    assert found.residual_mm <= found.far_mm


def right_half(_: Level, before: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(before[:, 0] < 0.0)


def front_half(_: Level, before: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(before[:, 1] < 0.0)


def upper_half(_: Level, before: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(before[:, 2] > 2.0)


@pytest.mark.parametrize("spacing", [MILLIMETRE, THICK], ids=["1 mm", "3 mm slices"])
@pytest.mark.parametrize("lost", [right_half, front_half, upper_half])
def test_a_vertebra_of_which_half_is_gone_is_laid_where_it_was(lost: Taken, spacing: Triple) -> None:
    true = motion(10.0)
    found = registered(true, spacing=spacing, taken=lost)
    assert error_mm(found.motion, true, T9) <= MOST_MM
    assert found.why == ""


def test_it_does_not_matter_which_of_the_two_is_incomplete() -> None:
    true = motion(10.0)
    found = laid_onto(seen(planned()), one(true, taken=upper_half, spacing=MILLIMETRE))
    assert error_mm(found.motion.inverse, true, T9) <= MOST_MM
    assert found.why == ""


def test_the_way_there_and_the_way_back_cancel() -> None:
    here, there = seen(planned()), one(motion(8.0), spacing=(1.2, 0.9, 0.9))
    both = laid_onto(there, here).motion @ laid_onto(here, there).motion
    assert both.turn_deg < 0.3
    assert error_mm(both, STAY, T9) < 0.2


def test_a_motion_is_never_a_reflection() -> None:
    found = laid_onto(one(motion(5.0), mirrored=True), seen(planned()))
    assert np.isclose(np.linalg.det(found.motion.rotation), 1.0)
    np.testing.assert_allclose(found.motion.rotation @ found.motion.rotation.T, np.eye(3), atol=1e-9)


def test_what_is_no_vertebra_is_rejected_with_a_reason() -> None:
    images = labelled({T9: STAY})
    drawn = images.labels["vertebrae"]
    points = drawn.grid.points_mm(np.indices(drawn.grid.shape).reshape(3, -1).T)
    ball = np.linalg.norm(points - seen(images).centroid, axis=1).reshape(drawn.grid.shape) < 17.0
    found = laid_onto(
        seen(replace(images, labels={"vertebrae": replace(drawn, labels=ball.astype(np.uint8))})), seen(planned())
    )
    assert found.why
    assert "found again" in found.why or found.why == f"its two labels stay {found.residual_mm:.1f} mm apart"


def test_a_vertebra_that_stands_on_its_head_is_rejected() -> None:
    upside_down = motion(180.0, (0.0, 1.0, 0.0))
    turned = judged(one(upside_down), seen(planned()), upside_down.inverse)
    assert turned.why == "it would have to be turned by 180°"


def test_a_motion_far_from_any_surface_is_rejected() -> None:
    away = Motion(rotation=np.eye(3), shift_mm=np.array([200.0, 0.0, 0.0]))
    found = judged(one(STAY), seen(planned()), away)
    assert found.why == "only 0 % of its surface is found again"


def test_a_lesion_is_left_out_of_the_comparison() -> None:
    """Bone that a tumour took is lost from the label, yet where the tumour is labelled nothing is compared."""

    def hollow(_: Level, before: NDArray[np.float64]) -> NDArray[np.bool_]:
        return np.asarray(np.linalg.norm(before - np.array([10.0, -8.0, 4.0]), axis=1) < 12.0)

    images = labelled({T9: STAY}, taken=hollow)
    drawn = images.labels["vertebrae"]
    points = drawn.grid.points_mm(np.indices(drawn.grid.shape).reshape(3, -1).T)
    grown = hollow(T9, points).reshape(drawn.grid.shape).astype(np.uint8)
    mass = LabelMap(labels=grown, grid=drawn.grid, names={1: tumour("A")}, on="ct")
    with_lesion = surface_of(replace(images, labels={**images.labels, "tumour": mass}), drawn, T9)
    without = surface_of(images, drawn, T9)
    assert judged(with_lesion, seen(planned()), STAY).share > 0.99
    assert judged(without, seen(planned()), STAY).share < 0.97
    assert not with_lesion.known[grown[_inner(drawn, with_lesion)] > 0].any()


def _inner(drawn: LabelMap, surface: Surface) -> tuple[slice, slice, slice]:
    first = np.rint(drawn.grid.indices(surface.grid.affine[:3, 3][None]))[0].astype(int)
    a, b, c = (slice(int(start), int(start) + size) for start, size in zip(first, surface.grid.shape, strict=True))
    return a, b, c


# --- names and sides --------------------------------------------------------------------------------------------------

DOWN = {Level.T8: Level.T9, Level.T9: Level.T10, Level.T10: Level.T11}
UP = {Level.T8: Level.T7, Level.T9: Level.T8, Level.T10: Level.T9}


@pytest.mark.parametrize(("names", "word", "spacing"), [(DOWN, "above", FINE), (UP, "below", THICK)])
def test_levels_named_one_too_high_or_low_are_doubted(names: dict[Level, Level], word: str, spacing: Triple) -> None:
    found = joined(labelled(together(motion(6.0)), names=names, spacing=spacing), planned())
    assert found.doubt == f"its vertebrae fit those one level {word} better than those of the same name"
    assert not found.holding
    assert found.fits


def test_right_names_are_not_doubted_though_one_vertebra_is_damaged() -> None:
    def damaged(level: Level, before: NDArray[np.float64]) -> NDArray[np.bool_]:
        return front_half(level, before) if level is T9 else np.zeros(len(before), np.bool_)

    true = motion(9.0)
    found = joined(labelled(together(true), taken=damaged), planned())
    assert (found.doubt, list(found.holding)) == ("", list(LEVELS))
    for level, fit in found.holding.items():
        assert error_mm(fit.motion, true, level) <= MOST_MM


def left_process(_: Level, before: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The left half of the arch, so that the vertebra has sides."""
    return np.asarray((before[:, 0] > 12.0) & (before[:, 1] > 10.0))


def test_a_mirror_image_is_refused() -> None:
    two, moved = dict.fromkeys(LEVELS[:2], STAY), dict.fromkeys(LEVELS[:2], motion(6.0))
    fixed = labelled(two, taken=left_process)
    as_it_is = joined(labelled(moved, taken=left_process), fixed)
    mirror = joined(labelled(moved, taken=left_process, mirrored=True), fixed)
    assert as_it_is.doubt == ""
    assert mirror.doubt == "it fits better as its own mirror image: left and right may be exchanged"


def test_exchanged_roots_are_refused_even_where_the_bone_is_symmetric() -> None:
    fixed, moving = with_roots(planned(), 1.0), with_roots(planned(), -1.0)
    found = joined(moving, fixed)
    assert found.doubt.endswith("left and right are exchanged")
    assert joined(with_roots(planned(), 1.0), fixed).doubt == ""


def with_roots(images: Images, sign: float) -> Images:
    """Two blocks beside T9 that are called its roots; with ``sign`` -1 the wrong way round."""
    drawn = images.labels["vertebrae"]
    labels = np.zeros(drawn.grid.shape, np.uint8)
    middle = surface_of(images, drawn, T9).centroid
    names: dict[int, Structure] = {}
    for number, (side, way) in enumerate(zip(sides(), (1.0, -1.0), strict=True), start=1):
        at = np.rint(drawn.grid.indices(middle[None] + np.array([way * sign * 15.0, 0.0, 0.0])))[0].astype(int)
        labels[at[0] - 1 : at[0] + 2, at[1] - 1 : at[1] + 2, at[2] - 1 : at[2] + 2] = number
        names[number] = side
    roots = LabelMap(labels=labels, grid=drawn.grid, names=names, on="ct")
    return replace(images, labels={**images.labels, "roots": roots})


def sides() -> tuple[Structure, Structure]:
    left, right = (Structure(kind=StructureKind.NERVE_ROOT, level=T9, side=side) for side in (Side.LEFT, Side.RIGHT))
    return left, right


def test_a_vertebra_cut_by_the_scan_is_laid_where_it_was() -> None:
    true = motion(7.0)
    whole = labelled({T9: true})
    drawn = whole.labels["vertebrae"]
    box = drawn.boxes[vertebra(T9)]
    half = (
        slice(0, (box[0].start + 2 * box[0].stop) // 3),
        slice(0, drawn.grid.shape[1]),
        slice(0, drawn.grid.shape[2]),
    )
    cut = replace(drawn, labels=drawn.labels[half], grid=drawn.grid.cropped(half))
    found = laid_onto(seen(replace(whole, labels={"vertebrae": cut})), seen(planned()))
    assert error_mm(found.motion, true, T9) <= MOST_MM
