"""Rules about the data set (EVAL): what must be known, and the first thing that a score calls for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.case.lesion import Lesion
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.decision import Degree
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked
from enbloc.value import value


@value
class Field:
    """A required field: what to ask, and the facts of which any one answers it."""

    ask: str
    facts: tuple[Fact[Any], ...]

    def is_held(self, findings: Findings, about: str) -> bool:
        """Whether one of them is known."""
        return any(not isinstance(findings[named, about], Unknown) for named in self.facts)


def _field(first: Fact[Any], *others: Fact[Any]) -> Field:
    return Field(ask=first.ask, facts=(first, *others))


OF_PATIENT: tuple[Field, ...] = (
    _field(vocabulary.DEFICIT),
    Field(ask="AIS or Frankel grade", facts=(vocabulary.AIS, vocabulary.FRANKEL)),
    _field(vocabulary.AMBULATION),
    _field(vocabulary.PAIN_SCORE),
    _field(vocabulary.ECOG),
    _field(vocabulary.KARNOFSKY),
    _field(vocabulary.ANTITHROMBOTICS),
    _field(vocabulary.ALBUMIN),
    _field(vocabulary.HAEMOGLOBIN),
    _field(vocabulary.PLATELETS),
    _field(vocabulary.CREATININE, vocabulary.CREATININE_CLEARANCE, vocabulary.EGFR),
    _field(vocabulary.GLUCOSE),
    _field(vocabulary.MRI_UNSAFE),
    _field(vocabulary.IMPLANTS),
)
"""What is asked about the patient (EVAL-01); sphincter, duration, staging and drugs have rules of their own below."""

OF_LESION: tuple[Field, ...] = (
    _field(vocabulary.PAIN),
    _field(vocabulary.HISTOLOGY, vocabulary.PRIMARY_SITE),
    _field(vocabulary.SOLITARY),
    _field(vocabulary.PRIOR_RADIOTHERAPY),
    _field(vocabulary.STABILISED, vocabulary.OPERATED_AT_LEVEL),
)
"""What is asked about each lesion (EVAL-01)."""


def missing_fields(case: Case, findings: Findings) -> tuple[str, ...]:
    """The required fields of EVAL-01 that the record does not hold, as questions."""
    gaps = [field.ask for field in OF_PATIENT if not field.is_held(findings, "patient")]
    gaps += _of_neurology(case, findings)
    gaps += _of_disease(findings)
    for lesion in case.lesions:
        gaps += [field.ask for field in OF_LESION if not field.is_held(findings, lesion.id)]
        gaps += _of_radiotherapy(case, findings, lesion)
    return tuple(dict.fromkeys(gaps))


def _of_neurology(case: Case, findings: Findings) -> Iterator[str]:
    now = case.neurology
    sphincter = findings.value(vocabulary.SPHINCTER_CHANGE, "patient")
    if now.sphincter is None and sphincter is None:
        yield "bladder and bowel"
    none = findings.value(vocabulary.DEFICIT, "patient") is False
    presented = findings.value(vocabulary.PRESENTED, "patient")
    if not none and now.since is None and presented is None:
        yield "duration of the deficit"


def _of_disease(findings: Findings) -> Iterator[str]:
    staged: tuple[Fact[Any], ...] = (vocabulary.STAGING_CLEAR, vocabulary.ORGAN_SYSTEMS)
    known = any(findings.value(named, "patient") is not None for named in staged)
    if not known and findings.value(vocabulary.STAGED, "patient") is not True:
        yield vocabulary.STAGED.ask
    if findings.value(vocabulary.DRUGS_COMPLETE, "patient") is not True:
        yield vocabulary.DRUGS_COMPLETE.ask


def _of_radiotherapy(case: Case, findings: Findings, lesion: Lesion) -> Iterator[str]:
    """Dose, field and date of earlier radiotherapy, where there was some."""
    if findings.value(vocabulary.PRIOR_RADIOTHERAPY, lesion.id) is not True:
        return
    given = [one for one in case.treatments if one.kind is TreatmentKind.RADIOTHERAPY]
    here = [one for one in given if not one.levels or set(one.levels) & set(lesion.levels)]
    if not here or any(not (one.levels and one.dose_gy and (one.ended or one.started)) for one in here):
        yield vocabulary.PRIOR_RADIOTHERAPY.ask


@rule(
    "EVAL-02",
    cites=("project", "laufer2013noms", "barzilai2019essential"),
    checked=Checked.OURS,
    strength="Project rule",
)
def output_is_incomplete(about: Situation) -> Verdict:
    """While a required field is missing the output is incomplete and no recommendation is final; emergency output is
    never withheld.
    """
    gaps = missing_fields(about.case, about.findings)
    return when(bool(gaps), do=_COMPLETE, because=_counted(gaps))


_COMPLETE = "Complete the record."


def _counted(gaps: tuple[str, ...]) -> str:
    if not gaps:
        return "No required field is missing."
    return f"{len(gaps)} required {'field is' if len(gaps) == 1 else 'fields are'} missing."


@rule(
    "EVAL-03",
    cites=("fisher2010sins", "sins_table_copy"),
    checked=Checked.READ_IN_A_COPY,
    strength="Expert consensus",
    degree=Degree.CAUTION,
)
def surgeon_sees_possible_instability(about: Situation) -> Verdict:
    """A SINS of seven or more warrants a surgical consultation."""
    if about.is_intradural is True:
        return None  # SINS was not made for it (STOP-24)
    return when(about.warrants_consultation, do="Consult a spine surgeon.", because=about.sins_words)


CASE_RULES: tuple[Rule, ...] = (surgeon_sees_possible_instability,)
