"""Case: the one noun that travels. The record only: plain values, no pixels, no results."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, Literal

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level, structure
from enbloc.case.confirmation import Confirmation
from enbloc.case.contradiction import contradictions
from enbloc.case.fact import Fact, fact
from enbloc.case.filled import FilledForm
from enbloc.case.finding import Entry, Finding, Findings, Source, SourceKind, belongs
from enbloc.case.lesion import Lesion
from enbloc.case.neurology import Neurology
from enbloc.case.origin import Modality, Origin
from enbloc.case.override import Override
from enbloc.case.patient import Patient
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.errors import RecordError
from enbloc.value import value

SCHEMA = "enbloc/case/1"
OLDEST = 120  # years


@value
class ImageFile:
    """A scan of the case: a file, folder or zip within the case folder.

    ``earlier`` marks a scan that is kept to compare with and is never staged from. ``contrast`` and ``tube_kv`` say
    of a CT what its header may not: both shift its density.
    """

    file: str
    modality: Modality
    date: datetime.date | None = None
    earlier: bool = False
    contrast: bool | None = None
    tube_kv: float | None = None


@value
class LabelFile:
    """A label map: the role of the image it was drawn ``on``, and what its numbers mean.

    ``scheme`` names a published numbering; ``structures`` names single ids in words (``tumour A``) and is
    read after the scheme.
    """

    file: str
    on: str
    scheme: str | None = None
    structures: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.scheme is None and not self.structures:
            raise RecordError(
                f"{self.file} says neither its scheme nor its structures.",
                remedy="Add 'scheme: totalsegmentator-v2' or 'structures: {1: tumour A}'.",
            )
        for words in self.structures.values():
            structure(words)


@value
class Case:
    """One patient's record: who, what lesion, which images, what was done, found, confirmed and overridden."""

    id: str
    as_of: datetime.date | None = None
    origin: Origin = Origin.PATIENT
    story: str = ""
    patient: Patient = Patient()
    images: Mapping[str, ImageFile] = field(default_factory=dict)
    labels: Mapping[str, LabelFile] = field(default_factory=dict)
    lesions: tuple[Lesion, ...] = ()
    neurology: Neurology = Neurology()
    treatments: tuple[Treatment, ...] = ()
    findings: tuple[Entry, ...] = ()
    forms: tuple[FilledForm, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    overrides: tuple[Override, ...] = ()
    schema: Literal["enbloc/case/1"] = "enbloc/case/1"

    def __post_init__(self) -> None:
        for fault in _faults(self):
            raise fault

    def lesion(self, id: str) -> Lesion:
        """The lesion with this id."""
        return next(lesion for lesion in self.lesions if lesion.id == id)

    @property
    def stands_at(self) -> datetime.date | None:
        """The date that clocks and due dates count from: ``as_of``, or the latest date in the record."""
        if self.as_of:
            return self.as_of
        dates = [day for day in _dates(self) if day is not None]
        return max(dates, default=None)


def _dates(case: Case) -> Iterator[datetime.date | None]:
    yield from (image.date for image in case.images.values())
    yield from (entry.on for entry in case.findings)
    yield from (form.on for form in case.forms)
    yield from (treatment.ended or treatment.started for treatment in case.treatments)
    yield from (confirmation.on for confirmation in case.confirmations)
    yield from (override.on for override in case.overrides)
    yield case.neurology.examined


def _faults(case: Case) -> Iterator[RecordError]:
    """Each fault by itself; a later one may only be looked for where there is no earlier one."""
    ids = tuple(lesion.id for lesion in case.lesions)
    if len(set(ids)) != len(ids):
        yield RecordError(f"Two lesions share an id: {' '.join(ids)}.", remedy="Give each its own.")
    age = case.patient.age(case.stands_at) if case.stands_at else None
    if age is not None and not 0 <= age <= OLDEST:
        yield RecordError(
            f"Birth in {case.patient.birth_year} and a record as of {case.stands_at} make an age of {age}.",
            remedy="Correct the birth year or the date.",
        )
    for role, labels in case.labels.items():
        if labels.on not in case.images:
            yield RecordError(
                f"Labels {role!r} are drawn on {labels.on!r}, which is no image of the case.",
                remedy=f"Images are: {', '.join(case.images) or 'none'}.",
            )
    yield from _misplaced_findings(case, ids)
    yield from _misplaced_forms(case, ids)
    yield from _misplaced_overrides(case, ids)
    yield from contradictions(recorded(case) | entered(case), ids)


def _misplaced_findings(case: Case, lesions: tuple[str, ...]) -> Iterator[RecordError]:
    seen = set()
    for entry in case.findings:
        if not belongs(fact(entry.fact), entry.about, lesions):
            yield RecordError(
                f"{entry.fact} cannot be about {entry.about!r}.",
                remedy=f"It is about a {fact(entry.fact).about.value}; lesions are {' '.join(lesions) or 'none'}.",
            )
        if (entry.fact, entry.about) in seen:
            yield RecordError(f"{entry.fact} about {entry.about} is entered twice.", remedy="Keep one of them.")
        seen.add((entry.fact, entry.about))


def _misplaced_forms(case: Case, lesions: tuple[str, ...]) -> Iterator[RecordError]:
    seen = set()
    for form in case.forms:
        if form.about != "patient" and form.about not in lesions:
            yield RecordError(
                f"A form of {form.instrument} cannot be about {form.about!r}.",
                remedy=f"Write 'patient' or a lesion; lesions are {' '.join(lesions) or 'none'}.",
            )
        if (form.instrument, form.about) in seen:
            yield RecordError(f"{form.instrument} about {form.about} is filled in twice.", remedy="Keep one of them.")
        seen.add((form.instrument, form.about))


def _misplaced_overrides(case: Case, lesions: tuple[str, ...]) -> Iterator[RecordError]:
    seen = set()
    for override in case.overrides:
        if override.about != "patient" and override.about not in lesions:
            yield RecordError(
                f"An override of {override.stop} cannot be about {override.about!r}.",
                remedy=f"Write 'patient' or a lesion; lesions are {' '.join(lesions) or 'none'}.",
            )
        if (override.stop, override.about, override.act) in seen:
            yield RecordError(
                f"{override.stop} about {override.about} is overridden twice.",
                remedy="Keep one of them, or name another act.",
            )
        seen.add((override.stop, override.about, override.act))


def recorded(case: Case) -> Findings:
    """What the record itself states, as findings: patient, lesions, neurology, earlier treatment."""
    return Findings(found=tuple(_stated(case)))


def entered(case: Case) -> Findings:
    """What people entered under ``findings``."""
    return Findings(found=tuple(entry.answers(at) for at, entry in enumerate(case.findings)))


def _stated(case: Case) -> Iterator[Finding[Any]]:
    as_of = case.stands_at
    age = case.patient.age(as_of) if as_of else None
    yield from _if_known(vocabulary.AGE, "patient", None if age is None else float(age), "patient.birth_year")
    yield from _if_known(vocabulary.SEX, "patient", case.patient.sex, "patient.sex")
    now = case.neurology
    for named, stated in (
        (vocabulary.DEFICIT, now.deficit),
        (vocabulary.PROGRESSING, now.progressing),
        (vocabulary.MYELOPATHY, now.myelopathy),
        (vocabulary.AMBULATION, now.ambulation.value if now.ambulation else None),
        (vocabulary.AIS, now.ais),
    ):
        yield from _if_known(named, "patient", stated, "neurology")
    for lesion in case.lesions:
        for named, stated in (
            (vocabulary.HISTOLOGY, lesion.histology),
            (vocabulary.PROVEN, lesion.proven),
            (vocabulary.KIND, lesion.kind.value if lesion.kind else None),
            (vocabulary.SOLITARY, lesion.solitary),
        ):
            yield from _if_known(named, lesion.id, stated, f"lesion {lesion.id}")
        for named, kind in (
            (vocabulary.PRIOR_RADIOTHERAPY, TreatmentKind.RADIOTHERAPY),
            (vocabulary.OPERATED_AT_LEVEL, TreatmentKind.OPERATION),
        ):
            if _treated(case, kind, lesion.levels):
                yield from _if_known(named, lesion.id, True, "treatments")


def _treated(case: Case, kind: TreatmentKind, levels: tuple[Level, ...]) -> bool:
    """Whether a treatment of this kind is recorded at one of these levels; none recorded is unknown, not no."""
    return any(set(levels) & set(one.levels) for one in case.treatments if one.kind is kind)


def _if_known(named: Fact[Any], about: str, stated: object, place: str) -> Iterator[Finding[Any]]:
    if stated is not None:
        source = Source(kind=SourceKind.RECORDED, document="case.yaml", place=place)
        yield Finding(fact=named.id, about=about, value=stated, source=source)
