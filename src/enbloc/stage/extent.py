"""Which levels a lesion holds: as found or as recorded, whether the two agree, are sure, and which are joined."""

from __future__ import annotations

from collections.abc import Iterable

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level, in_order
from enbloc.case.case import Case
from enbloc.case.fact import LabelTrust
from enbloc.case.finding import Finding, Findings


def levels_of(case: Case, findings: Findings, lesion: str) -> tuple[Level, ...]:
    """The levels of a lesion: as found, otherwise as recorded; cranial to caudal."""
    found = findings.many(vocabulary.LEVELS, lesion)
    return in_order(found or case.lesion(lesion).levels)


def contradiction(case: Case, findings: Findings, lesion: str) -> str:
    """That record and labels name different levels, in words; empty if they agree or one of them is silent.

    A count that slipped by one is the way to the wrong vertebra (hazard H1), so that any difference is said.
    """
    found, recorded = findings.many(vocabulary.LEVELS, lesion), case.lesion(lesion).levels
    if not found or not recorded or set(found) == set(recorded):
        return ""
    return f"recorded at {_listed(recorded)}, found at {_listed(found)}"


def doubts(findings: Findings, levels: Iterable[Level]) -> tuple[str, ...]:
    """Why the names of the levels, or the labels of these, are in doubt; nothing if they are sound or nobody looked."""
    names = findings[vocabulary.NUMBERING_DOUBTFUL, "patient"]
    found: list[str] = []
    if isinstance(names, Finding) and names.value:
        found += names.notes or (vocabulary.NUMBERING_DOUBTFUL.words,)
    for level in levels:
        label = findings[vocabulary.LABEL_TRUST, level]
        if isinstance(label, Finding) and label.value is not LabelTrust.SOUND:
            found += label.notes or (f"label of {level} {label.value.value}",)
    return tuple(dict.fromkeys(found))


def _listed(levels: Iterable[Level]) -> str:
    return " and ".join(map(str, in_order(levels)))


_ORDER = tuple(Level)


def runs(levels: Iterable[Level]) -> tuple[tuple[Level, ...], ...]:
    """The levels parted into groups that follow each other; T13 and L6 may be absent between two.

    Examples
    --------
    >>> [[str(level) for level in run] for run in runs([Level.T12, Level.L1, Level.L4])]
    [['T12', 'L1'], ['L4']]
    """
    parted: list[list[Level]] = []
    for level in in_order(levels):
        between = _ORDER[_ORDER.index(parted[-1][-1]) + 1 : _ORDER.index(level)] if parted else ()
        if parted and all(one.is_transitional for one in between):
            parted[-1].append(level)
        else:
            parted.append([level])
    return tuple(tuple(run) for run in parted)


def run_of(level: Level | None, levels: Iterable[Level]) -> tuple[Level, ...]:
    """The group of joined levels that holds ``level``; nothing without a level."""
    return next((run for run in runs(levels) if level in run), ())
