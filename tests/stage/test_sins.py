"""SINS against the worked cases of the specification, its closed table, and its laws."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings, Interval, Overruled, measured
from enbloc.case.lesion import Lesion
from enbloc.errors import RecordError
from enbloc.stage import Score, scores
from enbloc.stage.form import completions, possible
from enbloc.stage.instrument import judged
from enbloc.stage.sins import (
    LOCATION,
    SINS,
    Alignment,
    Bone,
    Collapse,
    Location,
    Pain,
    Posterolateral,
    Sins,
    Stability,
    sub_band,
    warrants_consultation,
)
from tests import strategies
from tests.strategies import a_case, entered

UNKNOWN = None

# Staging specification 1.5, from Fisher 2010 and Fourney 2011: level, pain, bone, alignment, collapse, posterolateral.
WORKED = [
    ("1", "T8", "mechanical", "lytic", "normal", "under half", "bilateral", [11], ["potentially unstable"]),
    ("2", "T12", "mechanical", "lytic", "new deformity", "over half", "unilateral", [14], ["unstable"]),
    ("3", "L4", "none", "mixed", "normal", "none", "none", [3], ["stable"]),
    (
        "4",
        "C5",
        "not mechanical",
        "lytic",
        "normal",
        "none, over half of the body involved",
        "unilateral",
        [7],
        ["potentially unstable"],
    ),
    ("5", "L5", UNKNOWN, "lytic", "normal", "under half", "none", [7, 8, 10], ["potentially unstable"]),
    ("6", "T5", "none", "blastic", UNKNOWN, "none", "none", [1, 3, 5], ["stable"]),
]
FACTS: tuple[Fact[Any], ...] = (
    f.PAIN,
    f.BONE_REPORTED,
    f.ALIGNMENT_REPORTED,
    f.COLLAPSE_REPORTED,
    f.POSTEROLATERAL_REPORTED,
)


def the_sins(findings: Findings, *levels: Level, **more: Any) -> Score:
    return scores(a_case(*levels), findings, **more)[0]


def item(score: Score, name: str) -> tuple[str, ...]:
    return next(one.values for one in score.items if one.name == name)


@pytest.mark.parametrize("row", WORKED, ids=[f"specification 1.5, row {row[0]}" for row in WORKED])
def test_worked_case(row: tuple[Any, ...]) -> None:
    _, level, *answers, totals, categories = row
    known = [entered(fact, fact.type(a)) for fact, a in zip(FACTS, answers, strict=True) if a is not UNKNOWN]
    score = the_sins(Findings(found=tuple(known)), Level(level))

    assert list(score.totals) == totals
    assert list(score.categories) == categories
    assert len(score.missing) == answers.count(UNKNOWN)
    assert score.at == level
    assert all(warrants_consultation(total) for total in totals) == (totals[0] >= 7)


# --- the closed tables, completely ------------------------------------------------------------------------------------
PUBLISHED = {
    3: "O C1 C2 C7 T1 T2 T11 T12 L1 L5 S1",
    2: "C3 C4 C5 C6 L2 L3 L4",
    1: "T3 T4 T5 T6 T7 T8 T9 T10",
    0: "S2 S3 S4 S5 Co",
}


@pytest.mark.parametrize("level", Level)
def test_location_of_every_level(level: Level) -> None:
    points = [number for number, names in PUBLISHED.items() if level.value in names.split()]
    assert [LOCATION[level].points] == points if points else level not in LOCATION
    assert bool(points) != level.is_transitional


def test_every_form_adds_up_and_falls_into_its_band() -> None:
    # Points written out again, by word, so that a slip in the enums shows.
    points: dict[type, dict[str, int]] = {
        Location: {"rigid": 0, "semirigid": 1, "mobile": 2, "junctional": 3},
        Pain: {"none": 0, "not mechanical": 1, "mechanical": 3},
        Bone: {"blastic": 0, "mixed": 1, "lytic": 2},
        Alignment: {"normal": 0, "new deformity": 2, "subluxation": 4},
        Collapse: {"none": 0, "none, over half of the body involved": 1, "under half": 2, "over half": 3},
        Posterolateral: {"none": 0, "unilateral": 1, "bilateral": 3},
    }
    forms = [Sins(**form) for form in completions(possible(Sins, {}))]
    assert len(forms) == len(set(forms)) == 4 * 3 * 3 * 3 * 4 * 3
    for form in forms:
        total = sum(points[type(one)][one.value] for one in form.components)
        band = "stable" if total < 7 else "unstable" if total > 12 else "potentially unstable"
        assert (form.total, form.stability.value) == (total, band)
    assert {form.total for form in forms} == set(range(19))


def test_the_middle_band_has_two_halves() -> None:
    halves = [sub_band(total) for total in range(19)]
    assert halves == [""] * 7 + ["7–9"] * 3 + ["10–12"] * 3 + [""] * 6


def test_beside_the_total_stand_the_referral_at_7_and_the_half_of_the_middle_band() -> None:
    assert [total for total in range(19) if warrants_consultation(total)] == list(range(7, 19))
    for answers in completions(possible(Sins, {})):
        form = Sins(**answers)
        beside = dict(form.outcome.readings)
        assert beside.pop("surgical consultation") == ("recommended" if form.total >= 7 else "not on this score alone")
        assert beside == ({"half of the middle band": sub_band(form.total)} if 7 <= form.total <= 12 else {})


@pytest.mark.parametrize("level", Level)
def test_a_level_is_written_for_its_class_but_never_the_coccyx_or_a_transitional_one(level: Level) -> None:
    if level in LOCATION and level is not Level.CO:
        assert SINS.read({"location": level.value}) == {"location": (LOCATION[level],)}
        return
    with pytest.raises(RecordError, match="location"):
        SINS.read({"location": level.value})


# --- edge cases of 1.2 ------------------------------------------------------------------------------------------------
NONE, BODY, UNDER, OVER = (one.value for one in Collapse)


@pytest.mark.parametrize(
    ("loss", "low", "high", "share", "classes"),
    [
        (9.9, 9.9, 9.9, 20.0, [NONE]),
        (9.9, 9.9, 9.9, 60.0, [BODY]),
        (10.0, 10.0, 10.0, 20.0, [NONE, UNDER]),
        (19.9, 19.9, 19.9, 60.0, [BODY, UNDER]),
        (20.0, 20.0, 20.0, 60.0, [UNDER]),
        (49.9, 49.9, 49.9, 60.0, [UNDER]),
        (50.0, 50.0, 50.0, 60.0, [OVER]),
        (46.0, 42.0, 52.0, 60.0, [UNDER, OVER]),
        (5.0, 2.0, 12.0, 45.0, [NONE, UNDER]),
        (30.0, 15.0, 55.0, 60.0, [BODY, UNDER, OVER]),
        (0.0, 0.0, 0.0, 50.0, [NONE]),
        (0.0, 0.0, 0.0, 50.1, [BODY]),
    ],
)
def test_collapse_by_height_and_share(loss: float, low: float, high: float, share: float, classes: list[str]) -> None:
    findings = Findings(
        found=(measured(f.COLLAPSE, "T8", loss, low=low, high=high), measured(f.BODY_SHARE, "A", share))
    )
    score = the_sins(findings)
    assert list(item(score, "collapse")) == classes
    assert ("threshold_equality" in score.flags) == (loss == 50 or share == 50)
    assert next(one for one in score.items if one.name == "collapse").borderline == (len(classes) > 1)


def test_a_measured_loss_without_interval_gets_five_points_either_way() -> None:
    loss = measured(f.COLLAPSE, "T8", 47.0)
    assert item(the_sins(Findings(found=(loss,))), "collapse") == (UNDER, OVER)
    assert item(the_sins(Findings(found=(entered(f.COLLAPSE, 47.0, "T8"),))), "collapse") == (UNDER,)


def test_without_the_share_of_the_body_both_low_classes_stay() -> None:
    score = the_sins(Findings(found=(measured(f.COLLAPSE, "T8", 2.0, low=1.0, high=3.0),)))
    assert item(score, "collapse") == (NONE, BODY)
    assert f.BODY_SHARE.words in score.missing


@pytest.mark.parametrize("level", [Level.O, Level.C1, Level.CO])
def test_where_there_is_no_body_only_a_class_by_hand_counts(level: Level) -> None:
    loss = measured(f.COLLAPSE, level, 60.0, low=58.0, high=62.0)
    score = the_sins(Findings(found=(loss,)), level)
    assert len(item(score, "collapse")) == 4
    assert "no_vertebral_body" in score.flags
    by_hand = the_sins(Findings(found=(loss, entered(f.COLLAPSE_REPORTED, f.CollapseClass.OVER_HALF))), level)
    assert item(by_hand, "collapse") == (OVER,)
    assert "entered by hand" in by_hand.items[4].note
    assert ("outside_original_table" in score.flags) == (level is Level.CO)


@pytest.mark.parametrize("level", [Level.T13, Level.L6])
def test_a_transitional_level_is_never_inferred(level: Level) -> None:
    score = the_sins(Findings(), level)
    assert len(item(score, "location")) == 4
    assert f"which level of the SINS table {level} stands for" in score.missing
    mapped = the_sins(Findings(), level, stands_for={level: Level.L1})
    assert item(mapped, "location") == ("junctional",)
    assert mapped.items[0].note == f"{level} counted as L1"


def test_no_level_is_unknown_and_asked_for() -> None:
    score = scores(Case(id="x", lesions=(Lesion(id="A"),)), Findings())[0]
    assert score.at == "level unknown"
    assert "level of the lesion" in score.missing
    assert score.totals == tuple(range(19))


@pytest.mark.parametrize(
    ("lytic", "blastic", "classes"),
    [
        (80, 2, ["lytic"]),
        (80, 14.9, ["lytic"]),
        (80, 15, ["mixed"]),
        (14.9, 60, ["blastic"]),
        (15, 60, ["mixed"]),
        (3, 4, ["blastic", "mixed", "lytic"]),
    ],
)
def test_bone_by_shares(lytic: float, blastic: float, classes: list[str]) -> None:
    shares = (measured(f.LYTIC_SHARE, "A", float(lytic)), measured(f.BLASTIC_SHARE, "A", float(blastic)))
    assert list(item(the_sins(Findings(found=shares)), "bone lesion")) == classes


def test_density_that_may_be_normal_leaves_every_kind_of_bone_open() -> None:
    shares = (measured(f.LYTIC_SHARE, "A", 16.0, low=10.0, high=20.0), measured(f.BLASTIC_SHARE, "A", 3.0))
    assert len(item(the_sins(Findings(found=shares)), "bone lesion")) == 3


@pytest.mark.parametrize(
    ("translation", "angulation", "classes"),
    [
        (2.9, 9.9, ["normal"]),
        (3.0, 9.9, ["normal", "subluxation"]),
        (-3.0, 9.9, ["normal", "subluxation"]),
        (0.0, 10.0, ["normal", "new deformity"]),
        (0.0, -30.0, ["normal"]),
        (4.0, 12.0, ["normal", "new deformity", "subluxation"]),
        (0.0, None, ["normal", "new deformity"]),
        (None, 0.0, ["normal", "subluxation"]),
        (None, None, ["normal", "new deformity", "subluxation"]),
    ],
)
def test_alignment_is_a_candidate_until_confirmed(
    translation: float | None, angulation: float | None, classes: list[str]
) -> None:
    pairs = ((f.TRANSLATION, translation), (f.ANGULATION, angulation))
    found = tuple(measured(fact, "T8", number) for fact, number in pairs if number is not None)
    assert list(item(the_sins(Findings(found=found)), "alignment")) == classes
    confirmed = (*found, entered(f.ALIGNMENT_REPORTED, f.AlignmentChange.DEFORMITY))
    assert item(the_sins(Findings(found=confirmed)), "alignment") == ("new deformity",)


@pytest.mark.parametrize(
    ("volume", "share", "positive"),
    [
        (0.2, 20.0, (True,)),
        (0.19, 90.0, (False,)),
        (5.0, 19.9, (False,)),
        (5.0, None, (False, True)),
        (0.1, None, (False,)),
    ],
)
def test_a_side_needs_volume_and_share(volume: float, share: float | None, positive: tuple[bool, ...]) -> None:
    found = [measured(f.POSTEROLATERAL_LEFT, "A", volume), measured(f.POSTEROLATERAL_RIGHT, "A", 0.0)]
    if share is not None:
        found.append(measured(f.POSTEROLATERAL_LEFT_SHARE, "A", share))
    words = {False: "none", True: "unilateral"}
    score = the_sins(Findings(found=tuple(found)))
    assert item(score, "posterolateral involvement") == tuple(words[one] for one in positive)


def test_a_reported_class_overrules_and_the_measured_one_stays_in_view() -> None:
    loss = measured(f.COLLAPSE, "T8", 42.0, low=38.0, high=46.0)
    score = the_sins(Findings(found=(loss, entered(f.COLLAPSE_REPORTED, f.CollapseClass.OVER_HALF))))
    note = score.items[4].note
    assert item(score, "collapse") == (OVER,)
    assert "as reported" in note
    assert "measured: under half" in note
    assert "42 % (38 to 46)" in note


def test_an_earlier_report_stays_in_view_too() -> None:
    earlier = Overruled(value=f.PainCharacter.NONE, source=strategies.ENTERED)
    pain = replace(entered(f.PAIN, f.PainCharacter.MECHANICAL), overruled=earlier)
    assert "before: none" in the_sins(Findings(found=(pain,))).items[1].note


def test_cement_at_the_level_is_flagged() -> None:
    assert the_sins(Findings()).flags == ()
    assert the_sins(Findings(found=(entered(f.STABILISED, True),))).flags == ("not_validated_after_stabilisation",)


def test_several_levels_report_the_highest_and_never_the_sum() -> None:
    found = (
        measured(f.COLLAPSE, "T10", 5.0, low=4.0, high=6.0),
        measured(f.COLLAPSE, "T11", 60.0, low=58.0, high=62.0),
        entered(f.MAIN_LEVEL, Level.T10),
        measured(f.BODY_SHARE, "A", 30.0),
        entered(f.PAIN, f.PainCharacter.NONE),
        entered(f.BONE_REPORTED, f.BoneQuality.LYTIC),
        entered(f.ALIGNMENT_REPORTED, f.AlignmentChange.NORMAL),
        entered(f.POSTEROLATERAL_REPORTED, f.PosterolateralClass.NONE),
    )
    score = the_sins(Findings(found=found), Level.T10, Level.T11)
    assert (score.at, score.totals) == ("T11", (8,))
    assert "at T10: SINS 5" in score.flags, "T10 counts as junctional too, for the lesion reaches T11"


# --- laws -------------------------------------------------------------------------------------------------------------
@given(strategies.partial_sins())
def test_a_reach_is_the_union_of_its_completions(known: dict[str, tuple[Any, ...]]) -> None:
    kinds = {"location": Location, "pain": Pain, "bone": Bone, "alignment": Alignment}
    kinds |= {"collapse": Collapse, "posterolateral": Posterolateral}
    answers = [known.get(name, tuple(kind)) for name, kind in kinds.items()]
    by_hand = {Sins(**dict(zip(kinds, one, strict=True))) for one in product(*answers)}
    score = judged(SINS, known)
    assert set(score.totals) == {form.total for form in by_hand}
    assert set(score.categories) == {form.stability.value for form in by_hand}
    open_ = {name for name, one in zip(kinds, answers, strict=True) if len(one) > 1}
    assert {item.name for item in score.items if not item.is_settled} == open_


@given(strategies.sins(), strategies.sins())
def test_a_worse_finding_never_lowers_the_score(one: Sins, other: Sins) -> None:
    pairs = zip(one.components, other.components, strict=True)
    if all(worse.points >= better.points for better, worse in pairs):
        assert other.total >= one.total
        assert list(Stability).index(other.stability) >= list(Stability).index(one.stability)
    worst = replace(one, pain=Pain.MECHANICAL, alignment=Alignment.SUBLUXATION)
    assert worst.total >= one.total


@given(strategies.findings(), st.data())
def test_adding_information_never_widens_the_reach(findings: Findings, data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.sampled_from(findings.found or (entered(f.PAIN, f.PainCharacter.NONE),))))
    fewer = Findings(found=tuple(one for one in findings.found if one in kept and not _changes_the_reading(one)))
    more = Findings(found=(*fewer.found, *(one for one in findings.found if one not in fewer.found)))
    if any(_changes_the_reading(one) for one in more.found):
        return
    assert set(the_sins(more).totals) <= set(the_sins(fewer).totals)


def _changes_the_reading(finding: Finding[Any]) -> bool:
    # A report replaces a measurement on purpose: it may say something the measurement excluded.
    return finding.fact.startswith("sins.") and finding.fact != f.PAIN.id


@given(strategies.findings(), st.randoms())
def test_the_order_of_findings_does_not_matter(findings: Findings, random: Any) -> None:
    shuffled = list(findings.found)
    random.shuffle(shuffled)
    assert scores(a_case(), Findings(found=tuple(shuffled))) == scores(a_case(), findings)


@given(strategies.findings())
def test_a_narrower_interval_never_widens_the_reach(findings: Findings) -> None:
    exact = tuple(
        replace(one, interval=Interval(low=one.value, high=one.value)) if one.interval else one
        for one in findings.found
    )
    assert set(the_sins(Findings(found=exact)).totals) <= set(the_sins(findings).totals)


@pytest.mark.parametrize("known", [{"mood": (Pain.NONE,)}, {"pain": (Bone.LYTIC,)}, {"pain": ()}])
def test_a_form_refuses_what_does_not_belong(known: dict[str, tuple[Any, ...]]) -> None:
    with pytest.raises(RecordError):
        judged(SINS, known)
