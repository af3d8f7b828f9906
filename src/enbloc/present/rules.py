"""The rules that speak, as printed: each with its mark, its source, and one thing to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from enbloc.decide.decision import Degree, Holds, Statement
from enbloc.decide.recommendation import Decision
from enbloc.evidence import Checked, Citation
from enbloc.follow.result import Setting
from enbloc.present.counsel import Rule

CHECKED = {
    Checked.READ: "V, compared with the source",
    Checked.READ_IN_A_COPY: "V2, compared with a copy of the source",
    Checked.FROM_MEMORY: "U, draft: not yet source-checked",
    Checked.OURS: "project's own rule",
}

_URGENCY = tuple(Degree)
_JOINT = " · "


def rule(one: Statement) -> Rule:
    """A statement as it is printed."""
    return Rule(
        id=one.rule,
        degree=one.degree,
        is_open=one.holds is Holds.UNKNOWN,
        status=_status(one),
        statement=one.statement,
        do=one.do,
        steps=_steps(one.do),
        because=one.because,
        ask="; ".join(each for each in one.ask if each not in one.do),  # not what is said already
        about=about_words(one.about),
        strength=one.strength,
        checked=CHECKED[one.checked],
        mark=one.checked.value,
        is_draft=one.is_draft,
        cites=cited(one.cites),
        sources="; ".join(f"{each.authors} {each.year}" for each in one.cites),
        read=_JOINT.join(one.read),
    )


def about_words(about: str) -> str:
    """Whom a statement is about."""
    return "the patient" if about in {"", "patient"} else f"lesion {about}"


_STEPS = 3


def _steps(do: str) -> tuple[str, ...]:
    """What to do, each of several questions by itself; of many the first, and how many more the annex has."""
    each = tuple(do.split(_JOINT))
    more = len(each) - _STEPS
    return each if more < 2 else (*each[:_STEPS], f"and {more} more, in the annex")


def _status(one: Statement) -> str:
    if one.holds is Holds.YES:
        return "holds"
    return "not judged yet, counts as open" if one.degree is Degree.STOP else "not judged yet"


def cited(those: Iterable[Citation]) -> tuple[str, ...]:
    """Citations in a line each, with their DOI."""
    return tuple(f"{one} doi:{one.doi}" if one.doi else str(one) for one in those)


def every_rule(decision: Decision, further: Iterable[Statement] = ()) -> tuple[Rule, ...]:
    """Every rule that spoke anywhere and every open stop, each once a lesion, the loudest first.

    ``further`` is what else was said, of plans. Of several that say the same stop, one that holds goes before, and the
    questions of all stand together.
    """
    each: dict[tuple[str, str], Statement] = {}
    for one in (*_spoken(decision), *further):
        key = (one.rule, one.about)
        held = each.get(key)
        each[key] = one if held is None else _together(held, one)
    order = sorted(each.values(), key=lambda one: (_URGENCY.index(one.degree), one.rule, one.about))
    return tuple(rule(one) for one in order)


def _spoken(decision: Decision) -> Iterator[Statement]:
    yield from decision.statements
    for option in decision.options:
        yield from (one for one in option.every if one.holds is Holds.YES or one not in option.pending)


def _together(first: Statement, other: Statement) -> Statement:
    if first.holds is not other.holds:
        return first if first.holds is Holds.YES else other
    if first.holds is Holds.YES:
        return first
    asks = tuple(dict.fromkeys((*first.ask, *other.ask)))
    return replace(first, ask=asks, do=f"Find out: {_JOINT.join(asks)}")


def families(those: Iterable[Statement]) -> str:
    """Rules counted by family, each once: ``COMP 3, RT 2``."""
    counted = Counter(id.rpartition("-")[0] for id in dict.fromkeys(one.rule for one in those))
    return ", ".join(f"{family} {number}" for family, number in sorted(counted.items()))


def versions(settings: Iterable[Setting]) -> Iterator[tuple[str, str, str]]:
    """Rules by version and mark: each version and each mark once, with the rules that carry them."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for one in settings:
        version, _, mark = one.value.rpartition("; ")
        key = (version, mark) if version else (mark, "")
        grouped.setdefault(key, []).append(one.name)
    marks = [checked.value for checked in Checked]
    order = {mark: nth for nth, mark in enumerate((*marks, ""))}
    for version, mark in sorted(grouped, key=lambda key: (key[0], order.get(key[1], len(order)))):
        said = CHECKED[Checked(mark)] if mark in marks else mark
        yield version, said, _JOINT.join(sorted(grouped[version, mark]))
