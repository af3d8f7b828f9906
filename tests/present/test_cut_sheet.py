"""The cut sheet says what the plan says, with the right side, and is never taken for ready when it is not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from enbloc.case.anatomy import Level, Side
from enbloc.case.override import Override
from enbloc.decide.decision import Degree, Holds
from enbloc.decide.recommendation import Overridden
from enbloc.plan import Plan
from enbloc.plan.sheet.values import ROUNDING, Tilt, Way, Wound
from enbloc.present import cut_sheet_words as told
from enbloc.present import words
from enbloc.present.cut_sheet import NOT_ASKED
from enbloc.present.cut_sheet_blades import crossings
from enbloc.present.cut_sheet_drawings import plates
from enbloc.present.cut_sheet_views import Leaf, Room
from tests.present import sheets
from tests.present.decided import said

STOP = said("STOP-05", Degree.STOP, "No level is counted twice.", "Count the vertebrae.", "Level not confirmed.")
VOXEL = 1.5  # mm
OPEN = replace(STOP, rule="STOP-16", holds=Holds.UNKNOWN)


def _plain(words_: str) -> str:
    return " ".join(words_.replace(words.THIN, " ").replace("\u200b", "").split())


def _ready(plan: Plan) -> Plan:
    """The same plan with nothing in its way."""
    return replace(plan, not_ready=(), borderline=(), stops=(), pending=())


# --- what it says -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [sheets.vertebrectomy, sheets.sagittal])
def test_every_cut_is_told_with_the_numbers_and_margins_of_the_plan(made: object) -> None:
    one = made()  # type: ignore[operator]
    sheet = one.words()

    assert [block.number for block in sheet.cuts] == list(range(1, len(one.plan.cuts) + 1))
    for block, cut, own in zip(sheet.cuts, one.plan.cuts, one.numbers, strict=True):
        assert block.name == cut.name == own.cut
        assert block.level == own.level.value
        assert block.row.margin == words.margin(cut.margin_mm)
        assert block.row.kerf == f"{cut.kerf_mm:g}{words.THIN}mm"
        assert block.row.proof in cut.proof
        places = [entry for run in own.runs for entry in run.entries]
        assert [row.cells for row in block.entries] == [
            (
                told.from_midline(entry.midline),
                told.from_plate(entry.upper),
                told.from_plate(entry.lower),
                told.length(entry.spinous_tip_mm),
                told.length(entry.spinous_base_mm),
                told.facet(entry.facet),
            )
            for entry in places
        ]
        assert len(block.disc) == (len(own.disc.places) if own.disc else 0)


def test_the_paper_holds_every_word_of_every_cut() -> None:
    one = sheets.vertebrectomy()
    text = _plain(" ".join(sheets.printed(one.paper())))
    sheet = one.words()

    for block in sheet.cuts:
        rows = [cell for row in (*block.entries, *block.disc) for cell in row.cells]
        near = [part for each in block.near for part in (each.structure, each.said)]
        for said_ in (block.name, block.depth, block.to_endplate, block.to_midline, block.row.margin, *rows, *near):
            if not (said_ == block.depth and not block.entries):
                assert _plain(said_) in text, said_
    for said_ in (sheet.frame, ROUNDING, sheet.banner, sheet.foot, *sheet.conditions, "Research use"):
        assert _plain(said_) in text, said_
    assert "from behind, patient prone" in text
    assert "page 1 of 1" in text or "page 2 of 2" in text


def test_a_cut_through_a_disc_tells_how_to_find_it() -> None:
    blocks = [block for block in sheets.vertebrectomy().words().cuts if block.disc]
    assert {block.disc_name for block in blocks} == {"T7/T8", "T8/T9"}
    for block in blocks:
        assert [row.place for row in block.disc] == ["middle of the disc", "back edge, midline"]
        assert all(words.UNKNOWN not in cell for row in block.disc for cell in row.cells)
        assert block.disc_angles.startswith("to the lower endplate of ")


def test_stretches_are_told_one_by_one_never_as_one_depth() -> None:
    one = sheets.sagittal()
    several = [(block, own) for block, own in zip(one.words().cuts, one.numbers, strict=True) if len(own.runs) > 1]
    assert several
    for block, own in several:
        assert own.depth_mm is not None
        assert told.mm(own.depth_mm) not in block.depth
        assert len(block.stretches) == len(own.runs) + 1
        assert "out of bone" in block.stretches[-1]


def test_a_structure_that_is_held_away_is_loud() -> None:
    near = [each for block in sheets.vertebrectomy().words().cuts for each in block.near]
    shielded = [each for each in near if each.said.endswith("SHIELDED")]
    assert shielded
    assert all(each.degree is Degree.CAUTION for each in shielded)


def test_what_is_not_known_is_said() -> None:
    assert told.from_plate(None) == told.facet(None) == told.length(None) == told.to_endplate(None) == words.UNKNOWN
    assert told.to_midline(Tilt(deg=90.0)) == "90°, square to it"
    assert told.to_endplate(Tilt(deg=3.0, towards=Way.BACK)) == "3°, rises towards the back"


# --- whether it may be used -------------------------------------------------------------------------------------------


def test_a_plan_that_is_not_ready_says_so_across_its_head() -> None:
    one = sheets.sagittal()
    plan = replace(one.plan, stops=(STOP, OPEN))
    sheet, text = one.words(plan), sheets.printed(one.paper(plan))[0]

    assert not sheet.is_ready
    assert "NOT READY" in text
    assert text.index("NOT READY") < text.index("From behind")
    assert [each.id for each in sheet.stops] == ["STOP-05"]
    assert STOP.do in text
    assert sheet.open == ("STOP-16",)
    assert "1 stop not excluded: STOP-16" in _plain(text)
    assert all(_plain(why) in _plain(text) for why in sheet.not_ready)


def test_only_a_plan_with_nothing_in_its_way_is_ready_and_only_if_the_case_was_asked() -> None:
    one = sheets.sagittal()
    plan = _ready(one.plan)

    assert one.words(plan).is_ready
    text = sheets.printed(one.paper(plan))[0]
    assert "READY for the board" in text
    assert "NOT READY" not in text
    assert not one.words(plan, stops=(STOP,)).is_ready
    assert not one.words(plan, stops=(OPEN,)).is_ready
    alone = one.words(plan, stops=None)
    assert not alone.is_ready
    assert NOT_ASKED in alone.not_ready
    assert "NOT READY" in sheets.printed(one.paper(plan, stops=None))[0]


def test_cuts_that_a_person_placed_through_tumour_are_told_as_such() -> None:
    one = sheets.sagittal()
    first = one.plan.cuts[0]
    inside = replace(first, is_placed=True, margin=replace(first.margin, mm=-1.5))
    assert one.plan.resected is not None
    resected = replace(one.plan.resected, cuts=(inside, *one.plan.cuts[1:]))
    plan = replace(
        _ready(one.plan), feasible=False, reasons=("the cranial cut runs through tumour",), resected=resected
    )
    text = _plain(sheets.printed(one.paper(plan))[0])

    assert "NOT READY" in text
    assert "NOT FEASIBLE: the cranial cut runs through tumour" in text
    assert "THROUGH TUMOUR" in text
    assert "placed by a person, not searched" in text


def test_a_stop_that_a_person_overrode_is_printed_with_name_and_reason() -> None:
    one = sheets.sagittal()
    because = "Counted on the long film *in theatre*."
    by = Override(stop="STOP-05", about="A", by="R. Example", on=date(2026, 11, 20), because=because)
    text = _plain(sheets.printed(one.paper(replace(one.plan, overridden=(Overridden(stop=STOP, by=by),))))[0])

    assert "Overridden: STOP-05" in text
    assert "R. Example" in text
    assert because in text


# --- sides ------------------------------------------------------------------------------------------------------------


def test_a_mirrored_patient_swaps_the_sides() -> None:
    mine, other = sheets.sagittal().words(), sheets.sagittal(mirrored=True).words()

    assert (mine.side, other.side) == ("LEFT", "RIGHT")
    (own,), (its,) = ([block for block in each.cuts if block.name == "sagittal cut"] for each in (mine, other))
    both = (own.stretches, its.stretches)
    sides = [{row.cells[0].rsplit(" ")[-1] for row in block.entries} for block in (own, its)]
    assert sides == [{"left"}, {"right"}]
    assert [len(block.entries) for block in (own, its)] == [len(own.entries)] * 2
    # Stretches as large stand in any order, and on a flat edge any place is met first; how far away they lie is fixed.
    apart = [sorted(_mm(row.cells[0]) for row in block.entries) for block in (own, its)]
    np.testing.assert_allclose(apart[0], apart[1], atol=0.5)
    depths = [sorted(float(each) for each in re.findall(r"stop before ([\d.]+)", " ".join(one))) for one in both]
    np.testing.assert_allclose(depths[0], depths[1], atol=VOXEL)
    swapped = own.to_midline.replace("left", "_").replace("right", "left").replace("_", "right")
    assert swapped == its.to_midline


def _mm(cell: str) -> float:
    """The number of a cell."""
    found = re.match(r"[\d.]+", cell)
    return float(found[0]) if found else 0.0


def _room(wound: Wound) -> Room:
    return replace(sheets.sagittal().scene.room, wound=wound)


def _side(leaf: Leaf) -> tuple[float, float]:
    """Where a place 10 mm to the patient's left, and one to the right, lies across the drawing."""
    home = sheets.sagittal().scene.home
    places = leaf.on(np.array([home.at(10.0, 0.0, 0.0), home.at(-10.0, 0.0, 0.0)]))
    return float(places[0, 0]), float(places[1, 0])


