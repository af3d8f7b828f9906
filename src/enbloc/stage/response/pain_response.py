"""Response of pain to radiotherapy by the international consensus of 2012, from pain and opioids before and after.

"The same opioids" has no figure in what was remembered of it: a dose that changed by less than a quarter may be the
same or not, and both readings are given.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

PAIN_STEP = 2
QUARTER = 25.0


class Response(Enum):
    """The results, best first."""

    COMPLETE = "complete response"
    PARTIAL = "partial response"
    INDETERMINATE = "indeterminate response"
    PROGRESSION = "pain progression"


SAME_OR_NOT = "the opioid dose changed by less than 25 %: whether it is still the same is left open"
BOTH_ROSE = "pain and opioids both rose: the criteria as remembered name one at a time; judge it by hand"
NO_PAIN_BEFORE = "no pain before: a response cannot be told from none"
FROM_NOTHING = "opioids began from none: counted as a rise of more than 25 %"


def _pain(when: str) -> Number:
    return Number(words=f"pain at the treated site {when}, 0 to 10", unit="", low=0, high=10)


def _opioids(when: str) -> Number:
    words = f"oral morphine equivalent a day {when} (OMED)"
    return Number(words=words, unit="mg", low=0, high=10_000, step=0)


@value
class PainResponse:
    """Pain and daily oral morphine equivalent, before and after.

    Examples
    --------
    >>> PainResponse(pain_before=7, pain_after=4, omed_before_mg=60, omed_after_mg=60).outcome.category
    'partial response'
    """

    pain_before: Annotated[int, _pain("before")]
    pain_after: Annotated[int, _pain("after")]
    omed_before_mg: Annotated[float, _opioids("before")]
    omed_after_mg: Annotated[float, _opioids("after")]

    @property
    def change_percent(self) -> float:
        """The change of the opioids; a beginning from none is a rise without limit."""
        if self.omed_before_mg == 0:
            return float("inf") if self.omed_after_mg else 0.0
        return round(100 * (self.omed_after_mg / self.omed_before_mg - 1), 9)

    def response(self, *, same: bool) -> Response:
        """The response, if the opioids count as the same or not."""
        pain, opioids = self.pain_after - self.pain_before, self.change_percent
        if self.pain_after == 0 and opioids <= 0:
            return Response.COMPLETE
        if (pain <= -PAIN_STEP and same) or (opioids <= -QUARTER and pain <= 0):
            return Response.PARTIAL
        if (pain >= PAIN_STEP and same) or (opioids >= QUARTER and pain == 0):
            return Response.PROGRESSION
        return Response.INDETERMINATE

    @property
    def outcome(self) -> Outcome:
        """The response with the opioids the same if they changed by less than a quarter, and the stricter reading."""
        lenient = self.response(same=abs(self.change_percent) < QUARTER)
        strict = self.response(same=self.change_percent == 0)
        if lenient is strict:
            return Outcome(category=lenient.value, flags=self._flags)
        other = Outcome(category=strict.value)
        return Outcome(category=lenient.value, flags=(*self._flags, SAME_OR_NOT), otherwise=(other,))

    @property
    def _flags(self) -> tuple[str, ...]:
        rose = self.change_percent >= QUARTER
        said = {
            BOTH_ROSE: rose and self.pain_after > self.pain_before,
            NO_PAIN_BEFORE: self.pain_before == 0,
            FROM_NOTHING: self.change_percent == float("inf"),
        }
        return tuple(flag for flag, holds in said.items() if holds)


PAIN_RESPONSE = Instrument(
    id="pain_response",
    name="Pain response, international consensus",
    version="2012, specification of 2026-11-20",
    form=PainResponse,
    population="painful bone metastasis after radiotherapy",
    better=Better.NEITHER,
    categories=(
        Category(word=Response.COMPLETE.value, published="0 of 10 without a rise of opioids"),
        Category(
            word=Response.PARTIAL.value,
            published="2 points less at the same opioids, or 25 % less opioids without more pain",
        ),
        Category(word=Response.INDETERMINATE.value, published="all else"),
        Category(
            word=Response.PROGRESSION.value,
            published="2 points more at stable opioids, or 25 % more opioids at unchanged pain",
        ),
    ),
    needs=("pain_before", "pain_after", "omed_before_mg", "omed_after_mg"),
    warnings=("judged apart from local control (SPINO)",),
    checked=Checked.FROM_MEMORY,
    cites=(cite("chow2012pain"),),
)
