"""The only place that joins everything: one patient, start to end.

What measures, plans and draws is imported where it is used, so that a record without images is decided at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from enbloc import __version__
from enbloc.case.case import Case, entered, recorded
from enbloc.case.confirmation import Confirmed
from enbloc.case.finding import Findings
from enbloc.case.origin import Modality
from enbloc.decide import PARAMETERS as DECIDE_PARAMETERS
from enbloc.decide import RULES, Circumstances, PlanFacts, decide, judge
from enbloc.decide.contradictions import doubted
from enbloc.decide.overriding import strange as meeting_nothing
from enbloc.decide.pathway import explained
from enbloc.decide.recommendation import Decision
from enbloc.decide.rule import Rule
from enbloc.errors import RecordError
from enbloc.evidence import Threshold
from enbloc.follow.deciding import Deciding
from enbloc.follow.provenance import Input, NotUsed, Provenance, Setting
from enbloc.measure import PARAMETERS as MEASURE_PARAMETERS
from enbloc.plan.parameters import PARAMETERS as PLAN_PARAMETERS
from enbloc.stage import PARAMETERS as STAGE_PARAMETERS
from enbloc.stage.classes import classes
from enbloc.stage.every import Refused, Result, all_scores, narrowed, reads_itself
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.score import Score
from enbloc.stage.scoring import scores

if TYPE_CHECKING:
    from enbloc.case.image import Images
    from enbloc.follow.measuring import MeasureResult
    from enbloc.follow.result import Workup
    from enbloc.follow.staging import Staging, SurvivalStaging
    from enbloc.plan import Plan, Wishes
    from enbloc.plan.comparison import Comparison as Compared

Said = Callable[[str], None]
Scoring = Callable[[Case, Findings], Iterable[Result]]

STEPS = ("measuring the images", "scoring", "deciding", "planning")
READY_NEEDS = ("IMG-03",)
"""Rules that are no stop, and yet must not speak of a plan that is shown as ready."""

PAGES = ("writing the result", "drawing the pictures", "setting the report")


def _silent(_: str) -> None:
    pass


def work_up(case: Case, images: Images, *, said: Said = _silent) -> Workup:
    """One patient's findings, scores, decision and plans.

    ``said`` is told each step of ``STEPS`` as it begins. The same case and images give the same result.

    Raises
    ------
    RecordError
        If the record and the images contradict each other.
    """
    from enbloc.follow.result import Workup
    from enbloc.stage.comparison import side_by_side

    images, findings = _seen(case, images, said)
    held = doubted(case, findings)  # what contradicts itself is scored and planned by nobody
    scored = scores(held.case, held.findings)
    every = (*scored, *classes(held.case, held.findings))
    own = (*scored, *(one for one in every[len(scored) :] if reads_itself(one.instrument, held.case, one.about)))
    further = _further(held.case, held.findings, own)
    said(STEPS[2])
    known = circumstances(case, images)
    decision = decide(case, findings, every, circumstances=known)
    said(STEPS[3])
    made, beside = _planned(held.case, images, held.findings, every, known, decision)
    return Workup(
        provenance=provenance(case, images),
        case=case,
        findings=findings,
        scores=(*own, *(one for one in further if isinstance(one, Score))),
        decision=decision,
        plans=made,
        compared=beside,
        said=images.said,
        unused=_unused(case, images),
        survival=tuple(side_by_side(held.case, held.findings, lesion.id) for lesion in case.lesions),
        refused=tuple(one for one in further if isinstance(one, Refused)),
    )


def _further(case: Case, findings: Findings, own: Iterable[Score]) -> tuple[Score | Refused, ...]:
    """The scores beside the ``own`` ones of a work-up that what is known really narrows, and those that are refused."""
    shown = {(one.instrument, one.about) for one in own}
    others = (one for one in all_scores(case, findings) if (one.instrument, one.about) not in shown)
    return tuple(one for one in others if isinstance(one, Refused) or (isinstance(one, Score) and narrowed(one)))


def findings_of(case: Case, images: Images) -> Findings:
    """All that is known of a case: what the images show, then the record, then what people entered; later overrules.

    ``images`` have been brought into one frame.
    """
    from enbloc.measure import measure

    return measure(case, images) | recorded(case) | entered(case)


def stage_case(case: Case, images: Images, *, read: Scoring = all_scores, said: Said = _silent) -> Staging:
    """What every instrument comes to in one case: decided, open, refused, nothing known.

    ``read`` takes the case and its findings; it is given where not every instrument is asked for. ``said`` is told
    each of the first two steps of ``STEPS`` as it begins.

    Raises
    ------
    RecordError
        If the record and the images contradict each other.
    """
    from enbloc.follow.staging import staging

    images, findings = _seen(case, images, said)
    found = staging(_of_staging(case, images), case, findings, read(case, findings))
    return replace(found, said=images.said, unused=_unused(case, images))


def compare_survival(case: Case, images: Images, *, about: str | None = None, said: Said = _silent) -> SurvivalStaging:
    """Every survival instrument side by side, of each lesion or of one.

    Raises
    ------
    RecordError
        If the record and the images contradict each other, or there is no such lesion.
    """
    from enbloc.follow.staging import SurvivalStaging
    from enbloc.stage.comparison import side_by_side

    images, findings = _seen(case, images, said)
    lesions = [about] if about is not None else [lesion.id for lesion in case.lesions]
    return SurvivalStaging(
        provenance=_of_staging(case, images),
        case=case.id,
        comparisons=tuple(side_by_side(case, findings, lesion) for lesion in lesions),
        said=images.said,
        unused=_unused(case, images),
    )


def decide_case(case: Case, images: Images, *, explain: Rule | None = None, said: Said = _silent) -> Deciding:
    """What every rule of the pathway says of a case; ``explain`` is one to show with all that it read.

    Raises
    ------
    RecordError
        If the record and the images contradict each other.
    """
    # Without any image there is nothing to measure; why not is no part of this result.
    images, findings = _seen(case, images, said) if _has_any(images) else (images, _unseen(case, said))
    held = doubted(case, findings)
    every = (*scores(held.case, held.findings), *classes(held.case, held.findings))
    known = circumstances(case, images)
    said(STEPS[2])
    return Deciding(
        provenance=provenance(case, images),
        case=case.id,
        decision=decide(case, findings, every, circumstances=known),
        explained=explained(explain, held.case, held.findings, every, circumstances=known)
        if explain is not None
        else (),
        said=images.said,
        unused=_unused(case, images),
    )


def _has_any(images: Images) -> bool:
    """Whether there is any scan or label map."""
    return bool(images.volumes or images.labels or images.apart)


def _unseen(case: Case, said: Said) -> Findings:
    """All that is known of a case without images."""
    said(STEPS[0])
    findings = recorded(case) | entered(case)
    said(STEPS[1])
    return findings


def _seen(case: Case, images: Images, said: Said) -> tuple[Images, Findings]:
    """The images in one frame, and all that is known of the case."""
    from enbloc.measure.registration.together import brought_together

    said(STEPS[0])
    images = brought_together(case, images)
    findings = findings_of(case, images)
    said(STEPS[1])
    return images, findings


def _of_staging(case: Case, images: Images) -> Provenance:
    """What scores alone are made from: no rule and no plan."""
    own = tuple(_setting(threshold) for threshold in (*MEASURE_PARAMETERS, *STAGE_PARAMETERS))
    return replace(provenance(case, images), parameters=own, rules=())


def _unused(case: Case, images: Images) -> tuple[NotUsed, ...]:
    """What was given and not used: of the images, forms of instruments that there are not, overrides of nothing."""
    strange = (form for form in case.forms if form.instrument not in INSTRUMENTS)
    return (
        *(NotUsed(what=item.what, why=item.why) for item in images.unused),
        *(NotUsed(what=f"form of {one.instrument} about {one.about}", why="no such instrument") for one in strange),
        *(
            NotUsed(what=f"override of {one.override.stop} about {one.override.about}", why=one.why)
            for one in meeting_nothing(case)
        ),
    )


def circumstances(case: Case, images: Images) -> Circumstances:
    """What is known of a case beyond its findings: slices, dates of the MR, what a person confirmed."""
    mr = [scan.taken for scan in images.volumes.values() if scan.modality is Modality.MR]
    dates = tuple(day for day in mr if day is not None)
    hashed = images.labels_sha256
    return Circumstances(
        as_of=case.stands_at,
        ct_slice_mm=_planning_slice(images),
        # An MR without a date may be the newest: then the newest date is not known.
        mr_dates=dates if len(dates) == len(mr) else (),
        labels_confirmed=any(c.holds(Confirmed.LABELS, hashed) for c in case.confirmations),
        level_confirmed=any(c.holds(Confirmed.LEVEL, hashed) for c in case.confirmations),
    )


def _planning_slice(images: Images) -> float | None:
    """The slice thickness of the CT that a plan is made on: the one that carries labels, otherwise the thinnest."""
    ct = {role: scan.slice_mm for role, scan in images.volumes.items() if scan.modality is Modality.CT}
    labelled = [ct[labels.on] for labels in images.labels.values() if labels.on in ct]
    return max(labelled) if labelled else min(ct.values(), default=None)


def _planned(
    case: Case,
    images: Images,
    findings: Findings,
    scored: tuple[Score, ...],
    known: Circumstances,
    decision: Decision,
    wishes: Wishes | None = None,
) -> tuple[tuple[Plan, ...], tuple[Compared, ...]]:
    """Every operation on every lesion as the rules see it, and those of each lesion beside each other."""
    from enbloc.plan import Operation, compared, fields_of, plans

    made: list[Plan] = []
    beside: list[Compared] = []
    leads = {one.about: one.leading for one in decision.lesions}
    for field in fields_of(case, images, findings, scored, known):
        judged = [_judged(plan, case, findings, scored, known) for plan in plans(field, wishes)]
        leading = leads.get(field.lesion.id)
        wanted = [one for one in Operation if leading is not None and one.act is leading.act]
        made += judged
        beside += [compared(field.lesion.id, judged, wanted)] if judged else []
    return tuple(made), tuple(beside)


def _judged(plan: Plan, case: Case, findings: Findings, scored: tuple[Score, ...], known: Circumstances) -> Plan:
    """The plan with what the rules say of it."""
    facts = PlanFacts(act=plan.act, about=plan.about, levels=plan.levels, findings=plan.facts)
    found = judge(facts, case, findings, scored, circumstances=known)
    needed = (*found.supports, *found.against, *found.speaks, *found.pending)  # what cannot be judged yet is not met
    unmet = [f"{rule.rule}: {rule.because} {rule.do}" for rule in needed if rule.rule in READY_NEEDS]
    unconfirmed = [] if known.labels_confirmed else ["nobody has confirmed the labels"]
    return replace(
        plan,
        stops=found.stops,
        overridden=found.overridden,
        supports=found.supports,
        against=found.against,
        rules=found.speaks,
        pending=found.pending,
        not_ready=(*plan.not_ready, *unmet, *unconfirmed),
    )


def provenance(case: Case, images: Images) -> Provenance:
    """What the result is made from: inputs by hash, versions, parameters."""
    examinations = (images, *images.apart.values())
    scans = [Input(file=scan.document, sha256=scan.sha256) for one in examinations for scan in one.volumes.values()]
    drawn = [
        Input(file=labels.document, sha256=labels.sha256) for one in examinations for labels in one.labels.values()
    ]
    thresholds = (*MEASURE_PARAMETERS, *STAGE_PARAMETERS, *DECIDE_PARAMETERS, *PLAN_PARAMETERS)
    return Provenance(
        enbloc=__version__,
        as_of=case.stands_at,
        inputs=(*scans, *drawn),
        parameters=tuple(_setting(threshold) for threshold in thresholds),
        rules=tuple(_version(rule) for rule in RULES.values()),
    )


def _version(rule: Rule) -> Setting:
    """A rule with its version, the day that its review is due by, and how far it was checked."""
    return Setting(name=rule.id, value=f"{rule.version}; review by {rule.review_by}; {rule.checked.value}")


def _setting(threshold: Threshold) -> Setting:
    number = f"{threshold.number:g} {threshold.unit}".strip()
    return Setting(name=threshold.name, value=f"{threshold.comparator} {number}")


def fingerprint(text: str) -> str:
    """The SHA-256 of a result's JSON: what every printed page carries."""
    return sha256(text.encode()).hexdigest()