@pytest.mark.parametrize("wound", [Wound.POSTERIOR, Wound.ANTERIOR])
def test_left_is_where_the_word_left_stands(wound: Wound) -> None:
    room = _room(wound)
    for leaf in (room.from_wound(), room.axial(room.home)):
        left, right = _side(leaf)
        assert (leaf.sides.left, leaf.sides.right) == (("LEFT", "RIGHT") if left < right else ("RIGHT", "LEFT"))
        # From behind the patient's left lies on the surgeon's left, from the front on the right.
        assert (left < right) is (wound is Wound.POSTERIOR)


def test_back_and_head_are_where_their_words_stand() -> None:
    room = _room(Wound.POSTERIOR)
    home = room.home
    axial, side, wound = room.axial(home), room.sagittal(), room.from_wound()
    back, front = (np.array([home.at(0.0, y, 0.0)]) for y in (20.0, -20.0))
    head, foot = (np.array([home.at(0.0, 0.0, z)]) for z in (10.0, -10.0))

    assert (axial.sides.upper, axial.sides.lower) == ("BACK", "FRONT")
    assert axial.on(back)[0, 1] < axial.on(front)[0, 1]
    assert (side.sides.left, side.sides.right) == ("FRONT", "BACK")
    assert side.on(front)[0, 0] < side.on(back)[0, 0]
    for leaf in (side, wound):
        assert (leaf.sides.upper, leaf.sides.lower) == ("HEAD", "FOOT")
        assert leaf.on(head)[0, 1] < leaf.on(foot)[0, 1]


