"""Follow-up after an operation or radiotherapy (FU): what is due next, counted from the treatment's own date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import ResectionExtent, RiskGroup
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.cord_dose import AGAIN_AFTER
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_primary import is_symptomatic
from enbloc.decide.presentation import has_signs, is_suggestive, signs_words
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.decide.surveillance import BY_RISK, LOCAL, SCHEDULES, Schedule, schedule_of, treated_on, upcoming
from enbloc.evidence import Checked
from enbloc.value import value

_UNGRADED = "None printed; schedule of this project's table"
_NAMES = ("sbrt", "sabr", "srs", "stereotactic", "radiosurgery")

Day = date | Unknown | None
"""When it was; what to ask; or that nothing of the kind is recorded here."""


# --- what was done ----------------------------------------------------------------------------------------------------
def _here(about: Situation, *kinds: TreatmentKind) -> tuple[Treatment, ...]:
    levels = set(about.levels)
    return tuple(one for one in about.case.treatments if one.kind in kinds and levels & set(one.levels))


def _is_recorded(about: Situation, *kinds: TreatmentKind) -> Answer:
    """Whether such a treatment is recorded at a level of the lesion; open where one names no level."""
    if _here(about, *kinds):
        return True
    unplaced = [one.what for one in about.case.treatments if one.kind in kinds and not one.levels]
    if unplaced:
        return unknown(*(f"level of the earlier treatment ({what})" for what in unplaced))
    stated = {
        TreatmentKind.RADIOTHERAPY: vocabulary.PRIOR_RADIOTHERAPY,
        TreatmentKind.OPERATION: vocabulary.OPERATED_AT_LEVEL,
    }
    # What nobody recorded has not been done: a follow-up speaks when there is something to follow.
    return any(about.answer(stated[kind]) is True for kind in kinds)


def last_day(about: Situation, *kinds: TreatmentKind) -> Day:
    """The day of the last such treatment at the lesion."""
    recorded = _is_recorded(about, *kinds)
    if recorded is not True:
        return recorded if isinstance(recorded, Unknown) else None
    here = _here(about, *kinds)
    days = [day for one in here if (day := treated_on(one)) is not None]
    if len(days) < max(1, len(here)):
        return unknown("day of the last operation or radiotherapy at the level")
    if about.today is None or max(days) > about.today:
        return unknown("day of the case, and of the last treatment: one lies after the other")
    return max(days)


def is_stereotactic(about: Situation) -> Answer:
    """Whether the radiotherapy at the level was stereotactic: as stated, otherwise by its name."""
    recorded = _is_recorded(about, TreatmentKind.RADIOTHERAPY)
    if recorded is not True:
        return recorded
    named = any(word in one.what.lower() for one in _here(about, TreatmentKind.RADIOTHERAPY) for word in _NAMES)
    return True if named else about.answer(vocabulary.STEREOTACTIC_BEFORE)


def _scheduled(about: Situation, condition: Answer, schedule: Schedule, day: Day, more: str = "") -> Verdict:
    """The schedule and what is due next, if the condition holds and the day is known."""
    if condition is False or day is None:
        return None
    if isinstance(day, Unknown) or isinstance(condition, Unknown) or about.today is None:
        return all_unknown(condition, day)
    next_ = "; ".join(map(str, upcoming(schedule, day, as_of=about.today)))
    do = f"{schedule.words[0].upper()}{schedule.words[1:]}. Next: {next_ or 'nothing'}.{more}"
    return when(True, do=do, because=f"Treated on {day}.")


def all_unknown(*parts: object) -> Unknown:
    """Everything that is asked by what is unknown among these; the day of the case where nothing else is."""
    asked = frozenset().union(*(part.ask for part in parts if isinstance(part, Unknown)))
    return Unknown(ask=asked or frozenset({"day of the case"}))


# --- metastases -------------------------------------------------------------------------------------------------------
_PROGRESSION = (
    " Same sequence. Progression: unequivocal growth on 2 to 3 MRI in a row 6 to 8 weeks apart, any new or growing "
    "epidural tumour, or neurological decline; growth in bone alone first seen after 3 to 6 months is indeterminate: "
    "repeat after 6 to 8 weeks. Pseudoprogression is reported up to 18 months."
)


@rule("FU-01", cites=("thibault2015spino",), checked=Checked.FROM_MEMORY, strength=_UNGRADED)
def after_radiosurgery(about: Situation) -> Verdict:
    """After stereotactic radiotherapy of a metastasis MRI follows every 2 to 3 months for 12 to 18 months, then every 3
    to 6; progression is unequivocal growth confirmed on two to three MRI in a row, new or growing epidural tumour, or
    neurological decline.
    """
    condition = all_of(about.is_secondary, is_stereotactic(about))
    day = last_day(about, TreatmentKind.RADIOTHERAPY)
    return _scheduled(about, condition, SCHEDULES["FU-01"], day, _PROGRESSION)


@rule("FU-16", cites=("mrifreq2022",), checked=Checked.READ, strength="Cohort of 446 patients, 1,039 segments")
def by_risk_after_radiosurgery(about: Situation) -> Verdict:
    """After stereotactic radiotherapy a schedule may follow the risk by epidural disease, paraspinal disease and SINS:
    low every 6 months, intermediate every 3.1, high every 1.3 in the first 13.2 months and then every 5.9; spine
    progression was 19.2 percent at one year, 26.7 at two and 35.3 at four.
    """
    condition = all_of(about.is_secondary, is_stereotactic(about))
    group = about.known(vocabulary.RISK_GROUP)
    day = last_day(about, TreatmentKind.RADIOTHERAPY)
    if group is not None:
        return _scheduled(about, condition, BY_RISK[RiskGroup(group)], day)
    options = "; ".join(each.words for each in BY_RISK.values())
    return when(condition, do=f"Name the risk group, as an option: {options}.", because="Stereotactic radiotherapy.")


@rule("FU-02", cites=("project",), checked=Checked.FROM_MEMORY, strength=_UNGRADED)
def after_surgery_and_radiosurgery(about: Situation) -> Verdict:
    """After surgery of a metastasis and stereotactic radiotherapy a baseline MRI follows at 6 to 8 weeks, then MRI as
    after radiosurgery, with CT of fusion and implant at 6 and 12 months.
    """
    operated = _is_recorded(about, TreatmentKind.OPERATION)
    condition = all_of(about.is_secondary, operated, is_stereotactic(about))
    return _scheduled(about, condition, SCHEDULES["FU-02"], last_day(about, *LOCAL))


@rule("FU-03", cites=("project",), checked=Checked.FROM_MEMORY, strength=_UNGRADED)
def after_conventional_radiotherapy(about: Situation) -> Verdict:
    """After conventional radiotherapy of a metastasis the patient is seen at 4 to 8 weeks, with MRI for new pain or
    neurology.
    """
    day = last_day(about, TreatmentKind.RADIOTHERAPY)
    condition = all_of(about.is_secondary, negated(is_stereotactic(about)))
    return _scheduled(about, condition, SCHEDULES["FU-03"], day)


# --- by histology -----------------------------------------------------------------------------------------------------
@value
class Row:
    """One row of the schedules of primary tumours; the schedule itself may depend on what was left behind."""

    id: str
    statement: str
    checked: Checked = Checked.FROM_MEMORY
    cites: tuple[str, ...] = ("project",)


def schedule_of_tumour(about: Situation) -> Schedule | Unknown:
    """The schedule of this tumour, with what was left and a syndrome read from the record."""
    assert about.histology is not None
    text, key = about.histology.surveillance, about.histology.key
    if text.startswith("FU-10"):
        left = about.is_one_of(vocabulary.RESECTION_EXTENT, ResectionExtent.SUBTOTAL, ResectionExtent.BIOPSY)
        return left if isinstance(left, Unknown) else SCHEDULES["FU-10 subtotal" if left else "FU-10"]
    if key == "meningioma_g1":
        whole = about.is_one_of(vocabulary.RESECTION_EXTENT, ResectionExtent.GROSS_TOTAL)
        return _of_grade_one(whole)
    syndrome = about.answer(vocabulary.VHL) is True
    return SCHEDULES["FU-11 VHL"] if text.startswith("FU-11") and syndrome else schedule_of(about.histology)


def _of_grade_one(whole: Answer) -> Schedule | Unknown:
    """Of a grade 1 meningioma only the schedule after a gross total removal is printed."""
    if isinstance(whole, Unknown):
        return whole
    if whole:
        return SCHEDULES["FU-09 grade 1"]
    return Schedule(
        words="no schedule is printed for what was not removed: that of grade 2 is the closer one",
        series=SCHEDULES["FU-09 grade 2"].series,
    )


ROWS: tuple[Row, ...] = (
    Row(
        id="FU-04",
        statement="After treatment of a chordoma MRI follows every 6 months for 5 years and then yearly to 15, with CT "
        "of the chest every 6 to 12 months.",
        cites=("stacchiotti2015",),
    ),
    Row(
        id="FU-05",
        statement="After treatment of a chondrosarcoma MRI and CT of the chest follow every 6 months for 5 years and "
        "then yearly to 10 and more; of a high-grade one every 3 to 4 months in the first two years.",
    ),
    Row(
        id="FU-06",
        statement="After treatment of an osteosarcoma or Ewing sarcoma follow-up is every 3 months for two years, "
        "every 4 to 6 to the fifth, then yearly to 10 and more.",
    ),
    Row(
        id="FU-07",
        statement="After treatment of a giant cell tumour MRI follows every 3 to 6 months for 2 to 3 years and then "
        "yearly to 5 and more (latest relapse at 60 months), with a chest radiograph.",
        checked=Checked.READ,
        cites=("boriani2012gct",),
    ),
    Row(
        id="FU-08",
        statement="After treatment of an aneurysmal bone cyst, osteoblastoma or osteoid osteoma follow-up is every 3 "
        "to 6 months for two years and then yearly to 5; of an osteoid osteoma in the clinic at 6 weeks and 6 months.",
    ),
    Row(
        id="FU-09",
        statement="After removal of a meningioma MRI follows, in grade 1 after gross total removal, at 3 months, 1, 3 "
        "and 5 years and then every two; in grade 2 every 6 months for 5 years; in grade 3 every 3 months.",
    ),
    Row(
        id="FU-10",
        statement="After removal of a schwannoma MRI follows at 3 months, 1, 3 and 5 years; yearly after a subtotal "
        "removal.",
    ),
    Row(
        id="FU-11",
        statement="After treatment of an ependymoma, astrocytoma or haemangioblastoma MRI follows at 3 months, every 6 "
        "for 5 years and then yearly to 10 and more, since relapse may come after 10 years; in von Hippel-Lindau "
        "disease with MRI of the whole spine every 1 to 2 years.",
    ),
    Row(
        id="FU-13",
        statement="After treatment of a plasmacytoma the M-protein is measured every 3 months for two years, with PET, "
        "to look for myeloma.",
    ),
)
"""Schedules that follow from the histology alone."""


def _judge(row: Row) -> Callable[[Situation], Verdict]:
    def judge(about: Situation) -> Verdict:
        if about.histology is None or row.id not in about.histology.surveillance:
            return None
        day = last_day(about, *LOCAL)
        if day is None:
            return None
        schedule = schedule_of_tumour(about)
        if isinstance(schedule, Unknown):
            return all_unknown(schedule, day)
        return _scheduled(about, True, schedule, day)

    judge.__doc__ = row.statement
    return judge


BY_HISTOLOGY: tuple[Rule, ...] = tuple(
    rule(row.id, cites=row.cites, checked=row.checked, strength=_UNGRADED)(_judge(row)) for row in ROWS
)


# --- observation, alarm, recurrence -----------------------------------------------------------------------------------
@rule("FU-12", cites=("source_s3",), checked=Checked.FROM_MEMORY, strength=_UNGRADED, acts=(Act.OBSERVATION,))
def observed_benign_tumour(about: Situation) -> Verdict:
    """A benign tumour without symptoms that is observed is imaged at 3 to 6 months, at 12, then yearly five times, and
    no longer if it is stable; a typical haemangioma is not followed.
    """
    if about.histology is None or about.histology.behaviour != "benign":
        return None
    if about.histology.key == "haemangioma_typ":
        return None
    words = SCHEDULES["FU-12"].words
    silent = negated(is_symptomatic(about))
    return when(silent, do=f"{words[0].upper()}{words[1:]}.", because=f"{about.tumour_words}, without symptoms.")


@rule("FU-14", cites=("project",), checked=Checked.OURS, strength="Project rule", degree=Degree.URGENT)
def red_flag_during_follow_up(about: Situation) -> Verdict:
    """A red flag during follow-up ends the schedule: it is treated as suspected compression at once."""
    alarm = any_of(has_signs(about), is_suggestive(about))
    condition = all_of(_is_recorded(about, *LOCAL), alarm)
    do = "Leave the schedule: treat as suspected compression now (RED-01)."
    because = signs_words(about) if has_signs(about) is not False else "Pain that suggests a tumour of the spine."
    return when(condition, do=do, because=because)


@rule("FU-15", cites=("sahgal2021hytec",), checked=Checked.FROM_MEMORY, strength=_UNGRADED, degree=Degree.CAUTION)
def recurrence_in_the_treated_field(about: Situation) -> Verdict:
    """A recurrence in a treated field is biopsied if its histology may have changed or the image cannot tell it from
    necrosis or fracture, the whole body is staged again, NOMS is read as resistant, and radiosurgery is repeated only
    inside the limits of re-irradiation.
    """
    condition = all_of(_is_recorded(about, *LOCAL), about.answer(vocabulary.RECURRENT))
    do = (
        "Biopsy if the histology may have changed or the image cannot tell tumour from necrosis or fracture; stage the "
        f"whole body; read NOMS as resistant; irradiate again only after {AGAIN_AFTER.number:g} months or more and "
        "inside the limits of re-irradiation."
    )
    return when(condition, do=do, because="Recurrence in a treated field.")


CASE_RULES: tuple[Rule, ...] = (
    after_radiosurgery,
    by_risk_after_radiosurgery,
    after_surgery_and_radiosurgery,
    after_conventional_radiotherapy,
    *BY_HISTOLOGY,
    red_flag_during_follow_up,
    recurrence_in_the_treated_field,
)
ACT_RULES: tuple[Rule, ...] = (observed_benign_tumour,)
