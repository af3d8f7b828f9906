"""One instrument about all that it is about, and whether what is known narrows a result at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.case.lesion import Lesion
from enbloc.errors import RecordError
from enbloc.stage.every import narrowed, results_of
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.sins import SINS, Location, Pain
from tests.strategies import a_case


def test_with_nothing_known_an_instrument_is_open_about_each_lesion() -> None:
    two = Case(id="x", lesions=(Lesion(id="A"), Lesion(id="B")))
    results = results_of("sins", two, Findings())
    assert [(one.about, isinstance(one, Score) and narrowed(one)) for one in results] == [("A", False), ("B", False)]
    assert [one.about for one in results_of("sins", two, Findings(), about="B")] == ["B"]


@pytest.mark.parametrize(
    ("id", "case", "about", "what", "remedy"),
    [
        ("sins", Case(id="x"), None, "SINS is about each lesion.", "Lesions of this case: none."),
        ("sins", a_case(), "B", "SINS is about each lesion.", "Lesions of this case: A."),
        ("ecog", a_case(), "A", "ECOG performance status is about the patient.", "Lesions of this case: A."),
    ],
)
def test_an_instrument_asked_about_what_it_is_not_about_says_what_there_is(
    id: str, case: Case, about: str | None, what: str, remedy: str
) -> None:
    with pytest.raises(RecordError) as refused:
        results_of(id, case, Findings(), about=about)
    assert str(refused.value).startswith(what)
    assert refused.value.remedy == remedy


def test_a_result_is_narrowed_by_a_category_an_end_or_a_total_less() -> None:
    everything = judged(SINS, {})
    assert not narrowed(everything)
    assert narrowed(judged(SINS, {"pain": (Pain.MECHANICAL,)})), "an end"
    assert narrowed(judged(SINS, {"location": (Location.JUNCTIONAL,), "pain": (Pain.MECHANICAL,)}))
    assert narrowed(replace(everything, categories=everything.categories[:2]))
    assert narrowed(replace(everything, totals=tuple(total for total in everything.totals if total != 9)))
    assert not narrowed(replace(everything, categories=()))
