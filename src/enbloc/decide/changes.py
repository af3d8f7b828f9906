"""What would change the picture: each open question answered every way, and everything computed again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.fact import Fact, Subject
from enbloc.case.finding import Finding, Findings, Source, SourceKind
from enbloc.decide.deciding import settled
from enbloc.decide.decision import Change, Decision, Degree, Holds
from enbloc.decide.situation import Circumstances
from enbloc.stage.score import Score
from enbloc.stage.scoring import scores as scores_of
from enbloc.value import value

_REPORTED: dict[str, Fact[Any]] = {
    "pain": vocabulary.PAIN,
    "bone lesion": vocabulary.BONE_REPORTED,
    "alignment": vocabulary.ALIGNMENT_REPORTED,
    "collapse": vocabulary.COLLAPSE_REPORTED,
    "posterolateral involvement": vocabulary.POSTEROLATERAL_REPORTED,
}
_YES_NO: tuple[Fact[bool], ...] = (
    vocabulary.PROVEN,
    vocabulary.SOLITARY,
    vocabulary.RESECTABLE,
    vocabulary.ABLE,
    vocabulary.STABILITY_OPINION,
    vocabulary.DEFICIT,
    vocabulary.MYELOPATHY,
    vocabulary.PRIOR_RADIOTHERAPY,
    vocabulary.LEVEL_MRI,
    vocabulary.WHOLE_SPINE_MRI,
    vocabulary.SURGEON_CONSULTED,
)
_KINDS = ("metastasis", "primary", "haematological")


@value
class Question:
    """An open fact about somebody, and every answer it may get."""

    fact: Fact[Any]
    about: str
    answers: tuple[Any, ...]


def changes(
    case: Case, findings: Findings, scores: tuple[Score, ...], now: Decision, *, circumstances: Circumstances
) -> tuple[Change, ...]:
    """For each open question that matters, what each answer would do; answers that change nothing are left out."""
    found = []
    for question in _questions(case, findings, scores):
        for answer in question.answers:
            then_findings = findings | Findings(found=(_supposed(question, answer),))
            then_scores = scores_of(case, then_findings)
            then = settled(case, then_findings, then_scores, circumstances=circumstances)
            effect = _effect(scores, then_scores, now, then)
            if effect:
                found.append(Change(ask=_asked(case, question), answer=_word(answer), then=effect))
    return tuple(found)


def _questions(case: Case, findings: Findings, scores: tuple[Score, ...]) -> Iterator[Question]:
    for score in scores:
        if score.instrument == "sins":
            for item in score.items:
                named = _REPORTED.get(item.name)
                if named is not None and not item.is_settled:
                    answers = tuple(member for member in named.type if member.value in item.values)
                    yield Question(fact=named, about=score.about, answers=answers)
        elif len(score.categories) > 1 and findings.value(vocabulary.ESCC_REPORTED, score.about) is None:
            grades = tuple(grade for grade in vocabulary.EsccReported if grade.value in score.categories)
            yield Question(fact=vocabulary.ESCC_REPORTED, about=score.about, answers=grades)
    for lesion in case.lesions:
        if isinstance(findings[vocabulary.KIND, lesion.id], Unknown):
            yield Question(fact=vocabulary.KIND, about=lesion.id, answers=_KINDS)
    yield from _yes_no(case, findings)


def _yes_no(case: Case, findings: Findings) -> Iterator[Question]:
    for named in _YES_NO:
        subjects = ("patient",) if named.about is Subject.PATIENT else tuple(lesion.id for lesion in case.lesions)
        for about in subjects:
            if isinstance(findings[named, about], Unknown):
                yield Question(fact=named, about=about, answers=(True, False))


def _supposed(question: Question, answer: Any) -> Finding[Any]:
    source = Source(kind=SourceKind.ENTERED, document="supposed")
    return Finding(fact=question.fact.id, about=question.about, value=answer, source=source)


def _asked(case: Case, question: Question) -> str:
    several = len(case.lesions) > 1 and question.about != "patient"
    return f"{question.fact.words} ({question.about})" if several else question.fact.words


def _word(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return str(getattr(answer, "value", answer))


def _effect(before: tuple[Score, ...], after: tuple[Score, ...], now: Decision, then: Decision) -> str:
    """The difference in words: scores, the leading option of each lesion, stops, rules; empty if there is none."""
    pairs = list(zip(before, after, strict=True))
    parts = [_words(new) for old, new in pairs if _tells(old, new)]
    for lesion, words in _leading(then).items():
        if words != _leading(now).get(lesion):
            parts.append(f"leading: {words}")
    was, will = _stops(now), _stops(then)
    if closed := [stop for stop in was if stop not in will]:
        parts.append(f"closes {_listed(closed, now)}")
    if opened := [stop for stop in will if stop not in was]:
        parts.append(f"opens {_listed(opened, then)}")
    parts += _rules(now, then)
    return "; ".join(parts)


_Key = tuple[str, str]


def _listed(keys: list[_Key], decision: Decision) -> str:
    """Rule ids; with more than one lesion each says which it is about."""
    several = len({option.about for option in decision.options}) > 1
    return ", ".join(f"{rule} ({about})" if several else rule for rule, about in keys)


_FEW = 3


def _tells(old: Score, new: Score) -> bool:
    """Whether a score has moved by more than one total among many."""
    if old.categories != new.categories:
        return True
    return old.totals != new.totals and len(new.totals) <= _FEW


def _words(score: Score) -> str:
    """A score as the effect of an answer: ``SINS 14, unstable``."""
    reached = " or ".join(score.categories)
    if not score.totals:
        return f"{score.name} {reached}"
    return f"{score.name} {' · '.join(map(str, score.totals))}, {reached}"


def _rules(now: Decision, then: Decision) -> Iterator[str]:
    """Rules that begin to speak, and those that fall away; stops are told apart from them."""
    was, will = _speaking(now), _speaking(then)
    if begin := [rule for rule, holds in will.items() if holds is Holds.YES and was.get(rule) is not Holds.YES]:
        yield f"{_listed(begin, then)} then {'holds' if len(begin) == 1 else 'hold'}"
    if gone := [rule for rule in was if rule not in will]:
        yield f"rules out {_listed(gone, now)}"


def _speaking(decision: Decision) -> dict[_Key, Holds]:
    said = [s for s in decision.statements if s.degree is not Degree.STOP and s.rule != "EVAL-02"]
    return {(s.rule, s.about): s.holds for s in sorted(said, key=lambda s: (s.rule, s.about))}


def _leading(decision: Decision) -> dict[str, str]:
    leading: dict[str, str] = {}
    for option in decision.options:
        leading.setdefault(option.about, option.words)
    return leading


def _stops(decision: Decision) -> tuple[_Key, ...]:
    return tuple(dict.fromkeys((stop.rule, stop.about) for stop in decision.stops))
