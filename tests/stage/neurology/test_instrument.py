"""ISNCSCI and Frankel as instruments: the same result from blocks and flat keys, tags, untested scores, grade E."""

from __future__ import annotations

import random
from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.instrument import judged
from enbloc.stage.neurology import FRANKEL, ISNCSCI, Classification, Movement, classified, frankel
from enbloc.stage.neurology.examination import DERMATOMES, KEY_MUSCLES, Examination, SideScores
from enbloc.stage.neurology.instrument import APART, COMPLETE, LEVEL, TAGGED
from enbloc.stage.neurology.isncsci import EARLIER_DEFICIT, NOT_TOGETHER
from enbloc.stage.neurology.items import NO_GRADE, NonKeyMuscle, Sensation, Strength, answers_of, key
from enbloc.stage.score import Score
from tests.stage.neurology.made import felt, made, moved, side, some, written
from tests.stage.neurology.published import as_examination, published

FIVES = (5,) * 5
NORMAL = side(felt("S4-5"), moved(FIVES, FIVES))


def scored(given: dict[str, Any]) -> Score:
    return judged(ISNCSCI, ISNCSCI.read(given))


def as_written(examination: Examination) -> dict[str, Any]:
    """An examination as somebody writes it down, in blocks."""

    def one(scores: SideScores) -> dict[str, Any]:
        parts = {
            "light touch": dict(zip(DERMATOMES, map(str, scores.light_touch), strict=True)),
            "pin prick": dict(zip(DERMATOMES, map(str, scores.pin_prick), strict=True)),
            "motor": dict(zip(KEY_MUSCLES, map(str, scores.motor), strict=True)),
        }
        return parts | {"lowest non-key muscle": scores.lowest_non_key_muscle}

    words = {True: "yes", False: "no", None: "NT"}
    anal = (examination.voluntary_anal_contraction, examination.deep_anal_pressure)
    return written(one(examination.right), one(examination.left), *(words[each] for each in anal))


def values(score: Score) -> dict[str, tuple[str, ...]]:
    return {item.name: item.values for item in score.items} | {other.name: other.values for other in score.also}


def test_the_form_has_every_item_of_the_published_one_and_the_earlier_deficit() -> None:
    names = [one.name for one in ISNCSCI.questions]
    assert len(names) == len(set(names)) == 2 * (28 + 28 + 10) + 2 + 2 + 1
    assert [names[0], names[27], names[56], names[-1]] == [
        "right_light_touch_C2",
        "right_light_touch_S4_5",
        "right_motor_C5",
        "earlier_deficit",
    ]


def test_a_form_gives_what_the_published_examinations_give() -> None:
    for each in published():
        examination = as_examination(each)
        score = scored(as_written(examination) | {"earlier_deficit": True})
        _agrees(score, classified(examination), each["totals"])


def _agrees(score: Score, result: Classification, totals: dict[str, str]) -> None:
    found = values(score)
    assert score.categories == tuple(word.rstrip("*") for word in result.impairment)
    assert score.totals == ()
    assert found[LEVEL] == result.neurological_level
    assert found[COMPLETE] == tuple({"C": "complete", "I": "incomplete"}[word] for word in result.complete)
    assert found["right sensory level"] == result.right.sensory_level
    assert found["left motor level"] == result.left.motor_level
    assert found["left sensory zone of partial preservation"] == result.left.sensory_zone
    assert found["right motor zone of partial preservation"] == result.right.motor_zone
    assert found["upper extremity motor score of 50"] == (totals["upperMotorTotal"],)
    assert found["right light touch of 56"] == (totals["rightTouchTotal"],)
    assert found["pin prick of 112"] == (totals["prickTotal"],)
    starred = any("*" in word for word in result.impairment)
    assert found.get(TAGGED, ()) == (result.impairment if starred else ())
    listed = found.get(APART, found.get(TAGGED, score.categories))
    assert ",".join(listed) == totals["asiaImpairmentScale"]
    assert (NOT_TOGETHER in score.flags) == (APART in found)


