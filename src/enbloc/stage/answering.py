"""Items that no fact answers as it stands: read out of several facts, or out of SINS and ESCC as the case gives them.

The same finding counts as the same in every instrument: a collapse, a lytic lesion or an epidural tumour is what SINS
and ESCC make of it, with every answer that they leave open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.fact import Fact, Subject
from enbloc.case.finding import Findings, SourceKind
from enbloc.case.lesion import LesionKind
from enbloc.stage import sins_items
from enbloc.stage.escc import Escc
from enbloc.stage.from_case import Derived, main_level, overruled
from enbloc.stage.reading import Reading
from enbloc.stage.scoring import escc_score, sins_score
from enbloc.stage.sins import OUT_OF, SINS, Alignment, Bone, Collapse, Pain

Answers = Mapping[Any, tuple[Any, ...]]
"""For each class the answers that it stands for."""

NAME = "item"
"""What a reading is called until the item that asks for it gives it its own name."""


def counted(named: Fact[Any], answers: Mapping[Any, Any]) -> Derived:
    """The item that each value of a fact stands for; a value that stands for none leaves the item open."""

    def read(_: Case, findings: Findings, lesion: str) -> Reading:
        about = lesion if named.about is Subject.LESION else "patient"
        finding = findings[named, about]
        known = not isinstance(finding, Unknown) and finding.value in answers
        values = (answers[finding.value],) if known and not isinstance(finding, Unknown) else ()
        return Reading(name=NAME, values=values, facts=(named.id,) if values else ())

    return Derived(about=named.about, read=read)


def _sins(name: str, item: Callable[[Findings, str, Level | None], Reading], answers: Answers) -> Derived:
    """The item that the classes of an item of SINS stand for, at the main level; nothing if any class is possible."""

    def read(case: Case, findings: Findings, lesion: str) -> Reading:
        found = item(findings, lesion, main_level(case, findings, lesion))
        found = overruled(SINS, {name: found}, case, lesion)[name]
        if len(found.values) >= len(answers):
            return Reading(name=NAME, values=())
        values = tuple(dict.fromkeys(answer for one in found.values for answer in answers[one]))
        borderline = found.borderline and len(values) > 1
        return Reading(name=NAME, values=values, facts=found.facts, borderline=borderline, note=found.note)

    return Derived(about=Subject.LESION, read=read)


def bone(answers: Answers) -> Derived:
    """An item that asks whether the lesion is lytic, mixed or blastic."""
    return _sins("bone", lambda findings, lesion, _: sins_items.bone(findings, lesion), answers)


LYTIC = bone({Bone.LYTIC: (True,), Bone.MIXED: (False, True), Bone.BLASTIC: (False,)})
"""Whether the lesion is lytic; no source says what a mixed one counts as, so it may be either."""

MALALIGNED = _sins(
    "alignment",
    sins_items.alignment,
    {Alignment.NORMAL: (False,), Alignment.DEFORMITY: (True,), Alignment.SUBLUXATION: (True,)},
)
"""Whether the alignment is abnormal."""


def collapse(answers: Answers) -> Derived:
    """An item that asks how far the vertebral body at the main level has collapsed."""
    return _sins("collapse", partial(sins_items.collapse, is_main=True), answers)


COLLAPSED = collapse(
    {
        Collapse.NONE: (False,),
        Collapse.BODY_OVER_HALF_INVOLVED: (False,),
        Collapse.UNDER_HALF: (True,),
        Collapse.OVER_HALF: (True,),
    }
)
"""Whether the vertebral body has collapsed."""


def _sins_total(case: Case, findings: Findings, lesion: str) -> Reading:
    score = sins_score(case, findings, lesion, {})
    totals = tuple(int(total) for total in score.totals)
    known = len(totals) < OUT_OF + 1
    return Reading(
        name=NAME, values=totals if known else (), borderline=score.is_borderline, note=score.headline if known else ""
    )


SINS_TOTAL = Derived(about=Subject.LESION, read=_sins_total)
"""The total of SINS as the case gives it: every total that can be reached."""


def _epidural(case: Case, findings: Findings, lesion: str) -> Reading:
    score = escc_score(case, findings, lesion)
    values = tuple(dict.fromkeys(word != Escc.GRADE_0.value for word in score.categories))
    if len(values) > 1:
        return Reading(name=NAME, values=())
    facts = tuple(dict.fromkeys(fact for item in score.items for fact in item.facts))
    return Reading(name=NAME, values=values, facts=facts, note=score.headline)


EPIDURAL = Derived(about=Subject.LESION, read=_epidural)
"""Whether the tumour reaches the epidural space, where ESCC settles it."""


MECHANICAL_PAIN = _sins(
    "pain",
    lambda findings, lesion, _: sins_items.pain(findings, lesion),
    {Pain.NONE: (False,), Pain.NOT_MECHANICAL: (False,), Pain.MECHANICAL: (True,)},
)
"""Whether the pain is mechanical."""


def at_level(answers: Mapping[Any, Any]) -> Derived:
    """An item that asks for the region of the main level; a level that is in none leaves it open."""

    def read(case: Case, findings: Findings, lesion: str) -> Reading:
        level = main_level(case, findings, lesion)
        values = (answers[level],) if level in answers else ()
        return Reading(name=NAME, values=values, facts=(vocabulary.LEVELS.id,) if values else (), note=str(level or ""))

    return Derived(about=Subject.LESION, read=read)


def _sectional(_: Case, findings: Findings, lesion: str) -> Reading:
    finding = findings[vocabulary.SOFT_TISSUE_DIAMETER, lesion]
    measured = not isinstance(finding, Unknown) and finding.source.kind is SourceKind.MEASURED
    facts = (vocabulary.SOFT_TISSUE_DIAMETER.id,)
    return Reading(name=NAME, values=(True,), facts=facts) if measured else Reading(name=NAME, values=())


SECTIONAL = Derived(about=Subject.LESION, read=_sectional)
"""That the lesion was measured on CT or MRI: what enbloc measures is measured on nothing else."""


def any_lesion(answers: Mapping[LesionKind, Any]) -> Derived:
    """An item about the patient that the kind of any lesion settles."""

    def read(case: Case, findings: Findings, _: str) -> Reading:
        stated = {findings.value(vocabulary.KIND, lesion.id) for lesion in case.lesions}
        values = tuple(dict.fromkeys(answer for kind, answer in answers.items() if kind.value in stated))
        return Reading(name=NAME, values=values[:1], facts=(vocabulary.KIND.id,) if values else ())

    return Derived(about=Subject.PATIENT, read=read)
