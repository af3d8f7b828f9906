"""Canal and cord beside each vertebra: worked examples of the specification, and what must not be measured."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

import numpy as np
import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level, vertebra
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Images, LabelMap, Volume
from enbloc.case.mark import MarkKind
from enbloc.case.origin import Modality
from enbloc.measure.answers import gathered
from enbloc.measure.cord.room import OF_THE_CANAL, OF_THE_CORD, ROOMS, rooms
from enbloc.measure.cord.sections import sections
from enbloc.measure.spine.column import Column
from tests.measure.cord.canals import (
    BONE,
    HALF_BODY,
    IN_CANAL,
    IN_CORD,
    IN_SAC,
    NAMES,
    Floats,
    Mask,
    Scan,
    Solid,
    standing,
    upside_down,
)

T7, T8, T9 = Level.T7, Level.T8, Level.T9
PITCH = 24.0
LEVELS = {T7: PITCH, T8: 0.0, T9: -PITCH}
BIG = (34.0, 30.0, 90.0)
Reach = Callable[[Floats], Floats]


def tube(wide: float, deep: Reach | float) -> Solid:
    """An upright ellipse whose half-depth may change along the canal."""

    def inside(u: Floats, v: Floats, w: Floats) -> Mask:
        half = deep(w) if callable(deep) else np.full_like(w, deep)
        return np.asarray((u / wide) ** 2 + (v / half) ** 2 <= 1.0)

    return inside


def pressed(usual: float, here: float) -> Reach:
    """The usual half-depth, and that beside the middle vertebra."""
    return lambda w: np.where(np.abs(w) <= HALF_BODY + 1.0, here, usual)


def column(scan: Scan, layers: list[tuple[int, Solid]], *, on: str = "t2", modality: Modality = Modality.MR) -> Column:
    """Three vertebrae whose frames are the canal's own."""
    labels = LabelMap(labels=scan.painted(layers), grid=scan.grid, names=NAMES, on=on, document="labels.nii.gz")
    volume = Volume(voxels=np.zeros(scan.grid.shape, np.float32), grid=scan.grid, modality=modality)
    return standing_in(Images(volumes={on: volume}, labels={"anatomy": labels}), scan)


def standing_in(images: Images, scan: Scan, levels: dict[Level, float] = LEVELS) -> Column:
    made = Column(images=images)
    labels = images.labels["anatomy"]
    spine = {level: standing(scan, labels, level, at) for level, at in levels.items()}
    made.__dict__.update({"_framed": (spine, {}), "levels": tuple(levels)})
    return made


def usual_layers(canal: Reach | float = 9.0, cord: Reach | float = 3.25) -> list[tuple[int, Solid]]:
    return [(IN_CANAL, tube(11.0, canal)), (IN_SAC, tube(9.0, 5.0)), (IN_CORD, tube(6.0, cord))]


def measured(made: Column, affected: Collection[Level] = (T8,)) -> Findings:
    return gathered(rooms(made.images, made, affected))


def finding(found: Findings, named: Fact[float], level: Level = T8) -> Finding[float]:
    one = found[named, level]
    assert isinstance(one, Finding), found.why_missing(named, level)
    return one


@pytest.mark.parametrize(
    ("hollow", "inner", "facts"),
    [("canal", (77, tube(6.0, 20.0)), OF_THE_CANAL), ("cord", (77, tube(3.0, 20.0)), OF_THE_CORD)],
)
def test_a_label_that_is_hollow_is_not_measured_and_says_so(
    hollow: str, inner: tuple[int, Solid], facts: tuple[Fact[float], ...]
) -> None:
    """As a canal to both sides of a sac whose own number means nothing to enbloc."""
    outer = usual_layers() if hollow == "cord" else usual_layers()[:1]
    found = measured(column(Scan(spacing_mm=(0.8, 0.8, 1.0), size_mm=BIG), [*outer, inner]))
    for level in LEVELS:
        for one in facts:
            assert found.why_missing(one, level) == (
                f"the {hollow} label is hollow beside {level}: what lies in its middle is not named"
            )


