"""The demo cases in the record, each marked as what it is: invented, or a phantom made from equations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enbloc.case.case import Case
from enbloc.case.origin import Origin
from enbloc.exchange.document import to_json
from enbloc.exchange.invented import invented, invented_case
from enbloc.web.lining import line_up_saved
from enbloc.web.routes.tour import CENTRE, VISITOR
from enbloc.web.running.storing import key_of
from enbloc.web.running.wishes import Wishes

if TYPE_CHECKING:
    from enbloc.record import UnitOfWork
    from enbloc.web.services import Services

PHANTOMS = ("metastasis", "chordoma", "chondrosarcoma")
"""The demo patients with pictures, as ``enbloc.phantom.PATIENTS`` names them, which loads more than a server needs."""
BECAUSE = "a demo case of the tour"


def bring_demo_cases(services: Services) -> None:
    """Bring the demo cases into the centre of the tour; those that are there already stay as they are.

    Records are there at once; phantoms are made, and all are worked up, by jobs.
    """
    with services.record.at(CENTRE, actor=VISITOR, purpose="tour", now=services.clock()) as work:
        there = {line.case_id for line in work.cases(limit=len(invented()) + len(PHANTOMS) + 1)}
        for name in invented():
            if name not in there:
                _bring(work, replace(invented_case(name), id=name), "work-up", "")
        for name in PHANTOMS:
            if name not in there:
                _bring(work, Case(id=name, origin=Origin.PHANTOM), "phantom", name)
    services.runner.wake()


def _bring(work: UnitOfWork, case: Case, kind: str, patient: str) -> None:
    work.save_case(case.id, to_json(case), made_from=0, because=BECAUSE)
    key = key_of(case.id, 1) if kind == "work-up" else f"{kind} {case.id}"
    work.ask(kind, case.id, 1, to_json(Wishes(because=BECAUSE, patient=patient)), key=key)
    line_up_saved(work, case, case.id, 1, is_asked=True)
