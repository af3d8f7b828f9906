"""Rows of the rules about radiotherapy: choice, prescription, timing, dose to cord and organs, target, and stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import BodySpread, CordContour, Fact, Organ
from enbloc.case.patient import Sex
from enbloc.case.table import CoxSector
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, UNSTABLE

E = f.EsccReported
Known = dict[Fact[Any], Any]

SRS, RT, SEP, ENBLOC = ({"act": act} for act in (Act.RADIOSURGERY, Act.RADIOTHERAPY, Act.SEPARATION, Act.EN_BLOC))
PAIN = {f.PAIN: f.PainCharacter.NOT_MECHANICAL}
ADULT: Known = METASTASIS | {f.AGE: 60.0, f.ESCC_REPORTED: E.GRADE_1A, f.OPERATED_AT_LEVEL: False}
WITHIN: Known = {f.KIND: "primary", f.HISTOLOGY: "Spinal ependymoma, grade 2"}
CHILD = {f.AGE: 12.0}
NO_AGE = {f.AGE: None}
TURNING = {f.AGE: 18.0}

# --- a dose plan that keeps every limit at T8, and one at L3 ----------------------------------------------------------
ONE: Known = ADULT | {
    f.RT_FRACTIONS: 1,
    f.RT_DOSE: 18.0,
    f.CORD_DMAX: 12.0,
    f.CORD_D035CC: 10.0,
    f.CORD_D12CC: 7.0,
    f.ORGANS_NEAR: (),
}
FIVE: Known = ONE | {
    f.RT_FRACTIONS: 5,
    f.RT_DOSE: 35.0,
    f.CORD_DMAX: 25.3,
    f.CORD_D035CC: 23.0,
    f.CORD_D12CC: 14.5,
}
TEN: Known = ONE | {f.RT_FRACTIONS: 10, f.RT_DOSE: 30.0, f.CORD_DMAX: 31.0}
CAUDA: Known = ADULT | {
    f.CORD_LEVEL: False,
    f.RT_FRACTIONS: 1,
    f.CAUDA_DMAX: 16.0,
    f.CAUDA_D5CC: 14.0,
    f.CAUDA_D035CC: 12.0,
    f.ORGANS_NEAR: (),
}
OESOPHAGUS: Known = ONE | {
    f.ORGANS_NEAR: (Organ.OESOPHAGUS,),
    f.ORGAN_IRRADIATED: False,
    f.OESOPHAGUS_DMAX: 15.4,
    f.OESOPHAGUS_D25CC: 14.0,
    f.OESOPHAGUS_D38CC: 12.0,
    f.OESOPHAGUS_D5CC: 11.9,
}

# --- earlier treatments -----------------------------------------------------------------------------------------------


def course(gy: float | None = 20.0, fractions: int | None = 5, ended: date | None = date(2026, 3, 1)) -> Treatment:
    return Treatment(
        kind=TreatmentKind.RADIOTHERAPY,
        what="palliative radiotherapy",
        levels=(Level.T8,),
        ended=ended,
        dose_gy=gy,
        fractions=fractions,
    )


def operation(day: date | None) -> Treatment:
    return Treatment(kind=TreatmentKind.OPERATION, what="decompression", levels=(Level.T8,), started=day)


def after(*given: Treatment, act: Act) -> dict[str, Any]:
    return {"act": act, "treatments": given}


BEFORE = course()
AGAIN_SRS, AGAIN_RT = after(BEFORE, act=Act.RADIOSURGERY), after(BEFORE, act=Act.RADIOTHERAPY)
LATE = after(course(ended=date(2026, 8, 1)), act=Act.RADIOSURGERY)
NO_DOSE = after(course(gy=None), act=Act.RADIOSURGERY)
NOWHERE = after(replace(BEFORE, levels=()), act=Act.RADIOSURGERY)
UNDATED = after(course(ended=None), act=Act.RADIOSURGERY)
SAC: Known = ADULT | {f.RT_FRACTIONS: 5, f.SAC_DMAX: 17.0, f.PRIOR_RADIOTHERAPY: True}
AGAIN: Known = ADULT | {f.RT_FRACTIONS: 5, f.RT_DOSE: 20.0, f.CORD_DMAX: 20.0, f.PRIOR_RADIOTHERAPY: True}

SECURED: Known = ONE | {
    f.CORD_CONTOUR: CordContour.FUSED_MRI,
    f.CONTOUR_CHECKED: True,
    f.PHYSICIST_SIGNED: True,
    f.CORD_MARGIN: 1.5,
}
ELECTIVE: Known = ADULT | {f.PLAN_ELECTIVE: True, f.OPERATION_AT: datetime(2026, 11, 25, 8)}


def dated(day: int) -> Known:
    return ADULT | {f.RADIOTHERAPY_DAY: date(2026, 11, day)}


def rt_then(day: int, act: Act = Act.STABILISATION) -> dict[str, Any]:
    return after(course(ended=date(2026, 11, day)), act=act)


def op_then(day: int, act: Act = Act.RADIOTHERAPY) -> dict[str, Any]:
    return after(operation(date(2026, 11, day)), act=act)


BODY, PEDICLE_L, ARCH_L, SPINOUS, ARCH_R, PEDICLE_R = CoxSector


def gtv(*sectors: CoxSector, spread: BodySpread | None = None) -> Known:
    return ADULT | {f.COX_SECTORS: sectors, f.BODY_SPREAD: spread}


SC24: Known = ADULT | PAIN | {f.LIFE_EXPECTANCY: 12.0}
SINGLE: Known = ADULT | {f.RT_FRACTIONS: 1, f.RT_DOSE: 16.0}
QUIET: Known = ADULT | {f.BONE_REPORTED: f.BoneQuality.BLASTIC, f.RT_DOSE: 24.0, f.RT_FRACTIONS: 2}
RT10: Known = ADULT | {
    f.SEX: Sex.MALE,
    f.PACEMAKER: False,
    f.CONNECTIVE_TISSUE: False,
    f.FIELD_MEETS_WOUND: False,
    f.SPECIAL_ADVICE: False,
}
SIGN: Known = ADULT | {f.PRIOR_RADIOTHERAPY: True, f.LHERMITTE: True}
ROOT: Known = ADULT | {f.ROOT_IN_TARGET: True, f.RT_DOSE: 20.0, f.ROOT_DMAX: 21.0}

CHOICE: list[Row] = [
    ("RT-01", "painful metastasis", SC24, {}, YES),
    ("RT-01", "painless", ADULT | {f.LIFE_EXPECTANCY: 12.0}, {}, NO),
    ("RT-01", "a primary", CHORDOMA | PAIN | {f.LIFE_EXPECTANCY: 12.0}, {}, NO),
    ("RT-01", "unstable", SC24 | UNSTABLE, {}, NO),
    ("RT-01", "three months", SC24 | {f.LIFE_EXPECTANCY: 3.0}, {}, NO),
    ("RT-01", "just over three months", SC24 | {f.LIFE_EXPECTANCY: 3.1}, {}, YES),
    ("RT-01", "just under three months", SC24 | {f.LIFE_EXPECTANCY: 2.9}, {}, NO),
    ("RT-01", "symptomatic compression", SC24 | {f.ESCC_REPORTED: E.GRADE_2, f.DEFICIT: True}, {}, NO),
    ("RT-01", "life expectancy unknown", SC24 | {f.LIFE_EXPECTANCY: None}, {}, OPEN),
    ("RT-01", "kind unknown", SC24 | {f.KIND: None, f.HISTOLOGY: None}, {}, OPEN),
    ("RT-02", "16 Gy once", SINGLE, SRS, YES),
    ("RT-02", "18 Gy once", SINGLE | {f.RT_DOSE: 18.0}, SRS, YES),
    ("RT-02", "15.9 Gy once", SINGLE | {f.RT_DOSE: 15.9}, SRS, NO),
    ("RT-02", "18.1 Gy once", SINGLE | {f.RT_DOSE: 18.1}, SRS, NO),
    ("RT-02", "two fractions", SINGLE | {f.RT_FRACTIONS: 2}, SRS, NO),
    ("RT-02", "conventional", SINGLE, RT, NO),
    ("RT-02", "no dose yet", SINGLE | {f.RT_DOSE: None}, SRS, OPEN),
    ("RT-03", "painful, well, intact", ADULT | PAIN | {f.GOOD_PERFORMANCE: True}, {}, YES),
    ("RT-03", "operated on", ADULT | PAIN | {f.GOOD_PERFORMANCE: True, f.OPERATED_AT_LEVEL: True}, {}, NO),
    ("RT-03", "a deficit", ADULT | PAIN | {f.GOOD_PERFORMANCE: True, f.DEFICIT: True}, {}, NO),
    ("RT-03", "performance unknown", ADULT | PAIN, {}, OPEN),
    ("RT-04", "painful", ADULT | PAIN, RT, YES),
    ("RT-04", "irradiated before", ADULT | PAIN | {f.PRIOR_RADIOTHERAPY: True}, RT, NO),
    ("RT-04", "silent", ADULT, RT, NO),
    ("RT-04", "irradiated?", ADULT | PAIN | {f.PRIOR_RADIOTHERAPY: None}, RT, OPEN),
    ("RT-05", "irradiated before", ADULT, AGAIN_RT, YES),
    ("RT-05", "never irradiated", ADULT, RT, NO),
    ("RT-05", "irradiated?", ADULT | {f.PRIOR_RADIOTHERAPY: None}, RT, OPEN),
    ("RT-06", "radiosurgery", ADULT, SRS, YES),
    ("RT-06", "after separation", ADULT, SEP, YES),
    ("RT-06", "conventional", ADULT, RT, NO),
    ("RT-06", "operated on?", ADULT | {f.OPERATED_AT_LEVEL: None}, SRS, OPEN),
    ("RT-07", "nothing speaks for it", QUIET, SRS, NO),
    ("RT-07", "20 Gy in a fraction", QUIET | {f.RT_DOSE: 40.0}, SRS, YES),
    ("RT-07", "19.99 Gy in a fraction", QUIET | {f.RT_DOSE: 39.98}, SRS, NO),
    ("RT-07", "20.01 Gy in a fraction", QUIET | {f.RT_DOSE: 40.02}, SRS, YES),
    ("RT-07", "lytic", QUIET | {f.BONE_REPORTED: f.BoneQuality.LYTIC}, SRS, YES),
    ("RT-07", "collapsed", QUIET | {f.COLLAPSE_REPORTED: f.CollapseClass.UNDER_HALF}, SRS, YES),
    ("RT-07", "deformed", QUIET | {f.ALIGNMENT_REPORTED: f.AlignmentChange.DEFORMITY}, SRS, YES),
    ("RT-07", "bone unknown", QUIET | {f.BONE_REPORTED: None}, SRS, OPEN),
    ("RT-07", "no dose yet", QUIET | {f.RT_DOSE: None}, SRS, OPEN),
    ("RT-08", "chordoma", CHORDOMA | {f.AGE: 60.0}, RT, YES),
    ("RT-08", "a child", ADULT | CHILD, RT, YES),
    ("RT-08", "cord beyond its limit", ONE | {f.CORD_DMAX: 15.0}, SRS, YES),
    ("RT-08", "limits kept", ONE, SRS, NO),
    ("RT-08", "no dose plan", ADULT, SRS, OPEN),
    ("RT-09", "within", AGAIN, AGAIN_RT, NO),
    ("RT-09", "never irradiated", ADULT, RT, NO),
    ("RT-09", "this course over 98", AGAIN | {f.RT_FRACTIONS: 1, f.CORD_DMAX: 13.1}, AGAIN_RT, YES),
    ("RT-09", "cord dose unknown", AGAIN | {f.CORD_DMAX: None}, AGAIN_RT, OPEN),
    ("RT-09", "a child", AGAIN | CHILD, AGAIN_RT, OPEN),
    ("RT-10", "pacemaker, no advice", RT10 | {f.PACEMAKER: True}, RT, YES),
    ("RT-10", "pregnancy possible", RT10 | {f.SEX: Sex.FEMALE, f.PREGNANT: True}, RT, YES),
    ("RT-10", "nothing", RT10, RT, NO),
    ("RT-10", "advice recorded", RT10 | {f.PACEMAKER: True, f.SPECIAL_ADVICE: True}, RT, NO),
    ("RT-10", "pacemaker?", RT10 | {f.PACEMAKER: None}, RT, OPEN),
    ("RT-11", "sign without compression", SIGN, {}, YES),
    ("RT-11", "compression", SIGN | {f.ESCC_REPORTED: E.GRADE_3}, {}, NO),
    ("RT-11", "never irradiated", SIGN | {f.PRIOR_RADIOTHERAPY: False}, {}, NO),
    ("RT-11", "sign?", SIGN | {f.LHERMITTE: None}, {}, OPEN),
]

TIMING: list[Row] = [
    ("STOP-18", "seven days after", ELECTIVE, rt_then(18), YES),
    ("STOP-18", "eight days after", ELECTIVE, rt_then(17), NO),
    ("STOP-18", "six days after", ELECTIVE, rt_then(19), YES),
    ("STOP-18", "an emergency", ELECTIVE | {f.PLAN_ELECTIVE: False}, rt_then(18), NO),
    ("STOP-18", "can it wait?", ELECTIVE | {f.PLAN_ELECTIVE: None}, rt_then(18), OPEN),
    ("STOP-18", "no day of operation", ELECTIVE | {f.OPERATION_AT: None}, rt_then(18), OPEN),
    ("STOP-18", "no day, but long ago", ELECTIVE | {f.OPERATION_AT: None}, rt_then(12), NO),
    ("STOP-18", "never irradiated", ELECTIVE, {"act": Act.STABILISATION}, NO),
    ("STOP-18", "irradiated, not recorded", ELECTIVE | {f.PRIOR_RADIOTHERAPY: True}, {"act": Act.STABILISATION}, OPEN),
    ("STOP-18", "last day unknown", ELECTIVE, after(course(ended=None), act=Act.STABILISATION), OPEN),
    ("STOP-18", "last day in the future", ELECTIVE, rt_then(21), OPEN),
    ("STOP-18", "six days after surgery", dated(24) | {f.NO_WOUND: False}, op_then(18), YES),
    ("STOP-18", "seven days after surgery", dated(25) | {f.NO_WOUND: False}, op_then(18), NO),
    ("STOP-18", "eight days after surgery", dated(26) | {f.NO_WOUND: False}, op_then(18), NO),
    ("STOP-18", "through a needle", dated(24) | {f.NO_WOUND: True}, op_then(18), NO),
    ("STOP-18", "a wound?", dated(24), op_then(18), OPEN),
    ("STOP-18", "observed", ADULT, {"act": Act.OBSERVATION}, NO),
    ("RT-T1", "13 days", ELECTIVE, rt_then(12), YES),
    ("RT-T1", "14 days", ELECTIVE, rt_then(11), NO),
    ("RT-T1", "15 days", ELECTIVE, rt_then(10), NO),
    ("RT-T1", "no day of operation", ELECTIVE | {f.OPERATION_AT: None}, rt_then(18), OPEN),
    ("RT-T2", "13 days", dated(25) | {f.NO_WOUND: False, f.AFTER_OPERATION: True}, op_then(12), YES),
    ("RT-T2", "14 days", dated(26) | {f.NO_WOUND: False, f.AFTER_OPERATION: True}, op_then(12), NO),
    ("RT-T2", "28 days", dated(29) | {f.NO_WOUND: False, f.AFTER_OPERATION: True}, op_then(1), NO),
    ("RT-T2", "29 days", dated(30) | {f.NO_WOUND: False, f.AFTER_OPERATION: True}, op_then(1), YES),
    ("RT-T2", "29 days, of no operation", dated(30) | {f.NO_WOUND: False, f.AFTER_OPERATION: False}, op_then(1), NO),
    ("RT-T2", "no day yet", ADULT | {f.NO_WOUND: False, f.AFTER_OPERATION: True}, op_then(18), OPEN),
    ("RT-T3", "stereotactic before", ADULT | {f.STEREOTACTIC_BEFORE: True}, ENBLOC, YES),
    ("RT-T3", "conventional before", ADULT | {f.STEREOTACTIC_BEFORE: False}, ENBLOC, NO),
    ("RT-T3", "how?", ADULT, ENBLOC, OPEN),
    ("DISAGREE-10", "ten days", ELECTIVE, rt_then(15), YES),
    ("DISAGREE-10", "14 days", ELECTIVE, rt_then(11), NO),
    ("DISAGREE-10", "irradiated?", ELECTIVE | {f.PRIOR_RADIOTHERAPY: None}, {"act": Act.STABILISATION}, OPEN),
]

DOSE: list[Row] = [
    ("STOP-11", "within", ONE, SRS, NO),
    ("STOP-11", "cord over", ONE | {f.CORD_DMAX: 14.01}, SRS, YES),
    ("STOP-11", "cord dose unknown", ONE | {f.CORD_DMAX: None}, SRS, OPEN),
    ("STOP-11", "fractions unknown", ONE | {f.RT_FRACTIONS: None}, SRS, OPEN),
    ("STOP-11", "ten fractions", TEN, RT, OPEN),
    ("STOP-11", "ten fractions, local limit", TEN | {f.LOCAL_CORD_LIMIT: 31.0}, RT, NO),
    ("STOP-11", "ten fractions, over it", TEN | {f.LOCAL_CORD_LIMIT: 30.9}, RT, YES),
    ("STOP-11", "a child", ONE | CHILD, SRS, OPEN),
    ("STOP-11", "age unknown", ONE | NO_AGE, SRS, OPEN),
    ("STOP-11", "turning 18 this year", ONE | TURNING, SRS, OPEN),
    ("STOP-11", "cauda within", CAUDA, SRS | {"level": Level.L3}, NO),
    ("STOP-11", "cauda over", CAUDA | {f.CAUDA_DMAX: 16.01}, SRS | {"level": Level.L3}, YES),
    ("STOP-11", "cauda dose unknown", CAUDA | {f.CAUDA_D5CC: None}, SRS | {"level": Level.L3}, OPEN),
    ("STOP-11", "cord at L1?", CAUDA | {f.CORD_LEVEL: None}, SRS | {"level": Level.L1}, OPEN),
    ("STOP-11", "irradiated?", ONE | {f.PRIOR_RADIOTHERAPY: None}, SRS, OPEN),
    ("STOP-11", "again, within", SAC, AGAIN_SRS, NO),
    ("STOP-11", "again, over", SAC | {f.SAC_DMAX: 30.0}, AGAIN_SRS, YES),
    ("STOP-11", "again, sac dose unknown", SAC | {f.SAC_DMAX: None}, AGAIN_SRS, OPEN),
    ("STOP-11", "again, conventional, within", AGAIN, AGAIN_RT, NO),
    ("STOP-11", "separation surgery without a dose plan", ADULT, SEP, OPEN),
    ("STOP-11", "surgery", ADULT, ENBLOC, NO),
    ("STOP-12", "never irradiated", ADULT, SRS, NO),
    ("STOP-12", "long ago", ADULT, AGAIN_SRS, NO),
    ("STOP-12", "too soon", ADULT | {f.RADIOTHERAPY_DAY: date(2026, 12, 1)}, LATE, YES),
    ("STOP-12", "soon, no day yet", ADULT, LATE, OPEN),
    ("STOP-12", "soon, conventional", ADULT, LATE | {"act": Act.RADIOTHERAPY}, NO),
    ("STOP-12", "dose missing", ADULT, NO_DOSE, OPEN),
    ("STOP-12", "field missing", ADULT | {f.PRIOR_RADIOTHERAPY: True}, NOWHERE, OPEN),
    ("STOP-12", "date missing", ADULT, UNDATED, OPEN),
    ("STOP-12", "not recorded at all", ADULT | {f.PRIOR_RADIOTHERAPY: True}, SRS, OPEN),
    ("STOP-12", "irradiated?", ADULT | {f.PRIOR_RADIOTHERAPY: None}, SRS, OPEN),
    ("STOP-41", "secured", SECURED, SRS, NO),
    ("STOP-41", "planning CT alone", SECURED | {f.CORD_CONTOUR: CordContour.PLANNING_CT}, SRS, YES),
    ("STOP-41", "absent", SECURED | {f.CORD_CONTOUR: CordContour.ABSENT}, SRS, YES),
    ("STOP-41", "CT myelogram", SECURED | {f.CORD_CONTOUR: CordContour.CT_MYELOGRAM}, SRS, NO),
    ("STOP-41", "not checked", SECURED | {f.CONTOUR_CHECKED: False}, SRS, YES),
    ("STOP-41", "not signed", SECURED | {f.PHYSICIST_SIGNED: False}, SRS, YES),
    ("STOP-41", "five fractions", SECURED | {f.RT_FRACTIONS: 5}, SRS, NO),
    ("STOP-41", "six fractions", SECURED | {f.RT_FRACTIONS: 6}, SRS, YES),
    ("STOP-41", "signed?", SECURED | {f.PHYSICIST_SIGNED: None}, SRS, OPEN),
    ("STOP-41", "conventional", ADULT, RT, NO),
    ("DISAGREE-12", "five fractions", FIVE, SRS, YES),
    ("DISAGREE-12", "one fraction", ONE, SRS, NO),
    ("DISAGREE-12", "four fractions", ONE | {f.RT_FRACTIONS: 4}, SRS, NO),
    ("DISAGREE-12", "fractions unknown", ONE | {f.RT_FRACTIONS: None}, SRS, OPEN),
    ("OAR-01", "within", ONE, SRS, NO),
    ("OAR-01", "cord in the band of warning", ONE | {f.CORD_DMAX: 12.5}, SRS, YES),
    ("OAR-01", "organs unknown", ONE | {f.ORGANS_NEAR: None}, SRS, OPEN),
    ("OAR-01", "oesophagus within", OESOPHAGUS, SRS, NO),
    ("OAR-01", "oesophagus over", OESOPHAGUS | {f.OESOPHAGUS_D5CC: 11.91}, SRS, YES),
    ("OAR-01", "a dose unknown", OESOPHAGUS | {f.OESOPHAGUS_D25CC: None}, SRS, OPEN),
    ("OAR-01", "no limit in four fractions", OESOPHAGUS | {f.RT_FRACTIONS: 4, f.CORD_DMAX: 20.0}, SRS, OPEN),
    ("OAR-01", "irradiated before", OESOPHAGUS | {f.ORGAN_IRRADIATED: True}, SRS, OPEN),
    (
        "OAR-01",
        "irradiated before and accepted",
        OESOPHAGUS | {f.ORGAN_IRRADIATED: True, f.ORGANS_CLEARED: (Organ.OESOPHAGUS,)},
        SRS,
        NO,
    ),
    ("OAR-01", "a child", ONE | CHILD, SRS, OPEN),
    ("OAR-01", "surgery", ONE, ENBLOC, NO),
    ("OAR-02", "one fraction", ONE, SRS, YES),
    ("OAR-02", "below the cord", CAUDA, SRS | {"level": Level.L3}, NO),
    ("OAR-02", "fractions unknown", ONE | {f.RT_FRACTIONS: None}, SRS, OPEN),
    ("OAR-02", "a child", ONE | CHILD, SRS, OPEN),
    ("OAR-03", "fused MRI, 1.5 mm", SECURED, SRS, NO),
    ("OAR-03", "1.49 mm", SECURED | {f.CORD_MARGIN: 1.49}, SRS, YES),
    ("OAR-03", "2 mm", SECURED | {f.CORD_MARGIN: 2.0}, SRS, NO),
    ("OAR-03", "2.01 mm", SECURED | {f.CORD_MARGIN: 2.01}, SRS, YES),
    ("OAR-03", "planning CT alone", SECURED | {f.CORD_CONTOUR: CordContour.PLANNING_CT}, SRS, YES),
    ("OAR-03", "contour?", SECURED | {f.CORD_CONTOUR: None}, SRS, OPEN),
    ("OAR-04", "105 per cent", ROOT, SRS, YES),
    ("OAR-04", "104.95 per cent", ROOT | {f.ROOT_DMAX: 20.99}, SRS, NO),
    ("OAR-04", "105.05 per cent", ROOT | {f.ROOT_DMAX: 21.01}, SRS, YES),
    ("OAR-04", "no root", ROOT | {f.ROOT_IN_TARGET: False}, SRS, NO),
    ("OAR-04", "dose unknown", ROOT | {f.ROOT_DMAX: None}, SRS, OPEN),
    ("OAR-04", "a child", ROOT | CHILD, SRS, OPEN),
    ("OAR-05", "all four met", SAC, AGAIN_SRS, NO),
    ("OAR-05", "its own EQD2 over", SAC | {f.SAC_DMAX: 30.0}, AGAIN_SRS, YES),
    ("OAR-05", "never irradiated", SAC | {f.PRIOR_RADIOTHERAPY: False}, SRS, NO),
    ("OAR-05", "dose unknown", SAC | {f.SAC_DMAX: None}, AGAIN_SRS, OPEN),
    ("OAR-05", "a child", SAC | CHILD, AGAIN_SRS, OPEN),
]

TARGET: list[Row] = [
    ("CTV-01", "body", gtv(BODY), SRS, YES),
    ("CTV-01", "lamina", gtv(ARCH_L), SRS, NO),
    ("CTV-01", "sectors unknown", ADULT, SRS, OPEN),
    ("CTV-01", "operated on?", gtv(BODY) | {f.OPERATED_AT_LEVEL: None}, SRS, OPEN),
    ("CTV-01", "within the dura", gtv(BODY) | WITHIN, SRS, NO),
    ("CTV-02", "to the left", gtv(BODY, spread=BodySpread.LEFT), SRS, YES),
    ("CTV-02", "central", gtv(BODY, spread=BodySpread.CENTRAL), SRS, NO),
    ("CTV-02", "where?", gtv(BODY), SRS, OPEN),
    ("CTV-03", "diffuse", gtv(BODY, spread=BodySpread.DIFFUSE), SRS, YES),
    ("CTV-03", "to the right", gtv(BODY, spread=BodySpread.RIGHT), SRS, NO),
    ("CTV-03", "where?", gtv(BODY), SRS, OPEN),
    ("CTV-04", "1 and 6", gtv(BODY, PEDICLE_R), SRS, YES),
    ("CTV-04", "1, 2 and 6", gtv(BODY, PEDICLE_L, PEDICLE_R), SRS, NO),
    ("CTV-04", "6 is decided by half a voxel", gtv(BODY) | {f.COX_SECTORS_OPEN: (PEDICLE_R,)}, SRS, OPEN),
    ("CTV-05", "1, 2 and 6", gtv(BODY, PEDICLE_L, PEDICLE_R), SRS, YES),
    ("CTV-05", "1 and 2", gtv(BODY, PEDICLE_L), SRS, NO),
    ("CTV-05", "sectors unknown", ADULT, SRS, OPEN),
    ("CTV-06", "2", gtv(PEDICLE_L), SRS, YES),
    ("CTV-06", "2 and 6", gtv(PEDICLE_L, PEDICLE_R), SRS, NO),
    ("CTV-06", "sectors unknown", ADULT, SRS, OPEN),
    ("CTV-07", "5", gtv(ARCH_R), SRS, YES),
    ("CTV-07", "3 and 5", gtv(ARCH_L, ARCH_R), SRS, NO),
    ("CTV-07", "sectors unknown", ADULT, SRS, OPEN),
    ("CTV-08", "4", gtv(SPINOUS), SRS, YES),
    ("CTV-08", "1", gtv(BODY), SRS, NO),
    ("CTV-08", "sectors unknown", ADULT, SRS, OPEN),
    ("CTV-09", "1 and 2", gtv(BODY, PEDICLE_L), SRS, YES),
    ("CTV-09", "conventional", gtv(BODY), RT, NO),
    ("CTV-09", "after an operation", gtv(BODY) | {f.OPERATED_AT_LEVEL: True}, SRS, NO),
    ("CTV-09", "in the sacrum", gtv(BODY), SRS | {"level": Level.S2}, NO),
    ("CTV-09", "sectors unknown", ADULT, SRS, OPEN),
    ("CTV-10", "suspicious marrow", gtv(BODY) | {f.MARROW_SUSPICIOUS: True}, SRS, YES),
    ("CTV-10", "none", gtv(BODY) | {f.MARROW_SUSPICIOUS: False}, SRS, NO),
    ("CTV-10", "marrow?", gtv(BODY), SRS, OPEN),
    ("CTV-11", "separation surgery", ADULT, SEP, YES),
    ("CTV-11", "operated on within the dura", ADULT | WITHIN | {f.OPERATED_AT_LEVEL: True}, SRS, NO),
    ("CTV-11", "not operated on", ADULT, SRS, NO),
    ("CTV-11", "operated on?", ADULT | {f.OPERATED_AT_LEVEL: None}, SRS, OPEN),
    ("CTV-12", "epidural tumour", ADULT, SEP, YES),
    ("CTV-12", "no epidural tumour", ADULT | {f.ESCC_REPORTED: E.GRADE_0}, SEP, NO),
    ("CTV-12", "operated on?", ADULT | {f.OPERATED_AT_LEVEL: None}, SRS, OPEN),
    ("CTV-13", "S2", ADULT, SRS | {"level": Level.S2}, YES),
    ("CTV-13", "T8", ADULT, SRS, NO),
    ("CTV-14", "radiosurgery", ADULT, SRS, YES),
    ("CTV-14", "conventional", ADULT, RT, NO),
]

ROWS: list[Row] = [*CHOICE, *TIMING, *DOSE, *TARGET]

NEVER_OPEN = {
    "CTV-13": "every row has a level; without one it is open (test_target)",
    "CTV-14": "the act alone decides",
}