# Staging specification, section 10: formula, what it was, what it is, per cent, in millimetres or mm².
def test_canal_180_to_90_is_half() -> None:
    half = pressed(180.0 / (np.pi * 11.0), 90.0 / (np.pi * 11.0))
    found = measured(column(Scan(spacing_mm=(0.8, 0.8, 1.0), size_mm=BIG), [(IN_CANAL, tube(11.0, half))]))
    area, loss = finding(found, fact.CANAL_AREA), finding(found, fact.CANAL_COMPROMISE)
    assert area.value == pytest.approx(90.0, abs=8.0)
    assert finding(found, fact.CANAL_AREA, T7).value == pytest.approx(180.0, abs=8.0)
    assert loss.value == pytest.approx(50.0, abs=5.0)
    assert loss.low <= 50.0 <= loss.high
    assert "against T7 and T9" in loss.notes


def test_canal_depth_6_between_12_and_13_is_mcc_52() -> None:
    def half(w: Floats) -> Floats:
        return np.where(np.abs(w) <= HALF_BODY + 1.0, 3.0, np.where(w > 0, 6.0, 6.5))

    found = measured(
        column(Scan(spacing_mm=(0.5, 0.5, 1.0), size_mm=(26.0, 18.0, 90.0)), [(IN_CANAL, tube(11.0, half))])
    )
    loss = finding(found, fact.CANAL_DEPTH_LOSS)
    assert loss.value == pytest.approx(52.0, abs=4.0)
    assert loss.low <= 52.0 <= loss.high


def test_cord_5_2_between_6_5_is_mscc_20() -> None:
    found = measured(
        column(Scan(spacing_mm=(0.5, 0.5, 1.0), size_mm=(26.0, 22.0, 90.0)), usual_layers(cord=pressed(3.25, 2.6)))
    )
    loss = finding(found, fact.CORD_DEPTH_LOSS)
    assert loss.value == pytest.approx(20.0, abs=6.0)
    assert loss.low <= 20.0 <= loss.high


def test_a_swollen_cord_has_lost_less_than_nothing() -> None:
    scan = Scan(spacing_mm=(0.5, 0.5, 1.0), size_mm=(26.0, 22.0, 90.0))
    loss = finding(measured(column(scan, usual_layers(cord=pressed(2.5, 4.5)))), fact.CORD_DEPTH_LOSS)
    assert loss.value == pytest.approx(-80.0, abs=15.0)
    assert loss.low <= -80.0 <= loss.high < 0.0


def test_cord_5_deep_and_12_wide_is_0_42() -> None:
    found = measured(column(Scan(spacing_mm=(0.7, 0.7, 1.0), size_mm=(26.0, 22.0, 90.0)), usual_layers(cord=2.5)))
    ratio = finding(found, fact.CORD_DEPTH_TO_WIDTH)
    assert ratio.value == pytest.approx(0.42, abs=0.05)
    assert ratio.low <= 5.0 / 12.0 <= ratio.high
    assert finding(found, fact.CORD_AREA).value == pytest.approx(np.pi * 6.0 * 2.5, abs=4.0)


@pytest.mark.parametrize("lean", [(0.0, 20.0), (-20.0, 0.0), (12.0, -16.0)])
@pytest.mark.parametrize("spacing", [(1.0, 1.0, 1.0), (0.7, 0.7, 2.5), (2.0, 0.8, 0.8)])
def test_an_oval_canal_is_as_large_however_it_leans(
    lean: tuple[float, float], spacing: tuple[float, float, float]
) -> None:
    scan = Scan(spacing_mm=spacing, lean_deg=lean, phase=(0.3, -0.2, 0.4), size_mm=(60.0, 56.0, 96.0))
    found = measured(column(scan, [(IN_CANAL, tube(11.0, 8.0))]))
    area, depth = finding(found, fact.CANAL_AREA), finding(found, fact.CANAL_DEPTH)
    assert area.value == pytest.approx(np.pi * 11.0 * 8.0, rel=0.07)
    assert area.low <= np.pi * 88.0 <= area.high
    assert depth.low <= 16.0 <= depth.high
    assert abs(finding(found, fact.CANAL_COMPROMISE).value) < 6.0


