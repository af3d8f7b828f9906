"""Stops about a construct: a level that nobody named, and an end in or beside a vertebra that does not hold."""

from __future__ import annotations

from enbloc.case.answer import Unknown
from enbloc.decide.acts import SURGERY
from enbloc.decide.construct import bad_ends, fixes, named_words, span_words, unnamed
from enbloc.decide.decision import Degree
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import is_any, listed
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked


@rule(
    "STOP-06",
    cites=("project",),
    checked=Checked.OURS,
    strength="Hard stop, project rule",
    degree=Degree.STOP,
    acts=SURGERY,
)
def level_nobody_named(about: Situation) -> Verdict:
    """A rod, screw or cage spans or ends on a level that the plan and the consent do not name: unplanned fusion."""
    if not fixes(about):
        return None
    missing = unnamed(about)
    do = "Name every level in the plan and in the consent, or shorten the construct."
    return when(is_any(missing), do=do, because=f"Not named: {named_words(missing)}.")


@rule(
    "STOP-07", cites=("project",), checked=Checked.FROM_MEMORY, strength="Hard stop", degree=Degree.STOP, acts=SURGERY
)
def end_that_does_not_hold(about: Situation) -> Verdict:
    """A screw ends in a lytic or unstable vertebra, or the construct stops next to one: failure."""
    if not fixes(about):
        return None
    bad = bad_ends(about)
    reasons = "" if isinstance(bad, Unknown) else f" {listed(bad)}."
    do = "Extend the construct to a sound vertebra."
    return when(is_any(bad), do=do, because=f"{span_words(about)}{reasons}")


CASE_RULES: tuple[Rule, ...] = ()
ACT_RULES: tuple[Rule, ...] = (level_nobody_named, end_that_does_not_hold)
