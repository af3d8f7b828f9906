"""A plane in the hand: whatever it is moved to, the numbers are those of a plan made anew with the same cuts."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case.anatomy import Side
from enbloc.case.geometry import Plane, triple
from enbloc.errors import RecordError
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.en_bloc.assessing import Assessed
from enbloc.plan.en_bloc.dragging import NOT_LOOKED_AT, Dragged, Dragging, dragging
from enbloc.plan.en_bloc.freeing import Freed, Freeing
from enbloc.plan.en_bloc.template import template
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.operation import Operation
from enbloc.plan.solids.fate import Fate
from tests.plan.en_bloc import phantoms

NAMES = ("cranial cut", "caudal cut", "left pedicle cut", "right pedicle cut")
OTHER = {"left pedicle cut": "right pedicle cut", "right pedicle cut": "left pedicle cut"}


@cache
def held(*, mirrored: bool = False) -> Dragging:
    """A vertebrectomy; of the mirrored patient with the mirrored cuts."""
    field = phantoms.field("body", mirrored=mirrored)
    laid_out, wishes = template(Operation.VERTEBRECTOMY, field), Wishes()
    if mirrored:
        there = {OTHER.get(cut.name, cut.name): cut for cut in held().freed.cuts}
        within = {role.name: role.within for role in laid_out.roles}
        cuts = (replace(there[name], name=name, plane=seen(there[name].plane)) for name in within)
        return dragging(field, laid_out, wishes, Freed(cuts=tuple(replace(c, within=within[c.name]) for c in cuts)))
    freed = Freeing(field=field, template=laid_out, wishes=wishes).answered()
    assert isinstance(freed, Freed)
    return dragging(field, laid_out, wishes, freed)


def seen(plane: Plane) -> Plane:
    """A plane in the mirror."""
    (x, y, z), (a, b, c) = plane.point_mm, plane.normal
    return Plane(point_mm=(-x, y, z), normal=(-a, b, c))


def cut_of(here: Dragging, name: str) -> FixedCut:
    return next(cut for cut in here.freed.cuts if cut.name == name)


def tilted(plane: Plane, mm: float, across: float, along: float) -> Plane:
    """A plane moved along its normal and tilted."""
    normal = np.array(plane.normal) + np.array([across, 0.5 * across, along])
    unit = normal / np.linalg.norm(normal)
    return Plane(point_mm=triple(np.array(plane.point_mm) + mm * np.array(plane.normal)), normal=triple(unit))


def anew(here: Dragging, cuts: tuple[FixedCut, ...]) -> Assessed:
    return Assessed(field=here.field, template=here.template, wishes=here.wishes, freed=Freed(cuts=cuts))


def is_same(here: Dragging, found: Dragged) -> None:
    """Every number is that of an assessment that knows nothing of what was there before."""
    there = anew(here, found.cuts)
    np.testing.assert_array_equal(found.margins.mm, there.margins.mm)
    np.testing.assert_array_equal(found.margins.nearest, there.margins.nearest)
    assert found.margins.bounds == there.margins.bounds
    assert found.margins.overall == there.margins.overall
    assert found.margins.faces == there.margins.faces
    assert found.margins.not_known == there.margins.not_known
    assert (found.price, found.risks, found.judged) == (there.price, there.risks, there.judged)
    assert found.clearances == there.clearances_of(found.moved)


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(NAMES), st.floats(-9.0, 6.0), st.floats(-0.2, 0.2), st.floats(-0.2, 0.2), st.sampled_from([1, -1])
)
def test_wherever_a_plane_is_moved_it_is_as_if_planned_anew(
    name: str, mm: float, across: float, along: float, way: int
) -> None:
    here = held()
    plane = tilted(cut_of(here, name).plane, mm, across, along)
    found = here.moved(name, replace(plane, normal=triple(way * np.array(plane.normal))))
    is_same(here, found)
    assert found.not_looked_at == NOT_LOOKED_AT
    assert [cut.name for cut in found.cuts] == [cut.name for cut in here.freed.cuts]
    assert [cut for cut in found.cuts if cut.name != name] == [cut for cut in here.freed.cuts if cut.name != name]


def test_a_plane_that_has_gone_through_the_tumour_is_told_so() -> None:
    here = held()
    found = here.moved("cranial cut", tilted(cut_of(here, "cranial cut").plane, -12.0, 0.0, 0.0))
    is_same(here, found)
    assert found.margins.overall.margin.mm < 0
    assert {risk.low for risk in found.risks} == {1.0}


def test_meshes_close_and_are_as_large_as_those_of_the_plan() -> None:
    here = held()
    assert here.bone is not None
    for name in NAMES:
        found = here.moved(name, tilted(cut_of(here, name).plane, -1.3, 0.05, 0.02))
        piece = anew(here, found.cuts).piece
        parts = here.bone.coarse.cut((piece,), here.template.openings, blades_apart=False)
        fine = here.bone.bone.cut((piece,), here.template.openings, blades_apart=False)
        assert [one.fate for one in found.shapes] == [one.fate for one in parts]
        assert [one.fate for one in parts] == [Fate.SPECIMEN, Fate.BLADE, Fate.OPENED, Fate.REMAINING]
        assert sum(one.mesh.volume_mm3 for one in found.shapes) == pytest.approx(here.bone.bone.volume_mm3, rel=0.005)
        for shape, part, true in zip(found.shapes, parts, fine, strict=True):
            assert shape.mesh.is_closed
            assert shape.volume_mm3 == pytest.approx(true.volume_mm3, rel=0.05)
            assert shape.volume_mm3 == pytest.approx(part.volume_mm3, rel=1e-6)
            assert shape.mesh.volume_mm3 == pytest.approx(part.volume_mm3, rel=1e-3)


def test_without_the_bone_there_are_no_shapes_and_every_number_is_the_same() -> None:
    here = replace(held(), bone=None)
    found = here.moved("cranial cut", tilted(cut_of(here, "cranial cut").plane, -1.3, 0.05, 0.02))
    assert found.shapes == ()
    is_same(here, found)


def test_one_after_the_other_is_as_both_at_once() -> None:
    here = held()
    first = here.moved("cranial cut", tilted(cut_of(here, "cranial cut").plane, 1.0, 0.0, 0.0))
    then = here.let_go(first)
    found = then.moved("left pedicle cut", tilted(cut_of(here, "left pedicle cut").plane, -1.5, 0.0, 0.0))
    is_same(then, found)
    assert first.moved in found.cuts
    assert then.bone is here.bone, "the bone is made once"


def test_the_mirrored_patient_gives_the_mirrored_answer() -> None:
    for name in ("cranial cut", "left pedicle cut"):
        plane = tilted(cut_of(held(), name).plane, 0.83, 0.031, 0.017)
        here = held().moved(name, plane)
        there = held(mirrored=True).moved(OTHER.get(name, name), seen(plane))
        assert there.margins.overall.margin.mm == here.margins.overall.margin.mm
        margins = {OTHER.get(one.name, one.name): one.margin.mm for one in there.margins.bounds if one.is_cut}
        assert margins == {one.name: one.margin.mm for one in here.margins.bounds if one.is_cut}
        assert [one.removed_cc for one in there.price.bone if one.part is None] == [
            one.removed_cc for one in here.price.bone if one.part is None
        ]
        cut = [{(root.nerve, root.side) for root in one.price.roots.cut} for one in (here, there)]
        turned = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
        assert cut[1] == {(nerve, turned[side]) for nerve, side in cut[0]}
        assert [shape.volume_mm3 for shape in there.shapes] == pytest.approx(
            [shape.volume_mm3 for shape in here.shapes],
            rel=0.02,  # triangles are saved otherwise
        )


def test_a_cut_that_is_not_there_and_a_plane_without_direction_are_refused() -> None:
    here = held()
    with pytest.raises(RecordError, match="no cut 'sagittal cut'") as told:
        here.moved("sagittal cut", cut_of(here, "cranial cut").plane)
    assert "cranial cut" in told.value.remedy
    with pytest.raises(RecordError, match="no direction"):
        here.moved("cranial cut", Plane(point_mm=(0.0, 0.0, 0.0), normal=(0.0, 0.0, 0.0)))
