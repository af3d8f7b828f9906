"""Every entity at every stage leads to exactly what is printed for it, or says that there is none."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.finding import Findings
from enbloc.case.lesion import LesionKind
from enbloc.case.table import TomitaSite
from enbloc.decide import (
    primary,
    primary_benign,
    primary_further,
    primary_general,
    primary_giant_cell,
    primary_haematological,
    primary_sarcoma,
    stops_of_tissue,
)
from enbloc.decide.decision import Act, Holds, Statement
from enbloc.decide.families import ACT_RULES, CASE_RULES, RULES
from enbloc.decide.histology import Histology, histologies
from enbloc.decide.known import Known
from enbloc.decide.of_primary import BENIGN, MALIGNANT, for_adults, is_stage, stages, wants_en_bloc
from enbloc.decide.planned import is_adult
from enbloc.decide.rule import spoken
from enbloc.decide.situation import Situation
from enbloc.decide.staging import POLICY
from enbloc.stage.surgical.enneking import Stage
from tests.decide.situations import CHORDOMA, METASTASIS, said, seen

MODULES = (
    primary,
    primary_further,
    primary_sarcoma,
    primary_giant_cell,
    primary_benign,
    primary_haematological,
    primary_general,
)
R = f.EnnekingReported
EVERY = {f"PRIM-{number:02}" for number in range(1, 43)}

# What an answered case says: mobile spine, proven, no pain, no deficit, resectable, never entered, typical image.
PLAIN: dict[Any, Any] = CHORDOMA | {
    f.PAIN: f.PainCharacter.NONE,
    f.AGE: 40.0,
    f.PREGNANT: False,
    f.DECLINED: False,
    f.RECURRENT: False,
    f.SPREAD: False,
    f.GROWING: False,
    f.SKELETALLY_MATURE: True,
    f.RAPID_DECLINE: False,
    f.CHEMOTHERAPY: True,
    f.OPERATED_AT_LEVEL: False,
    f.FINAL_MARGIN: None,
    f.MARGIN_POSITIVE_OR_CLOSE: False,
    f.INTRALESIONAL_BEFORE: False,
    f.BIOPSY_DISAGREES: False,
    f.ATYPICAL_IMAGE: False,
    f.PATHOLOGICAL_FRACTURE: False,
    f.GROWTH_IN_SIX_MONTHS: 0.0,
    f.KNOWN_CANCER: False,
    f.CARTILAGE_CAP: 5.0,
    f.NIDUS_TO_NERVE: 20.0,
    f.CORTEX_INTACT: True,
    f.LCH_EXTENDED: False,
    f.PLASMACYTOMA_CONFIRMED: True,
    f.DIAMETER: 20.0,
    f.DENOSUMAB_RUNNING: False,
    f.BONE_FRAGMENT: False,
    f.WBB_LAYERS: ("B", "C"),
}
ACTS = tuple(Act)
DRUG, EN_BLOC, ENTER, WATCH = Act.SYSTEMIC, Act.EN_BLOC, Act.INTRALESIONAL, Act.OBSERVATION
RADIATION, EMBOLISE, HEAT = Act.RADIOTHERAPY, Act.EMBOLISATION, Act.ABLATION

# What is printed for such a case, by entity: the rule and the act that it speaks for, whatever the stage.
PRINTED: dict[str, set[tuple[str, Act]]] = {
    "chordoma_conv": {("PRIM-01", EN_BLOC)},
    "chordoma_sacral": {("PRIM-01", EN_BLOC), ("PRIM-03", RADIATION)},
    "chordoma_poorly": {("PRIM-40", EN_BLOC)},
    "chordoma_dediff": {("PRIM-40", EN_BLOC)},
    "bnct": {("PRIM-32", WATCH)},
    "chondrosarcoma_conv": {("PRIM-06", EN_BLOC)},
    "chondrosarcoma_act": {("PRIM-06", EN_BLOC)},
    "chondrosarcoma_dediff": {("PRIM-40", EN_BLOC)},
    "chondrosarcoma_mesen": {("PRIM-40", EN_BLOC)},
    "chondrosarcoma_clear": {("PRIM-40", EN_BLOC)},
    "osteosarcoma": {("PRIM-08", DRUG), ("PRIM-08", EN_BLOC)},
    "ewing": {("PRIM-09", DRUG), ("PRIM-09", EN_BLOC)},
    "gct": set(),
    "gct_malig": {("PRIM-38", DRUG), ("PRIM-38", EN_BLOC)},
    "abc": {("PRIM-14", ENTER), ("PRIM-14", EMBOLISE)},
    "osteoid_osteoma": {("PRIM-16", HEAT), ("PRIM-16", WATCH)},
    "osteoblastoma": set(),
    "haemangioma_typ": {("PRIM-19", WATCH)},
    "haemangioma_agg": set(),  # without pain and deficit nothing is printed for it
    "epith_haemangioendo": {("PRIM-36", EN_BLOC)},
    "angiosarcoma": {("PRIM-27", EN_BLOC), ("PRIM-27", EMBOLISE)},
    "lch": {("PRIM-22", WATCH)},
    "plasmacytoma": {("PRIM-23", RADIATION)},
    "osteochondroma": {("PRIM-25", WATCH)},
    "fibrous_dysplasia": {("PRIM-34", WATCH)},
    "chondroblastoma": {("PRIM-35", ENTER)},
    "ups": {("PRIM-27", EN_BLOC), ("PRIM-27", EMBOLISE)},
    "leiomyosarcoma": {("PRIM-27", EN_BLOC), ("PRIM-27", EMBOLISE)},
    "sft": {("PRIM-27", EN_BLOC), ("PRIM-27", EMBOLISE)},
    "mpnst": {("PRIM-37", EN_BLOC), ("PRIM-37", RADIATION)},
    "enostosis": {("PRIM-33", WATCH)},
}
# What is printed for one stage beside that.
BY_STAGE: dict[tuple[str, Stage], set[tuple[str, Act]]] = {
    ("gct", Stage.S2): {("PRIM-10", ENTER)},
    ("gct", Stage.S3): {("PRIM-10", EN_BLOC)},
    ("osteoblastoma", Stage.S2): {("PRIM-18", ENTER)},
    ("osteoblastoma", Stage.S3): {("PRIM-17", EN_BLOC)},
} | {("mpnst", stage): {("PRIM-37", DRUG)} for stage in (Stage.IIA, Stage.IIB, Stage.IIIA, Stage.IIIB)}
PRIMARY = [one for one in histologies() if one.kind is LesionKind.PRIMARY]
OUTSIDE = [one for one in PRIMARY if not one.is_intradural]


def level_of(one: Histology) -> Level:
    return Level.S2 if one.key == "chordoma_sacral" else Level.T8


def staged(one: Histology, stage: Stage, **more: Any) -> Situation:
    known = PLAIN | {f.HISTOLOGY: one.name, f.KIND: "primary", f.ENNEKING_REPORTED: R(stage.value)} | more
    return seen(known, level=level_of(one))


def all_said(about: Situation, prefix: str = "PRIM") -> list[tuple[Statement, Act | None]]:
    """Every rule of the family that holds or is open, with the act that it was asked about."""
    of_case = [(spoken(rule, about), None) for rule in CASE_RULES if rule.id.startswith(prefix)]
    acts = [rule for rule in ACT_RULES if rule.id.startswith(prefix)]
    plan = seen({}, act=Act.BIOPSY).plan
    assert plan is not None
    judged = [
        (spoken(rule, replace(about, planned=replace(plan, act=act, levels=about.levels))), act)
        for rule, act in product(acts, ACTS)
    ]
    return [(statement, act) for statement, act in (*of_case, *judged) if statement is not None]


def favoured(about: Situation) -> set[tuple[str, Act]]:
    """The rules that hold, each with the acts that it favours."""
    found = set()
    for statement, act in all_said(about):
        if statement.holds is Holds.YES:
            favours = RULES[statement.rule].favours
            found |= {(statement.rule, each) for each in favours if act in (None, each)}
    return found


def test_every_number_of_the_family_is_a_rule() -> None:
    held = {rule.id for module in MODULES for name in ("CASE_RULES", "ACT_RULES") for rule in getattr(module, name, ())}
    assert {id for id in held if id.startswith("PRIM")} == EVERY
    assert RULES.keys() > EVERY
    assert {f"BX-{n:02}" for n in range(1, 15)} | {f"STG-{n:02}" for n in range(1, 11)} < RULES.keys()
    assert {"MDT-01", "MDT-02", "MDT-03", "MDT-04", "PATH-01", "PATH-02", "DISAGREE-6", "DISAGREE-7"} < RULES.keys()
    assert {"STOP-01", "STOP-02", "STOP-20", "STOP-42"} < RULES.keys()
    assert {rule.id for rule in stops_of_tissue.ACT_RULES} == {"STOP-20", "STOP-42"}


def test_every_primary_tumour_outside_the_dura_is_printed_for() -> None:
    assert {one.key for one in OUTSIDE} == PRINTED.keys()


@pytest.mark.parametrize("one", OUTSIDE, ids=lambda one: one.key)
def test_every_entity_at_every_stage_leads_to_what_is_printed(one: Histology) -> None:
    for stage in Stage:
        about = staged(one, stage)
        expected = PRINTED[one.key] | BY_STAGE.get((one.key, stage), set())
        if stage is Stage.S1 and one.is_benign is True:
            expected = expected | {("PRIM-28", WATCH)}
        assert favoured(about) == expected, stage
        none = said("PRIM-41", about)
        fits = one.is_benign is None or stage in (BENIGN if one.is_benign else MALIGNANT)
        assert (none is None) is fits, "a stage that does not fit the name says that there is no rule"


@pytest.mark.parametrize("stage", Stage, ids=lambda one: one.value)
def test_a_name_that_is_not_in_the_table_says_that_there_is_none(stage: Stage) -> None:
    about = seen(PLAIN | {f.HISTOLOGY: "some sarcoma", f.ENNEKING_REPORTED: R(stage.value)})
    assert favoured(about) == set()
    statement = said("PRIM-41", about)
    assert statement is not None
    assert statement.holds is Holds.YES


def test_a_tumour_without_a_name_is_asked_for_tissue_and_gets_no_rule_of_a_name() -> None:
    about = seen({f.SOLITARY: True, f.PROVEN: False})
    assert favoured(about) == set()
    first = said("BX-01", about)
    assert first is not None
    assert first.holds is Holds.YES
    stop = said("STOP-02", seen({f.SOLITARY: True, f.PROVEN: False}, act=Act.INTRALESIONAL))
    assert stop is not None
    assert stop.holds is Holds.UNKNOWN


@pytest.mark.parametrize("one", [one for one in PRIMARY if one.is_intradural], ids=lambda one: one.key)
def test_a_tumour_within_the_dura_gets_no_rule_of_bone(one: Histology) -> None:
    for stage in Stage:
        assert favoured(staged(one, stage)) == set()


@pytest.mark.parametrize(
    "one", [one for one in histologies() if one.kind is LesionKind.METASTASIS], ids=lambda one: one.key
)
def test_a_metastasis_gets_no_rule_of_a_primary_tumour_but_the_one_that_names_it(one: Histology) -> None:
    for stage in (None, *Stage):
        known = PLAIN | {
            f.HISTOLOGY: one.name,
            f.KIND: "metastasis",
            f.ENNEKING_REPORTED: R(stage.value) if stage else None,
        }
        assert {statement.rule for statement, _ in all_said(seen(known))} <= {"PRIM-29"}
    sparse = {f.HISTOLOGY: one.name, f.KIND: "metastasis"}
    assert {statement.rule for statement, _ in all_said(seen(sparse))} <= {"PRIM-29"}


@pytest.mark.parametrize("one", PRIMARY, ids=lambda one: one.key)
def test_a_primary_tumour_gets_no_rule_of_metastases(one: Histology) -> None:
    about = staged(one, Stage.IIB)
    assert "PRIM-29" not in {statement.rule for statement, _ in all_said(about)}


@pytest.mark.parametrize("name", ["lymphoma", "myeloma", "myeloid_sarcoma"])
def test_tumours_of_the_marrow_get_their_own_rules_alone(name: str) -> None:
    about = seen(PLAIN | {f.HISTOLOGY: name, f.KIND: "haematological"})
    assert {statement.rule for statement, _ in all_said(about)} <= {"PRIM-24", "PRIM-26"}


def test_no_two_steps_of_a_policy_speak_for_and_against_one_act() -> None:
    for module in MODULES:
        for policy in getattr(module, "POLICIES", ()):
            acts = {(step.act, step.against) for step in policy.steps}
            assert not [act for act, against in acts if against and (act, False) in acts], policy.id
            assert policy.tumours <= {one.key for one in histologies()}


def test_what_the_principle_says_of_every_stage() -> None:
    assert set(POLICY) == set(Stage)
    for one, stage in product(OUTSIDE, Stage):
        about = staged(one, stage)
        held = {id for id in ("STG-01", "STG-02") if (s := said(id, about)) and s.holds is Holds.YES}
        fits = stage in (BENIGN if one.is_benign else MALIGNANT) or one.is_benign is None
        expected = set() if one.is_marrow or not fits else {"STG-01" if stage in BENIGN else "STG-02"}
        assert held == expected, (one.key, stage)


@pytest.mark.parametrize(("stage", "words"), [
    (R.S1, "observe"), (R.S2, "intralesional excision"), (R.S3, "marginal en bloc"),
])  # fmt: skip
def test_the_strict_reading_stands_beside_the_one_of_the_spine(stage: R, words: str) -> None:
    statement = said("STG-01", seen(PLAIN | {f.HISTOLOGY: "gct", f.ENNEKING_REPORTED: stage}))
    assert statement is not None
    assert words in statement.do
    assert "strict reading" in statement.do


def test_a_reported_stage_narrows_and_an_unknown_one_is_asked_for() -> None:
    about = seen(PLAIN | {f.HISTOLOGY: "gct"})
    assert stages(about) == tuple(Stage)
    assert f.ENNEKING_REPORTED.ask in getattr(is_stage(about, Stage.S3), "ask", ())
    reported = seen(PLAIN | {f.HISTOLOGY: "gct", f.ENNEKING_REPORTED: R.S3})
    assert stages(reported) == (Stage.S3,)
    assert is_stage(reported, Stage.S3) is True


def test_which_tumours_want_en_bloc_hangs_on_stage_and_chemotherapy() -> None:
    wants = {stage: wants_en_bloc(seen(PLAIN | {f.HISTOLOGY: "gct", f.ENNEKING_REPORTED: stage})) for stage in R}
    assert [stage for stage, answer in wants.items() if answer is False] == [R.S1, R.S2]
    assert wants_en_bloc(seen(PLAIN | {f.HISTOLOGY: "ewing"})) is True
    assert wants_en_bloc(seen(PLAIN | {f.HISTOLOGY: "ewing", f.CHEMOTHERAPY: False})) is False
    assert wants_en_bloc(seen(PLAIN | {f.HISTOLOGY: "abc"})) is False


@pytest.mark.parametrize(("age", "adult"), [(17.0, False), (18.0, None), (19.0, True)])
def test_doses_are_printed_for_adults_alone(age: float, adult: bool | None) -> None:
    about = seen(PLAIN | {f.AGE: age})
    answer = is_adult(about)
    assert (answer if isinstance(answer, bool) else None) is adult
    assert ("70 Gy" in for_adults(about, "70 Gy.")) is (adult is True)


def test_no_dose_of_an_adult_is_printed_for_a_child() -> None:
    child = {f.AGE: 9.0, f.SKELETALLY_MATURE: True, f.RESECTABLE: False, f.MARGIN_POSITIVE_OR_CLOSE: True}
    for one, stage in product(OUTSIDE, (Stage.S3, Stage.IIB)):
        about = seen(PLAIN | child | {f.HISTOLOGY: one.name, f.ENNEKING_REPORTED: R(stage.value)}, level=level_of(one))
        for statement, _ in all_said(about):
            assert " Gy" not in statement.do.replace("GyRBE", " Gy"), (one.key, statement.rule)
            assert " mg" not in statement.do


def test_a_short_and_a_long_course_of_denosumab_print_the_same_window() -> None:
    for months in (2.9, 3.0, 3.1, 5.9, 6.0, 6.1):
        known = PLAIN | {f.HISTOLOGY: "gct", f.DENOSUMAB_RUNNING: True, f.DENOSUMAB_MONTHS: months}
        statement = said("PRIM-12", seen(known, act=Act.EN_BLOC))
        assert statement is not None
        assert "3 to 6 months" in statement.do
        assert f"{months:g} months on denosumab" in statement.because


@pytest.mark.parametrize(("mm", "low", "high"), [(49.9, True, False), (50.0, False, True), (50.1, False, True)])
def test_dose_of_a_plasmacytoma_at_its_limit(mm: float, low: bool, high: bool) -> None:
    statement = said("PRIM-23", seen(PLAIN | {f.HISTOLOGY: "plasmacytoma", f.DIAMETER: mm}, act=RADIATION))
    assert statement is not None
    assert ("35 to 40 Gy" in statement.do) is low
    assert ("40 to 50 Gy" in statement.do) is high


@pytest.mark.parametrize(("age", "full"), [(39.0, True), (40.0, True), (41.0, False)])
def test_chemotherapy_of_osteosarcoma_at_its_limit(age: float, full: bool) -> None:
    statement = said("PRIM-08", seen(PLAIN | {f.HISTOLOGY: "osteosarcoma", f.AGE: age}, act=DRUG))
    assert statement is not None
    assert ("methotrexate" in statement.do) is full


def test_a_board_that_agreed_on_a_typical_image_lifts_the_first_stop_only_by_name() -> None:
    known = PLAIN | {f.HISTOLOGY: "osteoid_osteoma", f.PROVEN: False, f.DO_NOT_TOUCH: True}
    unnamed = seen(known, act=HEAT)
    stop = said("STOP-01", unnamed)
    assert stop is not None
    assert "by name" in stop.do
    named = tuple(
        replace(one, source=replace(one.source, by="R. Example")) if one.fact == f.DO_NOT_TOUCH.id else one
        for one in unnamed.findings.found
    )
    by_name = replace(unnamed, findings=Known(Findings(found=named)))
    assert said("STOP-01", by_name) is None
    heated = said("STOP-09", by_name)
    assert heated is None or "without tissue" not in heated.because
    other = seen(known | {f.HISTOLOGY: "abc"}, act=HEAT)
    assert said("STOP-01", other) is not None


@pytest.mark.parametrize(("pain", "deficit", "stopped"), [
    (f.PainCharacter.NOT_MECHANICAL, False, False),
    (f.PainCharacter.NOT_MECHANICAL, True, True),
    (f.PainCharacter.NOT_MECHANICAL, None, True),
    (f.PainCharacter.NONE, False, True),
    (None, False, True),
])  # fmt: skip
def test_cement_without_tissue_is_excepted_for_a_painful_haemangioma_alone(
    pain: f.PainCharacter | None, deficit: bool | None, stopped: bool
) -> None:
    known = PLAIN | {f.HISTOLOGY: "haemangioma_typ", f.PROVEN: False, f.DO_NOT_TOUCH: True, f.SOLITARY: True}
    about = seen(known | {f.PAIN: pain, f.DEFICIT: deficit}, act=Act.CEMENT)
    named = tuple(
        replace(one, source=replace(one.source, by="R. Example")) if one.fact == f.DO_NOT_TOUCH.id else one
        for one in about.findings.found
    )
    stop = said("STOP-01", replace(about, findings=Known(Findings(found=named))))
    assert (stop is not None) is stopped


def test_metastasis_of_the_shared_rows_stays_without_primary_rules() -> None:
    assert not all_said(seen(METASTASIS | {f.SOLITARY: False}))


@pytest.mark.parametrize(("sites", "levels", "allowed"), [
    ((TomitaSite.BODY, TomitaSite.CANAL), (Level.T8,), True),  # 4
    ((TomitaSite.BODY, TomitaSite.PARAVERTEBRAL), (Level.T8,), True),  # 5
    ((TomitaSite.BODY, TomitaSite.PARAVERTEBRAL), (Level.T8, Level.T9), False),  # 6
])  # fmt: skip
def test_a_metastasis_is_resected_en_bloc_up_to_type_five(
    sites: tuple[TomitaSite, ...], levels: tuple[Level, ...], allowed: bool
) -> None:
    known = METASTASIS | {
        f.SOLITARY: True,
        f.STAGING_CLEAR: True,
        f.KARNOFSKY: 90,
        f.TOMITA_SITES: sites,
        f.TOMITA_SITES_OPEN: (),
        f.LEVELS: levels,
        f.LEVELS_OPEN: (),
    }
    assert (said("PRIM-29", seen(known, act=EN_BLOC)) is not None) is allowed
    assert (said("PRIM-29", seen(known, act=Act.RADIOSURGERY)) is not None) is not allowed
