"""The survival score of 2023 for stereotactic body radiotherapy of the spine; not the fracture score of that group."""

from __future__ import annotations

from typing import Annotated

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.population import SPREAD, AliveAt, Cohort
from enbloc.stage.reading import Reading
from enbloc.stage.scoring import sins_score
from enbloc.stage.survival import spread
from enbloc.stage.survival.asked import ecog, months_since_diagnosis
from enbloc.value import value

FAVOURABLE = "0 to 1: favourable"
INTERMEDIATE = "2: intermediate"
POOR = "3 to 5: poor"


SINS_FROM = 6


def sins_of(case: Case, findings: Findings, lesion: str) -> Reading:
    """SINS of the same lesion, as far as it settles whether it reaches 6."""
    score = sins_score(case, findings, lesion, {})
    settled = len({total >= SINS_FROM for total in score.totals}) == 1
    reached = " or ".join(f"{total:g}" for total in score.totals)
    return Reading(
        name="sins",
        values=tuple(int(total) for total in score.totals) if settled else (),
        facts=tuple(dict.fromkeys(fact for item in score.items for fact in item.facts)),
        note=f"SINS of this lesion: {reached}",
    )


@value
class SbrtSurvival:
    """Four items and what they add up to, 0 to 5; more is worse.

    Examples
    --------
    >>> form = SbrtSurvival(sins=6, months=21, ecog=1, organ_systems=1)
    >>> form.outcome.total, form.outcome.category
    (2, '2: intermediate')
    """

    sins: Annotated[int, Number(words="SINS", unit="", low=0, high=18, cuts=(SINS_FROM,), answered_by=sins_of)]
    months: Annotated[float, months_since_diagnosis(21)]
    ecog: Annotated[int, ecog(1, 2)]
    organ_systems: Annotated[
        int,
        Number(words="organ systems involved", unit="", low=0, high=20, cuts=(2,), answered_by=spread.organ_systems),
    ]

    @property
    def outcome(self) -> Outcome:
        """Points by item, total and group."""
        points = (
            ("sins", 1 if self.sins >= SINS_FROM else 0),
            ("months", 1 if self.months < 21 else 0),
            ("ecog", min(self.ecog, 2)),
            ("organ_systems", 1 if self.organ_systems > 1 else 0),
        )
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=band(total))


def band(total: float) -> str:
    """The group of a total."""
    if total <= 1:
        return FAVOURABLE
    return INTERMEDIATE if total <= 2 else POOR


SBRT_SURVIVAL = Instrument(
    id="sbrt_os_2023",
    name="Survival score for stereotactic body radiotherapy of the spine",
    version="2023, specification of 2026-11-20",
    form=SbrtSurvival,
    population="spinal metastasis, before stereotactic body radiotherapy; protons and benign histology were excluded",
    better=Better.LOWER,
    categories=(
        Category(word=FAVOURABLE, survival=(AliveAt(months=24, percent=84, low=79, high=90),)),
        Category(word=INTERMEDIATE, survival=(AliveAt(months=24, percent=46, low=36, high=59),)),
        Category(word=POOR, survival=(AliveAt(months=24, percent=21, low=14, high=32),)),
    ),
    lowest=0,
    highest=5,
    band=band,
    tumours=SPREAD,
    cohort=Cohort(published=2023, patients=361, treatment="stereotactic body radiotherapy of the spine"),
    is_survival=True,
    validations=("concordance 0.75, hazard ratio 2.01 for each point; validated in 182 patients",),
    warnings=("organ systems are counted as entered: whether bone is one of them is not stated in the abstract",),
    checked=Checked.READ,
    cites=(cite("sbrt_survival2023"),),
)
