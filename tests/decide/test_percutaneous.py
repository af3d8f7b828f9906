"""Cement, ablation and the same day: every grade and kind, and what is never read as allowed because nobody knows."""

from __future__ import annotations

from itertools import product

import pytest

from enbloc.case import fact as f
from enbloc.case.fact import AblationKind, EsccReported
from enbloc.decide.decision import Act, Holds
from enbloc.decide.histology import histologies
from enbloc.decide.outpatient import criteria
from enbloc.decide.percutaneous import TREATED
from tests.decide.rows.minimally_invasive import AROUND, HOME
from tests.decide.rows.percutaneous import BARE, CALM, COLD, COVERED, HEAT, LASER, SICK
from tests.decide.situations import METASTASIS, said, seen

LOW = {EsccReported.GRADE_0, EsccReported.GRADE_1A, EsccReported.GRADE_1B}
HIGH = {EsccReported.GRADE_2, EsccReported.GRADE_3}


@pytest.mark.parametrize(("grade", "decompressed"), list(product(EsccReported, (False, True))))
def test_cement_by_every_grade_and_decompression(grade: EsccReported, decompressed: bool) -> None:
    known = (COVERED if decompressed else BARE) | {f.ESCC_REPORTED: grade}
    stopped = said("STOP-09", seen(known, act=Act.CEMENT)) is not None
    assert stopped is (grade not in LOW and not decompressed)


@pytest.mark.parametrize(("grade", "kind"), list(product(EsccReported, AblationKind)))
def test_ablation_by_every_grade_and_kind(grade: EsccReported, kind: AblationKind) -> None:
    known = (LASER if kind is AblationKind.LASER else HEAT) | {f.ABLATION_KIND: kind, f.ESCC_REPORTED: grade}
    stopped = said("STOP-09", seen(known, act=Act.ABLATION)) is not None
    excepted = kind is AblationKind.LASER and grade is EsccReported.GRADE_2
    assert stopped is (grade in HIGH and not excepted)


@pytest.mark.parametrize("one", [each for each in histologies() if each.origin == "primary"], ids=lambda one: one.key)
def test_ablation_of_every_primary_tumour(one: object) -> None:
    key = one.key  # type: ignore[attr-defined]
    known = HEAT | {f.KIND: "primary", f.HISTOLOGY: key, f.NIDUS_TO_NERVE: 12.0}
    allowed = key in {"osteoid_osteoma", "osteoblastoma", "haemangioma_typ", "haemangioma_agg"}
    assert (said("STOP-09", seen(known, act=Act.ABLATION)) is None) is allowed


@pytest.mark.parametrize(("distance", "cortex", "protected", "inside"), [
    (10.0, False, False, True),
    (9.9, True, True, True),
    (9.9, True, False, False),
    (9.9, False, True, False),
])  # fmt: skip
def test_radiofrequency_near_nerves(distance: float, cortex: bool, protected: bool, inside: bool) -> None:
    near = {f.ABLATION_TO_NERVE: distance, f.CORTEX_INTACT: cortex, f.THERMAL_PROTECTION: protected}
    statement = said("PERC-06", seen(HEAT | near, act=Act.ABLATION))
    assert statement is not None
    assert statement.do.startswith("An option") is inside


@pytest.mark.parametrize(("lesions", "inside"), [(2, True), (3, True), (4, False)])
def test_radiofrequency_by_the_number_of_lesions(lesions: int, inside: bool) -> None:
    statement = said("PERC-06", seen(HEAT | {f.ABLATION_LESIONS: lesions}, act=Act.ABLATION))
    assert statement is not None
    assert statement.do.startswith("An option") is inside


@pytest.mark.parametrize(("distance", "protected", "inside"), [
    (4.9, True, False),
    (5.0, True, True),
    (5.1, True, True),
    (9.9, False, False),
    (10.0, False, True),
    (10.1, False, True),
])  # fmt: skip
def test_the_ice_ball_keeps_the_wider_distance_without_protection(
    distance: float, protected: bool, inside: bool
) -> None:
    near = {f.ABLATION_TO_NERVE: distance, f.THERMAL_PROTECTION: protected}
    statement = said("PERC-07", seen(COLD | near, act=Act.ABLATION))
    assert statement is not None
    assert statement.do.startswith("An option") is inside


def test_cement_in_an_operation_counts_as_cement() -> None:
    myelopathic = BARE | {f.MYELOPATHY: True}
    assert said("STOP-09", seen(myelopathic, act=Act.STABILISATION)) is None
    assert said("STOP-09", seen(myelopathic | {f.CEMENT_PLANNED: True}, act=Act.STABILISATION)) is not None


def test_an_infection_that_somebody_suspects_is_open_until_it_is_excluded() -> None:
    suspected = CALM | {f.INFECTION_EXCLUDED: False, f.STEROID_DANGERS: (f.SteroidDanger.INFECTION,)}
    stop = said("STOP-37", seen(suspected, act=Act.CEMENT))
    assert stop is not None
    assert stop.holds is Holds.YES
    nobody_asked = said("STOP-37", seen(METASTASIS | {f.DEFICIT: True}, act=Act.CEMENT))
    assert nobody_asked is not None
    assert nobody_asked.holds is Holds.UNKNOWN
    assert f.INFECTION_EXCLUDED.ask in nobody_asked.ask
    assert said("STOP-37", seen(CALM | SICK | {f.INFECTION_EXCLUDED: True}, act=Act.CEMENT)) is None


def test_kyphoplasty_is_for_the_vertebrae_of_the_trial() -> None:
    named = {level.value for level in TREATED}
    assert named == {f"T{number}" for number in range(5, 14)} | {f"L{number}" for number in range(1, 7)}


def test_every_item_of_the_same_day_forbids_it_while_it_is_unknown() -> None:
    about = seen(HOME, act=Act.CEMENT)
    assert all(holds is True for _, holds in criteria(about))
    # An exclusion that nobody knows leaves the answer open instead, and the levels of the plan stand for the session's.
    others = ("discharge.embolised", "discharge.oxygen", "discharge.new", "discharge.pain", "lab.crea", "plan.cement")
    for one, *_ in AROUND:
        if one.id.startswith(others):
            continue
        unknown = seen(HOME | {one: None}, act=Act.CEMENT)
        kept, sent = said("MIS-OUT-02", unknown), said("MIS-OUT-01", unknown)
        assert sent is not None, one.id
        assert sent.holds is Holds.UNKNOWN
        assert kept is not None
        assert kept.holds is Holds.YES


def test_home_and_hospital_are_never_both_said() -> None:
    for one, well, ill in AROUND:
        for answer in (well, ill, None):
            about = seen(HOME | {one: answer}, act=Act.CEMENT)
            sent, kept = said("MIS-OUT-01", about), said("MIS-OUT-02", about)
            assert not (sent and kept and sent.holds is Holds.YES and kept.holds is Holds.YES)