@pytest.mark.parametrize("seed", range(15))
def test_flat_keys_and_blocks_are_the_same_form(seed: int) -> None:
    examination = some(random.Random(seed), untested=seed % 6)
    given = as_written(examination)
    flat: dict[str, object] = {
        key(where, part, segment): score
        for where in ("right", "left")
        for part in ("light touch", "pin prick", "motor")
        for segment, score in given[where][part].items()
    }
    anal = {key(name): given[name] for name in ("voluntary anal contraction", "deep anal pressure")}
    assert ISNCSCI.read(flat | anal) == ISNCSCI.read(given)
    assert scored(flat | anal) == scored(given)


@pytest.mark.parametrize("word", ["NT", "unknown", None, "left out"])
def test_not_testable_unknown_and_left_out_are_the_same(word: str | None) -> None:
    motor: dict[str, Any] = moved(FIVES) | {"L2": word}
    if word == "left out":
        del motor["L2"]
    one = side(felt("T11"), motor)
    score = scored(written(one, side(felt("T11"), moved(FIVES))))
    assert values(score)["right motor zone of partial preservation"] == ("T11", "L2")
    assert values(score)["lower extremity motor score of 50"] == ("ND",)
    assert score.missing == ("L2 right motor", "a deficit by an injury of the cord earlier on (grade E asks for it)")


@pytest.mark.parametrize(("earlier", "words"), [(True, ("E",)), (False, (NO_GRADE,)), (None, ("E", NO_GRADE))])
def test_grade_e_needs_an_earlier_deficit(earlier: bool | None, words: tuple[str, ...]) -> None:
    score = scored(written(NORMAL, NORMAL, "yes", "yes") | {"earlier_deficit": earlier})
    assert score.categories == words
    assert (EARLIER_DEFICIT in score.flags) == (earlier is None)


def test_an_empty_form_reaches_every_grade_and_every_level() -> None:
    score = scored({})
    assert score.categories == ("A", "B", "C", "D", "E", NO_GRADE)
    assert len(values(score)[LEVEL]) == 29
    assert len(score.missing) == 135


def test_tags_are_carried_and_the_grade_is_their_letter() -> None:
    palsy = side(felt("S4-5"), moved(FIVES, FIVES) | {"C6": "0**"})
    score = scored(written(NORMAL, palsy, "yes", "yes") | {"earlier_deficit": True})
    assert score.categories == ("E",)
    assert values(score)[TAGGED] == ("E*",)
    assert values(score)["left motor score of 50"] == ("45",)


def test_a_lower_non_key_muscle_shows_its_own_zone_where_it_is_another_one() -> None:
    one = side(felt("T10"), moved(FIVES), "L1")
    score = scored(written(one, side(felt("T10"), moved(FIVES)), "no", "yes"))
    assert values(score)["right motor zone if every non-key muscle counted"] == ("L1",)
    assert "left motor zone if every non-key muscle counted" not in values(score)
    alone = scored({"right": {"lowest non-key muscle": "none"}})
    assert ISNCSCI.read({"right_lowest_non_key_muscle": "S4-5"}) == {
        "right_lowest_non_key_muscle": (NonKeyMuscle.S4_5,)
    }
    assert alone.categories == scored({}).categories


@pytest.mark.parametrize("lowest", ["T5", "T10", "T11", "L1"])
def test_the_other_zone_is_shown_wherever_it_differs(lowest: str) -> None:
    score = scored(written(side(felt("T10"), moved(FIVES), lowest), NORMAL, "no", "yes"))
    shown = ((lowest,),) if lowest in ("T11", "L1") else ()
    assert tuple(item.values for item in score.items if item.name.startswith("right motor zone if")) == shown


