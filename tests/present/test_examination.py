"""An examination that is half written down: what is known of it, and the form that it is written on."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.exchange.document import from_json, to_json
from enbloc.present.examination import Diagram, Examined, diagram, isncsci_of
from enbloc.stage.neurology import classified, read_examination
from enbloc.stage.neurology.examination import DERMATOMES, KEY_MUSCLES

ANAL = {"voluntary anal contraction": "no", "deep anal pressure": "no"}


def _side(felt: int, moved: int) -> dict[str, Any]:
    sensation = {name: 2 if at < felt else 0 for at, name in enumerate(DERMATOMES)}
    strength = {name: 5 if at < moved else 0 for at, name in enumerate(KEY_MUSCLES)}
    return {"light touch": sensation, "pin prick": sensation, "motor": strength}


def _whole() -> dict[str, Any]:
    return {"right": _side(11, 5), "left": _side(12, 5)} | ANAL


def test_a_whole_examination_is_what_the_classification_says() -> None:
    found, result = isncsci_of(_whole()), classified(read_examination(_whole()))
    sides = {one.name: (one.right, one.left) for one in found.sides}
    together = {one.name: one.values for one in found.together}

    assert tuple(one.word for one in found.grades) == result.impairment == ("A",)
    assert sides["sensory level"] == (result.right.sensory_level, result.left.sensory_level) == (("T4",), ("T5",))
    assert sides["light touch"] == ((str(result.right.light_touch),), (str(result.left.light_touch),))
    assert together["neurological level of injury"] == result.neurological_level
    assert (found.open, found.missing) == (1, ("a deficit by an injury of the cord earlier on (grade E asks for it)",))


def test_what_is_not_tested_leaves_every_word_that_it_can_be() -> None:
    nothing = isncsci_of({})

    assert [one.word for one in nothing.grades][:5] == ["A", "B", "C", "D", "E"]
    assert nothing.sides[0].right_said == "C1 to S3, INT"
    assert {one.right for one in nothing.sides if one.out_of} == {("ND",)}
    assert nothing.open == 2 * (2 * 28 + 10) + 3


def test_one_more_score_never_widens_what_is_known() -> None:
    written: dict[str, Any] = {"right": {part: {} for part in ("light touch", "pin prick", "motor")}, "left": {}}
    before = isncsci_of(written)
    for part, scores in _side(11, 5).items():
        for segment, score in scores.items():
            written["right"][part][segment] = score
        now = isncsci_of(written)
        assert {one.word for one in now.grades} <= {one.word for one in before.grades}
        assert set(now.sides[0].right) <= set(before.sides[0].right)
        assert now.open == before.open - len(scores)
        before = now


@pytest.mark.parametrize(
    "written",
    [
        {"right": 3},
        {"x" * 9999: 1},
        {"right": {"motor": {"C5": 9}}},
        {"right": {"motor": {"C5": [1]}}},
        {"right": {"motor": {"C5": {"deeper": 1}}}},
        {"right": {"pin prick": {"C1": 2}}},
        {"deep anal pressure": "maybe"},
    ],
)
def test_what_is_no_examination_is_refused_in_words(written: dict[str, Any]) -> None:
    with pytest.raises(RecordError) as refused:
        isncsci_of(written)

    assert refused.value.remedy
    assert len(str(refused.value)) < 400


def test_the_form_offers_just_what_may_be_written() -> None:
    form = diagram()
    for part in form.parts:
        for choice in part.choices:
            isncsci_of({"right": {part.name: dict.fromkeys(part.segments, choice.score)}})
    for finding in form.anal:
        for answer in ("yes", "no", form.not_testable):
            isncsci_of({finding: answer})
    for segment in form.segments:
        isncsci_of({"left": {form.non_key: segment}})
    isncsci_of({form.earlier: True})


def test_each_score_of_the_form_has_its_own_words() -> None:
    for part in diagram().parts:
        assert len({choice.words for choice in part.choices}) == len(part.choices)
        assert next(choice.words for choice in part.choices if choice.score == part.normal) == "normal"


def test_both_read_back() -> None:
    assert from_json(Examined, to_json(isncsci_of(_whole()))) == isncsci_of(_whole())
    assert from_json(Diagram, to_json(diagram())) == diagram()
