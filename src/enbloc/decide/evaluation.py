"""Rules about the data set (EVAL): what must be known, and the first thing that a score calls for."""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.decide.decision import Degree, Holds, Statement
from enbloc.decide.rule import PROJECT, Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, cite


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


NO_FIELD = (
    "systemic stage, pain on a scale, KPS, anticoagulant, systemic drugs with last dose, Hb, platelets, creatinine, "
    "glucose, MRI safety, implants"
)
"""Required by EVAL-01; this version has no field for them, and says so."""


def missing_fields(case: Case, findings: Findings) -> tuple[str, ...]:
    """The required fields of EVAL-01 that the record does not hold, as questions."""
    now = case.neurology
    gaps = [
        ask for ask, held in (("AIS or Frankel grade", now.ais), ("bladder and bowel", now.sphincter)) if held is None
    ]
    if now.deficit is not False and now.since is None:
        gaps.append("duration of the deficit")
    gaps += _unanswered(findings, "patient", _OF_PATIENT)
    for lesion in case.lesions:
        gaps += _unanswered(findings, lesion.id, _OF_LESION)
    return tuple(dict.fromkeys((*gaps, f"{NO_FIELD} (no field yet)")))


_OF_PATIENT: tuple[Fact[Any], ...] = (
    vocabulary.DEFICIT,
    vocabulary.AMBULATION,
    vocabulary.ECOG,
    vocabulary.ALBUMIN,
)
_OF_LESION: tuple[Fact[Any], ...] = (
    vocabulary.PAIN,
    vocabulary.HISTOLOGY,
    vocabulary.PRIOR_RADIOTHERAPY,
    vocabulary.SOLITARY,
    vocabulary.STABILISED,
)


def _unanswered(findings: Findings, about: str, facts: tuple[Fact[Any], ...]) -> list[str]:
    return [named.ask for named in facts if isinstance(findings[named, about], Unknown)]


def incomplete(gaps: tuple[str, ...]) -> Statement:
    """EVAL-02: the output is incomplete; what is urgent is shown all the same."""
    return Statement(
        rule="EVAL-02",
        degree=Degree.NOTE,
        holds=Holds.YES,
        statement="While a required field is missing the output is incomplete and no recommendation is final; "
        "emergency output is never withheld.",
        do="Complete the record.",
        because=f"{len(gaps)} required fields are missing.",
        ask=gaps,
        about="patient",
        strength="Project rule",
        checked=Checked.OURS,
        cites=(PROJECT, cite("laufer2013noms"), cite("barzilai2019essential")),
    )


CASE_RULES: tuple[Rule, ...] = (surgeon_sees_possible_instability,)
