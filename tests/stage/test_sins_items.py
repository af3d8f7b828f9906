"""Each item of SINS at its cut-offs: what it may be, whether it is borderline, and what is told beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.finding import Finding, Findings, Missing, measured
from enbloc.stage.reading import EQUALITY, Reading
from enbloc.stage.sins import Alignment, Bone, Collapse, Pain, Posterolateral
from enbloc.stage.sins_items import alignment, bone, collapse, pain, posterolateral
from tests.strategies import entered

NORMAL, DEFORMITY, SUBLUXATION = Alignment


def found(*findings: Finding[Any], missing: tuple[Missing, ...] = ()) -> Findings:
    return Findings(found=findings, missing=missing)


def collapsed(*findings: Finding[Any], is_main: bool = True) -> Reading:
    return collapse(found(*findings), "A", Level.T8, is_main=is_main)


@pytest.mark.parametrize(
    ("lytic", "blastic", "kinds"),
    [(15.0, 3.0, (Bone.LYTIC,)), (3.0, 15.0, (Bone.BLASTIC,)), (15.0, 15.0, (Bone.MIXED,))],
)
def test_a_kind_of_bone_counts_from_15_percent_on(lytic: float, blastic: float, kinds: tuple[Bone, ...]) -> None:
    shares = found(measured(f.LYTIC_SHARE, "A", lytic), measured(f.BLASTIC_SHARE, "A", blastic))
    reading = bone(shares, "A")
    assert (reading.values, reading.borderline) == (kinds, False)


# --- collapse ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("loss", "classes"),
    [(44.9, (Collapse.UNDER_HALF,)), (45.0, (Collapse.UNDER_HALF, Collapse.OVER_HALF))],
)
def test_a_measured_loss_without_an_interval_is_five_points_wide(loss: float, classes: tuple[Collapse, ...]) -> None:
    reading = collapsed(measured(f.COLLAPSE, "T8", loss))
    assert (reading.values, reading.borderline) == (classes, len(classes) > 1)


@pytest.mark.parametrize(
    ("loss", "share", "is_equal"),
    [(19.0, 50.0, True), (20.0, 50.0, False), (60.0, 50.0, False), (50.0, 30.0, True), (19.0, 51.0, False)],
)
def test_half_a_body_is_an_equality_only_without_collapse(loss: float, share: float, is_equal: bool) -> None:
    loses = measured(f.COLLAPSE, "T8", loss, low=loss, high=loss)
    reading = collapsed(loses, measured(f.BODY_SHARE, "A", share))
    assert (EQUALITY in reading.flags) is is_equal
    assert EQUALITY not in collapsed(loses, entered(f.COLLAPSE_REPORTED, f.CollapseClass.OVER_HALF)).flags


@pytest.mark.parametrize(
    ("loss", "is_main", "facts"),
    [
        (5.0, True, (f.COLLAPSE.id, f.BODY_SHARE.id)),
        (5.0, False, (f.COLLAPSE.id,)),
        (60.0, True, (f.COLLAPSE.id,)),
        (60.0, False, (f.COLLAPSE.id,)),
    ],
)
def test_the_share_of_the_body_is_read_only_at_the_main_level_and_only_without_collapse(
    loss: float, is_main: bool, facts: tuple[str, ...]
) -> None:
    loses = measured(f.COLLAPSE, "T8", loss, low=loss, high=loss)
    assert collapsed(loses, measured(f.BODY_SHARE, "A", 30.0), is_main=is_main).facts == facts


def test_without_a_body_the_flag_stays_beside_a_class_by_hand() -> None:
    by_hand = found(entered(f.COLLAPSE_REPORTED, f.CollapseClass.OVER_HALF))
    reading = collapse(by_hand, "A", Level.C1, is_main=True)
    assert (reading.values, reading.flags) == ((Collapse.OVER_HALF,), ("no_vertebral_body",))


def test_a_class_that_a_person_gave_is_never_borderline_and_says_who_and_why() -> None:
    near = measured(f.COLLAPSE, "T8", 48.0, low=44.0, high=52.0)
    assert collapsed(near).borderline
    given = entered(f.COLLAPSE_REPORTED, f.CollapseClass.UNDER_HALF)
    named = replace(given, source=replace(given.source, by="R. Example", because="read on the CT"))
    unnamed = replace(given, source=replace(given.source, by="", because=""))
    reading = collapsed(near, named)
    assert (reading.values, reading.borderline) == ((Collapse.UNDER_HALF,), False)
    assert reading.note.startswith("as reported by R. Example because read on the CT; measured: ")
    assert collapsed(near, unnamed).note.startswith("as reported; measured: ")


# --- alignment --------------------------------------------------------------------------------------------------------
def straight(level: Level, translation: float = 0.0) -> tuple[Finding[Any], Finding[Any]]:
    return measured(f.TRANSLATION, level, translation), measured(f.ANGULATION, level, 0.0)


def test_within_limits_is_normal_and_beyond_only_a_candidate_never_borderline() -> None:
    normal = alignment(found(*straight(Level.T8)), "A", Level.T8)
    assert (normal.values, normal.borderline) == ((NORMAL,), False)
    assert normal.note.endswith("within limits, scoliosis does not enter: confirm on the images")
    slipped = alignment(found(*straight(Level.T8, 4.0)), "A", Level.T8)
    assert (slipped.values, slipped.borderline) == ((NORMAL, SUBLUXATION), False)
    assert slipped.note.endswith("a candidate only: to be confirmed against earlier images")


def test_the_vertebra_above_may_slip_on_this_one_and_the_note_names_it() -> None:
    reading = alignment(found(*straight(Level.T8), measured(f.TRANSLATION, Level.T7, 4.0)), "A", Level.T8)
    assert reading.values == (NORMAL, SUBLUXATION)
    assert "T7: " in reading.note
    assert "T7: " not in alignment(found(*straight(Level.T8)), "A", Level.T8).note


def test_where_the_vertebra_above_could_not_be_measured_it_may_have_slipped() -> None:
    gap = Missing(fact=f.TRANSLATION.id, about="T7", why="the label is cut off")
    assert alignment(found(*straight(Level.T8), missing=(gap,)), "A", Level.T8).values == (NORMAL, SUBLUXATION)
    assert alignment(found(*straight(Level.T8), measured(f.TRANSLATION, Level.T7, 0.0)), "A", Level.T8).values == (
        NORMAL,
    )


def test_above_l1_lies_t12_unless_the_images_were_asked_about_t13() -> None:
    t12 = measured(f.TRANSLATION, Level.T12, 4.0)
    gap = Missing(fact=f.TRANSLATION.id, about="T13", why="not in the images")
    read = {
        "no T13": found(*straight(Level.L1), t12),
        "T13 lies straight": found(*straight(Level.L1), t12, measured(f.TRANSLATION, Level.T13, 0.0)),
        "T13 not measured": found(*straight(Level.L1), missing=(gap,)),
    }
    assert {name: alignment(each, "A", Level.L1).values for name, each in read.items()} == {
        "no T13": (NORMAL, SUBLUXATION),
        "T13 lies straight": (NORMAL,),
        "T13 not measured": (NORMAL, SUBLUXATION),
    }
    nothing = alignment(found(), "A", None)
    assert (nothing.values, nothing.note, nothing.ask) == (tuple(Alignment), "", f.ALIGNMENT_REPORTED.ask)


# --- the arch and pain ------------------------------------------------------------------------------------------------
VOLUMES = f.POSTEROLATERAL_LEFT, f.POSTEROLATERAL_RIGHT
SHARES = f.POSTEROLATERAL_LEFT_SHARE, f.POSTEROLATERAL_RIGHT_SHARE


@pytest.mark.parametrize(
    ("volumes", "shares", "values"),
    [
        ((0.3, 0.3), (25.0, 25.0), (Posterolateral.BILATERAL,)),
        ((0.2, 0.0), (20.0, 0.0), (Posterolateral.UNILATERAL,)),
        ((0.0, 0.2), (0.0, 20.0), (Posterolateral.UNILATERAL,)),
        ((0.0, 0.0), (0.0, 0.0), (Posterolateral.NONE,)),
        ((5.0, 5.0), (19.0, 25.0), (Posterolateral.UNILATERAL,)),
    ],
)
def test_sides_that_reach_both_limits_are_counted(
    volumes: tuple[float, float], shares: tuple[float, float], values: tuple[Posterolateral, ...]
) -> None:
    reached = [measured(fact, "A", number) for fact, number in zip(VOLUMES + SHARES, volumes + shares, strict=True)]
    reading = posterolateral(found(*reached), "A")
    assert (reading.values, reading.borderline) == (values, False)
    assert reading.facts == tuple(fact.id for pair in zip(VOLUMES, SHARES, strict=True) for fact in pair)


def test_an_interval_that_ends_at_the_limit_leaves_the_side_open_and_borderline_only_if_all_is_measured() -> None:
    near = measured(f.POSTEROLATERAL_LEFT, "A", 0.15, low=0.1, high=0.2)
    rest = [
        measured(f.POSTEROLATERAL_LEFT_SHARE, "A", 25.0),
        *(measured(one, "A", 0.0) for one in (f.POSTEROLATERAL_RIGHT, f.POSTEROLATERAL_RIGHT_SHARE)),
    ]
    reading = posterolateral(found(near, *rest), "A")
    assert (reading.values, reading.borderline) == ((Posterolateral.NONE, Posterolateral.UNILATERAL), True)
    assert not posterolateral(found(near), "A").borderline
    assert posterolateral(found(), "A").values == tuple(Posterolateral)


def test_pain_is_asked_for_and_taken_as_it_is_stated() -> None:
    assert pain(found(), "A").values == tuple(Pain)
    stated = pain(found(entered(f.PAIN, f.PainCharacter.NOT_MECHANICAL)), "A")
    assert (stated.values, stated.facts) == ((Pain.NOT_MECHANICAL,), (f.PAIN.id,))
