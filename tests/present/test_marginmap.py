"""The surface of the tumour in bands of margin: towards the smallest margin first, with a key in words."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from enbloc.plan.proposal import Plan
from enbloc.present.drawing import Picture
from enbloc.present.marginmap import map_pictures
from enbloc.present.words import THIN
from tests.present import patients
from tests.present.operated import CUTS, OBSERVED, margin, with_margin

SVG = "{http://www.w3.org/2000/svg}"
ABOVE = (12.0, -14.0, 8.0)


def _plan(mm: float) -> Plan:
    """Two cuts far off, and the cranial one ``mm`` above the top of the tumour."""
    cranial, caudal, _ = CUTS
    top = 9.0 + mm + cranial.kerf_mm / 2
    moved = replace(cranial, plane=replace(cranial.plane, point_mm=(0.0, -14.0, top)))
    return with_margin(margin(mm, mm - 1, mm + 1, "cranial cut", at_mm=ABOVE), cuts=(moved, caudal))


@cache
def _pictures(mm: float = 1.0) -> tuple[Picture, ...]:
    return map_pictures(patients.workup(plans=(_plan(mm),)), patients.images(mm=3.0), "A", patients.TUMOUR_AT)


def _texts(one: Picture) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(one.svg).iter(f"{SVG}text")]


def _pixels(one: Picture) -> np.ndarray:
    held = re.search(r"base64,([^\"]+)", one.svg)
    assert held
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(held.group(1)))))


def test_the_first_view_faces_the_smallest_margin_and_the_second_the_other_side() -> None:
    first, second = _pictures()

    assert first.title == "Margin of tumour A · seen from above and behind"
    assert second.title == "Margin of tumour A · seen from below and behind"
    assert f"least: 1.0{THIN}mm" in _texts(first)
    assert not any("least" in said for said in _texts(second))


def test_the_key_names_every_band_and_the_words_say_what_is_seen() -> None:
    first, _ = _pictures()

    assert {"0–1", "1–2", "2–5", "5–10", "over 10", "PAINTED DATA", "L", "R"} <= set(_texts(first))
    assert first.alt.replace(THIN, " ") == (
        "PAINTED DATA. Tumour A seen from above and behind, coloured by its margin in en bloc vertebrectomy T8; "
        "smallest margin 1.0 mm, to the cranial cut; asked for 4 mm."
    )


def test_a_nearer_cut_makes_the_surface_darker() -> None:
    near, far = (_pixels(_pictures(mm)[0])[100:300, 100:300].mean() for mm in (0.5, 12.0))

    assert near < far - 5


def test_without_cuts_there_is_no_map() -> None:
    workup = patients.workup(plans=(OBSERVED,))

    assert map_pictures(workup, patients.images(mm=3.0), "A", patients.TUMOUR_AT) == ()
