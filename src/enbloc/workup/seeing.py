"""What every result starts from: the images in one frame, all findings, circumstances, and where it all came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from enbloc import __version__
from enbloc.case.case import Case, entered, recorded
from enbloc.case.confirmation import Confirmed
from enbloc.case.finding import Findings
from enbloc.case.image import Images
from enbloc.case.origin import Modality
from enbloc.decide import PARAMETERS as DECIDE_PARAMETERS
from enbloc.decide import RULES, Circumstances
from enbloc.decide.overriding import strange as meeting_nothing
from enbloc.decide.rule import Rule
from enbloc.evidence import Threshold
from enbloc.follow.provenance import Input, NotUsed, Provenance, Setting
from enbloc.measure import PARAMETERS as MEASURE_PARAMETERS
from enbloc.plan.parameters import PARAMETERS as PLAN_PARAMETERS
from enbloc.stage import PARAMETERS as STAGE_PARAMETERS
from enbloc.stage.registry import INSTRUMENTS

Said = Callable[[str], None]
STEPS = ("measuring the images", "scoring", "deciding", "planning")


def silent(_: str) -> None:
    """Tells nobody of a step."""


def findings_of(case: Case, images: Images) -> Findings:
    """All that is known of a case: what the images show, then the record, then what people entered; later overrules.

    ``images`` have been brought into one frame.
    """
    from enbloc.measure import measure

    return measure(case, images) | recorded(case) | entered(case)


def has_any(images: Images) -> bool:
    """Whether there is any scan or label map."""
    return bool(images.volumes or images.labels or images.apart)


def unseen(case: Case, said: Said) -> Findings:
    """All that is known of a case without images."""
    said(STEPS[0])
    findings = recorded(case) | entered(case)
    said(STEPS[1])
    return findings


def seen(case: Case, images: Images, said: Said) -> tuple[Images, Findings]:
    """The images in one frame, and all that is known of the case."""
    from enbloc.measure.registration.together import brought_together

    said(STEPS[0])
    images = brought_together(case, images)
    findings = findings_of(case, images)
    said(STEPS[1])
    return images, findings


def of_staging(case: Case, images: Images) -> Provenance:
    """What scores alone are made from: no rule and no plan."""
    own = tuple(setting(threshold) for threshold in (*MEASURE_PARAMETERS, *STAGE_PARAMETERS))
    return replace(provenance(case, images), parameters=own, rules=())


def unused(case: Case, images: Images) -> tuple[NotUsed, ...]:
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
        parameters=tuple(setting(threshold) for threshold in thresholds),
        rules=tuple(_version(rule) for rule in RULES.values()),
    )


def _version(rule: Rule) -> Setting:
    """A rule with its version, the day that its review is due by, and how far it was checked."""
    return Setting(name=rule.id, value=f"{rule.version}; review by {rule.review_by}; {rule.checked.value}")


def setting(threshold: Threshold) -> Setting:
    """A threshold as provenance prints it."""
    number = f"{threshold.number:g} {threshold.unit}".strip()
    return Setting(name=threshold.name, value=f"{threshold.comparator} {number}")
