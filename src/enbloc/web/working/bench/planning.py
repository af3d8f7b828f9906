"""The operations on the labels as they are: computed apart when first asked for, and anew once something was edited."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from enbloc.case.case import Case, entered, recorded
from enbloc.case.finding import Findings
from enbloc.case.image import Images
from enbloc.decide import decide
from enbloc.decide.decision import Statement
from enbloc.decide.recommendation import Decision
from enbloc.errors import RecordError
from enbloc.plan.en_bloc.template import LAID_OUT
from enbloc.plan.proposal import Plan
from enbloc.web.bench_plan_nouns import BenchOperation, BenchOperations
from enbloc.web.working.bench.apart import Apart
from enbloc.web.working.bench.measured import Measuring
from enbloc.web.working.bench.opened import Opened
from enbloc.web.working.bench.plan_words import operation
from enbloc.workup.judging import Judged, judged
from enbloc.workup.planned import planned, ruled_anew


@dataclass(frozen=True, kw_only=True)
class Planned:
    """The plans by their ids, with what they were judged by; ``stops`` are those of the case."""

    held: Judged
    plans: dict[str, Plan]
    stops: tuple[Statement, ...]
    unplanned: tuple[str, ...]
    took_ms: int = 0


@dataclass(eq=False)
class Planning:
    """The operations of a bench; ``of_seq`` is the edit that they were computed from."""

    found: Planned | None = None
    of_seq: int = -1
    fault: str = ""
    _apart: Apart[Planned] | None = field(default=None)
    _for_seq: int = -1
    _searched: Planned | None = None

    def told(self, case: Opened, measuring: Measuring) -> BenchOperations:
        """The operations as far as they are computed; begun if nobody asked for them before."""
        self._hear()
        if self._for_seq != case.seq:
            self._begin(case, measuring)
        found = self.found
        items = [] if found is None else [_told(id, plan, found) for id, plan in found.plans.items()]
        return BenchOperations(
            seq=case.seq,
            of_seq=max(0, self.of_seq),
            is_computing=self._apart is not None,
            is_current=self.of_seq == case.seq,
            items=tuple(items),
            unplanned=(self.fault,) if self.fault else found.unplanned if found else (),
            took_ms=found.took_ms if found else 0,
        )

    def plan(self, id: str, case: Opened) -> Plan:
        """The plan with this id, of the labels as they are.

        Raises
        ------
        RecordError
            If there is none, or the labels were edited since.
        """
        if self.found is None or not self.is_current(case):
            raise RecordError("The operations are not those of the labels as they are.", remedy="Read them again.")
        if id not in self.found.plans:
            raise RecordError("There is no such operation.", remedy="Choose one of the list.", where="operation")
        return self.found.plans[id]

    def is_current(self, case: Opened) -> bool:
        """Whether there are operations, and on the labels as they are."""
        self._hear()
        return self.found is not None and self.of_seq == case.seq

    def keep(self, id: str, plan: Plan) -> None:
        """The plan as a person has moved its cuts."""
        if self.found is not None:
            self.found = replace(self.found, plans={**self.found.plans, id: plan})

    def stand_on(self, case: Opened, measuring: Measuring) -> None:
        """Rule the plans anew by the version that was saved: it may be confirmed now. Their cuts stay as they are."""
        if self._apart is not None:
            self._begin(case, measuring)  # what is being computed is of the version before
        if self.found is not None and self.is_current(case):
            held, decision = _decided(case.case, case.images, measuring.measured(case))
            searched = self._searched or self.found
            self.found = _ruled_anew(self.found, held, decision.stops)
            self._searched = _ruled_anew(searched, held, decision.stops)

    def put_back(self) -> None:
        """Every cut as it was searched."""
        if self.found is not None:
            self.found = self._searched

    def _begin(self, case: Opened, measuring: Measuring) -> None:
        if self._apart is not None:
            self._apart.end()
        record, images, findings = case.case, case.images, measuring.measured(case)
        self._for_seq, self.fault = case.seq, ""
        self._apart = Apart(lambda: computed(record, images, findings))

    def _hear(self) -> None:
        found = self._apart.answer() if self._apart is not None else None
        if found is None:
            return
        self._apart, self.of_seq = None, self._for_seq
        if isinstance(found, str):
            self.found, self.fault = None, found
        else:
            self.found = self._searched = found


def computed(case: Case, images: Images, measured: Findings) -> Planned:
    """Every operation on every lesion, as a work-up plans them."""
    began = time.monotonic()
    held, decision = _decided(case, images, measured)
    made, beside = planned(held, images, decision)
    planned_for = {one.about for one in beside}
    return Planned(
        held=held,
        plans=dict(_named(made)),
        stops=decision.stops,
        unplanned=tuple(f"lesion {one.id}: it is not labelled" for one in case.lesions if one.id not in planned_for),
        took_ms=round(1000 * (time.monotonic() - began)),
    )


def _decided(case: Case, images: Images, measured: Findings) -> tuple[Judged, Decision]:
    findings = measured | recorded(case) | entered(case)
    held = judged(case, images, findings)
    return held, decide(case, findings, held.every, circumstances=held.known)


def _ruled_anew(found: Planned, held: Judged, stops: tuple[Statement, ...]) -> Planned:
    plans = {id: ruled_anew(plan, found.held, held) for id, plan in found.plans.items()}
    return replace(found, held=held, plans=plans, stops=stops)


def _named(made: tuple[Plan, ...]) -> Iterator[tuple[str, Plan]]:
    """Two lesions may have the same operation: then the lesion stands in its id."""
    ids = [plan.id for plan in made]
    for plan in made:
        yield plan.id if ids.count(plan.id) == 1 else f"{plan.id}, lesion {plan.about}", plan


def _told(id: str, plan: Plan, found: Planned) -> BenchOperation:
    can_be_dragged = bool(plan.cuts) and plan.operation in LAID_OUT
    return replace(operation(plan, found.stops, can_be_dragged=can_be_dragged), id=id)
