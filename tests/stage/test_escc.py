"""ESCC against the worked cases of the specification, all combinations of its findings, and its laws."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings, measured
from enbloc.errors import RecordError
from enbloc.stage import Score, scores
from enbloc.stage.escc import Compression, Convention, Escc, Group, contradiction, group, groups
from tests import strategies
from tests.strategies import a_case, entered

# Measurements that make each finding plainly true or plainly false.
YES: dict[str, dict[Fact[Any], Any]] = {
    "epidural": {f.EPIDURAL_AREA: 60.0, f.EPIDURAL_SLICES: 8},
    "deformed": {f.SAC_INDENTATION: 3.0, f.SAC_AREA_RATIO: 0.7},
    "contact": {f.CORD_DISTANCE: 0.0},
    "compressed": {f.CORD_AREA_RATIO: 0.70, f.CORD_FLATTENING: 30.0, f.CORD_SHIFT: 3.0},
    "fluid": {f.CSF_SHARE: 0.5},
}
NO: dict[str, dict[Fact[Any], Any]] = {
    "epidural": {f.EPIDURAL_AREA: 0.0, f.EPIDURAL_SLICES: 0},
    "deformed": {f.SAC_INDENTATION: 0.0, f.SAC_AREA_RATIO: 1.0},
    "contact": {f.CORD_DISTANCE: 5.0},
    "compressed": {f.CORD_AREA_RATIO: 1.0, f.CORD_FLATTENING: 0.0, f.CORD_SHIFT: 0.0},
    "fluid": {f.CSF_SHARE: 0.0},
}

NAMES = ("epidural", "sac_deformed", "cord_contact", "cord_compressed", "csf_visible")

# Staging specification 2.5, from Bilsky 2010: what is known to be so, what is known not to be so, the grades.
WORKED = [
    ("1: bone only", [], ["epidural"], ["0"]),
    ("2: rim, sac round", ["epidural"], ["deformed"], ["1a"]),
    ("3: sac indented, fluid between", ["epidural", "deformed", "fluid"], ["contact"], ["1b"]),
    ("4: touches an undeformed cord", ["epidural", "deformed", "contact"], ["compressed"], ["1c"]),
    ("5: cord 70 %, fluid behind", ["epidural", "deformed", "contact", "compressed", "fluid"], [], ["2"]),
    ("6: contact and compression not assessable", ["epidural", "deformed", "fluid"], [], ["1b", "1c", "2"]),
]


def the_escc(*measurements: dict[Fact[Any], Any]) -> Score:
    found = tuple(measured(fact, "A", number) for part in measurements for fact, number in part.items())
    return scores(a_case(), Findings(found=found))[1]


@pytest.mark.parametrize("row", WORKED, ids=[f"specification 2.5, row {row[0]}" for row in WORKED])
def test_worked_case(row: tuple[str, list[str], list[str], list[str]]) -> None:
    _, so, not_so, grades = row
    score = the_escc(*(YES[name] for name in so), *(NO[name] for name in not_so))
    assert list(score.categories) == grades
    assert bool(score.missing) == (len(grades) > 1)
    assert ("1c_debated" in score.flags) == ("1c" in grades)


@pytest.mark.parametrize("form", list(product([True, False], repeat=5)))
def test_every_combination_has_its_grade_or_is_refused(form: tuple[bool, ...]) -> None:
    epidural, deformed, contact, compressed, fluid = form
    named = {
        "epidural": epidural,
        "sac_deformed": deformed,
        "cord_contact": contact,
        "cord_compressed": compressed,
        "csf_visible": fluid,
    }
    # Each finding needs the one before it; whatever breaks this chain contradicts itself.
    if not (epidural >= deformed >= contact >= compressed):
        with pytest.raises(RecordError):
            Compression(**named)
        return
    depth = sum((epidural, deformed, contact, compressed))
    expected = ["0", "1a", "1b", "1c", "2" if fluid else "3"][depth]
    assert Compression(**named).grade.value == expected


@pytest.mark.parametrize("form", list(product([True, False], repeat=5)))
def test_every_combination_of_measurements(form: tuple[bool, ...]) -> None:
    score = the_escc(*((YES if so else NO)[name] for name, so in zip(YES, form, strict=True)))
    epidural, deformed, contact, compressed, fluid = form
    if epidural >= deformed >= contact >= compressed:
        depth = sum((epidural, deformed, contact, compressed))
        assert score.categories == (["0", "1a", "1b", "1c", "2" if fluid else "3"][depth],)
        assert not any(flag.startswith("inconsistent") for flag in score.flags)
    else:
        assert len(score.categories) == 6, "a contradiction is no grade"
        assert any(flag.startswith("inconsistent: ") for flag in score.flags)
        assert score.missing


def test_the_two_groupings_differ_at_0_and_at_1c() -> None:
    noms = [group(grade, Convention.NOMS) for grade in Escc]
    hallinan = [group(grade, Convention.HALLINAN) for grade in Escc]
    assert noms == [Group.LOW] * 4 + [Group.HIGH] * 2
    assert hallinan == [Group.NORMAL, Group.LOW, Group.LOW, Group.HIGH, Group.HIGH, Group.HIGH]


@pytest.mark.parametrize("form", list(product([True, False], repeat=4)))
def test_a_contradiction_names_the_first_finding_that_is_missing_before_another(form: tuple[bool, ...]) -> None:
    named = ("There is no epidural tumour", "The sac is not deformed", "The cord is compressed, and yet not touched.")
    missing = form.index(False) if False in form else len(form)
    fault = contradiction(*form)
    assert fault.startswith(named[missing]) if any(form[missing:]) else not fault


def test_groups_are_named_with_their_convention_in_order() -> None:
    found = list(groups([Escc.GRADE_3, Escc.GRADE_1B, Escc.GRADE_0]))
    assert [(one.name, one.values) for one in found] == [
        ("group by NOMS", ("low", "high")),
        ("group by Hallinan", ("normal", "low", "high")),
    ]


@pytest.mark.parametrize("form", list(product([True, False], repeat=6)))
def test_a_form_comes_to_its_grade_with_both_groups_and_the_other_reading(form: tuple[bool, ...]) -> None:
    if contradiction(*form[:4]):
        return
    *five, all_round = form
    grade = Compression(**dict(zip(NAMES, five, strict=True))).grade
    assert not Compression(**dict(zip(NAMES, five, strict=True))).all_round, "what the scale does not ask is no"
    made = Compression(**dict(zip(NAMES, five, strict=True)), all_round=all_round).outcome
    reworded = grade is Escc.GRADE_2 and all_round
    assert (made.category, made.total) == (grade.value, None)
    assert made.flags == (("1c_debated",) if grade is Escc.GRADE_1C else ("tumour_all_round",) if reworded else ())
    assert dict(made.readings) == {
        "group by NOMS": group(grade, Convention.NOMS).value,
        "group by Hallinan": group(grade, Convention.HALLINAN).value,
    }
    assert [(one.category, one.flags) for one in made.otherwise] == ([("3", ("tumour_all_round",))] if reworded else [])


def changed(base: dict[Fact[Any], Any], fact: Fact[Any], number: float) -> dict[Fact[Any], Any]:
    return {one: number if one is fact else old for one, old in base.items()}


# Each threshold plainly below, within a tenth below, on it, within a tenth above, plainly above: which grades.
BANDS = [
    (f.EPIDURAL_AREA, "epidural", [(4.4, "0"), (4.6, "0 1a"), (5.0, "0 1a"), (5.4, "0 1a"), (5.6, "1a")]),
    (f.SAC_INDENTATION, "deformed", [(0.89, "1a"), (0.91, "1a 1b"), (1.0, "1a 1b"), (1.09, "1a 1b"), (1.2, "1b")]),
    (f.CORD_DISTANCE, "contact", [(0.6, "1c"), (0.64, "1b 1c"), (0.7, "1b 1c"), (0.76, "1b 1c"), (0.8, "1b")]),
    (f.CORD_SHIFT, "compressed", [(1.3, "1c"), (1.4, "1c 2"), (1.5, "1c 2"), (1.6, "1c 2"), (1.7, "2")]),
    (f.CORD_AREA_RATIO, "compressed", [(0.92, "2"), (0.925, "1c 2"), (0.93, "1c 2"), (0.936, "1c 2"), (1.0, "1c")]),
    (f.CORD_FLATTENING, "compressed", [(13.0, "1c"), (14.0, "1c 2"), (15.0, "1c 2"), (16.0, "1c 2"), (17.0, "2")]),
    (f.CSF_SHARE, "fluid", [(0.08, "3"), (0.095, "2 3"), (0.1, "2 3"), (0.105, "2 3"), (0.12, "2")]),
]


@pytest.mark.parametrize(
    ("fact", "finding", "number", "grades"),
    [(fact, finding, number, grades) for fact, finding, rows in BANDS for number, grades in rows],
)
def test_close_to_a_threshold_the_neighbouring_grade_stays(
    fact: Fact[Any], finding: str, number: float, grades: str
) -> None:
    names = list(YES)
    at = names.index(finding)
    yes = {name: YES[name] for name in names[:at]}
    no = {name: NO[name] for name in names[at + 1 :]} | {"fluid": YES["fluid"]}
    # Area and slices must both be there; of the other findings one number is enough.
    start = YES if finding == "epidural" else NO
    base = no | yes | {finding: changed(start[finding], fact, number)}
    score = the_escc(*base.values())
    assert " ".join(score.categories) == grades
    assert score.is_borderline == (" " in grades)


def test_an_interval_over_a_threshold_leaves_both_grades() -> None:
    distance = measured(f.CORD_DISTANCE, "A", 0.4, low=0.0, high=1.2)
    rest = [YES["epidural"], YES["deformed"], NO["compressed"], YES["fluid"]]
    found = tuple(measured(fact, "A", number) for part in rest for fact, number in part.items())
    assert scores(a_case(), Findings(found=(*found, distance)))[1].categories == ("1b", "1c")


@pytest.mark.parametrize(
    ("turn", "fluid", "grades", "is_flagged"),
    [
        (1.0, "YES", ("2", "3"), True),
        (0.94, "YES", ("2",), False),
        (1.0, "NO", ("3",), False),
    ],
)
def test_tumour_all_round_leaves_both_readings_of_the_fluid_open(
    turn: float, fluid: str, grades: tuple[str, ...], is_flagged: bool
) -> None:
    csf = YES["fluid"] if fluid == "YES" else NO["fluid"]
    score = the_escc(*(YES[name] for name in YES if name != "fluid"), csf, {f.EPIDURAL_TURN: turn})
    assert score.categories == grades
    assert ("tumour_all_round" in score.flags) == is_flagged


def test_tumour_that_may_lie_all_round_leaves_both_readings_open() -> None:
    turn = measured(f.EPIDURAL_TURN, "A", 0.9, low=0.86, high=0.97)
    found = tuple(measured(fact, "A", number) for part in YES.values() for fact, number in part.items())
    assert scores(a_case(), Findings(found=(*found, turn)))[1].categories == ("2", "3")


def test_tumour_all_round_an_uncompressed_cord_is_no_grade_3() -> None:
    score = the_escc(YES["epidural"], YES["deformed"], NO["contact"], NO["compressed"], {f.EPIDURAL_TURN: 1.0})
    assert score.categories == ("1b",)
    assert "tumour_all_round" not in score.flags


def test_bone_or_disc_that_presses_is_not_graded_as_tumour() -> None:
    pressed = the_escc(*YES.values(), {f.OTHER_COMPRESSION: True})
    assert pressed.categories == tuple(grade.value for grade in Escc)
    assert "non_tumour_compression" in pressed.flags
    assert pressed.missing
    free = the_escc(*YES.values(), {f.OTHER_COMPRESSION: False})
    assert free.categories == ("2",)


def test_one_slice_is_not_epidural_disease() -> None:
    assert the_escc({f.EPIDURAL_AREA: 60.0, f.EPIDURAL_SLICES: 1}).categories == ("0",)


def test_a_reported_grade_stands_beside_ours_and_never_replaces_it() -> None:
    found = (measured(f.EPIDURAL_AREA, "A", 0.0), entered(f.ESCC_REPORTED, f.EsccReported.GRADE_2))
    score = scores(a_case(), Findings(found=found))[1]
    assert (score.categories, score.reported) == (("0",), "ESCC 2 as reported")


def test_below_the_conus_the_scale_is_only_adapted() -> None:
    assert "adapted_below_conus" in scores(a_case(), Findings(found=(entered(f.CORD_LEVEL, False),)))[1].flags
    assert "adapted_below_conus" not in scores(a_case(), Findings(found=(entered(f.CORD_LEVEL, True),)))[1].flags


def test_nothing_known_is_any_grade() -> None:
    assert scores(a_case(), Findings())[1].categories == tuple(grade.value for grade in Escc)


@given(strategies.findings(escc=False), st.data())
def test_adding_a_measurement_never_widens_the_grades(findings: Findings, data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.sampled_from([one.fact for one in findings.found] or ["none"])))
    fewer = scores(a_case(), Findings(found=tuple(one for one in findings.found if one.fact in kept)))[1]
    more = scores(a_case(), findings)[1]
    # A contradiction is the one thing that more information may bring; it is flagged, and settles nothing.
    if not any(flag.startswith("inconsistent") for flag in more.flags):
        assert set(more.categories) <= set(fewer.categories)


def test_a_compressed_cord_is_a_touched_one_whatever_the_distance_leaves_open() -> None:
    distance = measured(f.CORD_DISTANCE, "A", 0.0, low=0.0, high=0.81)
    rest = [YES["epidural"], YES["deformed"], YES["compressed"], YES["fluid"]]
    found = tuple(measured(fact, "A", number) for part in rest for fact, number in part.items())
    score = scores(a_case(), Findings(found=(*found, distance)))[1]
    assert score.categories == ("2",)
    assert [one.values for one in score.items] == [("yes",)] * 5
    assert not score.is_borderline