@pytest.mark.parametrize(
    ("order", "flip"), [((0, 1, 2), (1, 1, 1)), ((1, 2, 0), (-1, 1, 1)), ((2, 1, 0), (-1, -1, -1))]
)
def test_the_order_of_the_axes_changes_nothing(order: tuple[int, int, int], flip: tuple[int, int, int]) -> None:
    layers = usual_layers(pressed(9.0, 6.0), pressed(3.25, 2.5))
    size = (26.0, 22.0, 90.0)
    plain, turned = (
        measured(column(scan, layers)) for scan in (Scan(size_mm=size), Scan(size_mm=size, order=order, flip=flip))
    )
    for named in ROOMS:
        assert finding(turned, named).value == pytest.approx(finding(plain, named).value, abs=1e-6)


def test_the_same_array_stored_upside_down_gives_the_same() -> None:
    scan = Scan(size_mm=(26.0, 22.0, 90.0), lean_deg=(3.0, 7.0))
    made = column(scan, usual_layers(pressed(9.0, 6.0)))
    turned = standing_in(upside_down(made.images), scan)
    for named in ROOMS:
        one, other = finding(measured(made), named), finding(measured(turned), named)
        assert (one.value, one.interval) == (other.value, other.interval)


def test_without_a_neighbour_nothing_is_compared() -> None:
    made = column(Scan(size_mm=(26.0, 22.0, 90.0)), usual_layers())
    alone = measured(made, affected=(T7, T8, T9))
    assert finding(alone, fact.CANAL_AREA).value > 0.0
    for named in (fact.CANAL_COMPROMISE, fact.CANAL_DEPTH_LOSS, fact.CORD_DEPTH_LOSS):
        assert "no unaffected neighbour" in alone.why_missing(named, T8)
    one = finding(measured(made, affected=(T7, T8)), fact.CANAL_COMPROMISE)
    assert "against T9 alone (no other unaffected neighbour)" in one.notes


def without(made: Column, scan: Scan, number: int, low: float, high: float, instead: int = 0) -> Column:
    """The column with one label lost between two heights of the canal."""
    labels = made.images.labels["anatomy"]
    array = labels.labels.copy()
    w = labels.grid.points_mm(np.indices(labels.grid.shape).reshape(3, -1).T) @ scan.axes[2]
    lost = (w.reshape(array.shape) > low) & (w.reshape(array.shape) < high)
    array[lost & (array == number)] = instead
    return standing_in(replace(made.images, labels={"anatomy": replace(labels, labels=array)}), scan)


def test_an_interrupted_label_is_no_narrow_canal_and_no_measure() -> None:
    scan = Scan(size_mm=(26.0, 22.0, 90.0))
    made = column(scan, [(IN_CANAL, tube(11.0, 8.0))])
    found = measured(without(made, scan, IN_CANAL, -3.0, 3.0))
    assert "interrupted or ends beside T8" in found.why_missing(fact.CANAL_AREA, T8)
    assert finding(found, fact.CANAL_AREA, T7).value > 200.0
    cord = measured(without(column(scan, usual_layers()), scan, IN_CORD, 20.0, 26.0, instead=IN_SAC))
    assert "label is interrupted or ends beside T7" in cord.why_missing(fact.CORD_AREA, T7)
    assert "against T9 alone" in " ".join(finding(cord, fact.CORD_DEPTH_LOSS).notes)


def test_a_cord_outlined_on_ct_is_not_measured() -> None:
    found = measured(column(Scan(size_mm=(26.0, 22.0, 90.0)), usual_layers(), on="ct", modality=Modality.CT))
    assert "outlined on CT" in found.why_missing(fact.CORD_AREA, T8)
    assert finding(found, fact.CANAL_AREA).value == pytest.approx(np.pi * 99.0, rel=0.05)


