"""What to ask for first: the answer that leaves the fewest results, by brute force over every completion."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from enbloc.errors import RecordError
from enbloc.stage import narrowing
from enbloc.stage.frailty.charlson import Tumour
from enbloc.stage.instrument import Instrument, judged
from enbloc.stage.narrowing import narrowings
from enbloc.stage.registry import INSTRUMENTS
from enbloc.stage.survival.tokuhashi import TOKUHASHI, Frankel, Organs, Primary

SMALL = [one for one in INSTRUMENTS.values() if one.judge is None and not one.needs]


@pytest.mark.parametrize("one", SMALL, ids=[one.id for one in SMALL])
def test_what_an_answer_leaves_is_what_judging_with_it_leaves(one: Instrument) -> None:
    dice = random.Random(20261120)
    answers = {question.name: question.answers for question in one.questions}
    known = {name: (dice.choice(each),) for name, each in answers.items()}
    for name in dice.sample(sorted(known), min(3, len(known))):
        del known[name]
    if one.tumours:
        known["tumour"] = (one.tumours[0],)
    try:
        score = judged(one, known)
    except RecordError:
        return  # these answers contradict each other
    found = narrowings(one, known)
    assert [each.average for each in found] == sorted(each.average for each in found)
    for each in found:
        left = []
        for answer in answers[each.item]:
            try:
                then = judged(one, {**known, each.item: (answer,)})
            except RecordError:
                continue
            left.append(len(then.totals if len(score.categories) == 1 else then.categories))
        if len(score.categories) > 1 or score.totals:
            assert (each.fewest, each.most) == (min(left), max(left))
            assert each.of == len(score.totals if len(score.categories) == 1 else score.categories)


def test_the_answer_that_decides_is_asked_for_first() -> None:
    known = {
        "karnofsky": (80,),
        "extraspinal_bone": (0,),
        "organs": tuple(Organs),
        "vertebrae": (1, 2),
        "primary": (Primary.KIDNEY,),
        "frankel": (Frankel.E,),
    }
    first, second = narrowings(TOKUHASHI, known)
    assert (first.item, first.words, first.fewest, first.most, first.of) == (
        "organs",
        "metastases in major internal organs",
        1,
        2,
        2,
    )
    assert second.item == "vertebrae"


def test_many_open_items_are_judged_answer_by_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"karnofsky": (80,), "primary": (Primary.KIDNEY,), "frankel": (Frankel.E,)}
    through_all = narrowings(TOKUHASHI, known)
    monkeypatch.setattr(narrowing, "MOST_BEFORE_SUMS", 1)
    assert narrowings(TOKUHASHI, known) == through_all
    monkeypatch.setattr(narrowing, "MOST_FORMS", 1)
    unsummed = replace(TOKUHASHI, band=None)
    assert narrowings(unsummed, known) == through_all


def test_the_worst_of_a_long_form_is_ranked_in_no_time() -> None:
    cci = INSTRUMENTS["cci"]
    found = narrowings(cci, {"tumour": (Tumour.METASTATIC,)})
    assert found[0].average <= found[-1].average < found[-1].of


def test_nothing_is_ranked_where_nothing_is_computed_yet() -> None:
    for one in INSTRUMENTS.values():
        if one.needs:
            assert narrowings(one, {}) == ()


def test_a_settled_result_asks_for_nothing() -> None:
    known = {question.name: question.answers[:1] for question in TOKUHASHI.questions}
    assert narrowings(TOKUHASHI, known) == ()
