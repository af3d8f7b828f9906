"""The rules that speak, as printed: each with its mark, its source, and one thing to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enbloc.decide.decision import Degree, Holds, Statement
from enbloc.evidence import Checked, Citation
from enbloc.follow.result import Setting, Workup
from enbloc.present.content import Rule

CHECKED = {
    Checked.READ: "V, compared with the source",
    Checked.READ_IN_A_COPY: "V2, compared with a copy of the source",
    Checked.FROM_MEMORY: "U, draft: not yet source-checked",
    Checked.OURS: "project's own rule",
}

_URGENCY = tuple(Degree)
_JOINT = " · "


def alarms(workup: Workup, *degrees: Degree) -> tuple[Rule, ...]:
    """The rules of these degrees that speak, each once, the loudest first."""
    spoken = (*workup.decision.stops, *workup.decision.statements, *(s for plan in workup.plans for s in plan.stops))
    loud = {(one.rule, one.about): one for one in spoken if one.degree in degrees}
    return tuple(rule(one) for one in sorted(loud.values(), key=lambda one: _URGENCY.index(one.degree)))


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
        about="the patient" if one.about in {"", "patient"} else f"lesion {one.about}",
        strength=one.strength,
        checked=CHECKED[one.checked],
        is_draft=one.is_draft,
        cites=cited(one.cites),
    )


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


def every_rule(workup: Workup) -> tuple[Rule, ...]:
    """Every rule that spoke anywhere, each once, the loudest first."""
    spoken = list(workup.decision.statements)
    for option in workup.decision.options:
        spoken += [*option.supports, *option.against, *option.stops]
    for plan in workup.plans:
        spoken += [*plan.stops, *plan.rules]
    each = {(one.rule, one.about): one for one in spoken}
    return tuple(rule(one) for one in sorted(each.values(), key=lambda one: (_URGENCY.index(one.degree), one.rule)))


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
