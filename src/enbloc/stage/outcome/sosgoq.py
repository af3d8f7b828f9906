"""The domains of the Spine Oncology Study Group Outcomes Questionnaire 2.0: from answers to 0 to 100, 100 best.

Its words belong to AO Spine and are not here. Which item belongs to which domain, and which way it runs, stands on the
licensed form: answers come in already ordered by domain, a higher one always worse. No rule for a total is specified.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Annotated, Any

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.outcome.asked import WITHOUT_BANDS, From1To5, answered, item, shown, total_of
from enbloc.value import value

HIGHEST_CODE = 5


def linear(total: float, number: int, *, items: int, highest_code: int = HIGHEST_CODE) -> Outcome:
    """A domain from the sum of its answered items, each 1 to the highest code with higher worse: 100 is best.

    Raises
    ------
    RecordError
        If fewer than half of its items were answered.

    Examples
    --------
    >>> linear(5, 2, items=3).total
    62.5
    """
    if 2 * number < items or not number:
        raise RecordError(f"Only {number} of the {items} items of the domain are answered.", remedy="Half are needed.")
    flags = () if number == items else (f"mean of the {number} of {items} items that were answered",)
    above = 100 * (highest_code * number - total)
    return Outcome(total=shown(above / ((highest_code - 1) * number)), category=WITHOUT_BANDS, flags=flags)


def _outcome(form: Any) -> Outcome:
    points = answered(form)
    return replace(linear(total_of(points), len(points), items=len(fields(form))), points=points)


@value
class Physical:
    """Six items of physical function.

    Examples
    --------
    >>> Physical(**{f"item_{number}": From1To5("1") for number in range(1, 7)}).outcome.total
    100.0
    """

    item_1: Annotated[From1To5, item(1, "physical function item")]
    item_2: Annotated[From1To5, item(2, "physical function item")]
    item_3: Annotated[From1To5, item(3, "physical function item")]
    item_4: Annotated[From1To5, item(4, "physical function item")]
    item_5: Annotated[From1To5, item(5, "physical function item")]
    item_6: Annotated[From1To5, item(6, "physical function item")]

    @property
    def outcome(self) -> Outcome:
        """Points by item and the domain."""
        return _outcome(self)


@value
class Pain:
    """Four items of pain."""

    item_1: Annotated[From1To5, item(1, "pain item")]
    item_2: Annotated[From1To5, item(2, "pain item")]
    item_3: Annotated[From1To5, item(3, "pain item")]
    item_4: Annotated[From1To5, item(4, "pain item")]

    @property
    def outcome(self) -> Outcome:
        """Points by item and the domain."""
        return _outcome(self)


@value
class Mental:
    """Four items of mental health."""

    item_1: Annotated[From1To5, item(1, "mental health item")]
    item_2: Annotated[From1To5, item(2, "mental health item")]
    item_3: Annotated[From1To5, item(3, "mental health item")]
    item_4: Annotated[From1To5, item(4, "mental health item")]

    @property
    def outcome(self) -> Outcome:
        """Points by item and the domain."""
        return _outcome(self)


@value
class Social:
    """Two items of social function."""

    item_1: Annotated[From1To5, item(1, "social function item")]
    item_2: Annotated[From1To5, item(2, "social function item")]

    @property
    def outcome(self) -> Outcome:
        """Points by item and the domain."""
        return _outcome(self)


def _domain(id: str, name: str, form: type[Any], *warnings: str) -> Instrument:
    items = len(fields(form))
    return Instrument(
        id=id,
        name=f"SOSGOQ 2.0, {name}",
        version="2.0, specification of 2026-11-20",
        form=form,
        population="spinal metastases, as the patient reports it",
        better=Better.HIGHER,
        categories=(Category(word=WITHOUT_BANDS),),
        lowest=0,
        highest=100,
        averaged=lambda total, number: linear(total, number, items=items),
        validations=("smallest change of the total that matters: 19.4 (260 patients operated on)",),
        warnings=(
            "the number of its items, its range and answers of 1 to 5 are to be compared with the licensed form",
            "an item of which a higher answer is better is turned round before it is written here",
            *warnings,
        ),
        licence="owned by AO Spine and its study group; words not shipped, scoring only",
        checked=Checked.FROM_MEMORY,
        cites=(cite("sosgoq2"), cite("sosgoq2_change")),
    )


SOSGOQ: tuple[Instrument, ...] = (
    _domain("sosgoq2_physical", "physical function", Physical),
    _domain("sosgoq2_pain", "pain", Pain),
    _domain("sosgoq2_mental", "mental health", Mental),
    _domain("sosgoq2_social", "social function", Social, "weak domain: Cronbach's alpha 0.04 in its Dutch form"),
)
"""The four domains."""
