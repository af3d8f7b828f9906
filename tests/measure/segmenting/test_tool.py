"""Lesions of known shape in a noisy block of bone, outlined from one stroke."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import binary_erosion, distance_transform_edt, gaussian_filter

from enbloc.case.anatomy import Level, vertebra
from enbloc.case.fact import BoneQuality
from enbloc.case.geometry import Triple, triple
from enbloc.case.image import Grid, LabelMap, Volume
from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.exchange import dicom, nifti
from enbloc.exchange.placing import placed
from enbloc.measure.segmenting.tool import Outline, Strokes, outlined
from enbloc.phantom.paint import PaintedLesion, paint
from tests.data import real_data

Mask = NDArray[np.bool_]
TRABECULAR, CORTEX, SOFT, LYTIC = 160, 500, 40, 40
SHELL, BODY = (17.0, 13.0, 19.0), (15.5, 11.5, 17.5)  # half axes, mm


def grid(spacing: Triple = (1.0, 1.0, 1.0)) -> Grid:
    shape = tuple(int(size / step) for size, step in zip((44.0, 44.0, 50.0), spacing, strict=True))
    affine = np.eye(4)
    affine[:3, :3] = np.array([[0, 0, spacing[2]], [0, spacing[1], 0], [spacing[0], 0, 0]])
    affine[:3, 3] = -0.5 * np.array([spacing[2] * shape[2], spacing[1] * shape[1], spacing[0] * shape[0]])
    return Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)


def _within(space: Grid, centre: Triple, radii: Triple) -> Mask:
    points = space.points_mm(np.indices(space.shape).reshape(3, -1).T)
    inside = (((points - np.array(centre)) / np.array(radii)[::-1]) ** 2).sum(axis=1) <= 1.0
    return np.asarray(inside.reshape(space.shape))


def scene(
    centre: Triple = (4.0, 0.0, 1.0),
    radii: Triple = (8.0, 8.0, 8.0),
    *,
    density: int = LYTIC,
    noise: float = 12.0,
    space: Grid | None = None,
) -> tuple[Volume, Mask]:
    """A vertebral body of marrow in its cortex, and a lesion in it."""
    space = space or grid()
    lesion = _within(space, centre, radii)
    bone = np.where(_within(space, (0, 0, 0), BODY), TRABECULAR, CORTEX)
    scan = np.where(lesion, density, np.where(_within(space, (0, 0, 0), SHELL), bone, SOFT)).astype(float)
    scan = gaussian_filter(scan, 0.6 / np.array(space.spacing_mm))
    scan += np.random.default_rng(5).normal(0.0, noise, space.shape)
    return Volume(voxels=np.rint(scan).astype(np.int16), grid=space, modality=Modality.CT), lesion


STROKE = Strokes(
    tumour=(((1.0, 0.0, 1.0), (7.0, 0.0, 1.0)),),
    background=(((-12.0, 0.0, 0.0), (-10.0, 0.0, 0.0)),),
    low_mm=(-24.0, -21.0, -21.0),
    high_mm=(24.0, 21.0, 21.0),
)


def whole(outline: Outline, scan: Volume) -> Mask:
    mask = np.zeros(scan.grid.shape, dtype=bool)
    mask[outline.box] = outline.mask
    return mask


def dice(one: Mask, other: Mask) -> float:
    return 2.0 * float((one & other).sum()) / float(one.sum() + other.sum())


@pytest.mark.parametrize(
    ("radii", "density", "noise", "least"),
    [
        pytest.param((8.0, 8.0, 8.0), LYTIC, 12.0, 0.95, id="lytic"),
        pytest.param((4.0, 4.0, 4.0), LYTIC, 12.0, 0.92, id="small"),
        pytest.param((5.0, 7.0, 11.0), LYTIC, 12.0, 0.94, id="long"),
        pytest.param((8.0, 8.0, 8.0), 450, 12.0, 0.94, id="blastic"),
        pytest.param((8.0, 8.0, 8.0), 100, 12.0, 0.93, id="faint"),
        pytest.param((8.0, 8.0, 8.0), LYTIC, 30.0, 0.93, id="noisy"),
    ],
)
def test_one_stroke_finds_the_lesion(radii: Triple, density: int, noise: float, least: float) -> None:
    scan, lesion = scene(radii=radii, density=density, noise=noise)
    found = outlined(scan, replace(STROKE, tumour=(((2.0, 0.0, 1.0), (6.0, 0.0, 1.0)),)))

    assert dice(whole(found, scan), lesion) >= least
    assert found.notes == ()
    assert found.volume_cc == pytest.approx(lesion.sum() / 1000.0, rel=0.15)


def test_thick_slices_move_no_border_in_the_plane() -> None:
    scan, lesion = scene(space=grid((3.0, 1.0, 1.0)))
    found = whole(outlined(scan, STROKE), scan)

    assert dice(found, lesion) >= 0.9


def test_where_nothing_is_seen_the_strokes_and_the_box_hold_it_and_that_is_said() -> None:
    # Through the front wall into soft tissue of the same density: a third of the border cannot be seen.
    scan, lesion = scene(centre=(4.0, -9.0, 1.0))
    lines = [
        ((4.0 - x, -9.0 - y, 1.0 - z), (4.0 + x, -9.0 + y, 1.0 + z)) for x, y, z in ((6, 0, 0), (0, 6, 0), (0, 0, 6))
    ]
    ring = [((x, -18.5, z),) for x in (-4.0, 0.0, 4.0, 8.0, 12.0) for z in (-5.0, 1.0, 7.0)]
    found = outlined(scan, replace(STROKE, tumour=tuple(lines), background=(*STROKE.background, *ring)))
    mask = whole(found, scan)

    assert any("no change" in note for note in found.notes)
    assert dice(mask, lesion) >= 0.8
    assert mask.sum() <= 1.1 * lesion.sum(), "it leaks into the soft tissue"


def test_no_contrast_is_said() -> None:
    scan, _ = scene(density=TRABECULAR)

    assert any("hardly differ" in note for note in outlined(scan, STROKE).notes)


def test_without_background_the_surroundings_of_the_box_are_taken_and_that_is_said() -> None:
    scan, lesion = scene()
    inner = replace(STROKE, background=(), low_mm=(-8.0, -11.0, -11.0), high_mm=(15.0, 11.0, 13.0))
    found = outlined(scan, inner)

    assert "No background was drawn" in found.notes[0]
    assert dice(whole(found, scan), lesion) >= 0.85


def test_the_same_strokes_give_the_same_voxels_on_axes_turned_round() -> None:
    scan, _ = scene()
    turned = scan.grid.affine.copy()
    turned[:3, 3] = scan.grid.points_mm(np.array([[0, 0, scan.grid.shape[2] - 1]]))[0]
    turned[:3, 2] *= -1.0
    other = Volume(
        voxels=np.ascontiguousarray(scan.voxels[:, :, ::-1]),
        grid=Grid(shape=scan.grid.shape, affine=turned),
        modality=Modality.CT,
    )
    one = whole(outlined(scan, STROKE), scan)

    assert (one == whole(outlined(scan, STROKE), scan)).all()
    assert (one != whole(outlined(other, STROKE), other)[:, :, ::-1]).sum() <= 0.01 * one.sum()


def test_a_tumour_larger_than_the_box_is_said() -> None:
    scan, _ = scene()
    small = replace(STROKE, background=(((-6.0, 0.0, 0.0),),), low_mm=(-7.0, -5.0, -5.0), high_mm=(11.0, 5.0, 6.0))

    assert any("no change" in note for note in outlined(scan, small).notes)


@pytest.mark.parametrize(
    ("strokes", "words"),
    [
        (replace(STROKE, tumour=(((400.0, 0.0, 0.0),),)), "leaves the scan"),
        (replace(STROKE, tumour=(((4.0, 0.0, 1.0), (30.0, 0.0, 1.0)),)), "leaves the scan"),
        (replace(STROKE, background=(((4.0, 0.0, 1.0),),)), "crosses one of the other kind"),
        (replace(STROKE, low_mm=(400.0, 0.0, 0.0), high_mm=(410.0, 5.0, 5.0)), "less than three slices"),
        (Strokes(tumour=(((0.0, 0.0, 900.0),),)), "less than three slices"),
    ],
)
def test_strokes_that_cannot_be_are_refused_in_one_line(strokes: Strokes, words: str) -> None:
    with pytest.raises(RecordError, match=words) as fault:
        outlined(scene()[0], strokes)
    assert "\n" not in str(fault.value)


def test_a_box_that_would_take_minutes_is_refused() -> None:
    space = Grid(shape=(200, 200, 200), affine=np.eye(4))
    scan = Volume(voxels=np.zeros(space.shape, np.int16), grid=space, modality=Modality.CT)
    wide = Strokes(tumour=(((50.0, 50.0, 50.0),),), low_mm=(0.0, 0.0, 0.0), high_mm=(199.0, 199.0, 199.0))

    with pytest.raises(RecordError, match="too large"):
        outlined(scan, wide)


@pytest.mark.parametrize(
    "kwargs",
    [
        {"tumour": ()},
        {"tumour": ((),)},
        {"tumour": STROKE.tumour, "low_mm": (0, 0, 0)},
        {"tumour": (((0.0, 0.0, 0.0), (1e9, 0.0, 0.0)),)},
        {"tumour": STROKE.tumour, "background": (((float("nan"), 0.0, 0.0),),)},
        {"tumour": STROKE.tumour, "low_mm": (-1e300, 0.0, 0.0), "high_mm": (0.0, 0.0, 0.0)},
    ],
)
def test_strokes_without_a_tumour_with_half_a_box_or_metres_away_are_none(kwargs: dict[str, object]) -> None:
    with pytest.raises(RecordError):
        Strokes(**kwargs)  # type: ignore[arg-type]  # wrong on purpose


def test_a_lesion_painted_into_a_real_scan_is_found() -> None:
    folder = real_data("dicom-ct-t11-t12")
    stack = dicom.read_series(folder / "dicom.zip", where="ct", salt="")
    scan = Volume(voxels=stack.array, grid=stack.grid, modality=Modality.CT)
    read = nifti.read_labels(folder / "labels_total_v2.nii.gz", where="labels")
    array, _ = placed(read.array, read.grid, scan.grid, where="labels", image="ct")
    names = {32: vertebra(Level.T12), 33: vertebra(Level.T11)}
    bones = LabelMap(labels=array, grid=scan.grid, names=names, on="ct")
    painted = paint(scan, [bones], PaintedLesion(level=Level.T12, bone=BoneQuality.LYTIC, radii_mm=(11.0, 9.0, 7.0)))
    lesion = painted.tumour.labels > 0
    x, y, z = scan.grid.points_mm(np.argwhere(lesion)).mean(axis=0)
    marrow = bones.mask(vertebra(Level.T12)) & (distance_transform_edt(~lesion, sampling=scan.grid.spacing_mm) > 5.0)
    beside = scan.grid.points_mm(np.argwhere(binary_erosion(marrow)))
    nearest = beside[np.argsort(np.linalg.norm(beside - [x, y, z], axis=1))[:8]]
    strokes = Strokes(
        tumour=(((x - 3.5, y, z), (x + 3.5, y, z)), ((x, y - 3.5, z), (x, y + 3.5, z))),
        background=tuple((triple(point),) for point in nearest),
    )
    found = outlined(painted.volume, strokes)

    assert dice(whole(found, scan), lesion) >= 0.78
    assert found.notes == ()
