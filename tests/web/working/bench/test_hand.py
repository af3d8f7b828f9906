"""A cut in the hand: what is told while it moves is the plan that is made anew with these cuts."""

from __future__ import annotations

import base64
import gzip
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest

from enbloc.case.anatomy import CORD
from enbloc.errors import RecordError
from enbloc.phantom import build
from enbloc.plan.en_bloc.dragging import NOT_LOOKED_AT
from enbloc.plan.en_bloc.shown import margin_map_of
from enbloc.present import words
from enbloc.web.bench_plan_nouns import BenchCut, BenchOperation, HoldWish, Moved, MoveWish
from enbloc.web.working.bench.exporting import exported
from enbloc.web.working.bench.frames import Frame
from enbloc.web.working.bench.hand import Hand
from enbloc.web.working.bench.measured import Measuring
from enbloc.web.working.bench.opened import Opened
from enbloc.web.working.bench.painting import paint
from enbloc.web.working.bench.planning import Planning
from enbloc.web.working.bench.surfaces import Surfaces
from enbloc.web.working.bench.worked import Worked
from tests.plan.en_bloc import phantoms
from tests.web.working.bench.laid import inverse, laid, runs
from tests.web.working.bench.test_painting import middle


@dataclass
class Laid:
    """A case with its operations computed."""

    case: Opened
    planning: Planning
    hand: Hand
    measuring: Measuring
    told: tuple[BenchOperation, ...]

    @property
    def operation(self) -> BenchOperation:
        return next(one for one in self.told if one.can_be_dragged)

    def cut(self, name: str = "cranial cut") -> BenchCut:
        return next(one for one in self.operation.cuts if one.name == name)

    def hold(self, name: str = "cranial cut") -> None:
        self.hand.hold(self.operation.id, HoldWish(cut=name), self.case, self.planning, self.measuring)

    def moved(self, mm: float, *, is_last: bool = False, name: str = "cranial cut") -> Moved:
        cut = self.cut(name)
        x, y, z = (at + mm * along for at, along in zip(cut.point_mm, cut.normal, strict=True))
        wish = MoveWish(cut=name, point_mm=(x, y, z), normal=cut.normal, seq=1, is_last=is_last)
        return self.hand.move(self.operation.id, wish, self.case, self.planning)


@pytest.fixture(scope="module")
def here() -> Iterator[Laid]:
    with laid(build(phantoms.recipe(*phantoms.PATTERNS["body"]))) as case:
        planning, measuring = Planning(), Measuring()
        assert planning.told(case, measuring).is_computing, "the bench goes on meanwhile"
        while (told := planning.told(case, measuring)).is_computing:
            time.sleep(0.05)
        assert (told.is_current, told.unplanned) == (True, ())
        yield Laid(case, planning, Hand(), measuring, told.items)


def test_operations_are_those_of_a_plan(here: Laid) -> None:
    one = here.operation
    assert (one.id, one.feasible, one.is_ready) == ("en bloc vertebrectomy T8", True, False)
    assert "nobody has confirmed the labels" in one.not_ready
    assert one.margin is not None
    assert one.margin.low <= one.margin.mm <= one.margin.high
    assert {line.label for line in one.price} >= {"nerve roots", "segmental arteries"}
    assert any(not other.feasible and other.reasons for other in here.told)


def bare(found: Moved) -> Moved:
    """Without what is only told once it is let go."""
    return replace(found, is_ready=False, not_ready=(), not_looked_at=(), took_ms=0)


def test_while_it_moves_it_is_the_plan_made_anew(here: Laid) -> None:
    here.hold()
    for mm in (-1.0, 0.7):
        quick, anew = here.moved(mm), here.moved(mm, is_last=True)
        assert quick.not_looked_at == NOT_LOOKED_AT
        assert not quick.is_ready
        assert set(quick.not_ready) - set(NOT_LOOKED_AT) <= set(anew.not_ready)
        assert bare(quick) == bare(anew)
        mapped = np.frombuffer(base64.b64decode(quick.map), "<f4")
        assert len(mapped) == len(here.hand.lesions["A"].surface.mesh.points)
        assert quick.margin is not None
        assert mapped.min() >= quick.margin.mm - 1e-3
        here.moved(0.0, is_last=True)


def test_a_cut_through_tumour_or_out_of_the_bone_is_told_and_not_ready(here: Laid) -> None:
    here.hold()
    through = here.moved(-12.0)
    assert (through.feasible, through.is_ready) == (False, False)
    assert "the cranial cut runs through tumour" in through.against
    assert through.margin is not None
    assert through.margin.mm < 0
    assert {one.words for one in through.risks} == {"100\u202f%"}
    out = here.moved(60.0)
    assert not out.is_ready
    assert any("no vertebra is labelled" in line for line in out.not_ready)


def stopped(found: Moved) -> None:
    """The cord is told at no distance, as a stop, and the plan is none."""
    assert (found.feasible, found.is_ready) == (False, False)
    cord = next(one for one in found.clearances if one.structure == "cord")
    assert (cord.mm, cord.is_kept, cord.is_shielded) == (0.0, False, False)
    assert cord.words == words.margin(0.0)


