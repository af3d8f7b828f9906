"""The required data set: every field of the pathway can be filled in, and no missing one hides an emergency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.filled import FilledForm
from enbloc.case.neurology import Neurology
from enbloc.case.patient import Sex
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.data_set import MEANING, NO_FIELD, further_fields
from enbloc.decide.decision import Holds
from enbloc.decide.evaluation import OF_LESION, OF_PATIENT, missing_fields
from enbloc.decide.families import CASE_RULES
from enbloc.decide.rule import spoken
from enbloc.stage.escc import Escc
from tests.decide.rows.data_set import COMPLETE
from tests.decide.situations import READY, UNCLEAR, a_case, found, said, seen

FULL: dict[Any, Any] = COMPLETE | {
    f.AGE: 60.0,
    f.SEX: Sex.MALE,
    f.WEIGHT: 80.0,
    f.HEIGHT: 180.0,
    f.ASA: f.AsaClass.II,
    f.TEMPERATURE: 36.6,
    f.CRP: 3.0,
    f.INR: 1.0,
    f.NEUTROPHILS: 4.0,
    f.CALCIUM_CORRECTED: 2.3,
    f.EGFR: 90.0,
    f.HBA1C: 5.5,
    f.ALLERGIES: (f.Allergen.NONE,),
    f.DENTAL_CHECK: True,
    f.SMOKES: False,
    f.CAPACITY_OPEN: False,
    f.DECLINES_SURGERY: False,
}


def test_a_complete_record_misses_nothing() -> None:
    assert missing_fields(a_case(), found(COMPLETE)) == ()
    about = seen(FULL)
    form = FilledForm(instrument="odi", about="patient", answers={"pain": 1})
    assert list(further_fields(replace(about, case=replace(about.case, forms=(form,))))) == []
    assert list(further_fields(about)) == ["back disability: Oswestry or Roland-Morris questionnaire"]


@pytest.mark.parametrize("named", [one for field in (*OF_PATIENT, *OF_LESION) for one in field.facts[:1]])
def test_every_field_left_out_is_asked_for(named: f.Fact[Any]) -> None:
    others = {f.FRANKEL: None, f.CREATININE_CLEARANCE: None, f.EGFR: None, f.PRIMARY_SITE: None}
    assert missing_fields(a_case(), found(COMPLETE | others | {named: None}))


def test_a_question_for_one_of_several_facts_is_closed_by_any() -> None:
    assert missing_fields(a_case(), found(COMPLETE | {f.CREATININE: None, f.EGFR: 60.0})) == ()
    assert missing_fields(a_case(), found(COMPLETE | {f.AIS: None, f.FRANKEL: f.FrankelGrade.E})) == ()


def test_earlier_radiotherapy_wants_dose_field_and_date() -> None:
    known = found(COMPLETE | {f.PRIOR_RADIOTHERAPY: True})
    given = Treatment(
        kind=TreatmentKind.RADIOTHERAPY, what="RT", levels=(Level.T8,), dose_gy=30.0, ended=date(2026, 1, 1)
    )
    assert missing_fields(replace(a_case(), treatments=(given,)), known) == ()
    for lacking in (replace(given, dose_gy=None), replace(given, ended=None), replace(given, levels=())):
        assert missing_fields(replace(a_case(), treatments=(lacking,)), known) == (f.PRIOR_RADIOTHERAPY.ask,)


def test_bladder_and_duration_are_taken_from_the_examination() -> None:
    known = found(COMPLETE | {f.SPHINCTER_CHANGE: None, f.DEFICIT: True})
    assert missing_fields(a_case(), known) == ("bladder and bowel", "duration of the deficit")
    examined = replace(a_case(), neurology=Neurology(sphincter=False, since=date(2026, 11, 1)))
    assert missing_fields(examined, known) == ()


def test_the_last_dose_of_every_drug_is_asked_for() -> None:
    taken = FULL | {f.ANTITHROMBOTICS: (f.Antithrombotic.APIXABAN,)}
    assert "day and hour of the last dose of each antithrombotic drug" in set(further_fields(seen(taken)))
    drug = Treatment(kind=TreatmentKind.SYSTEMIC, what="bevacizumab")
    assert "day of the last dose of each systemic cancer drug" in set(further_fields(seen(FULL, treatments=(drug,))))


def test_what_has_no_field_says_so() -> None:
    irradiated = set(further_fields(seen(FULL | {f.PRIOR_RADIOTHERAPY: True})))
    assert f"{NO_FIELD} (no field yet)" in irradiated


def test_every_grade_has_its_meaning() -> None:
    assert set(MEANING) == set(Escc)


@pytest.mark.parametrize(("known", "expected"), [
    ({f.DEFICIT: True}, {"RED-10", "RED-06"}),
    ({f.KIND: "metastasis", f.DEFICIT: True}, {"RED-01", "RED-06"}),
    ({f.CAUDA_SIGNS: (f.CaudaSign.SADDLE,)}, {"RED-04", "RED-10", "RED-06"}),
    ({f.SPINAL_PAIN: True, f.INTRAVENOUS_DRUGS: True}, {"RED-11"}),
    ({f.KNOWN_CANCER: True, f.PAIN_PATTERN: (f.PainPattern.NOCTURNAL,), f.SPINAL_PAIN: True}, {"RED-02"}),
    ({f.SPINAL_PAIN: True, f.WEIGHT_LOSS: True}, {"RED-03"}),
    ({f.LIMB_WEAKNESS: True}, {"RED-10", "RED-06"}),
])  # fmt: skip
def test_an_almost_empty_record_shows_the_red_flags_that_hold(known: dict[Any, Any], expected: set[str]) -> None:
    about = seen(known, circumstances=UNCLEAR)
    statements = [s for rule in CASE_RULES if (s := spoken(rule, about)) is not None]
    held = {one.rule for one in statements if one.holds is Holds.YES}
    assert {one for one in held if one.startswith("RED")} == expected
    assert "EVAL-02" in held, "incomplete, and yet said"


def test_no_missing_field_hides_a_red_flag_of_a_complete_record() -> None:
    ill = FULL | {f.DEFICIT: True, f.MYELOPATHY: True, f.PAIN: f.PainCharacter.NOT_MECHANICAL}
    assert said("RED-01", seen(ill)) is not None
    reads: set[f.Fact[Any]] = {
        f.KIND,
        f.PROVEN,
        f.DEFICIT,
        f.MYELOPATHY,
        f.PAIN,
        f.AGE,
        f.ESCC_REPORTED,
        f.WHOLE_SPINE_MRI,
    }
    for named in reads:
        about = seen(ill | {named: None}, circumstances=READY)
        emergency = [said("RED-01", about), said("RED-10", about)]
        assert any(one is not None and one.holds is Holds.YES for one in emergency), named.id
