"""The demo cases of the tour: there at once, marked as what they are, brought once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from enbloc.exchange.invented import invented
from enbloc.phantom import PATIENTS
from enbloc.record import verify
from enbloc.web.routes.tour import CENTRE, VISITOR, receive_visitor
from enbloc.web.tour import PHANTOMS, bring_demo_cases
from tests.web.served import Served


def test_the_demo_cases_are_there_at_once_and_only_once(server: Served) -> None:
    for _ in range(2):
        receive_visitor(server.services)
        bring_demo_cases(server.services)
    assert set(PHANTOMS) == set(PATIENTS)
    with server.record.at(CENTRE, actor=VISITOR, purpose="tests", now=datetime.now(UTC)) as work:
        lines = work.worklist(today="2026-11-20").lines
        jobs = [job for line in lines for job in work.jobs(line.case_id)]
    assert {line.case_id for line in lines} == {*invented(), *PHANTOMS}
    assert {line.origin for line in lines} == {"invented", "phantom"}
    assert {(line.version, line.state) for line in lines} == {(1, "working")}
    assert Counter(job.kind for job in jobs) == {"work-up": len(invented()), "phantom": len(PHANTOMS)}
    assert verify(server.record).is_whole
