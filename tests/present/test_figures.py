"""Figures of a score: what is reachable is drawn, and the wheel is not mirrored."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from enbloc.present import figures
from enbloc.present.content import Extent
from enbloc.present.tokens import INK, TUMOUR
from tests.present import patients

SVG = "{http://www.w3.org/2000/svg}"
SINS, ESCC = patients.content().scores


def _texts(svg: str) -> dict[str, ElementTree.Element]:
    return {text.text or "": text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")}


def test_each_reachable_total_is_a_dot_and_nothing_between_is() -> None:
    svg = figures.dots(replace(SINS, totals=(6, 11)))
    circles = list(ElementTree.fromstring(svg).iter(f"{SVG}circle"))

    assert len(circles) == 2
    assert {"6", "11", "stable", "potentially unstable", "unstable"} == set(_texts(svg))
    lines = [
        float(line.get("x1", 0)) for line in ElementTree.fromstring(svg).iter(f"{SVG}line") if line.get("stroke") == INK
    ]
    assert float(circles[0].get("cx", 0)) < lines[0] < float(circles[1].get("cx", 0)) < lines[1]


def test_the_ladder_fills_what_is_reachable_and_names_what_was_reported() -> None:
    svg = figures.ladder(ESCC)
    filled = [r for r in ElementTree.fromstring(svg).iter(f"{SVG}rect") if r.get("fill") == INK and r.get("rx")]

    assert len(filled) == 2
    assert "reported" in _texts(svg)
    assert "Reported by a reader: 3." in svg


@pytest.mark.parametrize("number", range(1, 13))
def test_the_left_sectors_lie_on_the_viewers_right_and_the_spinous_process_at_the_bottom(number: int) -> None:
    place = _texts(figures.wheel(Extent(about="A", sectors=(number,), layers=("B",))))[str(number)]

    assert (float(place.get("x", 0)) > 130) == (number <= 6)
    assert (float(place.get("y", 0)) - 5 > 128) == (number in {1, 2, 3, 10, 11, 12})


def test_the_wheel_fills_the_involved_sectors_only_and_says_their_sides() -> None:
    svg = figures.wheel(Extent(about="A", sectors=(3, 9), layers=None))
    filled = [path for path in ElementTree.fromstring(svg).iter(f"{SVG}path") if path.get("fill") == TUMOUR]

    assert len(filled) == 2
    assert "3 left, 9 right" in svg
    letters = _texts(svg)
    assert float(letters["R"].get("x", 0)) < float(letters["L"].get("x", 0))


def test_an_unknown_extent_is_not_an_empty_one() -> None:
    unknown = figures.wheel(Extent(about="A", sectors=None, layers=None))
    empty = figures.wheel(Extent(about="A", sectors=(), layers=()))

    assert "not known" in unknown
    assert "none" in empty
    assert unknown.count("stroke-dasharray") > empty.count("stroke-dasharray")


def test_each_way_of_knowing_has_its_own_look() -> None:
    states = ("measured", "entered", "overruled", "borderline", "unknown")
    marks = {state: figures.mark(replace(SINS.marks[0], state=state)) for state in states}
    bare = {state: svg.split("</title>")[1].split("<text")[0] for state, svg in marks.items()}

    assert len(set(bare.values())) == len(states)
    assert {one.state for one in SINS.marks} == {"measured", "entered", "borderline", "unknown"}
    assert "?" in _texts(marks["unknown"])


def test_a_borderline_item_shows_both_readings() -> None:
    near = replace(SINS.marks[4], state="borderline")

    assert "2/3" in _texts(figures.mark(near))
    assert SINS.marks[4].reading == "under half or over half"
