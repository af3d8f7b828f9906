"""Left is left, whichever way the array lies: hazard H2 in the pictures."""

from __future__ import annotations

import numpy as np
import pytest

from enbloc.case.anatomy import StructureKind, tumour
from enbloc.present.slices import Frame2d, View, crossed, enclosed, pixels
from tests.present import patients

SIZE = 120.0


def _frame(view: View, centre: tuple[float, float, float] = (0.0, -14.0, 0.0)) -> Frame2d:
    return Frame2d(view=view, centre_mm=centre, size_mm=SIZE)


@pytest.mark.parametrize("order", patients.axis_aligned_grids())
@pytest.mark.parametrize("flips", patients.FLIPS)
def test_a_tumour_on_the_left_is_drawn_on_the_viewers_right(order: str, flips: tuple[int, int, int]) -> None:
    images = patients.images(order, flips=flips, mm=3.0)
    frame = _frame(View.AXIAL)

    drawn = {outline.structure: outline for outline in crossed(images, frame)}

    assert drawn[tumour("A")].largest[:, 0].mean() > SIZE / 2 + 5
    shown = pixels(images.volumes["ct"], frame, 120)
    # 12 mm to the left of the midline is tumour (40 HU), 12 mm to the right is bone (300 HU).
    assert np.nanmean(shown[55:65, 68:76]) < 120 < 220 < np.nanmean(shown[55:65, 44:52])


@pytest.mark.parametrize("order", patients.axis_aligned_grids())
def test_the_front_of_a_sagittal_is_on_the_viewers_left_and_the_head_up(order: str) -> None:
    images = patients.images(order, flips=(-1, 1, -1), mm=3.0)

    drawn = {str(outline.structure): outline for outline in crossed(images, _frame(View.SAGITTAL))}

    assert drawn["vertebra T8"].largest[:, 0].mean() < drawn["cord"].largest[:, 0].mean()
    assert drawn["vertebra T7"].largest[:, 1].mean() < drawn["vertebra T9"].largest[:, 1].mean()


def test_the_letters_agree_with_the_directions() -> None:
    names = {(1, 0, 0): "L", (-1, 0, 0): "R", (0, 1, 0): "P", (0, -1, 0): "A", (0, 0, 1): "S", (0, 0, -1): "I"}
    for view in View:
        ways = np.array([view.right, view.down]).astype(int).tolist()
        (a, b, c), (d, e, f) = ways
        assert [names[way] for way in ((-a, -b, -c), (a, b, c), (-d, -e, -f), (d, e, f))] == list(view.letters)


def test_an_oblique_scan_gives_the_same_picture() -> None:
    straight = pixels(patients.images(mm=2.0).volumes["ct"], _frame(View.AXIAL), 60)
    oblique = pixels(patients.images(mm=2.0, turn=0.35).volumes["ct"], _frame(View.AXIAL), 60)

    both = np.isfinite(straight) & np.isfinite(oblique)
    assert both.mean() > 0.5
    assert np.median(np.abs(straight[both] - oblique[both])) < 40  # the noise of two phantoms


def test_outside_the_scan_is_not_a_number() -> None:
    shown = pixels(patients.images(mm=3.0).volumes["ct"], _frame(View.CORONAL), 60)

    assert np.isnan(shown[0]).all()
    assert np.isfinite(shown[30, 30])


def test_the_outline_of_the_tumour_has_the_area_of_the_ellipse() -> None:
    images = patients.images(mm=1.0)
    found = {outline.structure: outline for outline in crossed(images, _frame(View.AXIAL, (12.0, -14.0, 0.0)))}

    assert enclosed(found[tumour("A")].largest) == pytest.approx(np.pi * 12 * 17, rel=0.03)


def test_what_a_window_does_not_cross_is_not_drawn() -> None:
    far = _frame(View.AXIAL, (0.0, -14.0, 26.0))

    names = [str(outline.structure) for outline in crossed(patients.images(mm=3.0), far)]

    assert "vertebra T7" in names
    assert not {"tumour A", "vertebra T8"} & set(names)
    assert names.index("vertebra T7") < names.index("cord"), "what matters most is drawn last"


def test_the_tumour_is_drawn_over_everything_else() -> None:
    drawn = crossed(patients.images(mm=3.0), _frame(View.AXIAL))

    assert drawn[-1].structure.kind is StructureKind.TUMOUR
