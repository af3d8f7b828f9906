"""Which override of the record meets which stop. A stop that is met stays: it only no longer blocks "ready"."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.case.case import Case
from enbloc.case.override import Override
from enbloc.decide.decision import Act, Degree
from enbloc.decide.families import RULES
from enbloc.errors import RecordError
from enbloc.value import value

PATIENT = "patient"

STOPS = tuple(sorted(rule.id for rule in RULES.values() if rule.degree is Degree.STOP))
_ACTS = tuple(act.value for act in Act)


@value
class Unmet:
    """An override that meets no stop, by its place in the record; ``why`` and ``remedy`` are sentences."""

    index: int
    override: Override
    key: str  # which of its fields is at fault
    why: str
    remedy: str


def overrides_of(case: Case, stop_id: str, about: str, act: Act | None) -> Override | None:
    """The override that meets a stop about a lesion, and about an act or, without one, about the case; or nothing.

    It names this stop; this lesion or the patient; this act or none. One dated after the day of the case is void.
    Of several the narrowest comes back: of the lesion before the patient, of the act before every act.
    """
    mine = [
        one
        for one in case.overrides
        if one.stop == stop_id and one.about in (about, PATIENT) and one.act in _words_of(act)
    ]
    given = [one for one in mine if not _lies_ahead(one, case)]
    return min(given, key=lambda one: (one.about != about, not one.act), default=None)


def strange(case: Case) -> tuple[Unmet, ...]:
    """The overrides that can meet nothing, in the order of the record: no such stop, no such act, not given yet."""
    return tuple(unmet for at, one in enumerate(case.overrides) for unmet in _unmet(case, at, one))


def override_faults(case: Case) -> Iterator[RecordError]:
    """The same as faults of the record, each with its place, for ``enbloc check``."""
    for one in strange(case):
        yield RecordError(one.why, remedy=one.remedy, where=f"overrides[{one.index}].{one.key}")


def _words_of(act: Act | None) -> tuple[str, ...]:
    return ("",) if act is None else ("", act.value)


def _lies_ahead(one: Override, case: Case) -> bool:
    return case.stands_at is not None and one.on > case.stands_at


def _unmet(case: Case, at: int, one: Override) -> Iterator[Unmet]:
    if one.stop not in STOPS:
        why, remedy = f"The pathway has no {one.stop}.", f"Its stops are {STOPS[0]} to {STOPS[-1]}."
        yield Unmet(index=at, override=one, key="stop", why=why, remedy=remedy)
    if one.act and one.act not in _ACTS:
        remedy = f"Write one of: {'; '.join(_ACTS)}; or leave it out for every act."
        yield Unmet(index=at, override=one, key="act", why="There is no such act.", remedy=remedy)
    if _lies_ahead(one, case):
        why = f"The override of {one.stop} is dated {one.on}, after the day of the case ({case.stands_at})."
        yield Unmet(index=at, override=one, key="on", why=why, remedy="Correct the date, or as_of.")
