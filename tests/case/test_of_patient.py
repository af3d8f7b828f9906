"""Facts about the patient's disease and state: wrong units are refused, and every site of every score has a word."""

from __future__ import annotations

from datetime import date
from enum import Enum

import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.case import Case, entered, recorded
from enbloc.case.fact import AsaClass, PrimarySite
from enbloc.case.finding import Entry
from enbloc.case.lesion import Lesion
from enbloc.case.neurology import Ais, Neurology
from enbloc.case.patient import Patient, Sex
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.errors import RecordError
from enbloc.exchange.document import facts_as_json
from enbloc.stage.form import questions
from enbloc.stage.survival import INSTRUMENTS


def stated(id: str, value: bool | int | float | str, about: str = "patient") -> object:
    return Entry(fact=id, about=about, value=value).stated


@pytest.mark.parametrize("status", range(0, 101, 10))
def test_a_karnofsky_status_is_a_multiple_of_ten(status: int) -> None:
    assert stated("patient.karnofsky", status) == status


def test_a_karnofsky_status_of_75_is_refused_in_one_line() -> None:
    with pytest.raises(RecordError) as fault:
        stated("patient.karnofsky", 75)
    assert str(fault.value) == (
        "Karnofsky performance status (patient.karnofsky) cannot be 75. Write 0 to 100 in steps of 10."
    )


def test_a_number_without_a_unit_is_refused_without_a_word_about_units() -> None:
    with pytest.raises(RecordError) as fault:
        stated("patient.karnofsky", 110)
    assert str(fault.value) == (
        "Karnofsky performance status of 110 is not plausible (0 to 100). Check patient.karnofsky."
    )


def test_the_step_of_a_fact_is_listed() -> None:
    steps = {each["id"]: each["step"] for each in facts_as_json() if each["step"] is not None}
    assert steps == {"patient.karnofsky": 10}


@pytest.mark.parametrize(
    ("id", "usual", "in_another_unit", "unit"),
    [
        ("lab.calcium", 2.4, 9.6, "mmol/L"),  # mg/dL
        ("lab.bilirubin", 12.0, 0.7, "µmol/L"),  # mg/dL
        ("lab.ldh", 190, 3.2, "U/L"),  # µkat/L
        ("lab.platelets", 250, 250_000, "10⁹/L"),  # per µL
        ("lab.albumin", 39.0, 3.9, "g/L"),  # g/dL
    ],
)
def test_a_usual_value_in_another_unit_is_refused(id: str, usual: float, in_another_unit: float, unit: str) -> None:
    assert stated(id, usual) == usual
    with pytest.raises(RecordError, match=rf"not plausible .* is in {unit}\."):
        stated(id, in_another_unit)


@pytest.mark.parametrize(
    ("id", "value"),
    [
        ("spread.vertebrae", 0),
        ("spread.bone_foci", -1),
        ("spread.organ_systems", -1),
        ("neurology.leg_strength", 6),
        ("neurology.motor_deficit_days", 0),
        ("oncology.months_since_diagnosis", -1),
    ],
)
def test_a_count_that_cannot_be_is_refused(id: str, value: int) -> None:
    with pytest.raises(RecordError, match="not plausible"):
        stated(id, value)


@pytest.mark.parametrize(
    ("written", "read"), [("III", AsaClass.III), (3, AsaClass.III), ("3E", AsaClass.III_E), ("VIE", AsaClass.VI_E)]
)
def test_an_asa_class_is_read_as_a_numeral_or_a_figure(written: str | int, read: AsaClass) -> None:
    assert stated("patient.asa", written) is read


@pytest.mark.parametrize("written", ["IIIb", "7", 0, 33, "3EE", "", True, 3.0])
def test_what_is_no_asa_class_is_refused(written: str | int) -> None:
    with pytest.raises(RecordError, match="Write one of: I, II, III"):
        stated("patient.asa", written)


def test_what_the_record_states_elsewhere_is_a_fact() -> None:
    case = Case(
        id="x",
        patient=Patient(sex=Sex.FEMALE),
        neurology=Neurology(ais=Ais.D),
        lesions=(Lesion(id="A", levels=(Level.T8,)), Lesion(id="B", levels=(Level.L3,)), Lesion(id="C")),
        treatments=(
            Treatment(kind=TreatmentKind.OPERATION, what="laminectomy", levels=(Level.T7, Level.T8)),
            Treatment(kind=TreatmentKind.OPERATION, what="nephrectomy", ended=date(2020, 1, 2)),
            Treatment(kind=TreatmentKind.RADIOTHERAPY, what="5 x 4 Gy", levels=(Level.L3,)),
        ),
    )
    known = recorded(case)
    assert known.value(fact.SEX, "patient") is Sex.FEMALE
    assert known.value(fact.AIS, "patient") is Ais.D
    assert [known.value(fact.OPERATED_AT_LEVEL, lesion) for lesion in "ABC"] == [True, None, None]
    assert [known.value(fact.PRIOR_RADIOTHERAPY, lesion) for lesion in "ABC"] == [None, True, None]


def test_a_person_may_state_what_the_record_does_not() -> None:
    entry = Entry(fact="treatment.operated_at_level", about="A", value=False)
    case = Case(id="x", lesions=(Lesion(id="A"),), findings=(entry,))
    assert (recorded(case) | entered(case)).value(fact.OPERATED_AT_LEVEL, "A") is False


SAID_OTHERWISE: dict[str, set[PrimarySite]] = {
    "liver": {PrimarySite.HEPATOCELLULAR, PrimarySite.LIVER},
    "hepatocellular": {PrimarySite.HEPATOCELLULAR},
    "uterus": {PrimarySite.ENDOMETRIUM, PrimarySite.CERVIX, PrimarySite.UTERUS},
    "colorectal": {PrimarySite.COLON, PrimarySite.RECTUM},
    "sarcoma": {PrimarySite.OSTEOSARCOMA, PrimarySite.SARCOMA},
    "urological, neither kidney nor prostate": {
        PrimarySite.BLADDER,
        PrimarySite.UROTHELIAL,
        PrimarySite.OTHER_UROLOGICAL,
    },
    "haematological": {PrimarySite.MYELOMA, PrimarySite.LYMPHOMA, PrimarySite.LEUKAEMIA},
    "gynaecological": {PrimarySite.OVARY, PrimarySite.OTHER_GYNAECOLOGICAL},
    "renal": {PrimarySite.KIDNEY},
}
"""Words of the scores that are none of the record, and the sites that they cover."""

CLASSED_BY_HAND = {"other of slow growth", "other of moderate growth", "other of rapid growth"}
"""Growth of a site that the score does not list: the record says the site, a person the growth."""


def words_of_the_scores() -> set[str]:
    asked = (one for each in INSTRUMENTS for one in questions(each.form) if one.name in {"primary", "tumour"})
    return {str(member.value) for one in asked if issubclass(one.kind, Enum) for member in one.kind}


def test_every_site_that_a_score_tells_apart_has_a_word() -> None:
    ours = {site.value for site in PrimarySite}
    # 'lung, molecularly targeted' is the site and another fact
    sites = {word.split(", ")[0] if word.split(", ")[0] in ours else word for word in words_of_the_scores()}

    assert {"lung", "other", "unidentified"} < sites
    assert sites - ours - CLASSED_BY_HAND - SAID_OTHERWISE.keys() == set()
