"""An examination is read whole; what cannot be is one line that names segment and side."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.neurology import read_examination
from tests.stage.neurology.made import felt, moved, side, written


def good() -> dict[str, Any]:
    def one() -> dict[str, Any]:
        return side(felt("T4"), moved((5,) * 5)) | {"pin prick": felt("T4")}

    return written(one(), one())


@pytest.mark.parametrize(
    ("where", "segment", "score", "said"),
    [
        ("motor", "C5", 6, "C5 left motor cannot be '6'. Write 0 to 5 or NT"),
        ("motor", "C5", "five", "C5 left motor cannot be 'five'"),
        ("motor", "L3", -1, "L3 left motor cannot be '-1'"),
        ("motor", "L3", 2.5, "L3 left motor cannot be '2.5'"),
        ("motor", "L3", True, "L3 left motor cannot be"),
        ("motor", "S1", "5*", "S1 left motor is normal and tagged with *."),
        ("motor", "S1", "5**", "S1 left motor is normal and tagged with **."),
        ("motor", "S1", "x" * 11, "S1 left motor cannot be 'xxxxxxxxxxx'"),
        ("motor", "S1", "x" * 12, "S1 left motor cannot be 'that'"),
        ("motor", "S1", "x" * 13, "S1 left motor cannot be 'that'"),
        ("motor", "S1", "3***", "S1 left motor cannot be"),
        ("pin prick", "S4-5", 3, "S4-5 left pin prick cannot be '3'. Write 0 to 2"),
        ("light touch", "C2", None, "C2 left light touch is missing."),
        ("light touch", "C2", [], "C2 left light touch cannot be 'that'"),
        ("motor", "T4", 3, "The left motor has no 'T4'"),
        ("light touch", "S4", 2, "The left light touch has no 'S4'"),
    ],
)
def test_a_wrong_score_names_segment_and_side(where: str, segment: str, score: object, said: str) -> None:
    given = good()
    given["left"][where][segment] = score
    with pytest.raises(RecordError) as refused:
        read_examination(given)
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"right": None}, "The right side is missing"),
        ({"deep anal pressure": None}, "deep anal pressure is missing"),
        ({"deep anal pressure": "perhaps"}, "deep anal pressure cannot be"),
        ({"voluntary anal contraction": 1}, "voluntary anal contraction cannot be"),
        ({"middle": {}}, "no 'middle'"),
        ({"right": {}}, "C2 right light touch is missing and 27 more"),
    ],
)
def test_what_is_missing_or_unknown_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(RecordError, match=said):
        read_examination(good() | change)


def test_two_missing_scores_are_one_and_one_more() -> None:
    given = good()
    given["left"]["motor"] |= {"C5": None, "T1": None}
    with pytest.raises(RecordError, match="C5 left motor is missing and 1 more"):
        read_examination(given)


@pytest.mark.parametrize(("given", "held"), [("yes", True), (True, True), ("no", False), (False, False), ("NT", None)])
def test_an_anal_finding_is_yes_no_or_not_testable(given: object, held: bool | None) -> None:
    names = ("voluntary anal contraction", "deep anal pressure")
    examination = read_examination(good() | dict.fromkeys(names, given))
    assert examination.voluntary_anal_contraction is held
    assert examination.deep_anal_pressure is held


def test_a_non_key_muscle_is_named_by_a_segment() -> None:
    given = good()
    given["right"]["lowest non-key muscle"] = "L7"
    with pytest.raises(RecordError, match="right lowest non-key muscle cannot be at 'L7'"):
        read_examination(given)


def test_scores_are_kept_as_written() -> None:
    given = good()
    given["right"]["motor"] |= {"L2": "NT", "L3": "NT*", "L4": "3**", "L5": "0*"}
    assert [str(score) for score in read_examination(given).right.motor[5:]] == ["NT", "NT*", "3**", "0*", "0"]
