"""A supposed answer gives what judging the whole case anew would give: nothing that it touches is forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.finding import Finding, Findings, Source, SourceKind
from enbloc.decide.deciding import settled
from enbloc.decide.decision import Degree, Holds
from enbloc.decide.known import Known
from enbloc.decide.pathway import pathway
from enbloc.decide.questions import answers, questions
from enbloc.decide.recommendation import Standing
from enbloc.decide.supposing import Basis, Judged, basis, suppose
from enbloc.stage import scores
from enbloc.stage.classes import classes
from tests.decide.situations import CHORDOMA, METASTASIS, READY, TODAY, UNSTABLE, a_case, found

NOBODY_KNOWS = METASTASIS | {f.SOLITARY: True, f.PROVEN: False, f.KIND: None, f.HISTOLOGY: None}
MYELOMA = METASTASIS | {f.KIND: "haematological", f.HISTOLOGY: "myeloma", f.DEFICIT: True, f.PROVEN: None}
DURA = CHORDOMA | {f.HISTOLOGY: "Meningioma", f.ESCC_REPORTED: None}
LITTLE: dict[Any, Any] = {f.DEFICIT: True}
BASES = {
    "spread": METASTASIS,
    "unstable": METASTASIS | UNSTABLE | {f.ESCC_REPORTED: None, f.ABLE: None},
    "primary": CHORDOMA,
    "unknown": NOBODY_KNOWS,
    "marrow": MYELOMA,
    "dura": DURA,
    "little": LITTLE,
}


def every(case: Any, findings: Findings) -> Any:
    return (*scores(case, findings), *classes(case, findings))


def standing(name: str) -> Basis:
    case, findings = a_case(), found(BASES[name])
    return basis(case, Known(findings), every(case, findings), circumstances=READY)


def whole(name: str, *more: Finding[Any]) -> tuple[Any, set[tuple[str, str, Holds]]]:
    """The leading act and every open stop, judged from the beginning."""
    case, findings = a_case(), found(BASES[name])
    findings = findings | Findings(found=more)
    made = every(case, findings)
    (lesion,) = settled(case, findings, made, circumstances=READY).lesions
    leading = next((one.act for one in lesion.options if one.standing is Standing.LEADING), None)
    (heard,) = pathway(case, findings, made, circumstances=READY).lesions
    groups = [("", heard.said), *((one.act.value, one.said) for one in heard.acts)]
    stops = {(act, one.rule, one.holds) for act, said in groups for one in said.every if one.degree is Degree.STOP}
    return leading, stops


def agrees(before: Judged, after: Judged, judged_anew: tuple[Any, set[tuple[str, str, Holds]]]) -> bool:
    """Whether the leading act is the same, and so are the stops of the case and of every act offered both times."""
    leading, stops = judged_anew
    acts = {"", *(act.value for act in after.offered if act in before.offered)}
    told = {
        (act, rule, holds)
        for (act, rule), holds in after.heard.items()
        if holds is not None and rule.startswith("STOP") and act in acts
    }
    return after.leading is leading and told == {one for one in stops if one[0] in acts}


@pytest.mark.parametrize("name", BASES)
def test_the_case_as_it_stands_is_judged_alike(name: str) -> None:
    assert agrees(standing(name).lesions["A"], standing(name).lesions["A"], whole(name))


@settings(max_examples=60)
@given(st.sampled_from(sorted(BASES)), st.data())
def test_a_supposed_answer_is_judged_as_if_it_were_known(name: str, data: st.DataObject) -> None:
    now = standing(name)
    question = data.draw(st.sampled_from(list(questions(now))))
    supposed = question.supposing(data.draw(st.sampled_from(question.answers)))
    moved = suppose(now, supposed).lesions.get("A")
    after = moved.after if moved else now.lesions["A"]
    assert agrees(now.lesions["A"], after, whole(name, *supposed)), supposed


@settings(max_examples=60)
@given(st.sampled_from(sorted(BASES)), st.data())
def test_a_known_fact_that_were_otherwise_is_judged_so(name: str, data: st.DataObject) -> None:
    now = standing(name)
    named = f.FACTS[data.draw(st.sampled_from(sorted(one.fact for one in now.known.found)))]
    other = data.draw(st.sampled_from(answers(named, [], TODAY) or (None,)))
    if other is not None:
        about = "patient" if named.about is f.Subject.PATIENT else "A"
        source = Source(kind=SourceKind.ENTERED, document="supposed")
        finding = Finding(fact=named.id, about=about, value=other.value, source=source)
        moved = suppose(now, (finding,)).lesions.get("A")
        after = moved.after if moved else now.lesions["A"]
        assert agrees(now.lesions["A"], after, whole(name, finding))
