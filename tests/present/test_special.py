"""Operations that are not told by their cuts alone: separation, piecemeal removal, laminae, exposure, the sacrum."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from enbloc.case.anatomy import Level, Part, Side
from enbloc.case.answer import unknown
from enbloc.case.finding import Interval
from enbloc.decide.decision import Degree
from enbloc.plan.decompression.decompression import (
    Access,
    Decompression,
    Direction,
    Expected,
    Nearest,
    PartInTheWay,
    Separation,
    Within,
)
from enbloc.plan.laminae.exposure import Exposure, Width
from enbloc.plan.laminae.laminectomy import Laminectomy
from enbloc.plan.operation import Operation
from enbloc.plan.planning import plans
from enbloc.plan.proposal import Plan
from enbloc.plan.removal.told import Reached, Removal
from enbloc.plan.volume import Volume
from enbloc.present.comparing import compared_tables
from enbloc.present.planned import Line
from enbloc.present.special import special_blocks
from enbloc.present.words import THIN
from enbloc.stage.escc import Escc
from tests.plan.sacrum.phantoms import made
from tests.present import patients
from tests.present.operated import OBSERVED, PLAN


def _lines(plan: Plan) -> dict[str, Line]:
    (block,) = special_blocks(plan)
    return {line.label: line for line in block.lines}


def _said(plan: Plan) -> dict[str, str]:
    return {label: line.said.replace(THIN, " ") for label, line in _lines(plan).items()}


def _span(cc: float) -> Interval:
    return Interval(low=cc - 0.1, high=cc + 0.1)


def _volume(cc: float) -> Volume:
    return Volume(cc=cc, interval=_span(cc))


# --- separation -------------------------------------------------------------------------------------------------------
LEFT_OF_CORD = Nearest(
    mm=2.24,
    interval=Interval(low=0.6, high=3.4),
    at_mm=(4.0, 0.0, 0.0),
    level=Level.T8,
    direction=Direction.FRONT,
    side=Side.LEFT,
)
LAMINA = PartInTheWay(
    level=Level.T8, part=Part.LAMINA, side=Side.LEFT, percent=60.0, is_opened=True, why="stands behind the canal"
)
TIP = replace(LAMINA, part=Part.TRANSVERSE_PROCESS, percent=9.6, is_opened=False)


SPECK = Volume(cc=0.0, interval=Interval(low=0.0, high=0.04))


def _separation(**more: Any) -> Separation:
    found = Separation(
        target_mm=2.0,
        removed=_volume(0.9),
        in_bone=unknown("label of the bone"),
        free=_volume(0.5),
        at=(),
        left=_volume(6.5),
        to_cord=LEFT_OF_CORD,
        to_sac=None,
        near_cord=(
            Within(than_mm=1.0, amount=SPECK, percent=0.0, percent_interval=_span(1)),
            Within(than_mm=5.0, amount=_volume(0.3), percent=4.0, percent_interval=_span(4)),
        ),
        access=Access(ways=(), parts=(LAMINA, TIP), openings=(), rules=(), not_known=()),
        expected=Expected(
            grades=(Escc("1a"), Escc("1b")),
            area_mm2=10.0,
            area_interval=None,
            length_mm=5.0,
            length_interval=None,
            words="no tumour touches the dura",
        ),
        meets=True,
    )
    return replace(found, **more)


def _decompressed(*targets: Separation) -> Plan:
    found = Decompression(
        lesion="A",
        dura="thecal sac",
        cautions=(),
        tumour=_volume(7.4),
        to_cord=LEFT_OF_CORD,
        to_sac=unknown("label of the sac"),
        grades=(Escc("2"), Escc("3")),
        targets=targets,
    )
    return replace(PLAN, decompression=found)


def test_a_separation_is_told_before_and_after_with_a_set_of_grades() -> None:
    told = _said(_decompressed(_separation()))

    assert (
        told["before"]
        == "to the cord 2.0 mm (0.5–3.0 mm) at T8, in front left; to the sac not known (label of the sac)"
    )
    assert told["ESCC before"] == "2 · 3"
    assert told[f"2{THIN}mm freed"] == "removes 0.9 cc (0.8–1.0 cc), leaves 6.5 cc (6.4–6.6 cc)"
    assert told["ESCC expected"] == "1a · 1b"
    assert told["radiosurgery faces"] == "0.3 cc (0.2–0.4 cc) within 5 mm of the cord"
    assert told["bone on the way"] == "T8 lamina left"


def test_what_is_not_known_of_a_separation_is_said() -> None:
    line = _lines(_decompressed(_separation(near_cord=unknown("label of the cord"))))

    assert line["2" + THIN + "mm freed"].notes[0] == "of it within bone not known: label of the bone"
    assert line["radiosurgery faces"].said == "not known: label of the cord"


def test_a_separation_that_falls_short_is_loud() -> None:
    short, open_ = (
        _lines(_decompressed(_separation(meets=held)))["ESCC expected"] for held in (False, unknown("cord"))
    )

    assert (short.degree, short.word) == (Degree.CAUTION, "NOT REACHED")
    assert open_.is_unknown


def test_the_same_bone_for_another_target_is_not_told_twice() -> None:
    (block,) = special_blocks(_decompressed(_separation(), _separation(target_mm=3.0)))

    assert [line.said for line in block.lines if line.label == "bone on the way"] == ["T8 lamina left", "as above"]


# --- through the laminae ----------------------------------------------------------------------------------------------
def test_a_laminectomy_says_what_it_opens_and_what_it_leaves() -> None:
    found = Laminectomy(
        lesion="A", feasible=True, levels=(Level.T8,), levels_open=(Level.T9,), front=_volume(0.9), stretch_mm=_span(20)
    )
    told = _said(replace(PLAN, laminectomy=found))

    assert told["laminae opened"] == "T8; half a voxel decides at T9"
    assert told["left in front of the sac"] == "0.9 cc (0.8–1.0 cc)"
    assert told["tumour removed"].startswith("none")


def test_an_exposure_tells_its_edges_with_their_sides() -> None:
    found = Exposure(
        lesion="A",
        feasible=True,
        levels=(Level.T8,),
        width=Width.HEMILAMINECTOMY,
        side=Side.LEFT,
        length_mm=Interval(low=18.0, high=20.0),
        right_edge_mm=Interval(low=-2.0, high=1.0),
        left_edge_mm=Interval(low=6.0, high=6.0),
    )
    told = _said(replace(PLAN, exposure=found))

    assert told["width"] == "hemilaminectomy left"
    assert told["edge, right"] == "2.0 mm right of the midline to 1.0 mm left of the midline"
    assert told["edge, left"] == "6.0 mm left of the midline"
    assert told["facet joints"] == "not known"


# --- piecemeal --------------------------------------------------------------------------------------------------------
def test_a_removal_is_told_by_approach_the_one_that_leaves_least_first() -> None:
    ways = [
        Reached(
            approaches=(name,),
            reached_cc=7.0 - left,
            reached=_span(7.0 - left),
            left_cc=left,
            left=_span(left),
            remains=(),
            entries=(),
        )
        for name, left in (("posterior", 2.0), ("left lateral", 0.5))
    ]
    told = _said(replace(PLAN, removal=Removal(lesion="A", feasible=True, single=tuple(ways))))

    assert list(told) == ["left lateral", "posterior"]
    assert told["left lateral"] == "reaches 6.5 cc (6.4–6.6 cc), leaves 0.5 cc (0.4–0.6 cc)"


# --- the sacrum -------------------------------------------------------------------------------------------------------
@cache
def _sacral() -> Plan:
    return next(plan for plan in plans(made()) if plan.operation is Operation.SACRECTOMY)


def test_each_level_of_a_sacrectomy_has_its_roots_and_their_function() -> None:
    (block,) = special_blocks(_sacral())
    found = _sacral().sacrectomy
    assert found is not None
    first = block.lines[0]

    assert first.label == f"1  {found.first.name}"
    assert "cuts S4 left, S4 right, S5 left, S5 right" in first.said
    assert any(note.startswith("function: ") for note in first.notes)
    assert sum(line.label[0].isdigit() for line in block.lines) == len(found.rows)
    assert all(line.is_unknown for line in block.lines if line.label == "not labelled")


def test_a_sacrectomy_is_compared_by_the_margin_of_its_blades() -> None:
    made = patients.workup(plans=(OBSERVED, _sacral()))
    (table,) = compared_tables(made.plans, made.compared, is_stopped=bool(made.decision.stops))
    row = table.rows[1]

    assert row.margin == f"4.0{THIN}mm"
    assert row.margin_note.endswith("to its blades alone: soft tissue is not counted")
    assert row.roots == "S4 left, S4 right, S5 left, S5 right"


def test_an_operation_with_cuts_alone_has_no_block_of_its_own() -> None:
    assert list(special_blocks(PLAN)) == []
