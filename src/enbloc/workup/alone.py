"""One step of the work-up alone: measuring, staging, deciding or planning, each with where it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.decide import decide
from enbloc.decide.pathway import explained
from enbloc.decide.rule import Rule
from enbloc.errors import RecordError
from enbloc.follow.deciding import Deciding
from enbloc.measure import PARAMETERS as MEASURE_PARAMETERS
from enbloc.stage.every import Result, all_scores
from enbloc.workup.judging import judged
from enbloc.workup.planned import planned
from enbloc.workup.seeing import (
    STEPS,
    Said,
    has_any,
    of_staging,
    provenance,
    seen,
    setting,
    silent,
    unseen,
    unused,
)

if TYPE_CHECKING:
    from enbloc.case.image import Images
    from enbloc.follow.measuring import MeasureResult
    from enbloc.follow.planning import Planning
    from enbloc.follow.staging import Staging, SurvivalStaging
    from enbloc.plan import Wishes

Scoring = Callable[[Case, Findings], Iterable[Result]]


def measure_alone(case: Case, images: Images, *, said: Said = silent) -> MeasureResult:
    """What the images show, without a score or a decision; no tumour need be labelled.

    Raises
    ------
    RecordError
        If there is no label map: then nothing can be measured.
    """
    from enbloc.follow.measuring import MeasureResult
    from enbloc.measure import measure
    from enbloc.measure.registration.together import brought_together

    if not images.labels:
        raise RecordError(
            "There is no label map, so nothing can be measured.",
            remedy="Import one with 'enbloc import CASE labels.nii.gz --scheme NAME'.",
            where="case.yaml",
        )
    said(STEPS[0])
    images = brought_together(case, images)
    made = provenance(case, images)
    own = tuple(setting(threshold) for threshold in MEASURE_PARAMETERS)
    return MeasureResult(
        provenance=replace(made, parameters=own, rules=()),
        case=case,
        findings=measure(case, images),
        said=images.said,
        unused=unused(case, images),
    )


def stage_case(case: Case, images: Images, *, read: Scoring = all_scores, said: Said = silent) -> Staging:
    """What every instrument comes to in one case: decided, open, refused, nothing known.

    ``read`` takes the case and its findings; it is given where not every instrument is asked for. ``said`` is told
    each of the first two steps of ``STEPS`` as it begins.

    Raises
    ------
    RecordError
        If the record and the images contradict each other.
    """
    from enbloc.follow.staging import staging

    images, findings = seen(case, images, said)
    found = staging(of_staging(case, images), case, findings, read(case, findings))
    return replace(found, said=images.said, unused=unused(case, images))


def compare_survival(case: Case, images: Images, *, about: str | None = None, said: Said = silent) -> SurvivalStaging:
    """Every survival instrument side by side, of each lesion or of one.

    Raises
    ------
    RecordError
        If the record and the images contradict each other, or there is no such lesion.
    """
    from enbloc.follow.staging import SurvivalStaging
    from enbloc.stage.comparison import side_by_side

    images, findings = seen(case, images, said)
    lesions = [about] if about is not None else [lesion.id for lesion in case.lesions]
    return SurvivalStaging(
        provenance=of_staging(case, images),
        case=case.id,
        comparisons=tuple(side_by_side(case, findings, lesion) for lesion in lesions),
        said=images.said,
        unused=unused(case, images),
    )


def decide_case(case: Case, images: Images, *, explain: Rule | None = None, said: Said = silent) -> Deciding:
    """What every rule of the pathway says of a case; ``explain`` is one to show with all that it read.

    Raises
    ------
    RecordError
        If the record and the images contradict each other.
    """
    # Without any image there is nothing to measure; why not is no part of this result.
    images, findings = seen(case, images, said) if has_any(images) else (images, unseen(case, said))
    held = judged(case, images, findings)
    said(STEPS[2])
    return Deciding(
        provenance=provenance(case, images),
        case=case.id,
        decision=decide(case, findings, held.every, circumstances=held.known),
        explained=explained(explain, held.case, held.findings, held.every, circumstances=held.known)
        if explain is not None
        else (),
        said=images.said,
        unused=unused(case, images),
    )


def plan_case(case: Case, images: Images, *, wishes: Wishes | None = None, said: Said = silent) -> Planning:
    """Every operation on each lesion of a case, or those that are wished for, as the rules see them.

    Raises
    ------
    RecordError
        If the record and the images contradict each other, or a wish cannot be met by any plan.
    """
    from enbloc.follow.planning import Planning

    images, findings = seen(case, images, said)
    held = judged(case, images, findings)
    said(STEPS[2])
    decision = decide(case, findings, held.every, circumstances=held.known)
    said(STEPS[3])
    made, beside = planned(held, images, decision, wishes)
    planned_for = {one.about for one in beside}
    return Planning(
        provenance=provenance(case, images),
        case=case.id,
        plans=made,
        compared=beside,
        stops=tuple(stop for lesion in decision.lesions for stop in lesion.stops),
        unplanned=tuple(f"lesion {one.id}: it is not labelled" for one in case.lesions if one.id not in planned_for),
        said=images.said,
        unused=unused(case, images),
    )
