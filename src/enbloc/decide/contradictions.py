"""What a record says twice and differently: named with both sides, and withheld from the rules until it is settled.

Only what is certain. A rule that would read a withheld fact is open and asks; every other rule answers as before.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from enbloc.case.case import Case
from enbloc.case.finding import Findings, Missing
from enbloc.case.neurology import Neurology
from enbloc.decide.contradictions_of_state import of_state
from enbloc.decide.contradictions_of_time import of_time
from enbloc.decide.contradictions_of_tumour import of_tumour
from enbloc.decide.contradictory import Contradiction, Key, Side, Stated
from enbloc.value import value


@value
class Consistent:
    """A record and its findings without what is doubted, and every contradiction that was met.

    The record keeps its day, whichever date is withheld.
    """

    case: Case
    findings: Findings
    contradictions: tuple[Contradiction, ...]


def doubted(case: Case, findings: Findings) -> Consistent:
    """The record and the findings that rules may read, and what contradicts itself, in the order of subject and words.

    A doubted fact moves to what is missing, with the question; dates of treatments, of images and of the examination,
    and the levels of a lesion, are left out of the record. Without a contradiction both come back as they were.

    Examples
    --------
    >>> from enbloc.case.fact import PREGNANT, SEX
    >>> from enbloc.case.finding import measured
    >>> from enbloc.case.patient import Sex
    >>> known = Findings(found=(measured(SEX, "patient", Sex.MALE), measured(PREGNANT, "patient", True)))
    >>> left = doubted(Case(id="x"), known)
    >>> left.contradictions[0].words
    'sex male, and yet pregnancy yes: one of the two is of somebody else or a slip.'
    >>> left.findings.value(PREGNANT, "patient") is None
    True
    """
    stated = Stated(case, findings)
    met = sorted(chain(of_tumour(stated), of_state(stated), of_time(stated)), key=lambda one: (one.about, one.words))
    if not met:
        return Consistent(case=case, findings=findings, contradictions=())
    return Consistent(case=_without(case, met), findings=_withheld(findings, met), contradictions=tuple(met))


def _withheld(findings: Findings, met: list[Contradiction]) -> Findings:
    asked: dict[Key, dict[str, None]] = {}
    for one in met:
        for key in one.withheld:
            asked.setdefault(key, {})[one.ask] = None
    found = tuple(one for one in findings.found if (one.fact, one.about) not in asked)
    doubtful = (
        Missing(fact=fact, about=about, why=f"contradictory record: {' '.join(why)}")
        for (fact, about), why in sorted(asked.items())
    )
    return Findings(found=found, missing=(*findings.missing, *doubtful))


def _without(case: Case, met: list[Contradiction]) -> Case:
    """The record without the dates and levels that are doubted."""
    at = {index for one in met for index in one.treatments}
    places = {where for one in met for where in one.places}
    if not at and not places:
        return case
    treatments = (
        replace(one, started=None, ended=None) if index in at else one for index, one in enumerate(case.treatments)
    )
    lesions = (replace(one, levels=()) if f"lesion {one.id}.levels" in places else one for one in case.lesions)
    images = {
        role: replace(one, date=None) if f"images.{role}.date" in places else one for role, one in case.images.items()
    }
    return replace(
        case,
        as_of=case.stands_at,
        treatments=tuple(treatments),
        lesions=tuple(lesions),
        images=images,
        neurology=_examined(case.neurology, places),
    )


def _examined(now: Neurology, places: set[str]) -> Neurology:
    return replace(
        now,
        examined=None if "neurology.examined" in places else now.examined,
        since=None if "neurology.since" in places else now.since,
    )


__all__ = ["Consistent", "Contradiction", "Side", "doubted"]
