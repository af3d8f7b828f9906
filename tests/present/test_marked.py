"""A mark is drawn where its geometry lies, on the side where it lies, and says what it is."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from functools import cache
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from enbloc.case.image import Images
from enbloc.case.origin import Origin
from enbloc.present.drawing import Picture
from enbloc.present.furniture import BAND, SIDE
from enbloc.present.marked import marked_picture
from enbloc.present.raster import pngs
from enbloc.present.sights import Sight, sights, window
from enbloc.present.words import THIN
from tests.present import patients

SVG = "{http://www.w3.org/2000/svg}"
TEAL = np.array([0x4C, 0xC0, 0xC4])


def _sight(key: str) -> Sight:
    return next(sight for sight in sights(patients.read_off()) if sight.key == key)


def _drawn(key: str, images: Images | None = None, **more: object) -> Picture:
    doubtful = ("T8",) if more.get("doubtful") else ()
    made = marked_picture(_sight(key), images or patients.images(mm=2.0), Origin.PHANTOM, doubtful=doubtful)
    assert made is not None
    return made


def _words(picture: Picture) -> str:
    return " | ".join(text.text or "" for text in ElementTree.fromstring(picture.svg).iter(f"{SVG}text"))


def _pixels(picture: Picture) -> NDArray[np.int64]:
    """The PNG of a picture as colours, shape (rows, columns, 3)."""
    (made,) = pngs([picture])
    return np.asarray(Image.open(io.BytesIO(made)).convert("RGB"), dtype=np.int64)


def _scan(picture: Picture) -> NDArray[np.int64]:
    """The grey levels of the scan alone, without anything drawn on it."""
    held = re.search(r"base64,([^\"]+)", picture.svg)
    assert held
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(held[1]))), dtype=np.int64)


@cache
def _heights() -> Picture:
    return _drawn("T8-heights")


def test_the_pixels_of_a_mark_lie_where_its_geometry_says() -> None:
    shown = _pixels(_heights())
    frame = window(_sight("T8-heights"))
    scale = shown.shape[1] / SIDE
    for y in (-24.0, -4.0):  # the two heights, at their middle
        place = frame.on_page(np.array([[0.0, y, 3.0]]))[0] * SIDE / frame.size_mm
        column, row = (place + np.array([0.0, BAND])) * scale
        near = shown[int(row) - 2 : int(row) + 3, int(column) - 2 : int(column) + 3].reshape(-1, 3)
        assert np.abs(near - TEAL).sum(axis=1).min() < 20
        aside = shown[int(row), int(column + 8 * scale)]
        assert np.abs(aside - TEAL).sum() > 100


SCANS = [("ZYX", (1, 1, 1), 0.0), ("XYZ", (-1, 1, -1), 0.0), ("YZX", (1, -1, 1), 0.3)]


@pytest.mark.parametrize(("order", "flips", "turn"), SCANS)
def test_left_is_on_the_viewers_right_in_any_scan(order: str, flips: tuple[int, int, int], turn: float) -> None:
    images = patients.images(order, flips=flips, turn=turn, mm=2.0)
    canal = _drawn("lesion-A-canal", images)
    frame = window(_sight("lesion-A-canal"))
    tumour, cord = frame.on_page(np.array([[12.0, 2.0, 0.0], [4.0, 10.0, 0.0]]))
    texts = {t.text: float(t.get("x", 0)) for t in ElementTree.fromstring(canal.svg).iter(f"{SVG}text")}

    assert frame.letters == ("R", "L", "A", "P")
    assert tumour[0] > cord[0], "the tumour is the further left of the two"
    assert texts["L"] > SIDE - 20
    assert texts["R"] < 20


@pytest.mark.parametrize(("order", "flips", "turn"), SCANS)
def test_the_scan_behind_the_marks_is_the_same_in_any_orientation(
    order: str, flips: tuple[int, int, int], turn: float
) -> None:
    straight = _scan(_drawn("lesion-A-canal"))
    other = _scan(_drawn("lesion-A-canal", patients.images(order, flips=flips, turn=turn, mm=2.0)))
    bone = straight > 95

    assert bone.mean() > 0.1
    assert (bone == (other > 95)).mean() > 0.93
    assert (bone == (other[:, ::-1] > 95)).mean() < 0.93, "its mirror image is another one"


def test_a_picture_says_what_was_measured_where_and_how() -> None:
    said = _words(_heights())

    for part in (
        "PHANTOM",
        "T8 · heights of the body",
        "Sagittal · CT 2026-11-18",
        "L 400 W 1800 HU",
        f"20{THIN}mm",
        "front at the left",
        "loss of body height against the neighbours",
        f"31{THIN}% (25–37{THIN}%)",
        "posterior height",
        f"21.0{THIN}mm (20.0–22.0{THIN}mm)",
        "between the endplates along the axis of the body",
    ):
        assert part in said
    assert "level not verified" not in said
    assert _heights().alt.startswith("PHANTOM. T8 · heights of the body. Sagittal · CT 2026-11-18: loss of body height")


def test_a_level_whose_label_is_in_doubt_says_so_in_every_picture() -> None:
    for key in ("T8-heights", "lesion-A-canal"):
        shown = _drawn(key, doubtful=True)
        assert "level not verified" in _words(shown)
        assert "level not verified" in shown.alt


def test_what_lies_beside_the_slice_is_dashed_and_said() -> None:
    sight = _sight("T8-heights")
    aside = replace(sight, plane=replace(sight.plane, point_mm=(5.0, -14.0, 0.0)))
    shown = marked_picture(aside, patients.images(mm=3.0), Origin.PATIENT)

    assert shown is not None
    assert f"dashed: up to 5{THIN}mm beside this slice" in _words(shown)
    assert 'stroke-dasharray="4 3"' in shown.svg
    assert 'stroke-dasharray="4 3"' not in _heights().svg


def _numbers(picture: Picture) -> dict[str, tuple[float, float]]:
    """The numbers that stand on the scan itself, and where."""
    return {
        t.text or "": (float(t.get("x", 0)), float(t.get("y", 0)))
        for t in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")
        if t.get("font-size") == "13.5" and t.get("stroke") is None
    }


@pytest.mark.parametrize(("key", "count"), [("T8-heights", 2), ("lesion-A-canal", 2)])
def test_the_names_of_the_marks_do_not_cover_each_other(key: str, count: int) -> None:
    places = list(_numbers(_drawn(key)).values())

    assert len(places) == count
    for (x, y), (u, v) in combinations(places, 2):
        assert abs(x - u) > 40 or abs(y - v) > 14


def test_a_number_stands_beside_the_mark_that_it_was_read_from() -> None:
    sight = _sight("lesion-A-canal")
    frame = window(sight)
    shown = _numbers(_drawn("lesion-A-canal"))

    for words, number in (("cord", f"61{THIN}%"), ("tumour to cord", f"11.5{THIN}mm")):
        mark = next(mark for mark, _ in sight.marks if mark.words == words)
        ends = frame.on_page(np.array(mark.points_mm)) * SIDE / frame.size_mm
        places = np.vstack([ends, (ends + np.roll(ends, 1, axis=0)) / 2])
        assert np.hypot(*(places - np.array(shown[number])).T).min() < 45


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert _drawn("T8-heights").svg == _heights().svg
    assert pngs([_heights()]) == pngs([_heights()])
    assert pngs([]) == ()
