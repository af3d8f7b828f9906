"""Scores that another cause than the injury lowers: what they leave open, and which results carry their star."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from enbloc.stage.neurology import Classification, classified
from enbloc.stage.neurology.examination import Cause, Examination, Score, SideScores
from tests.stage.neurology.made import completed, felt, made, moved, side, some

FIVES, NONE = (5,) * 5, (0,) * 5
PLAIN = side(felt("T4"), moved(FIVES))


def tagged(normal_to: str, **touches: str) -> dict[str, Any]:
    """Sensation that is normal down to a segment, with some light touches and pin pricks given otherwise."""
    return felt(normal_to) | {name.replace("_", "-"): score for name, score in touches.items()}


def legs(*scores: object) -> dict[str, Any]:
    return side(felt("T10"), moved(FIVES, scores))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("right", "left", "grades"),
    [
        ((3, 3, 3, 3, "2*"), (2, 2, 2, 2, 2), ("C*", "D")),
        ((3, 3, 3, 3, "2*"), ("2*", 2, 2, 2, 2), ("C*", "D")),
        ((3, 3, 3, "2*", 2), (2, 2, 2, 2, 2), ("C",)),
        ((3, 3, "2*", 2, 2), ("2*", "2*", 2, 2, 2), ("C*", "D")),
        (("2*", "2*", 2, 2, 2), (3, 3, "2*", 2, 2), ("C*", "D")),
        ((3, 3, "2*", 2, 2), ("2*", 2, 2, 2, 2), ("C",)),
        ((3, 3, 3, "NT", "NT"), ("2*", 2, 2, 2, 2), ("C*", "D")),
        ((3, 3, 3, "NT", "NT"), (2, 2, 2, 2, 2), ("C", "D")),
        ((3, 3, 3, 3, "4*"), (2, 2, 2, 2, 2), ("D",)),
        ((3, 3, 3, 3, "0**"), (2, 2, 2, 2, 2), ("D",)),
    ],
)
def test_c_carries_a_star_where_tagged_muscles_alone_keep_it_from_d(
    right: tuple[object, ...], left: tuple[object, ...], grades: tuple[str, ...]
) -> None:
    assert classified(made(legs(*right), legs(*left), "yes", "yes")).impairment == grades


@pytest.mark.parametrize("tagged_right", [True, False])
def test_the_tagged_muscles_of_both_sides_are_added_to_the_strong_ones(tagged_right: bool) -> None:
    """Of eight muscles below L2 three are strong: the tagged one would make it half."""
    last = ("2*", 2) if tagged_right else (2, "2*")
    right = side(felt("L2"), moved(FIVES, (5, 3, 3, 3, last[0])))  # type: ignore[arg-type]
    left = side(felt("L2"), moved(FIVES, (5, 2, 2, 2, last[1])))  # type: ignore[arg-type]
    result = classified(made(right, left, "yes", "yes"))
    assert (result.neurological_level, result.impairment) == (("L2",), ("C*", "D"))


@pytest.mark.parametrize(
    ("muscle", "score", "grades"),
    [
        ("L3", "0*", ("B*", "C")),
        ("L2", "0*", ("B",)),
        ("L3", "1*", ("C",)),
        ("L3", "0", ("B",)),
        ("L3", "NT", ("B", "C")),
    ],
)
def test_b_carries_a_star_where_a_tagged_muscle_far_below_may_move(
    muscle: str, score: str, grades: tuple[str, ...]
) -> None:
    one = side(felt("T11"), moved(FIVES) | {muscle: score})
    assert classified(made(one, side(felt("T11"), moved(FIVES)), "no", "yes")).impairment == grades


def test_the_neurological_level_takes_no_star_from_a_lower_level() -> None:
    starred = side(tagged("T6", C6="1**"), moved(FIVES))
    assert classified(made(starred, starred)).right.sensory_level == ("T6*",)
    assert classified(made(PLAIN, starred)).neurological_level == ("T4",)
    assert classified(made(side(felt("T6"), moved(FIVES)), starred)).neurological_level == ("T6*",)


@pytest.mark.parametrize(
    ("normal_to", "arms", "legs", "level"),
    [
        ("T1", FIVES, NONE, "T1*"),  # the sensory level stands in, with its star
        ("C8", FIVES, NONE, "T1"),  # the arms decide, and they carry none
        ("C8", (5, 5, 5, 5, "3**"), NONE, "T1*"),
        ("S1", FIVES, FIVES, "S1*"),
        ("L5", FIVES, FIVES, "S1"),
        ("S2", FIVES, FIVES, "S2*"),
        ("C6", (5, 5, "4*", 0, 0), NONE, "C7"),
        ("C6", (5, 5, "3*", 0, 0), NONE, "C7"),
    ],
)
def test_the_motor_level_carries_the_star_of_what_decides_it(
    normal_to: str, arms: tuple[int, ...], legs: tuple[int, ...], level: str
) -> None:
    one = side(tagged(normal_to, C5="1**"), moved(arms, legs))
    result = classified(made(one, one))
    assert result.right.sensory_level == (f"{normal_to}*",)
    assert result.right.motor_level == (level,)
    assert result.right.motor_zone == (level,)


@pytest.mark.parametrize(
    ("motor", "zone"),
    [
        ({"L3": "NT**"}, ("L3*",)),
        ({"L3": "0**"}, ("L3*",)),
        ({"L3": "3**"}, ("L3",)),
        ({"L3": "1*"}, ("L3",)),
        ({"L3": "0*"}, ("T4", "L3*")),
        ({"C5": "0**", "C6": 4, "C7": 0, "C8": 0, "T1": 0}, ("C6*",)),
    ],
    ids=str,
)
def test_the_motor_zone_carries_a_star_where_function_is_there_by_the_tag_alone(
    motor: dict[str, Any], zone: tuple[str, ...]
) -> None:
    assert classified(made(side(felt("T4"), moved(FIVES) | motor), PLAIN)).right.motor_zone == zone


def test_a_zone_that_is_the_motor_level_is_as_open_as_an_untested_dermatome_below() -> None:
    untested = side(tagged("T4", T5="NT*"), moved(FIVES))
    result = classified(made(untested, PLAIN))
    assert (result.right.sensory_level, result.right.motor_zone) == (("T4*",), ("T4",))
    lowered = side(tagged("T4", C5="1**", T5="1*"), moved(FIVES))
    result = classified(made(lowered, PLAIN))
    assert (result.right.sensory_level, result.right.motor_zone) == (("T4*",), ("T4*",))


def test_a_tag_at_the_sacral_segments_says_nothing_of_the_zone_above() -> None:
    nothing = side(tagged("C1", S4_5="0*"), moved())
    result = classified(made(nothing, side(felt("C1"), moved())))
    assert (result.right.sensory_zone, result.left.sensory_zone) == (("NA", "C1"), ("C1",))


def test_a_non_key_muscle_never_raises_a_zone_and_keeps_the_star_of_its_own_segment() -> None:
    palsy = side(felt("T4"), moved(FIVES) | {"L3": "0**"}, "L3")
    assert classified(made(palsy, PLAIN)).right.non_key_zone == ("L3*",)
    higher = side(felt("T4"), moved(FIVES) | {"L3": "0**"}, "T8")
    assert classified(made(higher, PLAIN)).right.non_key_zone == ("L3*",)
    lower = side(felt("T4"), moved(FIVES) | {"L3": "0**"}, "L4")
    assert classified(made(lower, PLAIN)).right.non_key_zone == ("L4",)


# --- laws -------------------------------------------------------------------------------------------------------------
def _untagged(score: Score, normal: int) -> tuple[Score, ...]:
    """What a tagged score may stand for: normal where it counts so, else anything from itself up to below normal."""
    if score.cause is Cause.CORD:
        return (score,)
    if score.cause is Cause.OTHER_NORMAL:
        return (Score(grade=normal),)
    return tuple(Score(grade=grade) for grade in range(score.grade or 0, normal))


def _without_tags(examination: Examination) -> list[Examination]:
    parts = [
        [_untagged(score, normal) for score in scores]
        for one in examination.sides
        for scores, normal in ((one.light_touch, 2), (one.pin_prick, 2), (one.motor, 5))
    ]
    every = [[tuple(chosen) for chosen in product(*part)] for part in parts]
    return [
        replace(
            examination,
            right=SideScores(light_touch=found[0], pin_prick=found[1], motor=found[2]),
            left=SideScores(light_touch=found[3], pin_prick=found[4], motor=found[5]),
        )
        for found in product(*every)
    ]


def _words(result: Classification) -> dict[str, set[str]]:
    """The words of all results, without their stars."""
    found = {"level": result.neurological_level, "complete": result.complete, "grade": result.impairment}
    for name, of in (("right", result.right), ("left", result.left)):
        for field in ("sensory_level", "motor_level", "sensory_zone", "motor_zone"):
            found[f"{name} {field}"] = getattr(of, field)
    return {name: {word.rstrip("*") for word in words} for name, words in found.items()}


def _tag_some(examination: Examination, dice: random.Random) -> Examination:
    """One to three scores that are not normal get a tag."""
    for _ in range(dice.randint(1, 3)):
        name, part, normal = dice.choice(("right", "left")), *dice.choice((("light_touch", 2), ("motor", 5)))
        of = getattr(examination, name)
        scores = list(getattr(of, part))
        low = [at for at, score in enumerate(scores) if score.grade is None or score.grade < normal]
        if low:
            at = dice.choice(low[:4])
            scores[at] = replace(scores[at], cause=dice.choice((Cause.OTHER_NORMAL, Cause.OTHER_NOT_NORMAL)))
            examination = replace(examination, **{name: replace(of, **{part: tuple(scores)})})
    return examination


@pytest.mark.parametrize("seed", range(40))
def test_tagged_scores_give_exactly_the_words_of_all_that_they_may_stand_for(seed: int) -> None:
    dice = random.Random(seed)
    examination = _tag_some(some(dice, untested=dice.choice((0, 0, 1))), dice)
    every: dict[str, set[str]] = {}
    for untagged in _without_tags(examination):
        for one in completed(untagged):
            for name, words in _words(classified(one)).items():
                every.setdefault(name, set()).update(words)
    assert _words(classified(examination)) == every
