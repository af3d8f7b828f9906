"""A picture of a scan says what it is, which side is which, and whose it is not."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import ImageFont

from enbloc.case.anatomy import tumour
from enbloc.case.finding import Findings
from enbloc.case.lesion import Lesion
from enbloc.case.origin import Origin
from enbloc.present.drawing import Picture
from enbloc.present.furniture import SIDE, scale_bar
from enbloc.present.pictures import pictures
from enbloc.present.words import THIN
from tests.present import patients

SVG = "{http://www.w3.org/2000/svg}"


def _length(words: str, size: float, is_bold: bool) -> float:
    cut = "SemiBold" if is_bold else "Regular"
    font = files("enbloc.present").joinpath("fonts", f"IBMPlexSans-{cut}.ttf").read_bytes()
    return float(ImageFont.truetype(BytesIO(font), 100).getlength(words)) * size / 100


def _picture(view: str) -> Picture:
    return next(one for one in patients.drawn().of["A"] if view in one.key)


def _texts(picture: Picture) -> list[tuple[str, float]]:
    tree = ElementTree.fromstring(picture.svg)
    return [(text.text or "", float(text.get("x", 0))) for text in tree.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("view", "left", "right"), [("axial", "R", "L"), ("coronal", "R", "L"), ("sagittal", "A", "P")]
)
def test_the_letters_stand_on_their_sides(view: str, left: str, right: str) -> None:
    places = {words: x for words, x in _texts(_picture(view)) if len(words) == 1}

    assert places[left] < 40
    assert places[right] > 280


def test_the_name_of_the_tumour_stands_on_its_side() -> None:
    assert dict(_texts(_picture("axial")))["tumour A"] > 160


def test_a_scan_carries_level_plane_kind_date_window_thickness_and_scale() -> None:
    said = " | ".join(words for words, _ in _texts(_picture("axial")))

    for part in (
        "Axial · T8 · CT 2026-11-18",
        "L 400 W 1800 HU",
        f"slices 3.0{THIN}mm",
        f"20{THIN}mm",
        "from the feet",
    ):
        assert part in said


def test_levels_are_written_on_the_vertebrae_and_cuts_are_named() -> None:
    names = [words for words, _ in _texts(_picture("sagittal"))]

    assert {"T7", "T8", "T9", f"cranial cut 3.5{THIN}mm", f"caudal cut 3.5{THIN}mm"} <= set(names)
    flat = " ".join(words for words, _ in _texts(_picture("axial")))
    assert "cranial cut" not in flat, "a cut in the plane is not drawn"
    assert f"left pedicle cut 1.5{THIN}mm" in flat


def test_what_is_seen_is_said() -> None:
    alt = _picture("axial").alt

    assert alt.startswith("PAINTED DATA. Axial CT through T8, patient's left on the viewer's right: tumour A (14.6")
    assert "WBB sectors 3 left, 4 left, 5 left and 6 left" in alt
    assert "outlined as well: vertebra T8, aorta, vena cava, thecal sac and cord; planned: left pedicle cut" in alt
    planned = f"planned: cranial cut 3.5{THIN}mm from the tumour, caudal cut 3.5{THIN}mm from the tumour"
    assert planned in _picture("sagittal").alt
    assert all(one.alt for one in patients.drawn().of["A"])


@pytest.mark.parametrize(("origin", "words"), [(Origin.PAINTED, "PAINTED DATA"), (Origin.PHANTOM, "PHANTOM")])
def test_what_is_no_patient_says_so_in_every_picture(origin: Origin, words: str) -> None:
    for one in pictures(patients.workup(origin), patients.images(mm=3.0)).of["A"]:
        assert words in [text for text, _ in _texts(one)]


def test_a_patient_has_no_banner() -> None:
    for one in pictures(patients.workup(Origin.PATIENT), patients.images(mm=3.0)).of["A"]:
        assert not {"PAINTED DATA", "PHANTOM"} & {text for text, _ in _texts(one)}


def test_a_lesion_without_a_label_gets_a_sentence_instead() -> None:
    bare = replace(patients.images(mm=3.0), labels={})

    shown = pictures(patients.workup(findings=Findings()), bare)

    assert shown.of == {}
    assert shown.without == ("No picture of tumour A: it is not labelled in any image.",)


def test_each_labelled_lesion_has_its_own_pictures_and_they_reach_the_report() -> None:
    images = patients.images(mm=3.0)
    labels = images.labels["tumour"]
    second = np.where(np.indices(labels.grid.shape)[2] > labels.grid.shape[2] // 2 + 4, 2, 1)
    split = replace(labels, labels=(labels.labels * second).astype(np.uint8), names={1: tumour("A"), 2: tumour("B")})
    both = replace(images, labels=dict(images.labels) | {"tumour": split})
    lesions = (*patients.case().lesions, Lesion(id="B"))

    shown = pictures(patients.workup(case=patients.case(lesions=lesions)), both)

    assert list(shown.of) == ["A", "B"]
    assert all("tumour B" in one.alt for one in shown.of["B"])
    assert not {one.key for one in shown.of["A"]} & {one.key for one in shown.of["B"]}


def test_nothing_is_drawn_outside_the_frame() -> None:
    for one in patients.drawn().of["A"]:
        tree = ElementTree.fromstring(one.svg)
        width = float((tree.get("viewBox") or "").split()[2])
        for text in tree.iter(f"{SVG}text"):
            length = _length(text.text or "", float(text.get("font-size", 0)), text.get("font-weight") == "600")
            start = float(text.get("x", 0)) - {"middle": 0.5, "end": 1.0}.get(text.get("text-anchor", ""), 0.0) * length
            assert start >= -1, text.text
            assert start + length <= width + 1, text.text


@pytest.mark.parametrize("size_mm", [24.0, 44.0, 49.0, 51.0, 64.0, 120.0, 420.0])
def test_the_scale_bar_keeps_clear_of_the_letter_of_the_side(size_mm: float) -> None:
    scale = SIDE / size_mm
    bar = scale_bar(scale)
    found = re.search(r"H([0-9.]+)V", bar)
    said = re.search(r">([0-9]+)\s?mm<", bar)

    assert found
    assert said
    assert float(found[1]) < SIDE / 2 - 10
    assert float(found[1]) - 12 == pytest.approx(int(said[1]) * scale, abs=0.1)