@pytest.mark.parametrize("name", ["cranial cut", "left pedicle cut"])
def test_a_cut_through_the_cord_is_a_stop_at_once_and_when_let_go(here: Laid, name: str) -> None:
    """One along the cord, endless; one whose blade ends in the canal, on its way from lamina to body."""
    here.hold(name)
    labels = next(one for one in here.case.images.labels.values() if CORD in one.boxes)
    x, y, _ = (float(each) for each in labels.points_mm(CORD).mean(axis=0))
    normal = (0.0, 1.0, 0.0) if name == "cranial cut" else (1.0, 0.0, 0.0)
    place = (x + (0.0 if name == "cranial cut" else 2.0), y, here.operation.cuts[0].point_mm[2])
    for is_last in (False, True):
        wish = MoveWish(cut=name, point_mm=place, normal=normal, seq=1, is_last=is_last)
        found = here.hand.move(here.operation.id, wish, here.case, here.planning)
        stopped(found)
        assert f"the {name} runs through the cord" in found.against
        assert f"the {name} comes within 0 mm of the cord, 2 asked" in found.against
    here.moved(0.0, is_last=True, name=name)


def test_a_cut_out_of_the_bone_is_a_stop_at_once_and_when_let_go(here: Laid) -> None:
    here.hold()
    for is_last in (False, True):
        found = here.moved(60.0, is_last=is_last)
        assert (found.feasible, found.is_ready) == (False, False)
        assert any(line.startswith("the cranial cut runs out of the bone") for line in found.against)
    here.moved(0.0, is_last=True)


def test_a_page_that_begins_anew_finds_the_cuts_where_they_were_searched(here: Laid) -> None:
    here.hold()
    was = here.planning.plan(here.operation.id, here.case)
    here.moved(0.7, is_last=True)
    assert here.planning.plan(here.operation.id, here.case).cuts != was.cuts
    bench = Worked(case=here.case, measuring=here.measuring, planning=here.planning, hand=here.hand)
    told = bench.answer(Frame(head={"do": "begin anew"})).head
    assert told["bench"] == here.case.order.bench
    (one,) = (each for each in bench.planning.told(here.case, here.measuring).items if each.id == here.operation.id)
    assert one == here.operation
    with pytest.raises(RecordError, match="not in the hand"):
        here.moved(1.0)
    here.hold()
    assert here.moved(0.0).cut is not None


def test_what_is_not_in_the_hand_is_not_moved(here: Laid) -> None:
    here.hold()
    with pytest.raises(RecordError, match="not in the hand"):
        here.moved(1.0, name="caudal cut")
    with pytest.raises(RecordError, match="no cut"):
        here.hold("sagittal cut")
    wish = MoveWish(cut="cranial cut", point_mm=(0.0, 0.0, 0.0), normal=(0.0, 0.0, 0.0), seq=1)
    with pytest.raises(RecordError, match="no direction"):
        here.hand.move(here.operation.id, wish, here.case, here.planning)
    back = inverse(here.case, runs((middle(here.case), 3, 0)))
    paint(here.case, runs((middle(here.case), 3, 0)))
    with pytest.raises(RecordError, match="not those of the labels"):
        here.moved(1.0)
    paint(here.case, back)
    here.case.seq = 0


def test_surfaces_and_files_are_those_of_the_plan(here: Laid) -> None:
    here.hold()
    plan, about = here.planning.plan(here.operation.id, here.case), here.hand.lesions["A"]
    shown = Surfaces(case=here.case, plan=plan, lesion=about)
    names = {one.name for one in shown.told().items}
    assert {"tumour A", "specimen", "bone that stays", "cranial cut", "cord", "nerve root T8 left"} <= names
    mm = margin_map_of(plan, here.case.images, about.field.findings).mm
    content = gzip.decompress(shown.content("tumour A", mm))
    magic, kind, faces, points, skip = struct.unpack("<HHIII", content[:16])
    assert (content[:2], kind, skip) == (b"MZ", 1 | 2 | 8, 0)
    assert magic == 0x5A4D
    mesh = about.surface.mesh
    assert (faces, points) == (len(mesh.triangles), len(mesh.points))
    placed = np.frombuffer(content, "<f4", 3 * points, 16 + 12 * faces).reshape(-1, 3)
    np.testing.assert_array_equal(placed * np.array([-1, -1, 1], np.float32), mesh.points)
    with pytest.raises(RecordError, match="no such surface"):
        shown.content("heart", None)
    files = {what: exported(what, plan, here.case, about, ()) for what in ("stl", "cut-sheet.pdf", "cuts.json")}
    assert files["stl"][:2] == b"PK"
    assert files["cut-sheet.pdf"][:5] == b"%PDF-"
    assert b"cranial cut" in files["cuts.json"]
    assert exported("stl", plan, here.case, about, ()) == files["stl"]
