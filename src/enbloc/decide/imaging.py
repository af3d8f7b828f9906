"""Rules about images (IMG) and stops about missing or old ones."""

from __future__ import annotations

from datetime import date, timedelta

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated, unknown
from enbloc.decide.acts import SURGERY
from enbloc.decide.decision import Act, Degree
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, project_value
from enbloc.value import value

THIN_CT_TO = Threshold(
    name="slice thickness of a CT for a surgical plan",
    number=1.0,
    unit="mm",
    comparator="<=",
    source="barzilai2019essential",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)


def _age_limit(name: str, days: int) -> Threshold:
    return project_value(f"oldest MRI for {name}", days, "days", "<=", source="STOP-29")


MRI_AGE_MALIGNANT = _age_limit("a metastasis or a malignant primary", 28)
MRI_AGE_RADIOSURGERY = _age_limit("planning radiosurgery", 21)
MRI_AGE_BENIGN = _age_limit("a benign or slow primary", 91)


@value
class _Images:
    newest: date | None
    today: date | None

    @property
    def age(self) -> timedelta | None:
        return self.today - self.newest if self.newest and self.today else None


def newest_mri(about: Situation) -> date | None:
    """The day of the newest MRI of the level: of the pictures of the case, or as a person entered it."""
    entered = about.known(vocabulary.MRI_ON)
    return max((*about.circumstances.mr_dates, *([entered] if entered else ())), default=None)


_BY_IMAGES = (*SURGERY, Act.RADIOSURGERY)


@rule(
    "IMG-03",
    cites=("barzilai2019essential",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=SURGERY,
)
def thin_ct_for_a_surgical_plan(about: Situation) -> Verdict:
    """A surgical plan needs a CT with slices of one millimetre or less through the span."""
    slice_mm = about.circumstances.ct_slice_mm
    thick: Answer = unknown("slice thickness of the CT") if slice_mm is None else slice_mm > THIN_CT_TO.number + 1e-6
    return when(thick, do="Get a CT with slices of 1 mm or less.", because=f"CT slices of {slice_mm or 0:g} mm.")


@rule(
    "STOP-03",
    cites=("nice2023ng234",),
    checked=Checked.FROM_MEMORY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=_BY_IMAGES,
)
def plan_without_mri(about: Situation) -> Verdict:
    """A surgical or radiosurgical plan without MRI of the level and of the whole spine, or a documented
    contraindication with CT myelogram: wrong level, skip lesions.
    """
    both = all_of(about.answer(vocabulary.LEVEL_MRI), about.answer(vocabulary.WHOLE_SPINE_MRI))
    condition = negated(any_of(both, about.answer(vocabulary.MYELOGRAM)))
    return when(condition, do="Get an MRI of the level and of the whole spine.", because="It is not recorded as done.")


@rule(
    "STOP-29",
    cites=("project", "guckenberger2024estro"),
    checked=Checked.OURS,
    strength="Hard stop, project rule",
    degree=Degree.STOP,
    acts=(*_BY_IMAGES, Act.RADIOTHERAPY),
)
def plan_on_an_old_mri(about: Situation) -> Verdict:
    """An MRI older than four weeks (metastasis, malignant primary), three weeks (radiosurgery) or three months (benign
    or slow primary), of unknown date, or followed by a new deficit: a plan on stale anatomy.
    """
    images = _Images(newest=newest_mri(about), today=about.today)
    if images.newest is None or images.age is None:
        return when(unknown("date of the newest MRI"), do="", because="")
    if images.age.days < 0:
        return when(unknown("date of the newest MRI: it lies after the day of the case"), do="", because="")
    limit = oldest_mri(about)
    condition = any_of(images.age.days > limit.number, _deficit_since(about, images.newest))
    because = f"The newest MRI is {images.age.days} days old; limit {limit.number:g}."
    return when(condition, do="Repeat the MRI.", because=because)


def oldest_mri(about: Situation) -> Threshold:
    """How old an MRI may be for the act that is planned."""
    if about.plan is not None and about.plan.act.is_radiosurgery:
        return MRI_AGE_RADIOSURGERY
    slow = about.histology is not None and about.histology.behaviour in {"benign", "intermediate", "malignant_low"}
    return MRI_AGE_BENIGN if slow and about.is_secondary is False else MRI_AGE_MALIGNANT


def _deficit_since(about: Situation, newest: date) -> Answer:
    """Whether a deficit began after the newest image."""
    deficit = about.answer(vocabulary.DEFICIT)
    if deficit is not True:
        return deficit
    if about.deficit_since is None:
        return unknown("when did the deficit begin?")
    if about.deficit_since == newest:
        return unknown("did the deficit begin before or after the MRI of the same day?")
    return about.deficit_since > newest


ACT_RULES: tuple[Rule, ...] = (thin_ct_for_a_surgical_plan, plan_without_mri, plan_on_an_old_mri)
PARAMETERS: tuple[Threshold, ...] = (THIN_CT_TO, MRI_AGE_MALIGNANT, MRI_AGE_RADIOSURGERY, MRI_AGE_BENIGN)
