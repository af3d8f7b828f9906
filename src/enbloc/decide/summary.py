"""What the output of the board must hold about a lesion (MDT-04), from the record, the rules and the options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.fact import Fact
from enbloc.case.lesion import LesionKind
from enbloc.decide.decision import Said
from enbloc.decide.of_primary import stage_words
from enbloc.decide.parts import Part, part_of
from enbloc.decide.recommendation import Option, Standing, Summary
from enbloc.decide.situation import Situation
from enbloc.decide.timeline_entry import PATIENT, Dated, Passing


def summary_of(about: Situation, said: Said, options: Sequence[Option], *, deadline: str) -> Summary:
    """The summary of one lesion; ``deadline`` is the first that a rule sets, in words."""
    kept: tuple[Fact[Any], ...] = (vocabulary.BOARD_CHOICE, vocabulary.BOARD_RESPONSIBLE, vocabulary.BOARD_DEADLINE)
    return Summary(
        certainty=_certainty(about),
        noms=tuple(_cells(said)),
        margin=_margin(about),
        chosen=_chosen(about, options),
        rejected=tuple(_rejected(options)),
        consent=tuple(_consent(options)),
        responsible=_recorded(about, vocabulary.BOARD_RESPONSIBLE),
        deadline=_recorded(about, vocabulary.BOARD_DEADLINE) or deadline,
        ask=tuple(named.ask for named in kept if isinstance(about.finding(named), Unknown)),
    )


def first_deadline(dated: Iterable[Dated], lesion: str, *, emergency: bool) -> str:
    """The first day still ahead that a rule sets, in words; in an emergency also one that nobody can date yet."""
    mine = [one for one in dated if one.what is Passing.LATEST and one.about in (lesion, PATIENT) and not one.is_open]
    ahead = next((one for one in mine if one.day is not None and not one.has_passed), None)
    undated = next((one for one in mine if one.day is None), None) if emergency else None
    first = ahead or undated
    if first is None:
        return ""
    day = first.day.isoformat() if first.day is not None else f"day not known: {'; '.join(first.ask)}"
    return f"{first.subject}: {day} ({first.rule})"


def _certainty(about: Situation) -> str:
    proven = about.answer(vocabulary.PROVEN)
    if proven is True:
        return f"{about.tumour_words}, proven by tissue"
    return f"{about.tumour_words}, {'no tissue' if proven is False else 'not known whether tissue proves it'}"


def _cells(said: Said) -> Iterator[str]:
    """The rows of NOMS that hold; where none does, those that may."""
    held = [one for one in said.speaks if one.rule.startswith("NOMS")]
    yield from (f"{one.rule}: {one.do}" for one in held)
    if not held:
        yield from (f"{one.rule} if it turns out so" for one in said.pending if one.rule.startswith("NOMS"))


def _margin(about: Situation) -> str:
    """The margin that the table of tumours prefers, and the stage that it depends on."""
    if about.histology is None:
        return "unknown until the tumour has a name that the table knows"
    wanted = about.histology.preferred_margin.replace("_", " ")
    mark = "" if not about.histology.checked.is_draft else " (from memory, not yet source-checked)"
    stage = f" {stage_words(about)}" if about.kind is LesionKind.PRIMARY and not about.histology.is_marrow else ""
    return f"{wanted or 'none named'}{mark}.{stage}"


def _chosen(about: Situation, options: Sequence[Option]) -> str:
    recorded = _recorded(about, vocabulary.BOARD_CHOICE)
    if recorded:
        return recorded
    leading = next((one for one in options if one.standing is Standing.LEADING), None)
    return f"not recorded; {leading.words} leads by the rules" if leading else "not recorded; no option leads yet"


def _recorded(about: Situation, named: Fact[Any]) -> str:
    """What a person wrote down, with the name; empty if nobody did."""
    found = about.finding(named)
    if isinstance(found, Unknown):
        return ""
    return f"{found.value} ({found.source.by})" if found.source.by else str(found.value)


def _rejected(options: Sequence[Option]) -> Iterator[str]:
    """The rejected options with their reasons; where none is, the one that stands last."""
    rejected = [one for one in options if one.standing is Standing.REJECTED]
    others = [one for one in options if one.standing is not Standing.LEADING]
    for one in rejected or others[-1:]:
        yield f"{one.words}: {one.because}"


def _consent(options: Sequence[Option]) -> Iterator[str]:
    """What the patient must be told of the leading option: by the rules of consent, then by those of its price."""
    leading = [one for one in options if one.standing is Standing.LEADING]
    for part in (Part.TELL, Part.PRICE):
        yield from (f"{said.rule}: {said.do}" for one in leading for said in one.speaks if part_of(said.rule) is part)