def publish(result: Workup, images: Images, out: Path, *, said: Said = _silent) -> str:
    """Write ``workup.json``, ``report.html``, ``report.pdf`` and ``scene/`` to the folder ``out``; its fingerprint.

    The folder is written whole or not at all; it replaces an earlier result of enbloc and refuses any other folder.

    Raises
    ------
    OutputError
        If the folder is something else, read-only or full.
    """
    from enbloc.exchange.document import to_json
    from enbloc.exchange.output import staged
    from enbloc.measure.registration.together import brought_together
    from enbloc.present.html import report_html
    from enbloc.present.pdf import report_pdf
    from enbloc.present.pictures import pictures
    from enbloc.present.scene import scene_files

    said(PAGES[0])
    images = brought_together(result.case, images)
    text = to_json(result)
    mark = fingerprint(text)
    with staged(out) as folder:
        (folder / "workup.json").write_text(text, encoding="utf-8", newline="\n")
        said(PAGES[1])
        drawn = pictures(result, images)
        (folder / "scene").mkdir()
        for name, content in scene_files(result, images).items():
            (folder / "scene" / name).write_bytes(content)
        said(PAGES[2])
        html = report_html(result, images, fingerprint=mark, drawn=drawn)
        (folder / "report.html").write_text(html, encoding="utf-8", newline="\n")
        (folder / "report.pdf").write_bytes(report_pdf(result, images, fingerprint=mark, drawn=drawn))
    return mark


