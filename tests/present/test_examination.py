"""An examination that is half written down: what is known of it so far."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.exchange.document import from_json, to_json
from enbloc.present.examination import Classified, isncsci_of
from enbloc.present.forms import forms
from enbloc.stage.neurology import ISNCSCI, classified, read_examination
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

    assert found.impairment == result.impairment == ("A",)
    assert [one.published for one in found.grades] == ["complete: no sensory or motor function in S4-5"]
    assert found.right.sensory_level == result.right.sensory_level == ("T4",)
    assert found.left.sensory_level == result.left.sensory_level == ("T5",)
    assert (found.light_touch, found.right.motor) == (result.light_touch, result.right.motor) == (46, 25)
    assert found.neurological_level == result.neurological_level
    assert (found.open, found.missing) == (1, ("a deficit by an injury of the cord earlier on (grade E asks for it)",))


def test_what_is_not_tested_leaves_every_word_that_it_can_be() -> None:
    nothing = isncsci_of({})

    assert nothing.impairment[:5] == ("A", "B", "C", "D", "E")
    assert (nothing.right.sensory_level[0], nothing.right.sensory_level[-1]) == ("C1", "INT")
    assert (nothing.light_touch, nothing.left.motor) == (None, None)
    assert nothing.open == 2 * (2 * 28 + 10) + 3
    assert nothing.missing[:2] == ("right light touch: C2 to S4-5", "right pin prick: C2 to S4-5")


def test_one_more_score_never_widens_what_is_known() -> None:
    written: dict[str, Any] = {"right": {part: {} for part in ("light touch", "pin prick", "motor")}, "left": {}}
    before = isncsci_of(written)
    for part, scores in _side(11, 5).items():
        for segment, score in scores.items():
            written["right"][part][segment] = score
        now = isncsci_of(written)
        assert set(now.impairment) <= set(before.impairment)
        assert set(now.right.sensory_level) <= set(before.right.sensory_level)
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


def test_every_score_that_the_instrument_offers_may_be_written() -> None:
    (form,) = forms([ISNCSCI])
    for item in form.items:
        for choice in item.choices:
            ISNCSCI.read({item.name: choice})
    assert {
        item.words.split(" ", 1)[1] for item in form.items if item.kind == "one of" and item.words[0] in "CTLS"
    } == {f"{side} {part}" for side in ("right", "left") for part in ("light touch", "pin prick", "motor")}


def test_it_reads_back() -> None:
    assert from_json(Classified, to_json(isncsci_of(_whole()))) == isncsci_of(_whole())
