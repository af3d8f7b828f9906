"""The place of the smallest margin is marked, cuts carry their distance, and a cut through tumour is loud."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from enbloc.case.geometry import Plane, Triple
from enbloc.decide.decision import Degree
from enbloc.plan.margin.classes import Face
from enbloc.plan.proposal import Plan
from enbloc.present.bodies import sheet as sheet_of
from enbloc.present.cuts import CLOSE_MM, close_up, crossings, cut_label, margin_mark
from enbloc.present.drawing import Picture
from enbloc.present.furniture import SIDE
from enbloc.present.margins import warning
from enbloc.present.operations import sheet
from enbloc.present.pictures import pictures
from enbloc.present.slices import Frame2d, View, crossed
from enbloc.present.tokens import DARK_ALARM, SHAPES
from enbloc.present.words import THIN
from tests.present import patients
from tests.present.operated import CAUDAL, CRANIAL, CUTS, DURAL, PLAN, cut, face, margin, with_margin

SVG = "{http://www.w3.org/2000/svg}"


def _plan(mm: float, low: float, barrier: str = CAUDAL, at: Triple = (12.0, -14.0, -9.0)) -> Plan:
    """The invented plan with two cuts, the caudal one at ``mm`` from the tumour to the near face of its blade."""
    found = margin(mm, low, mm + 1, barrier, at_mm=at)
    cranial, caudal, _ = CUTS
    middle = (0.0, -14.0, at[2] - mm - caudal.kerf_mm / 2)
    moved = replace(
        caudal,
        margin=replace(found, barrier=CAUDAL),
        plane=Plane(point_mm=middle, normal=(0.0, 0.0, -1.0)),
    )
    return with_margin(found, cuts=(cranial, moved), faces=())


def _texts(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def _close(plan: Plan) -> Picture:
    return _all(plan)[-1]


def _all(plan: Plan) -> tuple[Picture, ...]:
    shown = pictures(patients.workup(plans=(plan,)), patients.images(mm=3.0)).of["A"]
    return tuple(sorted(shown, key=lambda one: one.key.endswith(" margin")))


LOUD = [
    (-0.3, -1.0, CAUDAL, Degree.STOP, "−0.5 mm: the cut runs through tumour"),
    (0.0, -0.5, CAUDAL, Degree.STOP, "0.0 mm: the cut runs through tumour"),
    (0.6, -0.4, CAUDAL, Degree.CAUTION, "0.5 mm: the cut may run through tumour"),
    (0.0, 0.0, "thecal sac", Degree.STOP, "0.0 mm: no gap to the thecal sac is measured"),
    (1.0, 0.0, "thecal sac", Degree.CAUTION, "1.0 mm: the tumour may touch the thecal sac"),
    (2.0, 1.0, CAUDAL, None, ""),
]


@pytest.mark.parametrize(("mm", "low", "barrier", "loud", "said"), LOUD)
def test_a_margin_that_reaches_zero_is_loud_in_words_and_shape(
    mm: float, low: float, barrier: str, loud: Degree | None, said: str
) -> None:
    plan = _plan(mm, low, barrier)
    printed = sheet(plan)

    assert printed.warning.replace(THIN, " ") == warning(plan).replace(THIN, " ") == said
    assert printed.degree is loud


def test_the_picture_of_a_cut_through_tumour_says_so() -> None:
    shown = _close(_plan(-0.5, -1.0))

    assert f"−0.5{THIN}mm: the cut runs through tumour" in _texts(shown.svg)
    assert SHAPES[Degree.STOP] in shown.svg
    assert DARK_ALARM[Degree.STOP] in shown.svg
    assert shown.alt.endswith(f"smallest margin −0.5{THIN}mm: the cut runs through tumour.")
    assert "PAINTED DATA" in _texts(shown.svg)


def test_a_calm_margin_is_marked_without_alarm() -> None:
    shown = _close(_plan(3.0, 2.0))

    assert f"margin 3.0{THIN}mm" in _texts(shown.svg)
    assert not any(colour in shown.svg for colour in DARK_ALARM.values())
    assert shown.alt.endswith(f"smallest margin 3.0{THIN}mm, to {CAUDAL}.")


def test_at_the_dura_the_axial_slice_is_shown() -> None:
    shown = _close(_plan(1.5, 0.5, "thecal sac", at=(9.0, 1.0, 0.0)))

    assert shown.key == "A margin"
    assert shown.title.startswith("Axial CT")


@pytest.mark.parametrize(
    ("normal", "view"),
    [((0.0, 0.0, 1.0), View.SAGITTAL), ((1.0, 0.0, 0.2), View.CORONAL), ((0.3, 0.95, 0.0), View.AXIAL)],
)
def test_a_cut_is_seen_from_aside(normal: Triple, view: View) -> None:
    only = replace(CUTS[1], plane=Plane(point_mm=(0.0, 0.0, 0.0), normal=_unit(normal)))
    plan = with_margin(margin(1.0, 0.5, 2.0, CAUDAL, at_mm=(12.0, -14.0, -9.0)), cuts=(only,))
    frame = close_up(plan)

    assert frame is not None
    assert frame.view is view
    assert frame.centre_mm == (12.0, -14.0, -9.0)
    assert frame.size_mm == CLOSE_MM


def _unit(normal: Triple) -> Triple:
    length = float(np.linalg.norm(normal))
    return (normal[0] / length, normal[1] / length, normal[2] / length)


def test_the_line_from_the_cross_is_as_long_as_the_margin() -> None:
    plan = _plan(6.0, 5.0)
    frame = close_up(plan)
    assert frame is not None

    drawn, _ = margin_mark(plan, frame, ())
    line = ElementTree.fromstring(f"<g>{drawn}</g>").findall("path")[0].get("d") or ""
    start, end = (np.array(part.split(), dtype=float) for part in line.removeprefix("M").split("L"))

    assert np.linalg.norm(end - start) == pytest.approx(6.0 * SIDE / CLOSE_MM, abs=0.2)


def test_no_line_is_drawn_to_a_structure_that_is_nearest_in_another_slice() -> None:
    images = patients.images(mm=3.0)
    for mm, lines in ((2.0, 1), (0.0, 0)):
        plan = _plan(mm, 0.0, "thecal sac", at=(4.5, -0.5, 0.0))
        frame = close_up(plan)
        assert frame is not None
        drawn, _ = margin_mark(plan, frame, crossed(images, frame))
        paths = [one.get("d") or "" for one in ElementTree.fromstring(f"<g>{drawn}</g>").findall("path")]
        assert sum("L" in d for d in paths if d not in SHAPES.values()) == 2 * lines


def test_each_cut_carries_its_distance_on_the_side_away_from_the_tumour() -> None:
    frame = Frame2d(view=View.SAGITTAL, centre_mm=(0.0, -14.0, 0.0), size_mm=120.0)
    cranial, caudal = crossings(_plan(-0.5, -1.0), frame)
    above, below = cut_label(cranial), cut_label(caudal)

    assert (above.words, above.degree) == (f"cranial cut 3.5{THIN}mm", None)
    assert (below.words, below.degree) == (f"caudal cut −0.5{THIN}mm", Degree.STOP)
    assert above.wanted < above.spot[1]
    assert below.wanted > below.spot[1]


@pytest.mark.parametrize("tilt", [-0.9, -0.4, 0.0, 0.5, 1.2])
def test_a_cut_keeps_its_slope_within_a_narrow_window(tilt: float) -> None:
    normal = (0.0, float(np.sin(tilt)), float(np.cos(tilt)))
    one = cut("cut", (0.0, -10.0, 4.0), normal)
    frame = Frame2d(view=View.SAGITTAL, centre_mm=(0.0, -14.0, 0.0), size_mm=CLOSE_MM)

    (found,) = crossings(with_margin(DURAL, cuts=(one,)), frame)
    seen = (found.ends / SIDE - 0.5) * CLOSE_MM
    ends = np.array([[0.0, -14.0 + across, -down] for across, down in seen])

    np.testing.assert_allclose(one.plane.distance_mm(ends), 0, atol=1e-6)
    assert (np.abs(seen) <= CLOSE_MM / 2 + 1e-6).all()


def test_a_cut_at_the_tumour_is_named_in_the_table() -> None:
    cranial, caudal, _ = CUTS
    cuts = (
        replace(cranial, margin=margin(0.2, 0.0, 1.0, CRANIAL)),
        replace(caudal, margin=margin(-0.1, -1, 0, CAUDAL)),
    )

    assert [one.warning for one in sheet(with_margin(DURAL, cuts=cuts)).cuts] == ["AT TUMOUR", "THROUGH TUMOUR"]
    assert [one.warning for one in sheet(PLAN).cuts] == ["", "", ""]


def test_a_blade_is_drawn_only_where_it_runs() -> None:
    frame = Frame2d(view=View.AXIAL, centre_mm=(0.0, 0.0, 0.0), size_mm=120.0)
    (ended,) = crossings(with_margin(DURAL, cuts=(CUTS[2],)), frame)
    (endless,) = crossings(with_margin(DURAL, cuts=(replace(CUTS[2], within=()),)), frame)
    middle = SIDE / 2

    assert ended.ends[:, 0].min() == pytest.approx(middle, abs=1e-6)
    assert endless.ends[:, 0].min() < middle - 10
    assert ended.ends[:, 0].max() == pytest.approx(endless.ends[:, 0].max())


def test_a_blade_that_runs_beside_the_slice_alone_is_not_drawn() -> None:
    beyond = Plane(point_mm=(70.0, 0.0, 0.0), normal=(1.0, 0.0, 0.0))
    frame = Frame2d(view=View.AXIAL, centre_mm=(0.0, 0.0, 0.0), size_mm=120.0)

    assert list(crossings(with_margin(DURAL, cuts=(replace(CUTS[2], within=(beyond,)),)), frame)) == []
    assert sheet_of(replace(CUTS[2], within=(beyond,))) is None


def test_a_blade_is_drawn_as_wide_as_it_is() -> None:
    frame = Frame2d(view=View.SAGITTAL, centre_mm=(0.0, -14.0, 0.0), size_mm=CLOSE_MM)
    cranial = next(iter(crossings(PLAN, frame)))

    assert cranial.kerf == pytest.approx(1.5 * SIDE / CLOSE_MM)


def test_a_sheet_ends_where_its_blade_does_and_lies_on_its_plane() -> None:
    body = sheet_of(CUTS[2])
    assert body is not None

    np.testing.assert_allclose(CUTS[2].plane.distance_mm(body.points), 0, atol=1e-9)
    assert body.points[:, 0].min() == pytest.approx(0.0, abs=1e-9)
    assert len(body.triangles) == len(body.points) - 2


@pytest.mark.parametrize(("named", "view"), [(Face.CRANIAL, View.SAGITTAL), (Face.ANTERIOR, View.AXIAL)])
def test_a_face_is_seen_from_aside(named: Face, view: View) -> None:
    at = (3.0, -10.0, 8.0)
    found = replace(face(named, 1.5, "cortex of T8"), at_mm=at)
    frame = close_up(with_margin(margin(1.5, 0.5, 2.0, "cortex of T8", at_mm=at), faces=(found,)))

    assert frame is not None
    assert frame.view is view


def test_a_plan_without_a_margin_has_no_close_up() -> None:
    bare = replace(PLAN, resected=None)

    assert close_up(bare) is None
    assert not any(one.key.endswith(" margin") for one in _all(bare))
    assert sheet(bare).margin == "not known"
