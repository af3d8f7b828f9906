"""What is to be done after a decision, by whom and by when, until it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, insert, literal, select, tuple_, update

from enbloc.case.board import Task, TaskState
from enbloc.errors import RecordError
from enbloc.record.board_rows import likeness
from enbloc.record.board_tables import DECISIONS, TASKS
from enbloc.record.board_values import MovedOn, TaskLine
from enbloc.record.floor import Floor
from enbloc.record.tables import PEOPLE
from enbloc.record.words import day_of, key, moment, moment_if, no_such_decision, no_such_task, page_of

PAGE = 50
Spot = tuple[str, str]
FIRST: Spot = ("", "")
"""Before every task."""


class Tasks(Floor):
    """What is done with tasks."""

    def add_task(self, task: Task) -> TaskLine:
        """A new task after a decision; its id is given.

        Raises
        ------
        RecordError
            If there is no such decision, or its owner is nobody of the centre.
        """
        self._there("add task", task.case)
        mine = (DECISIONS.c.centre == self._centre, DECISIONS.c.case_id == task.case)
        if not self._rows(select(DECISIONS.c.entry).where(*mine, DECISIONS.c.decision_id == task.decision)):
            raise no_such_decision()
        if self._task_rows(key("task", task.id)):
            raise RecordError("There is a task of this id.", remedy="Take another.")
        self._refuse_nobody(task.owner)
        row = {"centre": self._centre, **_row(replace(task, state=TaskState.OPEN)), "version": 0}
        self._write(insert(TASKS), [self._task_told("add task", row)])
        return _line(self._task_row(task.id))

    def tasks(
        self,
        *,
        owner: str = "",
        is_open: bool = False,
        until: str = "",
        case_id: str = "",
        after: Spot = FIRST,
        limit: int = PAGE,
    ) -> tuple[TaskLine, ...]:
        """A page of the tasks about cases that the person may see, what is due earliest first."""
        if case_id:
            self._there("list tasks", case_id)
        asked = tasks_after(self._centre, owner and key("person", owner), after, page_of(limit))
        more: list[ColumnElement[bool]] = [self._seen(TASKS)]
        more += [TASKS.c.state == TaskState.OPEN.value] if is_open else []
        more += [TASKS.c.due <= day_of(until)] if until else []
        more += [TASKS.c.case_id == case_id] if case_id else []
        found = self._rows(asked.where(*more))
        self._read("list tasks", case_id=case_id, shown=len(found))
        return tuple(map(_line, found))

    def task(self, task_id: str) -> TaskLine:
        """One task.

        Raises
        ------
        RecordError
            If the centre has no such task, or it is about a case that the person may not see.
        """
        row = self._task_row(task_id)
        self._read("read task", case_id=row.case_id, task=task_id)
        return _line(row)

    def change_task(self, task: Task, *, made_from: int) -> TaskLine | MovedOn:
        """The task as it shall be; what it is about stays. Who settles it, and when, is the record's own to say.

        Raises
        ------
        RecordError
            If it is dropped or taken up again without a reason, or its owner is nobody of the centre.
        """
        row = self._task_row(task.id)
        if row.version != made_from:
            self._read("refuse change of task", case_id=row.case_id, task=task.id)
            return MovedOn(version=int(row.version), by=row.changed_by, at=moment(row.changed_at))
        self._refuse_nobody(task.owner)
        moves = task.state.value != row.state
        if moves and task.state is not TaskState.DONE and not task.because.strip():
            raise RecordError("There is no reason.", remedy="Say why it is not done, or open again.", where="because")
        new = {**_row(task), "case_id": row.case_id, "decision_id": row.decision_id}
        settled = {"settled_by": self._link.actor, "settled_at": self._link.at}
        new |= settled if moves and task.state is not TaskState.OPEN else {}
        if not moves:
            new |= {"settled_by": row.settled_by, "settled_at": row.settled_at}
        now = self._task_told("change task", {**row._mapping, **new})
        mine = (TASKS.c.centre == self._centre, TASKS.c.task_id == task.id)
        self._write(update(TASKS).where(*mine).values(**now))
        return _line(self._task_row(task.id))

    # --- below --------------------------------------------------------------------------------------------------------

    def _task_rows(self, task_id: str) -> Sequence[Row[Any]]:
        return self._rows(select(TASKS).where(TASKS.c.centre == self._centre, TASKS.c.task_id == task_id))

    def _task_row(self, task_id: str) -> Row[Any]:
        mine = (TASKS.c.centre == self._centre, TASKS.c.task_id == key("task", task_id), self._seen(TASKS))
        if found := self._rows(select(TASKS).where(*mine)):
            return found[0]
        self._read("read task", task=task_id, found=False)
        raise no_such_task()

    def _refuse_nobody(self, owner: str) -> None:
        mine = (PEOPLE.c.centre == self._centre, PEOPLE.c.person == key("person", owner))
        if not self._rows(select(PEOPLE.c.entry).where(*mine)):
            raise RecordError("There is no such person.", remedy="Look them up in the list.")

    def _task_told(self, act: str, row: dict[str, Any]) -> dict[str, Any]:
        now = {**row, "version": row["version"] + 1, "changed_by": self._link.actor, "changed_at": self._link.at}
        now.pop("entry", None)
        told = {"case_id": row["case_id"], "task": row["task_id"], "is_now": likeness(now)}
        return {**now, "entry": self._wrote(act, **told)}


def _row(task: Task) -> dict[str, Any]:
    return {
        "task_id": task.id,
        "case_id": task.case,
        "decision_id": task.decision,
        "what": task.what,
        "owner": task.owner,
        "due": task.due.isoformat(),
        "state": task.state.value,
        "because": task.because,
        "settled_by": "",
        "settled_at": "",
    }


def _line(row: Row[Any]) -> TaskLine:
    task = Task(
        id=row.task_id,
        case=row.case_id,
        decision=row.decision_id,
        what=row.what,
        owner=row.owner,
        due=date.fromisoformat(row.due),
        state=TaskState(row.state),
        done_by=row.settled_by,
        done_at=moment_if(row.settled_at),
        because=row.because,
    )
    return TaskLine(task=task, version=int(row.version), changed_by=row.changed_by, changed_at=moment(row.changed_at))


def tasks_after(centre: str, owner: str, after: Spot, limit: int) -> Any:
    """A page of tasks."""
    own = TASKS.c
    mine = [own.centre == centre, *([own.owner == owner] if owner else [])]
    later = and_(own.due >= after[0], tuple_(own.due, own.task_id) > tuple_(*map(literal, after)))
    return select(TASKS).where(*mine, later).order_by(own.due, own.task_id).limit(limit)
