"""Solid pictures: seen from the right side, and the same everywhere."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Side, StructureKind, sector
from enbloc.case.finding import Findings, measured
from enbloc.present.bodies import Body, bodies, sheet
from enbloc.present.pictures import pictures
from enbloc.present.solid import side_of, stands
from tests.present import operated, patients

SVG = "{http://www.w3.org/2000/svg}"


def _volume_cc(body: Body) -> float:
    a, b, c = np.moveaxis(body.points[body.triangles], 1, 0)
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6000)


@pytest.mark.parametrize("order", patients.axis_aligned_grids())
def test_surfaces_are_closed_and_face_outward_whichever_way_the_array_lies(order: str) -> None:
    images = patients.images(order, flips=(1, -1, 1), mm=2.0)

    (mass,) = bodies(images, patients.TUMOUR_AT, (StructureKind.TUMOUR,), step_mm=1.0)

    assert _volume_cc(mass) == pytest.approx(4 / 3 * np.pi * 12 * 17 * 9 / 1000, rel=0.12)
    outward = mass.points - mass.points.mean(axis=0)
    assert ((mass.normals * outward).sum(axis=1) > 0).mean() > 0.99


def test_the_viewer_sees_the_patient_the_right_way_round() -> None:
    behind, beside, surgeon = stands(Side.LEFT)
    right, down, away = beside.axes
    assert right[1] > 0.9, "from the left, the back is on the viewer's right"
    assert down[2] < -0.9
    assert away[0] < 0
    assert behind.axes[0][0] < 0, "from behind, the patient's right is on the viewer's right"
    assert "left" in behind.words
    assert surgeon.axes[0][0] < -0.9, "as the surgeon stands, the patient's left is on the viewer's left"
    for stand in (behind, beside, surgeon, *stands(Side.RIGHT)):
        np.testing.assert_allclose(stand.axes @ stand.axes.T, np.eye(3), atol=1e-12)


@pytest.mark.parametrize(("numbers", "side"), [((1, 4, 8), Side.LEFT), ((5, 8, 9), Side.RIGHT)])
def test_it_is_looked_at_from_the_side_of_the_tumour(numbers: tuple[int, ...], side: Side) -> None:
    sectors = tuple(sector(number) for number in numbers)
    findings = Findings(found=(measured(vocabulary.WBB_SECTORS, "A", sectors),))

    assert side_of(findings, "A", (0.0, 0.0, 0.0), []) is side


def test_without_sectors_the_place_of_the_tumour_decides() -> None:
    shown = list(bodies(patients.images(mm=3.0), patients.TUMOUR_AT, (StructureKind.VERTEBRA,), step_mm=2.0))

    assert side_of(Findings(), "A", (9.0, 0.0, 0.0), shown) is Side.LEFT
    assert side_of(Findings(), "A", (-9.0, 0.0, 0.0), shown) is Side.RIGHT


def test_a_cut_is_a_square_on_its_plane() -> None:
    cut = operated.PLAN.cuts[0]

    body = sheet(cut)
    assert body is not None

    np.testing.assert_allclose(cut.plane.distance_mm(body.points), 0, atol=1e-9)
    assert np.linalg.norm(body.points[0] - body.points[1]) == pytest.approx(54)


def test_two_drawings_are_the_same_bytes() -> None:
    again = pictures(patients.workup(), patients.images())

    assert [one.svg for one in again.of["A"]] == [one.svg for one in patients.drawn().of["A"]]


def test_there_are_three_solid_pictures_and_what_they_show_is_said() -> None:
    solid = [one for one in patients.drawn().of["A"] if "solid" in one.key]

    assert len(solid) == 3
    assert "tumour A with vertebra T7, vertebra T8, vertebra T9, cord and thecal sac and 3 planned cuts" in solid[0].alt


def test_the_sides_are_written_at_both_edges_as_the_surgeon_stands() -> None:
    behind = next(one for one in patients.drawn().of["A"] if one.key.endswith("as the surgeon stands"))
    texts = {text.text: float(text.get("x", 0)) for text in ElementTree.fromstring(behind.svg).iter(f"{SVG}text")}

    assert texts["L"] < 40
    assert texts["R"] > 280


def test_the_sides_of_an_oblique_view_are_written_with_both_letters() -> None:
    oblique = next(one for one in patients.drawn().of["A"] if "above" in one.key)
    texts = {text.text: float(text.get("x", 0)) for text in ElementTree.fromstring(oblique.svg).iter(f"{SVG}text")}

    assert texts["LA"] < 40
    assert texts["RP"] > 280


def test_no_line_of_a_cut_runs_through_its_name() -> None:
    behind = next(one for one in patients.drawn().of["A"] if one.key.endswith("as the surgeon stands"))
    texts = {text.text: float(text.get("y", 0)) for text in ElementTree.fromstring(behind.svg).iter(f"{SVG}text")}

    assert texts["cranial cut"] < texts["tumour A"] < texts["caudal cut"]
