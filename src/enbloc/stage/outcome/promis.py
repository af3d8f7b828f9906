"""PROMIS: a T-score as its own tables gave it; whether more is better hangs on the domain."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number, Text
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

MEAN, DEVIATION = 50.0, 10.0
"""Of the scale."""


class Domain(Enum):
    """What the bank measures; the scale runs to more of it."""

    FUNCTION = "function"
    PAIN = "pain"
    OTHER = "another domain"


class Direction(Enum):
    """What a higher score means."""

    GOOD = "higher is better"
    BAD = "higher is worse"
    NOT_STATED = "which end is good is not stated here"


_DIRECTION = {Domain.FUNCTION: Direction.GOOD, Domain.PAIN: Direction.BAD, Domain.OTHER: Direction.NOT_STATED}


@value
class Promis:
    """A T-score and its domain.

    Examples
    --------
    >>> form = Promis(domain=Domain.PAIN, t_score=62.5, bank=None)
    >>> form.outcome.category, form.outcome.readings
    ('higher is worse', (('standard deviations from the mean of 50', 1.25),))
    """

    domain: Annotated[Domain, Ask(words="domain: function, pain or another")]
    t_score: Annotated[float, Number(words="T-score, from the tables of the bank", unit="", low=0, high=100, step=0.1)]
    bank: Annotated[str | None, Text(words="bank or short form, with its version")]

    @property
    def outcome(self) -> Outcome:
        """The score, its direction, and how far it lies from the mean."""
        bank = () if self.bank is None else (("bank", self.bank),)
        away = round((self.t_score - MEAN) / DEVIATION, 2)
        return Outcome(
            total=self.t_score,
            category=_DIRECTION[self.domain].value,
            readings=((f"standard deviations from the mean of {MEAN:g}", away), *bank),
        )


PROMIS = Instrument(
    id="promis",
    name="PROMIS T-score",
    version="specification of 2026-11-20",
    form=Promis,
    population="health as the patient reports it",
    better=Better.NEITHER,
    categories=tuple(Category(word=direction.value) for direction in Direction),
    needs=("domain", "t_score"),
    warnings=(
        "recorded as the tables of response patterns gave it, not computed here; mean 50, standard deviation 10",
    ),
    licence="free with notice, translations restricted (as remembered); words not shipped",
    checked=Checked.FROM_MEMORY,
    cites=(cite("promis_scale"),),
)
