"""Timelines for tests: what is known of a lesion at T8, its earlier treatments, and the day the case stands at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.neurology import Neurology
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.circumstances import Circumstances
from enbloc.decide.timeline import Dated, timeline
from enbloc.stage import scores
from tests.decide.situations import READY, a_case, found


def drug(what: str, ended: date | None, *, started: date | None = None) -> Treatment:
    return Treatment(kind=TreatmentKind.SYSTEMIC, what=what, started=started, ended=ended)


def done(
    kind: TreatmentKind,
    ended: date | None,
    *,
    what: str = "treated",
    levels: tuple[Level, ...] = (Level.T8,),
    fractions: int | None = None,
    dose_gy: float | None = None,
) -> Treatment:
    return Treatment(kind=kind, what=what, levels=levels, ended=ended, fractions=fractions, dose_gy=dose_gy)


def radiotherapy(ended: date | None, *, what: str = "radiotherapy 30/10") -> Treatment:
    return done(TreatmentKind.RADIOTHERAPY, ended, what=what, fractions=10, dose_gy=30.0)


def entered_on(
    known: dict[Fact[Any], Any],
    *treatments: Treatment,
    circumstances: Circumstances = READY,
    neurology: Neurology | None = None,
) -> tuple[Dated, ...]:
    """The whole timeline."""
    case = replace(a_case(), treatments=treatments, as_of=circumstances.as_of, neurology=neurology or Neurology())
    findings = found(known)
    return timeline(case, findings, scores(case, findings), circumstances=circumstances)


def of(rule: str, known: dict[Fact[Any], Any], *treatments: Treatment, **more: Any) -> tuple[Dated, ...]:
    """The entries of one rule."""
    return tuple(one for one in entered_on(known, *treatments, **more) if one.rule == rule)
