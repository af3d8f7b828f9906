"""What every plan begins with, and the price of one that takes bone piecemeal."""

from __future__ import annotations

from collections.abc import Sequence

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation
from enbloc.plan.price.opening import Opening
from enbloc.plan.price.price import Price, price_of
from enbloc.plan.proposal import Plan


def begun(operation: Operation, field: Field, levels: Sequence[Level] = ()) -> Plan:
    """A plan of which nothing is known yet but its levels; until it is, it is not feasible."""
    held = tuple(levels) or field.levels
    return Plan(
        id=f"{operation.value} {span(held)}".strip(),
        operation=operation,
        act=operation.act,
        about=field.lesion.id,
        levels=held,
        feasible=False,
    )


def span(levels: Sequence[Level]) -> str:
    """Levels from the first to the last.

    Examples
    --------
    >>> span((Level.T7, Level.T8)), span((Level.L3,)), span(())
    ('T7–T8', 'L3', '')
    """
    return "–".join(dict.fromkeys(str(level) for level in (*levels[:1], *levels[-1:])))


def is_feasible(answer: Answer) -> bool:
    """Whether it is known to be feasible; what is not known is none, and the reasons say what is missing."""
    return answer is True


def opened(field: Field, openings: Sequence[Opening]) -> Price | None:
    """The price of bone that is opened; nothing where none is."""
    if not openings:
        return None
    return price_of((), field.column, field.lesion.id, openings=openings, images=field.images)


def whole_tumour_cc(field: Field) -> float | None:
    """The tumour's volume as measured: what an operation leaves that takes none of it."""
    return field.findings.value(fact.VOLUME, field.lesion.id)
