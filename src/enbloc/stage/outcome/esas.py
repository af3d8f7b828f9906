"""The Edmonton Symptom Assessment System, revised: nine items and one that is optional, kept apart and not summed."""

from __future__ import annotations

from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Known, Question, questions
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.outcome.asked import UpTo10, answered, item
from enbloc.stage.score import Item, Score
from enbloc.value import value

RECORDED = "items kept apart, without a sum"


@value
class Esas:
    """Ten items of 0 to 10; the last is the patient's own and may be left out.

    Examples
    --------
    >>> form = Esas(**{f"item_{number}": UpTo10("3") for number in range(1, 10)})
    >>> len(form.outcome.points), form.outcome.total
    (9, None)
    """

    item_1: Annotated[UpTo10, item(1)]
    item_2: Annotated[UpTo10, item(2)]
    item_3: Annotated[UpTo10, item(3)]
    item_4: Annotated[UpTo10, item(4)]
    item_5: Annotated[UpTo10, item(5)]
    item_6: Annotated[UpTo10, item(6)]
    item_7: Annotated[UpTo10, item(7)]
    item_8: Annotated[UpTo10, item(8)]
    item_9: Annotated[UpTo10, item(9)]
    item_10: Annotated[UpTo10, item(10, "optional item")] = UpTo10.BLANK

    @property
    def outcome(self) -> Outcome:
        """The items that were answered; they have no sum."""
        return Outcome(points=answered(self), category=RECORDED)


def _item(asked: Question, known: Known) -> Item:
    """One item as far as it is known; one left blank has no points."""
    possible = known.get(asked.name) or asked.unanswered
    return Item(
        name=asked.name,
        values=tuple(str(each.value) for each in possible),
        points=tuple(sorted({each.points for each in possible if not each.is_blank})),
        ask=asked.ask.words if len(possible) > 1 else "",
    )


def recorded(instrument: Instrument, known: Known) -> Score:
    """What is known of the items: one does not change the others, so that open ones need not be gone through."""
    items = tuple(_item(asked, known) for asked in questions(Esas))
    return Score(
        instrument=instrument.id,
        name=instrument.name,
        about="form",
        at="",
        items=items,
        totals=(),
        out_of=None,
        categories=(RECORDED,),
        missing=tuple(each.ask for each in items if each.ask),
        warnings=instrument.warnings,
        checked=instrument.checked,
        cites=instrument.cites,
        version=instrument.version,
    )


ESAS = Instrument(
    id="esas",
    name="Edmonton Symptom Assessment System",
    version="revised, specification of 2026-11-20",
    form=Esas,
    population="symptoms as the patient reports them",
    better=Better.NEITHER,
    categories=(Category(word=RECORDED),),
    judge=recorded,
    warnings=("each item runs from 0 to 10; they are not summed",),
    licence="free for clinical use, not to be altered (as remembered); words not shipped",
    checked=Checked.FROM_MEMORY,
    cites=(cite("esas_revised"),),
)