def test_no_cord_and_no_canal_say_so() -> None:
    found = measured(column(Scan(size_mm=(26.0, 22.0, 90.0)), [(IN_CANAL, tube(11.0, 8.0))]))
    assert found.why_missing(fact.CORD_AREA, T8) == "no cord label"
    bare = measured(column(Scan(size_mm=(26.0, 22.0, 90.0)), [(IN_SAC, tube(9.0, 6.0))]))
    assert "no canal label beside T8, and its bone is no closed ring" in bare.why_missing(fact.CANAL_AREA, T8)


def test_the_hole_in_a_ring_of_bone_serves_for_a_canal() -> None:
    def ring(u: Floats, v: Floats, w: Floats) -> Mask:
        near = np.min([np.abs(w - at) for at in LEVELS.values()], axis=0) <= 6.0
        return np.asarray(near & ((u / 15.0) ** 2 + (v / 12.0) ** 2 <= 1.0) & ((u / 11.0) ** 2 + (v / 8.0) ** 2 > 1.0))

    found = measured(column(Scan(size_mm=BIG), [(BONE, ring)]))
    area = finding(found, fact.CANAL_AREA)
    assert area.value == pytest.approx(np.pi * 88.0, rel=0.06)
    assert "hole in the ring of bone" in " ".join(area.notes)
    assert area.source.document == "labels.nii.gz"


def test_the_cord_is_not_measured_where_it_ends() -> None:
    levels = {Level.T12: PITCH, Level.L1: 0.0, Level.L2: -PITCH}
    scan = Scan(size_mm=(26.0, 22.0, 90.0))

    def conus(u: Floats, v: Floats, w: Floats) -> Mask:
        return np.asarray(tube(6.0, 3.5)(u, v, w) & (w > -PITCH))

    made = column(scan, [(IN_CANAL, tube(11.0, 9.0)), (IN_SAC, tube(9.0, 7.0)), (IN_CORD, conus)])
    names = {**NAMES, BONE: vertebra(Level.L1)}
    images = replace(made.images, labels={"anatomy": replace(made.images.labels["anatomy"], names=names)})
    found = measured(standing_in(images, scan, levels), affected=(Level.L1,))
    assert "the cord ends beside L2" in found.why_missing(fact.CORD_AREA, Level.L2)
    assert finding(found, fact.CORD_AREA, Level.L1).value > 50.0
    assert "taper to its end" in found.why_missing(fact.CORD_DEPTH_LOSS, Level.L1)
    assert "no unaffected neighbour" in found.why_missing(fact.CORD_DEPTH_LOSS, Level.T12)


def test_thick_slices_and_coarse_voxels_measure_no_cord() -> None:
    for spacing, words in (((0.8, 0.8, 4.0), "slices of 4 mm"), ((2.4, 2.4, 2.4), "voxels of 2.4 mm")):
        found = measured(column(Scan(spacing_mm=spacing, size_mm=(30.0, 26.0, 90.0)), usual_layers()))
        assert words in found.why_missing(fact.CORD_AREA, T8)
        assert isinstance(found[fact.CANAL_AREA, T8], Finding)


def test_every_number_can_be_looked_at() -> None:
    found = measured(column(Scan(size_mm=(26.0, 22.0, 90.0), lean_deg=(0.0, 10.0)), usual_layers(pressed(9.0, 6.0))))
    for named in ROOMS:
        source = finding(found, named).source
        assert source.method
        assert source.shows is not None
        assert np.dot(source.shows.normal, Scan(lean_deg=(0.0, 10.0)).axes[2]) == pytest.approx(1.0, abs=0.02)
        kinds = [mark.kind for mark in source.marks]
        assert kinds == [MarkKind.OUTLINE, MarkKind.SEGMENT]
        points = np.array([point for mark in source.marks for point in mark.points_mm])
        assert np.abs(source.shows.distance_mm(points)).max() < 0.2, "the marks lie on the plane"
    depth = finding(found, fact.CANAL_DEPTH)
    ends = np.array(depth.source.marks[1].points_mm)
    assert np.linalg.norm(ends[1] - ends[0]) == pytest.approx(depth.value, abs=1.1)


def test_a_room_is_read_once_for_a_column() -> None:
    made = column(Scan(size_mm=(26.0, 22.0, 90.0)), usual_layers())
    assert measured(made) == measured(made)
    assert sections(made) is sections(made)
