"""The traps of the specification (prognosis 1.1); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import questions, read_form
from enbloc.stage.instrument import judged
from enbloc.stage.survival.tokuhashi import COLON_IS_OTHER, TOKUHASHI, Survival, Tokuhashi, band

SHORT, MIDDLE, LONG = (one.value for one in Survival)


def written(*answers: Any) -> dict[str, Any]:
    names = ("karnofsky", "extraspinal_bone", "vertebrae", "organs", "primary", "frankel")
    return {name: answer for name, answer in zip(names, answers, strict=True) if answer is not None}


# The table once more, by its columns: what is written for 0 points, 1 point and so on.
TABLE: dict[str, tuple[Any, ...]] = {
    "karnofsky": (range(10, 50, 10), range(50, 80, 10), range(80, 101, 10)),
    "extraspinal_bone": (range(3, 100), (1, 2), (0,)),
    "vertebrae": (range(3, 25), (2,), (1,)),
    "organs": (("unremovable",), ("removable",), ("none",)),
    "primary": (
        ("lung", "osteosarcoma", "stomach", "bladder", "oesophagus", "pancreas"),
        ("liver", "gallbladder", "unidentified"),
        ("other", "colon"),
        ("kidney", "uterus"),
        ("rectum",),
        ("thyroid", "breast", "prostate", "carcinoid"),
    ),
    "frankel": (("A", "B"), ("C", "D"), ("E",)),
}


def points(item: str, answer: Any) -> float:
    form = written(80, 0, 1, "none", "breast", "E") | {item: answer}
    known = read_form(Tokuhashi, form)
    return dict(Tokuhashi(**{name: each for name, (each,) in known.items()}).outcome.points)[item]


@pytest.mark.parametrize("item", TABLE)
def test_every_answer_has_the_points_of_its_column_and_an_unknown_number_stands_for_each_band(item: str) -> None:
    by_answer = {answer: number for number, column in enumerate(TABLE[item]) for answer in column}
    assert {answer: points(item, answer) for answer in by_answer} == by_answer
    asked = next(one for one in questions(Tokuhashi) if one.name == item)
    if not isinstance(next(iter(by_answer)), int):
        assert {one.value for one in asked.answers} == set(by_answer)
        return
    assert set(asked.answers) == {min(column) for column in TABLE[item]}
    for off in (min(by_answer) - 1, max(by_answer) + 1):
        with pytest.raises(RecordError, match=item):
            read_form(Tokuhashi, {item: off})


def test_the_three_bands_of_the_total() -> None:
    assert [band(total) for total in range(16)] == [SHORT] * 9 + [MIDDLE] * 3 + [LONG] * 4
    assert TOKUHASHI.is_survival


def test_colon_is_counted_as_other_and_said() -> None:
    colon = judged(TOKUHASHI, read_form(Tokuhashi, written(80, 0, 1, "none", "colon", "E")))
    rectum = judged(TOKUHASHI, read_form(Tokuhashi, written(80, 0, 1, "none", "rectum", "E")))
    assert (colon.totals, rectum.totals) == ((12,), (14,))
    assert COLON_IS_OTHER in colon.flags


@pytest.mark.parametrize(("item", "wrong"), [("karnofsky", 75), ("karnofsky", 110), ("vertebrae", 0), ("organs", 1)])
def test_what_cannot_be_is_refused_with_what_may_be(item: str, wrong: object) -> None:
    with pytest.raises(RecordError, match=item):
        read_form(Tokuhashi, {item: wrong})
