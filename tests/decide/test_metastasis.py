"""Metastases: each tumour in one row, NOMS beside LMNOP, the trial of surgery, clocks, and doses for adults alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Sector
from enbloc.case.answer import Unknown
from enbloc.case.fact import PrimarySite
from enbloc.case.lesion import LesionKind
from enbloc.case.neurology import Ais
from enbloc.decide import clock
from enbloc.decide.compression import TREATED_WITHOUT_SURGERY
from enbloc.decide.decision import Act, Degree, Holds
from enbloc.decide.families import ACT_RULES, CASE_RULES, PARAMETERS, RULES
from enbloc.decide.histology import Radiosensitivity, histologies
from enbloc.decide.lmnop import EARLIER, FIT, NOT_ENCODED, compared
from enbloc.decide.metastasis_by_primary import ELSEWHERE, ROWS, SITES, rows_of
from enbloc.decide.prognosis import is_paraplegic, is_paraplegic_too_long
from enbloc.decide.stops_of_compression import DECISION_WITHIN
from enbloc.decide.surgery_in_compression import FOR_COMPRESSION, IRRADIATE_WITHIN, criteria
from enbloc.evidence import Checked, cite
from tests.decide.situations import CHORDOMA, METASTASIS, MIDDLE, READY, UNSTABLE, said, seen

OURS = ("NOMS", "LMNOP", "ISOC", "DEC", "MET")
ADULT: dict[Any, Any] = {f.AGE: 61.0}
CHILD: dict[Any, Any] = {f.AGE: 9.0}
WISHES: dict[Any, Any] = {f.DECLINES_SURGERY: False, f.LIFE_EXPECTANCY: 12.0}


def do(id: str, known: dict[Any, Any], **more: Any) -> str:
    statement = said(id, seen(known, **more))
    assert statement is not None
    assert statement.holds is Holds.YES
    return statement.do


# --- every tumour has one row -----------------------------------------------------------------------------------------
def test_every_histology_of_the_branch_stands_in_one_row_or_is_judged_elsewhere() -> None:
    rows = [key for row in ROWS for key in row.histologies]
    assert len(rows) == len(set(rows)), "no histology stands in two rows"
    assert not set(rows) & set(ELSEWHERE)
    branch = {one.key for one in histologies() if one.origin != "primary"} | {"plasmacytoma"}
    assert set(rows) | set(ELSEWHERE) == branch


def test_every_site_of_a_primary_tumour_leads_to_a_row() -> None:
    assert set(SITES) == set(PrimarySite)
    assert all(rows and set(rows) <= {row.id for row in ROWS} for rows in SITES.values())


@pytest.mark.parametrize("site", list(PrimarySite))
def test_a_tumour_known_by_its_site_alone_holds_only_in_a_row_that_nothing_else_may_be(site: PrimarySite) -> None:
    about = seen(METASTASIS | {f.HISTOLOGY: None, f.PRIMARY_SITE: site})
    held = {row.id: statement.holds for row in ROWS if (statement := said(row.id, about)) is not None}
    verdict = Holds.YES if len(SITES[site]) == 1 else Holds.UNKNOWN
    assert held == dict.fromkeys(SITES[site], verdict)


def test_the_histology_goes_before_the_site() -> None:
    about = seen(METASTASIS | {f.HISTOLOGY: "melanoma", f.PRIMARY_SITE: PrimarySite.KIDNEY})
    assert rows_of(about) == ("MET-04",)


def test_the_rows_agree_with_the_class_of_the_histology() -> None:
    row = {key: one.statement for one in ROWS for key in one.histologies}
    for one in histologies():
        if one.key not in row or one.key in {"met_unknown", "met_other"}:
            continue
        word = "resistant" if one.row is Radiosensitivity.RESISTANT else "sensitive"
        if "resistant" in row[one.key] or "sensitive" in row[one.key]:
            assert word in row[one.key], one.key
        assert one.is_moderate == ("moderately sensitive" in row[one.key]), one.key


@pytest.mark.parametrize("tumour", ["chordoma", "gct", "osteosarcoma", "Meningioma, CNS WHO grade 1"])
def test_a_primary_tumour_never_gets_a_rule_about_metastases(tumour: str) -> None:
    about = seen(CHORDOMA | UNSTABLE | {f.HISTOLOGY: tumour, f.ESCC_REPORTED: f.EsccReported.GRADE_3})
    spoken = {one.id for one in CASE_RULES if one.family in OURS and said(one.id, about) is not None}
    assert spoken == set()


def test_a_metastasis_within_the_dura_gets_none_either() -> None:
    for key in ("imm", "lepto_met"):
        about = seen(METASTASIS | {f.HISTOLOGY: key})
        assert {one.id for one in CASE_RULES if one.family in OURS and said(one.id, about) is not None} == set()


def test_an_unknown_primary_takes_tissue_and_delays_no_emergency() -> None:
    words = do("MET-12", METASTASIS | {f.HISTOLOGY: "carcinoma of unknown primary"})
    assert "tissue" in words
    assert "do not delay" in words


# --- doses are of adults ----------------------------------------------------------------------------------------------
UNFIT: dict[Any, Any] = METASTASIS | {f.ABLE: False, f.LIFE_EXPECTANCY: 12.0}
TRIAL: dict[Any, Any] = METASTASIS | {f.COMPRESSED_AREAS: 1, f.LIFE_EXPECTANCY: 12.0, f.PARAPLEGIC: False}


@pytest.mark.parametrize(
    ("id", "known"), [("MET-01", METASTASIS), ("DEC-01", TRIAL), ("DEC-05", UNFIT), ("DEC-06", UNFIT)]
)
def test_a_dose_of_adults_is_printed_for_adults_alone(id: str, known: dict[Any, Any]) -> None:
    assert "Gy" in do(id, known | ADULT)
    assert "Gy" not in do(id, known | CHILD)
    assert "Gy" not in do(id, known), "the age is unknown"
    assert "Gy" not in do(id, known | {f.AGE: 18.0}), "eighteen this year may be seventeen today"
    assert "Gy" in do(id, known | {f.AGE: 19.0})


def test_the_schedules_for_compression_are_those_of_the_guideline() -> None:
    assert [str(each) for each in FOR_COMPRESSION] == ["8 Gy in 1", "16 Gy in 2", "20 Gy in 5", "30 Gy in 10"]
    words = do("DEC-05", UNFIT | ADULT)
    assert all(str(each) in words for each in FOR_COMPRESSION)
    assert f"{IRRADIATE_WITHIN.number:g} hours" in words


# --- NOMS beside LMNOP ------------------------------------------------------------------------------------------------
def test_without_symptoms_the_field_of_neurology_drives_the_difference() -> None:
    about = seen(METASTASIS | WISHES)
    both = compared(about)
    assert both is not None
    assert (both.noms, both.lmnop, both.rows) == (True, False, ("NOMS-07",))
    assert both.driving == ("neurology: compression",)
    assert "neurology: compression" in do("LMNOP-02", METASTASIS | WISHES)


@pytest.mark.parametrize(
    ("known", "driving"),
    [
        ({f.DEFICIT: True}, ()),
        ({f.DEFICIT: True, f.DECLINES_SURGERY: True}, (FIT,)),
        ({f.DEFICIT: True, f.LIFE_EXPECTANCY: 2.9}, (FIT,)),
        (
            {f.DEFICIT: True, f.HISTOLOGY: "seminoma", f.PRIOR_RADIOTHERAPY: True, f.RADIOTHERAPY_FAILED: False},
            (EARLIER,),
        ),
        (
            {f.DEFICIT: True, f.HISTOLOGY: "seminoma", f.PRIOR_RADIOTHERAPY: True, f.RADIOTHERAPY_FAILED: True},
            (),
        ),
    ],
)
def test_the_driving_field_is_named(known: dict[Any, Any], driving: tuple[str, ...]) -> None:
    both = compared(seen(METASTASIS | WISHES | known))
    assert both is not None
    assert both.driving == driving
    assert both.differ is bool(driving)


def test_what_drives_a_difference_differs_and_what_agrees_drives_nothing() -> None:
    for deficit, irradiated, failed, declines, able, unstable, tumour in product(
        *[[False, True]] * 6, ["seminoma", "melanoma"]
    ):
        known = METASTASIS | (UNSTABLE if unstable else {}) | {
            f.DEFICIT: deficit, f.PRIOR_RADIOTHERAPY: irradiated, f.RADIOTHERAPY_FAILED: failed,
            f.DECLINES_SURGERY: declines, f.ABLE: able, f.HISTOLOGY: tumour, f.LIFE_EXPECTANCY: 12.0,
        }  # fmt: skip
        both = compared(seen(known))
        assert both is not None
        differing = {field.name for field in both.fields if field.differs}
        assert set(both.driving) <= differing
        assert both.differ is (both.noms is not both.lmnop)
        assert bool(both.driving) is both.differ


def test_at_1c_noms_leaves_a_resistant_tumour_to_the_board_and_nothing_is_claimed() -> None:
    both = compared(seen(METASTASIS | WISHES | {f.ESCC_REPORTED: f.EsccReported.GRADE_1C, f.DEFICIT: True}))
    assert both is not None
    assert isinstance(both.noms, Unknown)
    assert isinstance(both.differ, Unknown)
    assert both.driving == ()


def test_the_same_open_fields_make_no_difference() -> None:
    known = METASTASIS | WISHES | MIDDLE | {f.ESCC_REPORTED: f.EsccReported.GRADE_0}
    both = compared(seen(known))
    assert both is not None
    assert isinstance(both.noms, Unknown)
    assert both.differ is False


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "T8 (1 level), column not recorded"),
        ({f.LEVELS: (Level.T8, Level.T9)}, "T8, T9 (2 levels, contiguous)"),
        ({f.LEVELS: (Level.T8, Level.T11)}, "T8, T11 (2 levels, not contiguous)"),
        ({f.WBB_SECTORS: (Sector.LEFT_4, Sector.LEFT_5)}, "anterior column"),
        ({f.WBB_SECTORS: (Sector.LEFT_3,)}, "posterior column"),
        ({f.WBB_SECTORS: (Sector.LEFT_3, Sector.RIGHT_9)}, "anterior and posterior column"),
    ],
)
def test_location_is_told(more: dict[Any, Any], words: str) -> None:
    both = compared(seen(METASTASIS | more))
    assert both is not None
    assert words in both.location


def test_moss_is_not_encoded_and_says_why() -> None:
    assert "MOSS-01" not in RULES
    assert "no source" in NOT_ENCODED["MOSS-01"]


# --- clocks -----------------------------------------------------------------------------------------------------------
NOON = datetime(2026, 11, 18, 12)


@pytest.mark.parametrize(
    ("today", "low", "high"),
    [(date(2026, 11, 18), 0, 12), (date(2026, 11, 19), 12, 36), (date(2026, 11, 20), 36, 60)],
)
def test_a_case_stands_at_a_day_and_not_at_an_hour(today: date, low: float, high: float) -> None:
    assert clock.since(NOON, today) == clock.Hours(low=low, high=high)


def test_no_hours_are_counted_from_nothing_or_from_what_lies_ahead() -> None:
    assert clock.since(None, date(2026, 11, 18)) is None
    assert clock.since(NOON, None) is None
    assert clock.since(NOON, date(2026, 11, 17)) is None
    assert clock.between(NOON, None) is None


def test_moments_of_one_zone_and_of_none_are_not_compared() -> None:
    aware = datetime.fromisoformat("2026-11-18T13:00+01:00")
    assert clock.between(NOON, aware) is None
    assert clock.between(aware, datetime.fromisoformat("2026-11-18T12:30+00:00")) == clock.Hours(low=0.5, high=0.5)
    assert clock.since(aware, date(2026, 11, 19)) == clock.Hours(low=11, high=35)


def test_a_later_decision_never_restarts_the_clock_of_presentation() -> None:
    known = METASTASIS | {f.DEFICIT: True, f.PRESENTED: NOON}
    for hours in range(0, 72, 3):
        statement = said("STOP-08", seen(known | {f.DECIDED: NOON + timedelta(hours=hours)}))
        late = hours > DECISION_WITHIN.number
        # The case stands at the twentieth: a decision of a later day is no answer, and the stop is not closed by it.
        assert (statement is not None) is (late or (NOON + timedelta(hours=hours)).date() > date(2026, 11, 20))


def test_the_stop_is_open_until_the_hours_are_surely_over() -> None:
    known = METASTASIS | {f.DEFICIT: True, f.PRESENTED: NOON}
    for day, holds in ((18, Holds.UNKNOWN), (19, Holds.UNKNOWN), (20, Holds.YES), (21, Holds.YES)):
        statement = said("STOP-08", seen(known, circumstances=replace(READY, as_of=date(2026, 11, day))))
        assert statement is not None
        assert statement.holds is holds
    nowhen = said("STOP-08", seen(known, circumstances=replace(READY, as_of=None)))
    assert nowhen is not None
    assert nowhen.holds is Holds.UNKNOWN
    assert nowhen.ask == (f.DECIDED.ask,)


def test_a_late_decision_calls_for_treatment_and_not_for_a_decision() -> None:
    known = METASTASIS | {f.DEFICIT: True, f.PRESENTED: NOON}
    assert do("STOP-08", known).startswith("Decide")
    assert do("STOP-08", known | {f.DECIDED: NOON + timedelta(hours=25)}).startswith("Treat")


def test_who_walks_or_moves_is_not_paraplegic() -> None:
    unknown: dict[Any, Any] = METASTASIS | {f.DEFICIT: True}
    assert isinstance(is_paraplegic(seen(unknown)), Unknown)
    known: dict[Any, Any]
    for known in ({f.AMBULATION: "aided"}, {f.AIS: Ais.D}, {f.DEFICIT: False}, {f.PARAPLEGIC: False}):
        assert is_paraplegic(seen(unknown | known)) is False
    for known in ({f.AMBULATION: "none"}, {f.AIS: Ais.C}):
        assert isinstance(is_paraplegic(seen(unknown | known)), Unknown)
    since: dict[Any, Any] = {f.PARAPLEGIC: True, f.PARAPLEGIC_SINCE: NOON}
    assert isinstance(is_paraplegic_too_long(seen(unknown | since)), Unknown), "36 to 60 hours"


# --- the trial of surgery ---------------------------------------------------------------------------------------------
def test_the_disagreement_shows_how_the_patient_matches_the_trial() -> None:
    statement = said("DISAGREE-4", seen(TRIAL))
    assert statement is not None
    assert statement.because.endswith("survival of 3 months: yes; no long paraplegia: yes; fit: yes.")
    unknown = said("DISAGREE-4", seen(METASTASIS))
    assert unknown is not None
    assert "single area: not known" in unknown.because


@pytest.mark.parametrize("tumour", sorted(TREATED_WITHOUT_SURGERY))
def test_the_radiosensitive_types_were_not_in_the_trial(tumour: str) -> None:
    listed = next(one for one in histologies() if one.key == tumour)
    kind = (listed.kind if listed.kind is LesionKind.METASTASIS else LesionKind.HAEMATOLOGICAL).value
    about = seen(TRIAL | {f.HISTOLOGY: tumour, f.KIND: kind})
    assert criteria(about)["solid tumour, not of a radiosensitive type"] is False
    assert said("DEC-01", about) is None


def test_moderate_high_and_able_shows_both_rules_side_by_side() -> None:
    known = TRIAL | {f.HISTOLOGY: "breast carcinoma"}
    assert "side by side" in do("NOMS-15", known)
    assert said("NOMS-05", seen(known)) is not None
    assert said("DEC-01", seen(known)) is not None
    assert "side by side" not in do("NOMS-15", known | {f.ABLE: False})
    assert "NOMS-06" in do("NOMS-15", known | UNSTABLE)
    assert "resistant row" in do("NOMS-15", known | {f.PRIOR_RADIOTHERAPY: True})
    assert do("NOMS-15", known | {f.ABLE: None}).startswith("If the grade is high")


def test_a_survival_score_alone_refuses_nothing() -> None:
    about = seen(METASTASIS | {f.ECOG: 4, f.STATUS_BY_COMPRESSION: True, f.PARAPLEGIC: False})
    statement = said("DEC-03", about)
    assert statement is not None
    assert statement.holds is Holds.UNKNOWN
    assert f.LIFE_EXPECTANCY.ask in statement.ask


# --- as a whole -------------------------------------------------------------------------------------------------------
def test_irradiated_haematological_tumours_also_show_systemic_therapy() -> None:
    irradiated = {f.PRIOR_RADIOTHERAPY: True}
    assert "systemic" in do("NOMS-11", METASTASIS | irradiated | {f.HISTOLOGY: "seminoma"})
    assert "systemic" not in do("NOMS-11", METASTASIS | irradiated | {f.HISTOLOGY: "breast carcinoma"})


def test_separate_lesions_of_high_grade_are_areas_of_their_own() -> None:
    about = seen(METASTASIS)
    (own,) = (score for score in about.scores if score.instrument == "escc")
    second = replace(own, about="B", categories=("3",))
    statement = said("NOMS-19", replace(about, scores=(*about.scores, second)))
    assert statement is not None
    assert statement.holds is Holds.YES
    may_be = said("NOMS-19", replace(about, scores=(*about.scores, replace(second, categories=("1c", "2")))))
    assert may_be is not None
    assert may_be.holds is Holds.UNKNOWN


def test_thresholds_are_named_data_with_a_source() -> None:
    sources = {each.source for each in PARAMETERS if not each.source.startswith(("project", "pathway"))}
    assert {"patchell2005", "hoskin2019scorad", "laufer2013noms", "nice2023ng234"} <= sources
    assert all(cite(source) for source in ("patchell2005", "hoskin2019scorad", "laufer2013noms", "nice2023ng234"))
    assert IRRADIATE_WITHIN.checked is Checked.FROM_MEMORY


def test_a_stop_is_never_silent_for_want_of_an_answer() -> None:
    lymphoma = METASTASIS | {f.KIND: "haematological", f.HISTOLOGY: "lymphoma"}
    for id, known, act in (
        ("STOP-22", METASTASIS | {f.VENTRAL_COMPRESSION: True}, Act.INTRALESIONAL),
        ("STOP-23", lymphoma, Act.SEPARATION),
        ("STOP-25", METASTASIS | {f.ESCC_REPORTED: f.EsccReported.GRADE_1C}, Act.RADIOSURGERY),
    ):
        statement = said(id, seen(known, act=act))
        assert statement is not None
        assert statement.degree is Degree.STOP
        assert statement.holds is Holds.UNKNOWN
    assert {"STOP-22", "STOP-23", "STOP-25"} <= {one.id for one in ACT_RULES}
