"""The only place that joins everything: one patient, start to end.

What measures, plans and draws is imported where it is used, so that a record without images is decided at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.decide import decide
from enbloc.stage.every import Refused, all_scores, narrowed, reads_itself
from enbloc.stage.score import Score
from enbloc.workup.judging import judged
from enbloc.workup.planned import planned
from enbloc.workup.seeing import STEPS, Said, provenance, seen, silent, unused

if TYPE_CHECKING:
    from enbloc.case.image import Images
    from enbloc.follow.result import Workup


def work_up(case: Case, images: Images, *, said: Said = silent) -> Workup:
    """One patient's findings, scores, decision and plans.

    ``said`` is told each step of ``STEPS`` as it begins. The same case and images give the same result.

    Raises
    ------
    RecordError
        If the record and the images contradict each other.
    """
    from enbloc.follow.result import Workup
    from enbloc.stage.comparison import side_by_side

    images, findings = seen(case, images, said)
    held = judged(case, images, findings)
    own = (*held.scored, *(one for one in held.classed if reads_itself(one.instrument, held.case, one.about)))
    further = _further(held.case, held.findings, own)
    said(STEPS[2])
    decision = decide(case, findings, held.every, circumstances=held.known)
    said(STEPS[3])
    made, beside = planned(held, images, decision)
    return Workup(
        provenance=provenance(case, images),
        case=case,
        findings=findings,
        scores=(*own, *(one for one in further if isinstance(one, Score))),
        decision=decision,
        plans=made,
        compared=beside,
        said=images.said,
        unused=unused(case, images),
        survival=tuple(side_by_side(held.case, held.findings, lesion.id) for lesion in case.lesions),
        refused=tuple(one for one in further if isinstance(one, Refused)),
    )


def _further(case: Case, findings: Findings, own: Iterable[Score]) -> tuple[Score | Refused, ...]:
    """The scores beside the ``own`` ones of a work-up that what is known really narrows, and those that are refused."""
    shown = {(one.instrument, one.about) for one in own}
    others = (one for one in all_scores(case, findings) if (one.instrument, one.about) not in shown)
    return tuple(one for one in others if isinstance(one, Refused) or (isinstance(one, Score) and narrowed(one)))
