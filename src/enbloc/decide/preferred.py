"""Which approaches the rows of the table (APP) prefer for a lesion and an act, each with what its row says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from enbloc.case.answer import Answer, Unknown, all_of, unknown
from enbloc.decide.approach import ACT_RULES, ROWS, allows, in_loin, in_neck, is_long, is_ventral
from enbloc.decide.decision import Act, Holds, Statement
from enbloc.decide.rule import spoken
from enbloc.decide.situation import Situation
from enbloc.decide.ways import (
    ARCH,
    NECK_BEHIND,
    NECK_EN_BLOC,
    NECK_FIXED_BEHIND,
    NECK_IN_FRONT,
    SAGITTAL,
    THROUGH_PEDICLE,
    Way,
)
from enbloc.stage.wbb import Resection
from enbloc.value import value

POOR_BONE = "junction or poor bone, so that a posterior fixation is added?"
NECK_ALLOWS = "does the neck allow an anterior approach?"

Ways = Iterator[tuple[Way, Answer]]


@value
class Preferred:
    """One way that a row prefers, with the row's ``statement``; open ones say what to ask."""

    way: Way
    statement: Statement
    holds: Holds
    ask: tuple[str, ...] = ()


def preferred(about: Situation) -> tuple[Preferred, ...]:
    """Every way of the rows that hold for the act that is judged, and of those that are open, in the table's order.

    Examples
    --------
    >>> from enbloc.case.case import Case
    >>> from enbloc.case.finding import Findings
    >>> from enbloc.case.anatomy import Level
    >>> from enbloc.case.lesion import Lesion
    >>> from enbloc.decide.circumstances import Circumstances, PlanFacts
    >>> from enbloc.decide.situation import situation
    >>> case = Case(id="2f41", lesions=(Lesion(id="A", levels=(Level.S3,)),))
    >>> plan = PlanFacts(act=Act.EN_BLOC, about="A")
    >>> about = situation(case, Findings(), (), "A", circumstances=Circumstances(), plan=plan)
    >>> [(one.statement.rule, one.way.words) for one in preferred(about) if one.holds is Holds.YES]
    [('APP-10', 'posterior alone')]
    """
    return tuple(one for rule in ACT_RULES if (said := spoken(rule, about)) is not None for one in _of(said, about))


def _of(said: Statement, about: Situation) -> Iterator[Preferred]:
    """The ways of one row; a way that hangs on more than the row is open where that is."""
    if said.rule in _BY_ROW:
        for way in _BY_ROW[said.rule]:
            yield Preferred(way=way, statement=said, holds=said.holds, ask=said.ask)
        return
    for way, answer in _BY_RULE[said.rule](about):
        if answer is False:
            continue
        ask = tuple(sorted({*said.ask, *(answer.ask if isinstance(answer, Unknown) else ())}))
        holds = Holds.YES if answer is True and said.holds is Holds.YES else Holds.UNKNOWN
        yield Preferred(way=way, statement=said, holds=holds, ask=ask)


def _ventral_in_the_neck(about: Situation) -> Ways:
    if about.is_act(Act.EN_BLOC):
        yield NECK_EN_BLOC, True
        return
    if not is_long(about):
        yield NECK_IN_FRONT, True
    yield NECK_FIXED_BEHIND, True if is_long(about) else unknown(POOR_BONE)


def _eccentric(about: Situation) -> Ways:
    yield SAGITTAL, allows(about, Resection.SAGITTAL)
    yield ARCH, allows(about, Resection.POSTERIOR_ARCH)


def _separation(about: Situation) -> Ways:
    neck = in_neck(about)
    yield NECK_IN_FRONT, all_of(neck, is_ventral(about), unknown(NECK_ALLOWS))
    yield NECK_BEHIND, neck
    yield THROUGH_PEDICLE, in_loin(about)


_BY_ROW: dict[str, tuple[Way, ...]] = {row.id: row.approaches for row in ROWS}
_BY_RULE: dict[str, Callable[[Situation], Ways]] = {
    "APP-02": _ventral_in_the_neck,
    "APP-11": _eccentric,
    "APP-14": _separation,
}
