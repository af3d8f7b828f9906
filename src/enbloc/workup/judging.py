"""What a case is decided and planned by: what does not contradict itself, with every score of it."""

from __future__ import annotations

from dataclasses import dataclass

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.case.image import Images
from enbloc.decide import Circumstances
from enbloc.decide.contradictions import doubted
from enbloc.stage.classes import classes
from enbloc.stage.score import Score
from enbloc.stage.scoring import scores
from enbloc.workup.seeing import circumstances


@dataclass(frozen=True, eq=False, kw_only=True)
class Judged:
    """The record and its findings without what contradicts itself: that is scored and planned by nobody.

    ``scored`` are SINS and ESCC, ``classed`` what else the findings class; ``known`` is what rules judge by besides.
    """

    case: Case
    findings: Findings
    scored: tuple[Score, ...]
    classed: tuple[Score, ...]
    known: Circumstances

    @property
    def every(self) -> tuple[Score, ...]:
        """All of the scores."""
        return (*self.scored, *self.classed)


def judged(case: Case, images: Images, findings: Findings) -> Judged:
    """A case as it is decided and planned, from all that is known of it."""
    held = doubted(case, findings)
    return Judged(
        case=held.case,
        findings=held.findings,
        scored=scores(held.case, held.findings),
        classed=classes(held.case, held.findings),
        known=circumstances(case, images),
    )
