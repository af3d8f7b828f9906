"""The place of the smallest margin is marked, cuts carry their distance, and a cut through tumour is loud."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from enbloc.case.finding import Interval
from enbloc.case.geometry import Plane, Triple
from enbloc.decide.decision import Degree
from enbloc.plan.margin.margin import Margin, MarginClass
from enbloc.plan.proposal import Cut, Plan
from enbloc.present.cuts import CLOSE_MM, close_up, crossings, cut_label, margin_mark
from enbloc.present.drawing import Picture
from enbloc.present.furniture import SIDE
from enbloc.present.operations import sheet, warning
from enbloc.present.pictures import pictures
from enbloc.present.slices import Frame2d, View, crossed
from enbloc.present.tokens import DARK_ALARM, SHAPES
from enbloc.present.words import THIN
from tests.present import patients

SVG = "{http://www.w3.org/2000/svg}"
CAUDAL = "caudal cut, through the disc T8/T9"


def _plan(mm: float, low: float, barrier: str = CAUDAL, at: Triple = (12.0, -14.0, -9.0)) -> Plan:
    """The invented plan with its caudal cut at ``mm`` from the tumour."""
    found = Margin(
        mm=mm, interval=Interval(low=low, high=mm + 1), at_mm=at, barrier=barrier, classes=(MarginClass.MARGINAL,)
    )
    cranial, caudal = patients.PLAN.cuts
    moved = replace(caudal, margin_mm=mm, plane=Plane(point_mm=(0.0, -14.0, at[2] - mm), normal=(0.0, 0.0, 1.0)))
    return replace(patients.PLAN, margin=found, cuts=(cranial, moved))


def _texts(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def _close(plan: Plan) -> Picture:
    return _all(plan)[-1]


def _all(plan: Plan) -> tuple[Picture, ...]:
    shown = pictures(patients.workup(plans=(plan,)), patients.images(mm=3.0)).of["A"]
    return tuple(sorted(shown, key=lambda one: one.key.endswith("margin")))


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
    cut = replace(patients.PLAN.cuts[1], plane=Plane(point_mm=(0.0, 0.0, 0.0), normal=_unit(normal)))
    plan = replace(_plan(1.0, 0.5), cuts=(cut,))
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
    cut = Cut(name="cut", plane=Plane(point_mm=(0.0, -10.0, 4.0), normal=normal), kerf_mm=1.0, margin_mm=2.0)
    frame = Frame2d(view=View.SAGITTAL, centre_mm=(0.0, -14.0, 0.0), size_mm=CLOSE_MM)

    (found,) = crossings(replace(patients.PLAN, cuts=(cut,)), frame)
    seen = (found.ends / SIDE - 0.5) * CLOSE_MM
    ends = np.array([[0.0, -14.0 + across, -down] for across, down in seen])

    np.testing.assert_allclose(cut.plane.distance_mm(ends), 0, atol=1e-6)
    assert (np.abs(seen) <= CLOSE_MM / 2 + 1e-6).all()


def test_a_cut_at_the_tumour_is_named_in_the_table() -> None:
    cranial, caudal = patients.PLAN.cuts
    touching = replace(patients.PLAN, cuts=(replace(cranial, margin_mm=0.2), replace(caudal, margin_mm=-0.1)))

    assert [cut.warning for cut in sheet(touching).cuts] == ["AT TUMOUR", "THROUGH TUMOUR"]
    assert [cut.warning for cut in sheet(patients.PLAN).cuts] == ["", ""]


def test_a_plan_without_a_margin_has_no_close_up() -> None:
    bare = replace(patients.PLAN, margin=None, cuts=())

    assert close_up(bare) is None
    assert not any(one.key.endswith("margin") for one in _all(bare))
    assert sheet(bare).margin == "not known"
