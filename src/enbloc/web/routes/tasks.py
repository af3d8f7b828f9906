"""What is to be done after decisions, until it is done."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from enbloc.case.board import Task
from enbloc.record import MovedOn, TaskLine, UnitOfWork
from enbloc.record.worklist import AHEAD
from enbloc.web.board_nouns import Tasks, TaskView, TaskWish
from enbloc.web.keys import TaskId
from enbloc.web.live import of_case
from enbloc.web.paging import PAGE, Limit, next_of
from enbloc.web.problem import Problem
from enbloc.web.routes.meetings import MadeFrom, moved_on, version_in
from enbloc.web.rules import Function
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed
from enbloc.web.strict import body_of

tasks = APIRouter(tags=["tasks"])

Seeing = Annotated[Signed, signed(Function.SEE)]
Spot = Annotated[str, Query(max_length=80, pattern=r"^(\d{4}-\d\d-\d\d_[A-Za-z0-9-]+)?$", description="`next`.")]


@tasks.get("/tasks")
async def list_tasks(
    signed: Seeing,
    services: Given,
    mine: bool = False,
    due: Annotated[bool, Query(description="Due within a week, or overdue.")] = False,
    is_open: Annotated[bool, Query(alias="open", description="Neither done nor dropped.")] = False,
    case: Annotated[str, Query(max_length=64, pattern=r"^[A-Za-z0-9._-]*$")] = "",
    after: Spot = "",
    limit: Limit = PAGE,
) -> Tasks:
    """The tasks about cases that the person may see, what is due earliest first."""
    today = services.clock().date()
    day, _, task_id = after.partition("_")

    def ask(work: UnitOfWork) -> tuple[tuple[TaskLine, ...], tuple[TaskView, ...]]:
        found = work.tasks(
            owner=signed.person if mine else "",
            is_open=is_open,
            until=(today + AHEAD).isoformat() if due else "",
            case_id=case,
            after=(day, task_id),
            limit=limit,
        )
        return found, tuple(task_view(work, line) for line in found)

    found, items = await signed.read(services, "list of tasks", ask)
    return Tasks(items=items, next=next_of(found, limit, _spot), today=today.isoformat())


@tasks.put("/tasks/{task_id}")
def change_task(
    task_id: TaskId,
    signed: Seeing,
    services: Given,
    response: Response,
    wish: Annotated[TaskWish, body_of(TaskWish)],
    if_match: MadeFrom = None,
) -> TaskView:
    """Do, drop, hand over or postpone a task: its owner, or who may decide. `If-Match` names the version it was."""
    made_from = version_in(if_match)
    with signed.work(services, "change a task") as work:
        before = work.task(task_id).task
        _refuse_others(signed, before)
        wished = Task(
            id=task_id,
            case=before.case,
            decision=before.decision,
            what=wish.what,
            owner=wish.owner,
            due=wish.due,
            state=wish.state,
            because=wish.because,
        )
        done = _viewed(work, work.change_task(wished, made_from=made_from))
        team = work.team(before.case)
    if isinstance(done, MovedOn):
        raise moved_on(done)
    services.live.tell(signed.centre, of_case(before.case), "task", {"task": task_id}, only=team)
    response.headers["ETag"] = f'"{done.version}"'
    return done


def task_view(work: UnitOfWork, line: TaskLine) -> TaskView:
    """A task with the headline of its case."""
    case = work.line(line.task.case)
    return TaskView(
        task=line.task,
        version=line.version,
        changed_by=line.changed_by,
        changed_at=line.changed_at,
        headline=case.headline if case else "",
    )


def _viewed(work: UnitOfWork, done: TaskLine | MovedOn) -> TaskView | MovedOn:
    return done if isinstance(done, MovedOn) else task_view(work, done)


def _refuse_others(signed: Signed, task: Task) -> None:
    if task.owner != signed.person and not signed.may(Function.DECIDE):
        raise Problem(403, "This task is somebody else's.", "Ask its owner, or who may decide.")


def _spot(line: TaskLine) -> str:
    return f"{line.task.due.isoformat()}_{line.task.id}"