def test_each_total_is_told_with_the_most_that_it_can_be() -> None:
    most = {
        "upper extremity motor score": 50,
        "lower extremity motor score": 50,
        "motor score": 100,
        "light touch": 112,
        "pin prick": 112,
    }
    shown = values(scored(written(NORMAL, NORMAL, "yes", "yes")))
    for name, number in most.items():
        assert shown[f"{name} of {number}"] == (str(number),)
        assert shown[f"right {name} of {number // 2}"] == shown[f"left {name} of {number // 2}"] == (str(number // 2),)


@pytest.mark.parametrize("name", ["deep_anal_pressure", "voluntary_anal_contraction", "right_motor_C5"])
def test_an_item_with_two_of_its_answers_is_refused(name: str) -> None:
    two = next(one for one in ISNCSCI.questions if one.name == name).answers[:2]
    with pytest.raises(RecordError, match=f"{name} is one score, or not testable"):
        judged(ISNCSCI, {name: two})


def test_a_tag_that_leaves_several_grades_open_is_another_reading_of_a_complete_form() -> None:
    open_ = side(felt("T10"), moved(FIVES, (3, 3, 2, 2, 2)) | {"S1": "2*"})
    given = written(open_, side(felt("T10"), moved(FIVES, (3, 3, 2, 2, 2))), "yes", "yes") | {"earlier_deficit": True}
    held = {name: answers[0] for name, answers in ISNCSCI.read(given).items()}
    complete = {one.name: one.unanswered[0] for one in ISNCSCI.questions} | held
    outcome = ISNCSCI.form(**complete).outcome
    assert (outcome.category, *(each.category for each in outcome.otherwise)) == scored(given).categories


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"right": {"motor": {"T4": 3}}}, "no item 'right_motor_T4'"),
        ({"middle": {}}, "no item 'middle'"),
        ({"right": "normal"}, "no item 'right'"),
        ({"right": {"motor": {"C5": 6}}}, r"right_motor_C5 \(C5 right motor\) cannot be 6"),
        ({"left": {"pin prick": {"S4-5": 3}}}, r"left_pin_prick_S4_5 \(S4-5 left pin prick\) cannot be 3"),
        ({"left": {"pin prick": {"C2": "2*"}}}, "cannot be '2\\*'"),
        ({"deep anal pressure": "perhaps"}, "deep_anal_pressure .* cannot be 'perhaps'"),
        ({"right": {"motor": {"C5": 5}}, "right_motor_C5": 4}, "answers 'right_motor_C5' twice"),
        ({"right_lowest_non_key_muscle": "L7"}, "cannot be 'L7'"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(given: dict[str, Any], said: str) -> None:
    with pytest.raises(RecordError, match=said) as refused:
        ISNCSCI.read(given)
    assert refused.value.remedy
    assert "\n" not in str(refused.value)


def test_an_item_with_some_of_its_scores_is_refused() -> None:
    known = {"right_motor_C5": (Strength.NONE, Strength.FLICKER), "right_pin_prick_C2": (Sensation.NORMAL,)}
    with pytest.raises(RecordError, match="one score, or not testable"):
        judged(ISNCSCI, known)


def test_a_form_in_blocks_is_read_as_the_examination_is() -> None:
    one = side(felt("T4"), moved(FIVES))
    assert answers_of(written(one, one))["right_motor_T1"] == 5
    assert values(scored(written(one, one)))[LEVEL] == classified(made(one, one)).neurological_level


@pytest.mark.parametrize("movement", Movement)
@pytest.mark.parametrize("sensation", [False, True])
def test_frankel_as_a_form(movement: Movement, sensation: bool) -> None:
    known = FRANKEL.read({"movement": movement.value, "sensation": sensation})
    if movement is Movement.RECOVERED and not sensation:
        with pytest.raises(RecordError, match="not recovered"):
            judged(FRANKEL, known)
        return
    assert judged(FRANKEL, known).categories == (frankel(movement, sensation=sensation).letter,)


def test_frankel_without_sensation_known() -> None:
    assert judged(FRANKEL, FRANKEL.read({"movement": "none"})).categories == ("A", "B")
    assert judged(FRANKEL, FRANKEL.read({"movement": "recovered"})).categories == ("E",)
