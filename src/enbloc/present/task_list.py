"""The tasks of a decision on paper, by day, as they were given out: what, who, by when, with a box to tick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from enbloc.present import words
from enbloc.present.board_paper import Head, board_paper
from enbloc.present.decision_sheet import Settled, TaskRow, decided_on, decision_of, option_words, task_row
from enbloc.present.presented import Presented
from enbloc.value import value

_SHEETS = ("board_parts", "tasks")


@value
class TaskList:
    """Everything that a list of tasks says."""

    of: str  # what was decided, and about whom
    on: str  # the version that it was decided on
    standing: str  # that a later decision replaced it; empty where none did
    counts: str
    case: str
    tasks: tuple[TaskRow, ...]


def task_list_pdf(made: Settled, shown: Presented, *, names: Mapping[str, str] | None = None) -> bytes:
    """The tasks of a decision about a case as PDF/UA-1; the same decision gives the same bytes.

    ``names`` are those of people by the names that they sign in with.
    """
    content = task_list(made, names=names, spoken=shown.spoken(made.decision.lesion))
    head = Head(title="Tasks", about=decision_of(made.decision), banner=shown.banner)
    return board_paper(_SHEETS, head, {"tasks": asdict(content) | {"identity": shown.identity}})


def task_list(
    made: Settled, *, names: Mapping[str, str] | None = None, spoken: Mapping[str, str] | None = None
) -> TaskList:
    """The words of a list of tasks, by the day that they are due.

    How they stand now is not told: the paper would say another thing each day, and be taken for the newest.
    """
    one = made.decision
    ordered = sorted(one.tasks, key=lambda one: (one.due, one.owner, one.what, one.id))
    chosen = option_words(one.chosen, spoken or {}) if one.chosen else "no option chosen"
    return TaskList(
        of=f"Case {one.case}, lesion {one.lesion}: {chosen}",
        on=f"Decided on {decided_on(one.of)}.",
        standing="" if not made.superseded else f"SUPERSEDED: {made.superseded}",
        counts=words.counted(len(ordered), "task"),
        case=one.case,
        tasks=tuple(task_row(each, names or {}) for each in ordered),
    )
