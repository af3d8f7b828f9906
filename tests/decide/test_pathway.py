"""Every rule on one case: nothing is lost, stops that are not judged are open, and a rule says what it read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.finding import Finding, Findings, Source, SourceKind
from enbloc.case.lesion import Lesion
from enbloc.decide.decision import Act, Degree, Holds, Said
from enbloc.decide.families import CASE_RULES, OF_ACT, RULES, rule_named
from enbloc.decide.pathway import Pathway, explained, pathway
from enbloc.errors import RecordError
from enbloc.stage import scores
from tests.decide.situations import CHORDOMA, METASTASIS, READY, a_case, found

MENINGIOMA = CHORDOMA | {f.HISTOLOGY: "Meningioma"}


def of(known: dict[Any, Any]) -> Pathway:
    case, findings = a_case(), found(known)
    return pathway(case, findings, scores(case, findings), circumstances=READY)


def counted(said: Said) -> int:
    return len(said.speaks) + len(said.open_stops) + len(said.pending) + said.silent


@pytest.mark.parametrize("known", [METASTASIS, CHORDOMA, MENINGIOMA, {}], ids=["spread", "primary", "dura", "nothing"])
def test_every_rule_is_heard_once(known: dict[Any, Any]) -> None:
    (lesion,) = of(known).lesions
    assert counted(lesion.said) == len(CASE_RULES)
    assert {act.act: counted(act.said) for act in lesion.acts} == {act.act: len(OF_ACT[act.act]) for act in lesion.acts}
    for said in (lesion.said, *(act.said for act in lesion.acts)):
        assert all(one.holds is Holds.YES for one in said.speaks)
        assert all(one.degree is Degree.STOP and one.ask for one in said.open_stops)
        assert all(one.degree is not Degree.STOP and one.ask for one in said.pending)
        degrees = [list(Degree).index(one.degree) for one in said.speaks]
        assert degrees == sorted(degrees)


@pytest.mark.parametrize(("known", "inside", "outside"), [
    (METASTASIS, Act.SEPARATION, Act.INTRADURAL),
    (CHORDOMA, Act.EN_BLOC, Act.SEPARATION),
    (MENINGIOMA, Act.INTRADURAL, Act.CEMENT),
])  # fmt: skip
def test_each_branch_has_its_acts(known: dict[Any, Any], inside: Act, outside: Act) -> None:
    acts = {act.act for lesion in of(known).lesions for act in lesion.acts}
    assert inside in acts
    assert outside not in acts


def test_a_biopsy_is_judged_while_there_is_no_tissue_and_all_acts_while_the_kind_is_open() -> None:
    without = of(METASTASIS | {f.PROVEN: None}).lesions[0].acts
    assert without[0].act is Act.BIOPSY
    unknown = of(METASTASIS | {f.KIND: None, f.HISTOLOGY: None}).lesions[0].acts
    assert {act.act for act in unknown} == set(Act) - {Act.BIOPSY}


def _said(path: Pathway) -> list[tuple[str, Act | None, str, Holds]]:
    heard = []
    for lesion in path.lesions:
        for act, said in ((None, lesion.said), *((one.act, one.said) for one in lesion.acts)):
            each = (*said.speaks, *said.open_stops, *said.pending)
            heard += [(lesion.about, act, one.rule, one.holds) for one in each]
    return heard


@given(st.sampled_from([METASTASIS, CHORDOMA]), st.data())
def test_a_rule_depends_on_nothing_that_it_did_not_read(known: dict[Any, Any], data: st.DataObject) -> None:
    rule = RULES[data.draw(st.sampled_from(sorted(RULES)))]
    named = data.draw(st.sampled_from([one for one in f.FACTS.values() if one.type is bool]))
    case, findings = a_case(), found(known)
    scored = scores(case, findings)
    before = explained(rule, case, findings, scored, circumstances=READY)
    subject = "patient" if named.about is f.Subject.PATIENT else "A"
    stated = Finding(
        fact=named.id, about=subject, value=True, source=Source(kind=SourceKind.ENTERED, document="case.yaml")
    )
    after = explained(rule, case, findings | Findings(found=(stated,)), scored, circumstances=READY)
    for one, other in zip(before, after, strict=True):
        if not any(read.startswith(f"{named.id} about {subject}") for read in one.read):
            assert one.statement == other.statement


def test_the_order_of_lesions_does_not_matter() -> None:
    case, findings = a_case(), found(METASTASIS)
    pair = (*case.lesions, Lesion(id="B"))
    one, other = (
        pathway(each, findings, scores(each, findings), circumstances=READY)
        for each in (replace(case, lesions=pair), replace(case, lesions=pair[::-1]))
    )
    assert sorted(map(repr, _said(one))) == sorted(map(repr, _said(other)))


def test_a_rule_is_explained_by_what_it_read() -> None:
    case, findings = a_case(), found(METASTASIS)
    (told,) = explained(RULES["NOMS-07"], case, findings, scores(case, findings), circumstances=READY)
    assert told.statement is not None
    assert told.statement.holds is Holds.YES
    assert any(line.startswith("patient.able about patient: True (entered") for line in told.read)
    by_act = explained(RULES["STOP-05"], case, findings, scores(case, findings), circumstances=READY)
    assert {one.act for one in by_act} >= {"separation surgery, then radiosurgery", "observation"}


def test_an_unknown_rule_names_the_nearest() -> None:
    assert rule_named("stop-05") is RULES["STOP-05"]
    with pytest.raises(RecordError, match="Did you mean STOP-"):
        rule_named("STOP-5")
    with pytest.raises(RecordError, match="no rule"):
        rule_named("nonsense")
