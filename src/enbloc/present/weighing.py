"""Options, frameworks, the summary for the board, and what would change them, each put into words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown
from enbloc.decide.decision import Holds, Statement
from enbloc.decide.parts import Part, part_of
from enbloc.decide.recommendation import Change, Decision, Option, Overridden, Recommended, Standing, Why
from enbloc.present import words
from enbloc.present.counsel import (
    ChangeRow,
    Choice,
    Effect,
    Framework,
    Minute,
    Minutes,
    NearestRow,
    OverrideRow,
    PartRow,
)
from enbloc.present.rules import families, rule


# --- options ----------------------------------------------------------------------------------------------------------
def choices(decision: Decision) -> Iterator[Choice]:
    """The options that something speaks for or against, in their order."""
    several = len(decision.lesions) > 1
    for lesion in decision.lesions:
        told: set[tuple[str, str]] = set()
        for one in lesion.options:
            if one.standing is not Standing.UNSUPPORTED:
                yield choice(one, several, frozenset(told))
                told.update((each.rule, each.do) for each in _worth_telling(one))


def _worth_telling(one: Option) -> tuple[Statement, ...]:
    """What is told of an option part by part; of one that is rejected the reason is enough."""
    return () if one.standing is Standing.REJECTED else one.speaks


def choice(one: Option, several: bool, told: frozenset[tuple[str, str]] = frozenset()) -> Choice:
    """One option with everything that is said of it, but for what was ``told`` of one before."""
    worth = _worth_telling(one)
    fresh = [each for each in worth if (each.rule, each.do) not in told]
    return Choice(
        words=f"{one.words} (lesion {one.about})" if several else one.words,
        act=one.act.value,
        about=one.about,
        standing=one.standing.value,
        because=one.because.rstrip("."),
        short=shortened(one.because),
        is_leading=one.standing is Standing.LEADING,
        is_draft=one.is_draft,
        supports=tuple(rule(each) for each in one.supports),
        against=tuple(rule(each) for each in one.against),
        held=tuple(rule(each) for each in one.stops if each.holds is Holds.YES),
        open=tuple(rule(each) for each in one.stops if each.holds is Holds.UNKNOWN),
        risks=tuple(rule(each) for each in one.risks),
        overridden=tuple(override_row(each) for each in one.overridden),
        parts=tuple(_parts(fresh)),
        as_before=", ".join(each.rule for each in worth if each not in fresh),
        pending=families(one.pending),
        expected=one.expected,
    )


_LONGEST = 110


def shortened(because: str) -> str:
    """The first part of a reason, cut at a word where it is long; the table has it whole.

    Examples
    --------
    >>> shortened("PALL-01 speaks for it; checked rules that hold go before")
    'PALL-01 speaks for it'
    """
    return _cut(because.split(";")[0].rstrip("."))


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rpartition(' ')[0]} …"


_ORDER = (Part.PRICE, Part.EXPECT, Part.BEFORE, Part.HOW, Part.AFTER, Part.TELL, Part.WHO, Part.DISPUTED)
"""The order on the page: first what it costs the patient."""


def _parts(those: Iterable[Statement]) -> Iterator[PartRow]:
    spoken = tuple(those)
    for part in _ORDER:
        mine = tuple(rule(one) for one in spoken if part_of(one.rule) is part)
        if mine:
            yield PartRow(name=part.value, rules=mine)


def override_row(one: Overridden) -> OverrideRow:
    """An override as printed: who, when and why."""
    given = one.by
    about = "the patient" if given.about == "patient" else f"lesion {given.about}"
    return OverrideRow(
        stop=given.stop,
        where=f"{about}, {given.act or 'every act'}",
        by=given.by,
        on=words.day(given.on),
        because=given.because,
        do=one.stop.do,
    )


# --- NOMS and LMNOP ---------------------------------------------------------------------------------------------------
def framework(lesion: Recommended) -> Framework:
    """The two frameworks of a lesion that has them, field by field."""
    found = lesion.frameworks
    assert found is not None, "only asked for lesions in the branch of NOMS"
    differ = found.differ
    asks = differ.ask if isinstance(differ, Unknown) else frozenset()
    return Framework(
        about=lesion.about,
        fields=tuple((one.name, _answer(one.noms), _answer(one.lmnop), one.differs) for one in found.fields),
        surgery_first=(_answer(found.noms), _answer(found.lmnop)),
        driving=_driving(differ, found.driving),
        rows=" · ".join(lesion.summary.noms) or "no row of NOMS holds or is open",
        location=found.location,
        ask=tuple(sorted(asks)),
    )


def _answer(answer: Answer) -> str:
    return words.UNKNOWN if isinstance(answer, Unknown) else "yes" if answer else "no"


def _driving(differ: Answer, fields: tuple[str, ...]) -> str:
    if isinstance(differ, Unknown):
        return "Whether they differ is not known yet."
    if not differ:
        return "They come to the same answer."
    return f"They differ, driven by {words.sentence_list(fields)}."


# --- what would change it ---------------------------------------------------------------------------------------------
def changed(one: Change) -> ChangeRow:
    """One input, with what each of its answers would do."""
    stands = "" if one.why is Why.UNKNOWN else one.now
    why = f"{one.why.value}: {stands}" if stands else one.why.value
    return ChangeRow(
        ask=one.ask,
        why=why,
        effects=tuple(
            Effect(
                answers=" or ".join(dict.fromkeys(each.answers)),
                leading=each.leading,
                branch=each.branch,
                scores="; ".join(each.scores),
                holds=", ".join(each.holds),
                opens=", ".join(each.opens),
                closes=", ".join(each.closes),
                rules=", ".join(each.rules),
            )
            for each in one.answers
        ),
    )


def effect_words(one: Effect) -> str:
    """What an answer would do, in a line."""
    parts = (
        (one.leading, "leads: "),
        (one.branch, "branch: "),
        (one.holds, "then holds: "),
        (one.opens, "no longer excluded: "),
        (one.closes, "closes "),
        (one.scores, ""),
    )
    return "; ".join(f"{head}{said}" for said, head in parts if said) or f"rules that change: {one.rules}"


def nearest_rows(decision: Decision) -> Iterator[NearestRow]:
    """For each lesion the smallest change that would put another option first."""
    for one in decision.nearest:
        said = f"{one.ask}: {one.now} → {one.then}; then leads: {one.leading}"
        yield NearestRow(about=f"lesion {one.about}", words=said)


# --- the summary for the board ----------------------------------------------------------------------------------------
_RECORDED = (vocabulary.BOARD_CHOICE, vocabulary.BOARD_RESPONSIBLE, vocabulary.BOARD_DEADLINE)
"""What nobody but the board can write."""


def minutes(lesion: Recommended) -> Minutes:
    """What the output of the board must hold about a lesion; what nobody recorded is a blank."""
    held = lesion.summary
    blanks = {fact.id: fact.ask if fact.ask in held.ask else "" for fact in _RECORDED}
    lines = (
        ("Certainty of the diagnosis", (held.certainty,), ""),
        ("Cell of NOMS", (" · ".join(held.noms) or "outside the branch of NOMS",), ""),
        ("Target margin", (held.margin,), ""),
        ("Chosen option", (held.chosen,), blanks[vocabulary.BOARD_CHOICE.id]),
        ("Rejected, with the reason", tuple(_cut(each) for each in held.rejected), ""),
        ("Items of consent", held.consent, ""),
        ("Responsible", (held.responsible,) if held.responsible else (), blanks[vocabulary.BOARD_RESPONSIBLE.id]),
        ("Deadline", (held.deadline,) if held.deadline else (), blanks[vocabulary.BOARD_DEADLINE.id]),
    )
    made = tuple(Minute(label=label, lines=said, ask=ask) for label, said, ask in lines)
    return Minutes(about=f"lesion {lesion.about}", lines=made)