# --- drawings ---------------------------------------------------------------------------------------------------------


def test_the_drawings_number_the_cuts_are_to_scale_and_can_be_read() -> None:
    one = sheets.vertebrectomy()
    drawn = plates(one.scene)
    numbers = {str(nth) for nth in range(1, len(one.plan.cuts) + 1)}

    assert [plate.picture.key for plate in drawn.plates] == ["wound", "sagittal", "axial"]
    for plate in drawn.plates:
        svg = plate.picture.svg
        shown = set(re.findall(r">(\d)</text>", svg))
        missing = set(re.findall(r"\d", plate.under))
        assert shown | missing == numbers
        assert not shown & missing
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)) >= 7.0
        assert (
            set(re.findall(r">(LEFT|RIGHT|FRONT|BACK|HEAD|FOOT)<", svg)) >= {"HEAD", "FOOT"} or "axial" in svg.lower()
        )
        bar = re.search(r'd="M([\d.]+) [\d.]+V[\d.]+H([\d.]+)V', svg)
        assert bar is not None
        assert (float(bar[2]) - float(bar[1])) * 25.4 / 72.0 == pytest.approx(drawn.bar_mm, abs=0.05)
    assert set(re.findall(r">(\d)</text>", drawn.plates[0].picture.svg)) == numbers
    assert drawn.scale == f"{drawn.bar_mm:g}:10"


def test_a_blade_lies_on_the_axial_drawing_where_the_plan_has_it() -> None:
    one = sheets.sagittal()
    scene = one.scene
    (blade,) = [each for each in scene.drawn if each.told.cut == "sagittal cut"]
    leaf = scene.room.axial(scene.home)
    lines = blade.in_plane(leaf, is_sagittal=False).solid

    assert lines
    plane = one.plan.cuts[blade.number - 1].plane
    for line in lines:
        away = (line / leaf.unit - np.array(leaf.size_mm) / 2.0) @ np.array([leaf.right, leaf.down])
        np.testing.assert_allclose(plane.distance_mm(leaf.centre + away), 0.0, atol=1e-3)


def test_a_polygon_with_a_hole_is_crossed_twice() -> None:
    def square(half: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        return half * np.array([[-1.0, -1.0, 0.0], [1.0, -1.0, 0.0], [1.0, 1.0, 0.0], [-1.0, 1.0, 0.0]])

    across = np.array([1.0, 0.0, 0.0])
    whole = list(crossings(((square(3.0),),), np.zeros(3), across))
    holed = list(crossings(((square(3.0), square(1.0)),), np.zeros(3), across))

    assert [np.ptp(line[:, 1]) for line in whole] == [6.0]
    assert sorted(float(np.ptp(line[:, 1])) for line in holed) == [2.0, 2.0]
    assert not list(crossings(((square(3.0),),), np.array([5.0, 0.0, 0.0]), across))


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_same_plan_gives_the_same_bytes_and_a_tagged_paper() -> None:
    one = sheets.vertebrectomy()
    paper = one.paper()
    assert paper == one.paper()
    assert b"pdfuaid:part" in paper
    assert one.plan.levels == (Level.T8,)
    assert sheets.sagittal().plan.side is Side.LEFT
