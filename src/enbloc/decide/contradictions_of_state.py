"""Contradictions about the patient: neurology, sex, staging, and what was done before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.fact import Antithrombotic, DeclineWithRadiotherapy, Fact, FrankelGrade, ResectionExtent
from enbloc.case.finding import Finding
from enbloc.case.neurology import Ais, Ambulation
from enbloc.case.patient import Sex
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.contradictory import PATIENT, Contradiction, Excluding, Stated, between, place, words_of
from enbloc.decide.sites import ORGANS
from enbloc.evidence import Threshold, project_value

LISTED_WITHIN = project_value(
    "days that the list of antithrombotic drugs goes back", 10, "days", "<=", source="drug.antithrombotics"
)

YES, NO = (True,), (False,)
_DEFICIT = "a deficit is any motor, sensory or sphincter loss"
_ORGANS = (
    vocabulary.LUNG_METASTASES,
    vocabulary.LIVER_METASTASES,
    vocabulary.BRAIN_METASTASES,
    vocabulary.OTHER_ORGAN_METASTASES,
    vocabulary.DISSEMINATED,
)
_SOME = tuple(range(1, 100))
_BEAM_HERE = "there is no such thing without radiotherapy at the level"
_DECLINED = (DeclineWithRadiotherapy.DURING, DeclineWithRadiotherapy.AFTER)
_REMOVED = (ResectionExtent.SUBTOTAL, ResectionExtent.GROSS_TOTAL)
_NOT_OPERATED = (ResectionExtent.NONE,)
_WALKS = (Ambulation.INDEPENDENT.value, Ambulation.AIDED.value)

NEUROLOGY: tuple[Excluding, ...] = (
    *(
        Excluding(one=vocabulary.DEFICIT, these=NO, other=other, those=those, because=_DEFICIT)
        for other, those in (
            (vocabulary.AIS, (Ais.A, Ais.B, Ais.C, Ais.D)),
            (vocabulary.FRANKEL, (FrankelGrade.A, FrankelGrade.B, FrankelGrade.C, FrankelGrade.D)),
            (vocabulary.PARAPLEGIC, YES),
            (vocabulary.CAUDA_DEFICIT, YES),
            (vocabulary.PROGRESSING, YES),
            (vocabulary.RAPID_DECLINE, YES),
        )
    ),
    *(
        Excluding(
            one=vocabulary.PARAPLEGIC,
            these=YES,
            other=other,
            those=those,
            because="in a complete paraplegia neither leg moves",
        )
        for other, those in (
            (vocabulary.AMBULATION, _WALKS),
            (vocabulary.LEG_STRENGTH, _SOME[:5]),
            (vocabulary.AIS, (Ais.D, Ais.E)),
            (vocabulary.FRANKEL, (FrankelGrade.D, FrankelGrade.E)),
        )
    ),
)

STATE: tuple[Excluding, ...] = (
    Excluding(
        one=vocabulary.SEX,
        these=(Sex.MALE,),
        other=vocabulary.PREGNANT,
        those=YES,
        because="one of the two is of somebody else or a slip",
    ),
    *(
        Excluding(
            one=vocabulary.STAGING_CLEAR,
            these=YES,
            other=organ,
            those=YES,
            because="these metastases are other disease",
        )
        for organ in _ORGANS
    ),
    *(
        Excluding(
            one=vocabulary.STAGING_CLEAR,
            these=YES,
            other=count,
            those=_SOME,
            because="these metastases are other disease",
        )
        for count in (vocabulary.BONE_FOCI, vocabulary.ORGAN_SYSTEMS)
    ),
    Excluding(
        one=vocabulary.KNOWN_CANCER,
        these=NO,
        other=vocabulary.PRIMARY_SITE,
        those=ORGANS,
        because="a primary tumour that has a site is a known cancer",
    ),
)

BEFORE: tuple[Excluding, ...] = (
    *(
        Excluding(one=vocabulary.PRIOR_RADIOTHERAPY, these=NO, other=other, those=those, because=_BEAM_HERE)
        for other, those in (
            (vocabulary.STEREOTACTIC_BEFORE, YES),
            (vocabulary.RADIOTHERAPY_FAILED, YES),
            (vocabulary.NO_DOSE_LEFT, YES),
            (vocabulary.DECLINE_WITH_RADIOTHERAPY, _DECLINED),
        )
    ),
    Excluding(
        one=vocabulary.OPERATED_AT_LEVEL,
        these=NO,
        other=vocabulary.RESECTION_EXTENT,
        those=_REMOVED,
        because="a resection is an operation at the level",
    ),
    Excluding(
        one=vocabulary.OPERATED_AT_LEVEL,
        these=YES,
        other=vocabulary.RESECTION_EXTENT,
        those=_NOT_OPERATED,
        because="who was operated on is not 'not operated'",
    ),
)

PARAMETERS: tuple[Threshold, ...] = (LISTED_WITHIN,)


def of_state(stated: Stated) -> Iterator[Contradiction]:
    """Every contradiction about the state of the patient and about what was done before."""
    for row in (*NEUROLOGY, *STATE, *BEFORE):
        yield from row.met(stated)
    yield from _never_and_listed(stated)
    yield from _no_drug_and_a_dose(stated)


def _never_and_listed(stated: Stated) -> Iterator[Contradiction]:
    """Said to have had none at the level, and yet it stands among the treatments; with a reason it is an override."""
    for named, kind in (
        (vocabulary.PRIOR_RADIOTHERAPY, TreatmentKind.RADIOTHERAPY),
        (vocabulary.OPERATED_AT_LEVEL, TreatmentKind.OPERATION),
    ):
        for lesion in stated.case.lesions:
            never = stated.finding(named, lesion.id)
            if never is None or never.value is not False or never.source.because:
                continue
            for at, one in enumerate(stated.case.treatments):
                if one.kind is kind and set(one.levels) & set(lesion.levels):
                    listed = place(f"treatments[{at}]", f"{kind.value} at the level", one.levels, about=lesion.id)
                    yield between(
                        stated.side(named, lesion.id),
                        listed,
                        because="it stands in the record",
                        withheld=((named.id, lesion.id),),
                    )


def _no_drug_and_a_dose(stated: Stated) -> Iterator[Contradiction]:
    """No antithrombotic drug in the last days, and yet the day of a last dose that lies within them."""
    none, today = stated.finding(vocabulary.ANTITHROMBOTICS, PATIENT), stated.case.stands_at
    if none is None or today is None or words_of(none.value) != Antithrombotic.NONE.value:
        return
    for named in DOSES:
        dose: Finding[Any] | None = stated.finding(named, PATIENT)
        if dose is not None and 0 <= (today - dose.value.date()).days <= LISTED_WITHIN.number:
            yield between(
                stated.side(vocabulary.ANTITHROMBOTICS, PATIENT),
                stated.side(named, PATIENT),
                because=f"that dose lies within {LISTED_WITHIN.number:g} days of {today}",
                withheld=((vocabulary.ANTITHROMBOTICS.id, PATIENT), (named.id, PATIENT)),
            )


DOSES: tuple[Fact[Any], ...] = (
    vocabulary.LAST_APIXABAN,
    vocabulary.LAST_RIVAROXABAN,
    vocabulary.LAST_EDOXABAN,
    vocabulary.LAST_DABIGATRAN,
    vocabulary.LAST_WARFARIN,
    vocabulary.LAST_CLOPIDOGREL,
    vocabulary.LAST_TICAGRELOR,
    vocabulary.LAST_PRASUGREL,
    vocabulary.LAST_LMWH_TREATMENT,
    vocabulary.LAST_LMWH_PROPHYLAXIS,
    vocabulary.LAST_HEPARIN_INFUSION,
)
"""The last dose of each antithrombotic drug."""
