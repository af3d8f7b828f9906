"""The New England Spinal Metastasis Score: survival after an operation, from tumour load, walking and albumin."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.case.neurology import Ambulation
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Component, Number
from enbloc.stage.from_case import read_items, scored
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, Cohort
from enbloc.stage.reading import Reading
from enbloc.stage.survival.asked import albumin
from enbloc.stage.survival.bauer import BAUER
from enbloc.stage.survival.state import walking
from enbloc.value import value

CEILING = 3


class Walking(Component):
    """Walking before treatment; whether a stick counts is not fixed, so a person judges and the aid is kept."""

    WITHOUT_AID = "independent", 1
    INDEPENDENT_WITH_AID = "with an aid, judged independent", 1
    DEPENDENT_WITH_AID = "with an aid, judged not independent", 0
    NOT = "not walking", 0


WALKING: dict[Ambulation, tuple[Enum, ...]] = {
    Ambulation.INDEPENDENT: (Walking.WITHOUT_AID,),
    Ambulation.AIDED: (Walking.INDEPENDENT_WITH_AID, Walking.DEPENDENT_WITH_AID),
    Ambulation.NONE: (Walking.NOT,),
}
AIDED = (Walking.INDEPENDENT_WITH_AID, Walking.DEPENDENT_WITH_AID)
AID_IS_OPEN = "walks with an aid: the score does not fix whether that is independent; as judged in the form"


BAUER_FROM = 3


def bauer_of(case: Case, findings: Findings, lesion: str) -> Reading:
    """The modified Bauer score of the same case, as far as it settles whether it reaches 3."""
    score = scored(BAUER, read_items(BAUER, case, findings, lesion), about=lesion)
    settled = len({total >= BAUER_FROM for total in score.totals}) == 1
    reached = " or ".join(f"{total:g}" for total in score.totals)
    return Reading(
        name="bauer",
        values=tuple(int(total) for total in score.totals) if settled else (),
        facts=tuple(dict.fromkeys(fact for item in score.items for fact in item.facts)),
        note=f"modified Bauer score of this case: {reached}",
    )


@value
class Nesms:
    """Three items, together at most 3 although their points add up to 4.

    Examples
    --------
    >>> form = Nesms(bauer=3, walking=Walking.WITHOUT_AID, albumin=4.0)
    >>> form.outcome.total, form.outcome.category
    (3, 'score 3')
    """

    bauer: Annotated[
        int, Number(words="modified Bauer score", unit="", low=0, high=4, cuts=(BAUER_FROM,), answered_by=bauer_of)
    ]
    walking: Annotated[Walking, Ask(words="walking before treatment", answered_by=walking(WALKING))]
    albumin: Annotated[float, albumin(3.5)]

    @property
    def outcome(self) -> Outcome:
        """Points by item, the total under its ceiling, and a flag for a walking aid."""
        points = (
            ("bauer", 2 if self.bauer >= BAUER_FROM else 0),
            ("walking", self.walking.points),
            ("albumin", 1 if self.albumin >= 3.5 else 0),
        )
        total = min(CEILING, sum(each for _, each in points))
        flags = (AID_IS_OPEN,) if self.walking in AIDED else ()
        return Outcome(points=points, total=total, category=f"score {total}", flags=flags)


_COHORT = "against score 3, prospective cohort of 180 of whom 56 % died within a year"

NESMS = Instrument(
    id="nesms",
    name="New England Spinal Metastasis Score",
    version="2015, specification of 2026-11-20",
    form=Nesms,
    population="spinal metastasis, before an operation",
    better=Better.HIGHER,
    categories=(
        Category(word="score 3", published="the best survival; the reference of the others"),
        Category(word="score 2", published=f"odds of death within a year 7.04 (2.47 to 20.08) {_COHORT}"),
        Category(word="score 1", published=f"odds of death within a year 31.30 (8.82 to 111.04) {_COHORT}"),
        Category(word="score 0", published=f"odds of death within a year higher still {_COHORT}"),
    ),
    lowest=0,
    highest=CEILING,
    tumours=SPREAD,
    cohort=Cohort(published=2015, patients=307, treatment="surgery"),
    is_survival=True,
    validations=(
        "derivation: 48 % alive at a year, median survival 10 months",
        "explained 74 % of the variation, the modified Bauer score alone 64 %",
        "discrimination 0.79 in a prospective cohort of 202 (doi 10.1016/j.spinee.2021.03.007)",
        "further validated in 161 patients (doi 10.1016/j.spinee.2016.04.008)"
        " and in 322 of several centres in the United Kingdom (doi 10.1016/j.spinee.2025.08.333)",
    ),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("ghori2015nesms"), cite("nesms2020prospective")),
)
