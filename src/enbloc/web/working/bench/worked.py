"""What a bench is asked of its labels, measures and operations; all that it takes is loaded when the first is asked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from enbloc.case.case import Case
from enbloc.errors import NotBuiltError, RecordError
from enbloc.exchange.document import from_json, plain
from enbloc.plan.en_bloc.shown import margin_map_of
from enbloc.web.bench_nouns import GrowWish, KeptCuts, Painted, RelabelWish
from enbloc.web.bench_plan_nouns import HoldWish, MoveWish
from enbloc.web.working.bench.about import structures, told
from enbloc.web.working.bench.drawn import drawn
from enbloc.web.working.bench.exporting import exported
from enbloc.web.working.bench.frames import Frame
from enbloc.web.working.bench.growing import growth
from enbloc.web.working.bench.hand import Hand
from enbloc.web.working.bench.keeping import KeptMaps, kept_maps, stand_on
from enbloc.web.working.bench.measured import Measuring
from enbloc.web.working.bench.opened import Opened
from enbloc.web.working.bench.painting import RUN, paint, runs_in
from enbloc.web.working.bench.planning import Planning
from enbloc.web.working.bench.renaming import renaming
from enbloc.web.working.bench.surfaces import Surfaces

Noun = TypeVar("Noun")


@dataclass(eq=False, kw_only=True)
class Worked:
    """The opened case, and everything that was worked out of it."""

    case: Opened
    measuring: Measuring = field(default_factory=Measuring)
    planning: Planning = field(default_factory=Planning)
    hand: Hand = field(default_factory=Hand)

    def answer(self, frame: Frame) -> Frame:
        """What one frame asks for.

        Raises
        ------
        EnblocError
            If it cannot be done.
        """
        does = _DOES.get(str(frame.head.get("do")))
        if does is None:
            raise NotBuiltError("This part of the workbench", instead="Look at the case page.")
        return does(self, frame.head, frame.payload)


def _about(bench: Worked, _: Mapping[str, Any], __: bytes) -> Frame:
    return Frame(head=plain(told(bench.case, bench.measuring.doubts())))


def _begin_anew(bench: Worked, asked: Mapping[str, Any], payload: bytes) -> Frame:
    """For a page that knows nothing of an earlier one: cuts are where they were searched, and none is in the hand."""
    bench.planning.put_back()
    bench.hand.let_go()
    return _about(bench, asked, payload)


def _paint(bench: Worked, asked: Mapping[str, Any], content: bytes) -> Frame:
    case, measuring = bench.case, bench.measuring
    runs, began = runs_in(content, case), time.monotonic()
    if not measuring.items:
        measuring.measured(case)
    before, doubts = measuring.items, structures(case, measuring.doubts())
    edit = paint(case, runs)
    measuring.forget(edit.changed)
    if not asked.get("has_more"):
        measuring.measured(case)
    changed, gone = measuring.changed_since(before) if measuring.at == case.seq else ((), ())
    told = Painted(
        seq=case.seq,
        voxels=edit.voxels,
        measures=changed,
        gone=gone,
        took_ms=round(1000 * (time.monotonic() - began)),
        structures=tuple(one for one in structures(case, measuring.doubts()) if one not in set(doubts)),
    )
    return Frame(head=plain(told))


def _grow(bench: Worked, asked: Mapping[str, Any], _: bytes) -> Frame:
    return Frame(head={}, payload=growth(bench.case, _wish(GrowWish, asked)).astype(RUN).tobytes())


def _relabel(bench: Worked, asked: Mapping[str, Any], _: bytes) -> Frame:
    runs, is_new = renaming(bench.case, _wish(RelabelWish, asked))
    return Frame(head={"is_new": is_new}, payload=runs.astype(RUN).tobytes())


def _measures(bench: Worked, _: Mapping[str, Any], __: bytes) -> Frame:
    return Frame(head=plain(bench.measuring.told(bench.case)))


def _drawn(bench: Worked, asked: Mapping[str, Any], _: bytes) -> Frame:
    bench.measuring.measured(bench.case)
    assert bench.measuring.column is not None, "it was measured"
    return Frame(head=plain(drawn(bench.case, bench.measuring.column, str(asked["axis"]), float(asked["mm"]))))


def _operations(bench: Worked, _: Mapping[str, Any], __: bytes) -> Frame:
    return Frame(head=plain(bench.planning.told(bench.case, bench.measuring)))


def _hold(bench: Worked, asked: Mapping[str, Any], _: bytes) -> Frame:
    wish = HoldWish(cut=str(asked["cut"]))
    return Frame(
        head=plain(bench.hand.hold(str(asked["operation"]), wish, bench.case, bench.planning, bench.measuring))
    )


def _move(bench: Worked, asked: Mapping[str, Any], _: bytes) -> Frame:
    wish = _wish(MoveWish, {name: each for name, each in asked.items() if name != "operation"})
    return Frame(head=plain(bench.hand.move(str(asked["operation"]), wish, bench.case, bench.planning)))


def _meshes(bench: Worked, asked: Mapping[str, Any], _: bytes) -> Frame:
    operation = str(asked["operation"]) if bench.planning.is_current(bench.case) else ""
    return Frame(head=plain(_surfaces(bench, operation).told()))


def _mesh(bench: Worked, asked: Mapping[str, Any], _: bytes) -> Frame:
    if asked.get("seq") not in (None, bench.case.seq) and not _has_surface(bench, asked):
        return Frame(head={"seq": bench.case.seq, "is_gone": True})
    found = _surfaces(bench, str(asked["operation"]))
    mm = None
    if found.plan is not None and found.plan.resected is not None and found.lesion is not None:
        mm = margin_map_of(found.plan, bench.case.images, found.lesion.field.findings).mm
    return Frame(head={"seq": bench.case.seq}, payload=found.content(str(asked["name"]), mm))


def _has_surface(bench: Worked, asked: Mapping[str, Any]) -> bool:
    """Whether a surface is still there on labels that were edited since its name was read."""
    operation = str(asked["operation"])
    if operation and not bench.planning.is_current(bench.case):
        return False
    return any(one.name == asked["name"] for one in _surfaces(bench, operation).told().items)


def _export(bench: Worked, asked: Mapping[str, Any], _: bytes) -> Frame:
    found = _surfaces(bench, str(asked["operation"]))
    if found.plan is None or found.lesion is None or bench.planning.found is None:
        raise RecordError("It is not said which operation.", remedy="Name one of the list.", where="operation")
    stops = bench.planning.found.stops
    return Frame(head={}, payload=exported(str(asked["what"]), found.plan, bench.case, found.lesion, stops))


def _surfaces(bench: Worked, operation: str) -> Surfaces:
    if not operation:
        return Surfaces(case=bench.case)
    plan = bench.planning.plan(operation, bench.case)
    assert bench.planning.found is not None, "it has that plan"
    lesion = bench.hand.lesion(plan.about, bench.case, bench.planning.found, bench.measuring)
    return Surfaces(case=bench.case, plan=plan, lesion=lesion)


def _keep(bench: Worked, _: Mapping[str, Any], __: bytes) -> Frame:
    return Frame(head=plain(kept_maps(bench.case, bench.case.folder.parent)))


def _stand_on(bench: Worked, asked: Mapping[str, Any], _: bytes) -> Frame:
    record, kept = from_json(Case, str(asked["document"])), from_json(KeptMaps, str(asked["kept"]))
    stand_on(bench.case, int(asked["version"]), record, kept)
    bench.planning.stand_on(bench.case, bench.measuring)
    bench.case.order = replace(bench.case.order, cuts=from_json(KeptCuts, str(asked["cuts"])).cuts)
    return Frame(head={})


def _wish(noun: type[Noun], asked: Mapping[str, Any]) -> Noun:
    return from_json(noun, json.dumps({name: each for name, each in asked.items() if name != "do"}))


_DOES: Mapping[str, Callable[[Worked, Mapping[str, Any], bytes], Frame]] = {
    "about": _about,
    "begin anew": _begin_anew,
    "paint": _paint,
    "grow": _grow,
    "relabel": _relabel,
    "measures": _measures,
    "drawn": _drawn,
    "operations": _operations,
    "hold": _hold,
    "move": _move,
    "meshes": _meshes,
    "mesh": _mesh,
    "export": _export,
    "keep": _keep,
    "stand on": _stand_on,
}