def measure_alone(case: Case, images: Images, *, said: Said = _silent) -> MeasureResult:
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
    own = tuple(_setting(threshold) for threshold in MEASURE_PARAMETERS)
    return MeasureResult(
        provenance=replace(made, parameters=own, rules=()),
        case=case,
        findings=measure(case, images),
        said=images.said,
        unused=_unused(case, images),
    )


def publish_measures(result: MeasureResult, images: Images, out: Path, *, said: Said = _silent) -> MeasureResult:
    """Write ``measure.json`` and ``figures/``, a picture of every measurement; the result with its pictures named.

    The folder is written whole or not at all, as that of a work-up.

    Raises
    ------
    OutputError
        If the folder is something else, read-only or full.
    """
    from enbloc.exchange.document import to_json
    from enbloc.exchange.output import staged
    from enbloc.follow.measuring import Figure
    from enbloc.measure.registration.together import brought_together
    from enbloc.present.evidence import evidence
    from enbloc.present.raster import pngs

    said(PAGES[1])
    images = brought_together(result.case, images)
    drawn = evidence(result.case, result.findings, images)
    figures = tuple(Figure(file=f"figures/{one.key}.png", about=one.about, facts=one.facts) for one in drawn)
    named = replace(result, figures=figures)
    said(PAGES[0])
    with staged(out) as folder:
        (folder / "figures").mkdir()
        for figure, pixels in zip(figures, pngs(one.picture for one in drawn), strict=True):
            (folder / figure.file).write_bytes(pixels)
        (folder / "measure.json").write_text(to_json(named), encoding="utf-8", newline="\n")
    return named
