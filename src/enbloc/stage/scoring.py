"""All scores of a case: SINS and ESCC of each lesion, whole or with items open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level, in_order
from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.stage import escc, sins, sins_items
from enbloc.stage.escc import Escc
from enbloc.stage.escc_items import grades
from enbloc.stage.reach import reach
from enbloc.stage.reading import Reading
from enbloc.stage.score import Item, Score
from enbloc.stage.sins import Sins, Stability

_FIELDS = ("location", "pain", "bone", "alignment", "collapse", "posterolateral")


def scores(case: Case, findings: Findings, *, stands_for: Mapping[Level, Level] | None = None) -> tuple[Score, ...]:
    """SINS and ESCC of each lesion, in the order of the record.

    ``stands_for`` says which level of the published table a transitional level counts as; it is never inferred.
    """
    mapping = stands_for or {}
    return tuple(
        score
        for lesion in case.lesions
        for score in (
            sins_score(findings, lesion.id, levels_of(case, findings, lesion.id), mapping),
            escc_score(findings, lesion.id, levels_of(case, findings, lesion.id)),
        )
    )


def levels_of(case: Case, findings: Findings, lesion: str) -> tuple[Level, ...]:
    """The levels of a lesion: as found, otherwise as recorded; cranial to caudal."""
    found = findings.many(vocabulary.LEVELS, lesion)
    return in_order(found or case.lesion(lesion).levels)


def sins_score(findings: Findings, lesion: str, levels: tuple[Level, ...], stands_for: Mapping[Level, Level]) -> Score:
    """SINS at the level where it can come to most; it is never added up over levels.

    Each involved level is scored on its own, with the highest class of location among them.
    """
    main = findings.value(vocabulary.MAIN_LEVEL, lesion)
    if main not in levels:
        main = levels[0] if len(levels) == 1 else None
    scored = [_at(findings, lesion, level, levels, main, stands_for) for level in levels or (None,)]
    # The highest; among equals the main level, then the most cranial.
    best = max(scored, key=lambda one: (one.totals[-1], one.totals[0], one.at == str(main)))
    if len(scored) == 1:
        return best
    others = tuple(f"at {one.at}: SINS {' · '.join(map(str, one.totals))}" for one in scored if one is not best)
    return replace(best, flags=(*best.flags, "highest_of_several_levels", *others))


def _at(
    findings: Findings,
    lesion: str,
    level: Level | None,
    levels: tuple[Level, ...],
    main: Level | None,
    stands_for: Mapping[Level, Level],
) -> Score:
    readings = (
        _highest_location(level, levels, stands_for),
        sins_items.pain(findings, lesion),
        sins_items.bone(findings, lesion),
        sins_items.alignment(findings, lesion, level),
        sins_items.collapse(findings, lesion, level, is_main=level == main),
        sins_items.posterolateral(findings, lesion),
    )
    known = {name: reading.values for name, reading in zip(_FIELDS, readings, strict=True)}
    forms = reach(Sins, known).forms
    reached = {form.stability for form in forms}
    return Score(
        instrument="sins",
        name="SINS",
        about=lesion,
        at=str(level) if level else "level unknown",
        items=tuple(reading.item for reading in readings),
        totals=tuple(sorted({form.total for form in forms})),
        out_of=sins.OUT_OF,
        categories=tuple(band.value for band in Stability if band in reached),
        missing=tuple(reading.item.ask for reading in readings if len(reading.values) > 1),
        flags=_sins_flags(findings, lesion, readings),
        cites=sins.CITES,
        version=sins.VERSION,
    )


def _highest_location(level: Level | None, levels: tuple[Level, ...], stands_for: Mapping[Level, Level]) -> Reading:
    own = sins_items.location(level, stands_for)
    if len(levels) < 2:
        return own
    each = [sins_items.location(one, stands_for) for one in levels]
    return max(each, key=lambda reading: (min(_points(reading)), reading == own))


def _points(reading: Reading) -> tuple[int, ...]:
    return tuple(place.points for place in reading.values if isinstance(place, sins.Component))


def _sins_flags(findings: Findings, lesion: str, readings: tuple[Reading, ...]) -> tuple[str, ...]:
    flags = [flag for reading in readings for flag in reading.flags]
    if findings.value(vocabulary.STABILISED, lesion):
        flags.append("not_validated_after_stabilisation")
    return tuple(dict.fromkeys(flags))


def escc_score(findings: Findings, lesion: str, levels: tuple[Level, ...]) -> Score:
    """Every grade of ESCC that the findings allow; the grade somebody reported stands beside it."""
    result = grades(findings, lesion)
    main = findings.value(vocabulary.MAIN_LEVEL, lesion)
    at = main if main in levels else levels[0] if len(levels) == 1 else None
    reported = findings.value(vocabulary.ESCC_REPORTED, lesion)
    return Score(
        instrument="escc",
        name="ESCC",
        about=lesion,
        at=str(at) if at else ", ".join(map(str, levels)) or "level unknown",
        items=tuple(_quiet(predicate.item, len(result.grades) == 1) for predicate in result.predicates),
        totals=(),
        out_of=None,
        categories=tuple(grade.value for grade in result.grades),
        missing=(vocabulary.ESCC_REPORTED.ask,) if len(result.grades) > 1 else (),
        flags=_escc_flags(findings, lesion, result.grades, result.fault),
        reported=f"ESCC {reported.value} as reported" if reported else "",
        cites=escc.CITES,
        version=escc.VERSION,
    )


def _quiet(item: Item, is_settled: bool) -> Item:
    # Once the grade is settled nobody is asked for a finding that no longer matters, and none makes it borderline.
    return replace(item, ask="", borderline=False) if is_settled else item


def _escc_flags(findings: Findings, lesion: str, reached: tuple[Escc, ...], fault: str) -> tuple[str, ...]:
    flags = [f"inconsistent: {fault}"] if fault else []
    if Escc.GRADE_1C in reached:
        flags.append("1c_debated")
    if findings.value(vocabulary.CORD_LEVEL, lesion) is False:
        flags.append("adapted_below_conus")
    return tuple(flags)
