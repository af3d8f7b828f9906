"""Levels that disagree, do not touch, or stand in no table: what a score says of them, and never less than is true."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.finding import Finding, Findings, Interval, Missing, measured
from enbloc.stage import Score, scores
from enbloc.stage.extent import doubts
from enbloc.stage.scoring import CONUS_NOT_SEEN
from tests.strategies import a_case, entered

SETTLED = (
    entered(f.PAIN, f.PainCharacter.NONE),
    entered(f.BONE_REPORTED, f.BoneQuality.LYTIC),
    entered(f.ALIGNMENT_REPORTED, f.AlignmentChange.NORMAL),
    entered(f.COLLAPSE_REPORTED, f.CollapseClass.NONE),
    entered(f.POSTEROLATERAL_REPORTED, f.PosterolateralClass.NONE),
)


def scored(recorded: tuple[Level, ...], found: tuple[Level, ...] = (), *more: Finding[object]) -> tuple[Score, Score]:
    levels = (measured(f.LEVELS, "A", found),) if found else ()
    sins, escc = scores(a_case(*recorded), Findings(found=(*SETTLED, *levels, *more)))
    return sins, escc


def test_a_record_and_labels_that_name_different_levels_are_said_on_every_score() -> None:
    for score in scored((Level.T8,), (Level.T9,)):
        assert "recorded at T8, found at T9: count the vertebrae" in score.flags
    for score in scored((Level.T8,), (Level.T8,)):
        assert not any("recorded" in flag for flag in score.flags)


def test_a_count_that_slipped_by_one_leaves_both_classes_of_location_open() -> None:
    sins, _ = scored((Level.T10,), (Level.T11,))
    assert sins.items[0].values == ("semirigid", "junctional")
    assert sins.totals == (3, 5)
    assert any("recorded at T10, found at T11" in ask for ask in sins.missing)
    assert scored((Level.T10, Level.T11), (Level.T10,))[0].totals == (3, 5)


@pytest.mark.parametrize(
    ("levels", "points"),
    [
        ((Level.T12, Level.T13), (3,)),
        ((Level.T13, Level.L1), (3,)),
        ((Level.T13,), (0, 1, 2, 3)),
        ((Level.L4, Level.L6), (0, 1, 2, 3)),  # not joined: L5 lies between
    ],
)
def test_a_level_outside_the_table_never_settles_the_location(
    levels: tuple[Level, ...], points: tuple[int, ...]
) -> None:
    sins, _ = scored(levels)
    assert set(sins.items[0].points) == set(points)


def test_a_level_of_unknown_class_beside_a_known_one_keeps_the_higher_classes_open() -> None:
    sins, _ = scored((Level.T8, Level.T13))
    assert sins.totals == (3, 4, 5), "T8 alone gives 3, and T13 may be rigid or junctional"


def test_levels_that_do_not_touch_keep_their_own_location_and_are_told_apart() -> None:
    sins, escc = scored((Level.T8, Level.L3))
    assert sins.totals == (4,)
    assert "at T8: SINS 3" in sins.flags, "T8 is no mobile level because another lesion lies in L3"
    assert any("not adjacent" in flag for flag in sins.flags)
    assert any("not adjacent" in flag for flag in escc.flags)
    assert not any("not adjacent" in flag for flag in scored((Level.T12, Level.L1))[0].flags)


def test_the_highest_of_several_levels_never_falls_below_a_level_that_is_settled() -> None:
    losses = (
        measured(f.COLLAPSE, "T8", 45.0, low=5.0, high=60.0),
        measured(f.COLLAPSE, "T9", 30.0, low=29.0, high=31.0),
    )
    known = [one for one in SETTLED if one.fact != f.COLLAPSE_REPORTED.id]
    sins, _ = scores(a_case(Level.T8, Level.T9), Findings(found=(*known, *losses)))
    assert sins.totals == (5, 6), "T9 is 5 whatever T8 turns out to be"


def test_a_vertebra_that_slips_on_the_lesion_is_seen() -> None:
    known = [one for one in SETTLED if one.fact != f.ALIGNMENT_REPORTED.id]
    own = (measured(f.TRANSLATION, "T8", 0.0), measured(f.ANGULATION, "T8", 0.0))

    def alignment(*more: Finding[float], missing: tuple[Missing, ...] = ()) -> tuple[str, ...]:
        found = Findings(found=(*known, *own, *more), missing=missing)
        return scores(a_case(Level.T8), found)[0].items[3].values

    assert alignment(measured(f.TRANSLATION, "T7", 6.0)) == ("normal", "subluxation")
    assert alignment(measured(f.TRANSLATION, "T7", -6.0)) == ("normal", "subluxation")
    assert alignment(measured(f.TRANSLATION, "T7", 1.0)) == ("normal",)
    unseen = Missing(fact=f.TRANSLATION.id, about="T7", why="not labelled")
    assert alignment(missing=(unseen,)) == ("normal", "subluxation")


def test_a_transitional_level_above_is_asked_only_where_it_exists() -> None:
    known = [one for one in SETTLED if one.fact != f.ALIGNMENT_REPORTED.id]
    own = (measured(f.TRANSLATION, "L1", 0.0), measured(f.ANGULATION, "L1", 0.0))
    for above in ("T12", "T13"):
        found = Findings(found=(*known, *own, measured(f.TRANSLATION, above, 9.0)))
        assert scores(a_case(Level.L1), found)[0].items[3].values == ("normal", "subluxation")


def test_nobody_having_looked_for_a_cord_is_said_where_there_may_be_none() -> None:
    assert CONUS_NOT_SEEN in scored((Level.L3,))[1].flags
    assert CONUS_NOT_SEEN not in scored((Level.T8,))[1].flags
    seen = scored((Level.L3,), (), entered(f.CORD_LEVEL, False))[1].flags
    assert "adapted_below_conus" in seen
    assert CONUS_NOT_SEEN not in seen


def test_a_run_of_slices_that_half_a_voxel_decides_leaves_the_grade_open() -> None:
    area = measured(f.EPIDURAL_AREA, "A", 20.0, low=12.0, high=28.0)
    slices = replace(measured(f.EPIDURAL_SLICES, "A", 1), interval=Interval(low=0, high=3))
    _, escc = scores(a_case(), Findings(found=(area, slices)))
    assert escc.categories == ("0", "1a", "1b", "1c", "2", "3")


NO_ANCHOR = "levels counted from no anchor"


def counted(doubtful: bool, *why: str) -> Finding[Any]:
    return measured(f.NUMBERING_DOUBTFUL, "patient", doubtful, notes=why)


def labelled(level: Level, trust: f.LabelTrust, *why: str) -> Finding[f.LabelTrust]:
    return measured(f.LABEL_TRUST, level, trust, notes=why)


def test_a_doubtful_count_is_said_on_every_score() -> None:
    for score in scored((Level.T8,), (), counted(True, NO_ANCHOR, "T13 is labelled")):
        assert f"the level is in doubt: {NO_ANCHOR} (and 1 more)" in score.flags
    for score in scored((Level.T8,), (), counted(False, "counted from the sacrum")):
        assert not any("in doubt" in flag for flag in score.flags)


def test_only_the_labels_of_its_own_levels_put_a_lesion_in_doubt() -> None:
    cut = labelled(Level.T8, f.LabelTrust.UNUSABLE, "T8 is cut")
    other = labelled(Level.T9, f.LabelTrust.DOUBTFUL, "T9 is odd")
    assert doubts(Findings(found=(cut, other)), (Level.T8,)) == ("T8 is cut",)
    assert doubts(Findings(found=(cut, other)), (Level.T7,)) == ()
    sound = labelled(Level.T8, f.LabelTrust.SOUND)
    assert doubts(Findings(found=(sound,)), (Level.T8,)) == ()


def test_a_person_settles_a_doubtful_count() -> None:
    said = entered(f.NUMBERING_DOUBTFUL, False, about="patient")
    settled = Findings(found=(counted(True, NO_ANCHOR),)) | Findings(found=(said,))
    assert doubts(settled, (Level.T8,)) == ()
    by_hand = entered(f.NUMBERING_DOUBTFUL, True, about="patient")
    assert doubts(Findings(found=(by_hand,)), ()) == ("names of the levels in doubt",)
