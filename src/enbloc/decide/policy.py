"""A rule about a primary tumour as a row of a table: whose it is, and which act it calls for under which condition."""

from __future__ import annotations

from collections.abc import Callable

from enbloc.case.answer import Answer, all_of
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_primary import for_adults, is_primary_of
from enbloc.decide.rule import Advice, Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked
from enbloc.value import value

Condition = Callable[[Situation], Answer]
Whose = Callable[..., Answer]
"""Whether a situation is of one of these entities."""


def always(about: Situation) -> Answer:
    """No further condition."""
    return True


@value
class Step:
    """What a policy says of one act. ``adults`` are doses and figures that are printed for adults alone."""

    act: Act
    do: str
    condition: Condition = always
    adults: str = ""
    against: bool = False


@value
class Policy:
    """One row of the table of primary tumours (PRIM).

    The rule speaks about the act that is judged and about no other, so that a tumour whose margin depends on its
    stage is never counted for two acts at once. Two steps of one act must exclude each other.
    """

    id: str
    tumours: frozenset[str]  # keys of the table of histologies
    statement: str
    strength: str
    cites: tuple[str, ...]
    checked: Checked
    steps: tuple[Step, ...]
    degree: Degree = Degree.NOTE
    disagrees: tuple[str, ...] = ()
    whose: Whose = is_primary_of

    @property
    def rule(self) -> Rule:
        """The row as a rule."""

        def judge(about: Situation) -> Verdict:
            return _judged(self, about)

        judge.__doc__ = self.statement
        declared = rule(
            self.id,
            cites=self.cites,
            checked=self.checked,
            strength=self.strength,
            degree=self.degree,
            favours=self._acts(against=False),
            against=self._acts(against=True),
            acts=tuple(dict.fromkeys(step.act for step in self.steps)),
            disagrees=self.disagrees,
        )
        return declared(judge)

    def _acts(self, *, against: bool) -> tuple[Act, ...]:
        return tuple(dict.fromkeys(step.act for step in self.steps if step.against is against))


def _judged(policy: Policy, about: Situation) -> Verdict:
    """The first step of the act that holds; the first that is open if none does."""
    theirs = policy.whose(about, *policy.tumours)
    if theirs is False:
        return None  # of another tumour no condition is asked
    open_: Verdict = None
    for step in policy.steps:
        if not about.is_act(step.act):
            continue
        do = f"{step.do} {for_adults(about, step.adults)}" if step.adults else step.do
        verdict = when(all_of(theirs, step.condition(about)), do=do, because=about.where)
        if isinstance(verdict, Advice):
            return verdict
        open_ = verdict if open_ is None else open_
    return open_
