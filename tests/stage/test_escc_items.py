"""The findings of ESCC out of measurements, and what a person answers in a form beside them."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings, measured
from enbloc.stage.escc import NON_TUMOUR_COMPRESSION, TUMOUR_ALL_ROUND, Escc
from enbloc.stage.escc_items import Grades, Predicate, grades, predicates
from enbloc.stage.reading import Reading
from tests.stage.test_escc import NO, YES

EPIDURAL, SAC, CONTACT, COMPRESSED, FLUID = range(5)


def found(*measurements: dict[Fact[Any], Any]) -> Findings:
    return Findings(found=tuple(measured(fact, "A", each) for part in measurements for fact, each in part.items()))


def told(*measurements: dict[Fact[Any], Any], at: int) -> Predicate:
    return predicates(found(*measurements), "A")[at]


def said(name: str, *values: bool, note: str = "") -> Reading:
    return Reading(name=name, values=values, note=note)


EVERY = found(*YES.values())


# --- one finding ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("at", "measurements", "words"),
    [
        (EPIDURAL, {f.EPIDURAL_AREA: 60.0, f.EPIDURAL_SLICES: 2}, ("yes",)),
        (EPIDURAL, {f.EPIDURAL_AREA: 60.0, f.EPIDURAL_SLICES: 1}, ("no",)),
        (EPIDURAL, {f.EPIDURAL_AREA: 4.0, f.EPIDURAL_SLICES: 8}, ("no",)),
        (SAC, {f.SAC_INDENTATION: 0.0, f.SAC_AREA_RATIO: 0.88}, ("yes",)),
        (SAC, {f.SAC_INDENTATION: 0.0, f.SAC_AREA_RATIO: 0.895}, ("no", "yes")),
        (SAC, {f.SAC_INDENTATION: 0.0, f.SAC_AREA_RATIO: 0.91}, ("no", "yes")),
        (SAC, {f.SAC_INDENTATION: 0.0, f.SAC_AREA_RATIO: 0.92}, ("no",)),
        (COMPRESSED, {f.CORD_AREA_RATIO: 1.0, f.CORD_FLATTENING: 0.0, f.CORD_SHIFT: 3.0}, ("yes",)),
        (COMPRESSED, {f.CORD_AREA_RATIO: 1.0, f.CORD_FLATTENING: 30.0, f.CORD_SHIFT: 0.0}, ("yes",)),
    ],
)
def test_a_finding_is_read_from_all_its_numbers(
    at: int, measurements: dict[Fact[Any], Any], words: tuple[str, ...]
) -> None:
    finding = told(measurements, at=at)
    assert finding.item.values == words
    assert finding.item.borderline is (len(words) > 1)
    assert finding.item.ask == ("" if len(words) == 1 else f.ESCC_REPORTED.ask)
    assert finding.facts == tuple(fact.id for fact in measurements)
    assert finding.measured


def test_a_finding_with_a_number_missing_is_open_and_not_borderline() -> None:
    sac = told({f.SAC_INDENTATION: 0.0}, at=SAC)
    assert (sac.item.values, sac.item.borderline, sac.measured) == (("no", "yes"), False, False)
    assert sac.facts == (f.SAC_INDENTATION.id,)
    assert told({f.SAC_INDENTATION: 3.0}, at=SAC).item.values == ("yes",)
    assert told({f.EPIDURAL_SLICES: 1}, at=EPIDURAL).item.values == ("no",)
    assert (told(at=FLUID).facts, told(at=FLUID).note) == ((), "")


# --- all of them ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("turn", "reached", "is_flagged"),
    [(0.949, (Escc.GRADE_2,), False), (0.95, (Escc.GRADE_2, Escc.GRADE_3), True)],
)
def test_tumour_lies_all_round_from_95_percent_of_the_way_on(
    turn: float, reached: tuple[Escc, ...], is_flagged: bool
) -> None:
    result = grades(found(*YES.values(), {f.EPIDURAL_TURN: turn}), "A")
    assert result.grades == reached
    assert result.flags == ((TUMOUR_ALL_ROUND,) if is_flagged else ())


@pytest.mark.parametrize(
    ("so", "not_so", "fault"),
    [
        ("deformed", "epidural", "There is no epidural tumour, and yet the sac is deformed or the cord is reached."),
        ("contact", "deformed", "The sac is not deformed, and yet the cord is touched or compressed."),
        ("compressed", "contact", "The cord is compressed, and yet not touched."),
    ],
)
def test_a_contradiction_is_named_and_makes_no_grade(so: str, not_so: str, fault: str) -> None:
    before = list(YES)[: list(YES).index(not_so)]
    after = list(YES)[list(YES).index(so) + 1 :]
    parts = [*(YES[name] for name in before), NO[not_so], YES[so], *(NO[name] for name in after)]
    result = grades(found(*parts), "A")
    assert (result.grades, result.fault) == (tuple(Escc), fault)


# --- beside a form ----------------------------------------------------------------------------------------------------
def answered(findings: Findings, *readings: Reading) -> Grades:
    return grades(findings, "A", {one.name: one for one in readings})


def test_what_a_person_answers_overrules_one_finding_and_shows_the_measured_beside_it() -> None:
    result = answered(EVERY, said("csf_visible", False, note="read by R. Example"))
    assert result.grades == (Escc.GRADE_3,)
    fluid = result.predicates[FLUID]
    assert fluid.item.values == ("no",)
    assert fluid.note.startswith("read by R. Example; measured: ")
    assert f.CSF_SHARE.words in fluid.note
    assert result.predicates[SAC].note == predicates(EVERY, "A")[SAC].note


def test_without_a_measurement_only_the_answer_is_told() -> None:
    result = answered(found(), said("epidural", False, note="read by R. Example"))
    assert result.grades == (Escc.GRADE_0,)
    assert result.predicates[EPIDURAL].note == "read by R. Example"


@pytest.mark.parametrize(
    ("values", "reached"),
    [
        ((True,), (Escc.GRADE_2, Escc.GRADE_3)),
        ((False,), (Escc.GRADE_2,)),
        ((False, True), (Escc.GRADE_2, Escc.GRADE_3)),
    ],
)
def test_tumour_all_round_may_be_answered_too(values: tuple[bool, ...], reached: tuple[Escc, ...]) -> None:
    assert answered(EVERY, said("all_round", *values)).grades == reached
    measured_so = found(*YES.values(), {f.EPIDURAL_TURN: 1.0})
    assert answered(measured_so, said("all_round", *values)).grades == reached


def test_bone_or_disc_that_presses_is_graded_only_if_a_person_answered_the_form() -> None:
    pressed = found(*YES.values(), {f.OTHER_COMPRESSION: True})
    result = grades(pressed, "A")
    assert (result.grades, result.flags) == (tuple(Escc), (NON_TUMOUR_COMPRESSION,))
    assert answered(pressed, said("csf_visible", True)).grades == (Escc.GRADE_2,)
