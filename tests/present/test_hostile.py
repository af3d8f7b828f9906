"""What a record holds stays text, on the page and on paper, wherever the report prints it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from enbloc.case.finding import Source, SourceKind
from enbloc.case.lesion import Lesion
from enbloc.case.override import Override
from enbloc.decide.contradictory import Contradiction, Side
from enbloc.decide.decision import Holds
from enbloc.decide.recommendation import Answered, Change, Overridden, Why
from enbloc.follow.result import NotUsed, Workup
from enbloc.plan.margin.classes import Face
from enbloc.plan.margin.margin import MarginClass
from enbloc.plan.proposal import Plan
from enbloc.present.html import report_html
from enbloc.present.pdf import report_pdf
from tests.present import decided, patients
from tests.present.operated import ARCH, beside, cut, face, margin, with_margin
from tests.present.patients import FINGERPRINT
from tests.present.test_report import EMPTY, NOTHING, checked, printed, shown_words

HOSTILE = [
    '<script>alert("x")</script>',
    '#import "@preview/x:1.0.0": y',
    "$ integral #panic() $ *bold* _it_ = head `raw` @ref \\u{41}",
    "]]>&amp;<!-- --><svg onload=x>",
    "x" * 400,
    "שלום עולם",
    "grin \U0001f600 done",
    "tab\tand\nline",
]


_SOURCE = Source(kind=SourceKind.RECORDED, document="case.yaml", place="patient.sex")


def _hostile(words: str) -> Workup:
    base = patients.workup()
    stop = replace(decided.STOP, do=words, because=words, ask=(words,), statement=words)
    held = replace(stop, rule="STOP-05", holds=Holds.YES, about="A")
    by = Override(stop="STOP-15", about="A", by="R. Example", on=date(2026, 11, 20), because="legs failing by the hour")
    option = replace(
        decided.SEPARATION,
        words=words,
        because=words,
        stops=(stop, held),
        overridden=(Overridden(stop=stop, by=by),),
        expected=(words,),
    )
    change = Change(
        fact="x",
        about="A",
        ask=words,
        why=Why.BORDERLINE,
        now=words,
        answers=(Answered(answers=(words,), leading=words),),
    )
    side = Side(fact="x", words=words, about="A", value=words, source=_SOURCE)
    decision = decided.decided(
        speaks=(replace(decided.TORN, statement=words, do=words), decided.URGENT),
        open_stops=(stop,),
        options=(option,),
        missing=(words,),
        changes=(change,),
        nearest=(replace(decided.NEAREST, ask=words),),
        timeline=tuple(replace(one, subject=words, ask=(words,)) for one in decided.DAYS),
        summary=replace(decided.SUMMARY, rejected=(words,), ask=(words,)),
        contradictions=(Contradiction(words=words, about="A", sides=(side, side), ask=words),),
    )
    case = patients.case(story=words, lesions=(Lesion(id="A", histology=words),))
    plan = _hostile_plan(words)
    refused = replace(ARCH, id=f"not {words}", reasons=(words,), nearest=(words,))
    return replace(
        base,
        case=case,
        decision=decision,
        plans=(plan, refused),
        compared=beside(plan, refused),
        unused=(NotUsed(what=words, why=words),),
    )


def _hostile_plan(words: str) -> Plan:
    """A plan with these words wherever it holds any."""
    found = margin(0.5, -0.5, 2.0, words)
    faces = (face(Face.LEFT, 1.0, words, MarginClass.MARGINAL),)
    cuts = (cut(words, (0.0, -14.0, 12.8), (0.0, 0.0, 1.0)),)
    plan = with_margin(found, cuts=cuts, faces=faces, not_known=(words,))
    return replace(
        plan,
        id=words,
        reasons=(words,),
        borderline=(words,),
        conditions=(words,),
        not_ready=(words,),
        not_computed=(words,),
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_what_a_record_holds_stays_text(words: str) -> None:
    work = _hostile(words)

    page = report_html(work, EMPTY, fingerprint=FINGERPRINT, drawn=NOTHING)
    checker = checked(page)
    paper = "".join(printed(report_pdf(work, EMPTY, fingerprint=FINGERPRINT, drawn=NOTHING)))

    assert "script" not in checker.names
    shown = shown_words(page)
    assert shown.count(" ".join(words.split())) >= 8
    if words.isascii():
        squeezed = re.sub(r"\s|\u200b|\ufffe", "", paper)
        assert squeezed.count(re.sub(r"\s", "", words)) >= 8


def test_a_sign_that_the_fonts_lack_is_named_on_paper() -> None:
    paper = "".join(printed(report_pdf(_hostile("a\U0001f600b"), EMPTY, fingerprint=FINGERPRINT, drawn=NOTHING)))

    assert "a‹U+1F600›b" in paper
