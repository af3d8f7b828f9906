"""The keys in an address. One that nothing can have is answered like one that nothing has, and goes no further."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator

from enbloc.errors import RecordError
from enbloc.record.words import key, no_such_case, no_such_decision, no_such_job, no_such_meeting, no_such_task
from enbloc.web.problem import problem_of


def _of(kind: str, absent: Callable[[], RecordError]) -> AfterValidator:
    def known(given: str) -> str:
        try:
            return key(kind, given)
        except RecordError:
            raise problem_of(absent()) from None

    return AfterValidator(known)


CaseId = Annotated[str, Path(), _of("case", no_such_case)]
JobId = Annotated[str, Path(), _of("job", no_such_job)]
MeetingId = Annotated[str, Path(), _of("meeting", no_such_meeting)]
DecisionId = Annotated[str, Path(), _of("decision", no_such_decision)]
TaskId = Annotated[str, Path(), _of("task", no_such_task)]
