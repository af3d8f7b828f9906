"""The Edmonton Frail Scale: eleven items, as marked on its form."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

NOT_FRAIL = "0 to 5: not frail"
VULNERABLE = "6 to 7: vulnerable"
MILD = "8 to 9: mildly frail"
MODERATE = "10 to 11: moderately frail"
SEVERE = "12 to 17: severely frail"


def _marked(words: str) -> Number:
    """An item of none, one or two points, as marked on the form."""
    return Number(words=words, unit="points", low=0, high=2, cuts=(1, 2))


@value
class Edmonton:
    """Six items of up to two points and five of one, 0 to 17.

    Examples
    --------
    >>> form = Edmonton(**dict.fromkeys(TWO_POINTS, 1), **dict.fromkeys(ONE_POINT, False))
    >>> form.outcome.total, form.outcome.category
    (6, '6 to 7: vulnerable')
    """

    clock: Annotated[int, _marked("clock test")]
    admissions: Annotated[int, _marked("admissions to hospital in the last year")]
    health: Annotated[int, _marked("health as the patient rates it")]
    help_needed: Annotated[int, _marked("number of instrumental activities of daily living that need help")]
    support: Annotated[int, _marked("social support")]
    up_and_go: Annotated[int, _marked("timed up and go")]
    five_drugs: Annotated[bool, Ask(words="five or more drugs")]
    forgets_drugs: Annotated[bool, Ask(words="forgets drugs")]
    weight_loss: Annotated[bool, Ask(words="weight loss")]
    low_mood: Annotated[bool, Ask(words="low mood")]
    incontinence: Annotated[bool, Ask(words="incontinence")]

    @property
    def outcome(self) -> Outcome:
        """The sum and its class."""
        points = tuple((name, int(getattr(self, name))) for name in (*TWO_POINTS, *ONE_POINT))
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=band(total))


_ITEMS = tuple(each.name for each in fields(Edmonton))
TWO_POINTS, ONE_POINT = _ITEMS[:6], _ITEMS[6:]


def band(total: float) -> str:
    """The class of a total."""
    steps = ((5, NOT_FRAIL), (7, VULNERABLE), (9, MILD), (11, MODERATE))
    return next((word for last, word in steps if total <= last), SEVERE)


EDMONTON = Instrument(
    id="efs",
    name="Edmonton Frail Scale",
    version="2006, specification of 2026-11-20",
    form=Edmonton,
    population="older patients, asked and examined with the form of the scale",
    better=Better.LOWER,
    categories=tuple(Category(word=word) for word in (NOT_FRAIL, VULNERABLE, MILD, MODERATE, SEVERE)),
    lowest=0,
    highest=17,
    band=band,
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("rolfson2006"),),
)
