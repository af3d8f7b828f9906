"""All scores of a case: SINS and ESCC of each lesion, whole or with items open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.stage import sins, sins_items
from enbloc.stage.escc import DEBATED, ESCC, Escc, groups
from enbloc.stage.escc_items import grades
from enbloc.stage.extent import contradiction, doubts, levels_of, run_of, runs
from enbloc.stage.form import Component, Known, completions, possible
from enbloc.stage.from_case import overruled, scored
from enbloc.stage.reading import Reading
from enbloc.stage.score import Item, Score
from enbloc.stage.sins import SINS, Location, Sins, Stability
from enbloc.value import value


def scores(case: Case, findings: Findings, *, stands_for: Mapping[Level, Level] | None = None) -> tuple[Score, ...]:
    """SINS and ESCC of each lesion, in the order of the record.

    ``stands_for`` says which level of the published table a transitional level counts as; it is never inferred.
    """
    mapping = stands_for or {}
    return tuple(
        score
        for lesion in case.lesions
        for score in (sins_score(case, findings, lesion.id, mapping), escc_score(case, findings, lesion.id))
    )


@value
class _AtLevel:
    """SINS at one level: the score, and what is known of each item."""

    score: Score
    known: Known

    @property
    def forms(self) -> Iterator[Sins]:
        """Every complete form that agrees with what is known."""
        return (Sins(**form) for form in completions(possible(Sins, self.known)))


def sins_score(case: Case, findings: Findings, lesion: str, stands_for: Mapping[Level, Level]) -> Score:
    """SINS at the level where it can come to most; it is never added up over levels.

    Each involved level is scored on its own, with the highest class of location among the levels it is joined to.
    The totals are those that the highest of all levels can come to.
    """
    levels = levels_of(case, findings, lesion)
    main = findings.value(vocabulary.MAIN_LEVEL, lesion)
    if main not in levels:
        main = levels[0] if len(levels) == 1 else None
    places = [_location(case, findings, lesion, level, stands_for) for level in levels or (None,)]
    each = [
        _at(case, findings, lesion, level, place, is_main=level == main)
        for level, place in zip(levels or (None,), places, strict=True)
    ]
    scored = [one.score for one in each]
    # The highest; among equals the main level, then the most cranial.
    best = max(scored, key=lambda one: (one.totals[-1], one.totals[0], one.at == str(main)))
    flags = (*best.flags, *_level_flags(case, findings, lesion, levels))
    if len(scored) == 1:
        return replace(best, flags=flags)
    totals = _highest_totals(each)
    reached = {sins.stability(total) for total in totals}
    others = tuple(f"at {one.at}: SINS {' · '.join(map(str, one.totals))}" for one in scored if one is not best)
    return replace(
        best,
        totals=totals,
        categories=tuple(band.value for band in Stability if band in reached),
        flags=(*flags, "highest_of_several_levels", *others),
    )


def _highest_totals(each: Sequence[_AtLevel]) -> tuple[int, ...]:
    """What the highest of the levels can come to: pain, bone and arch are the same at all, the rest is each one's own.

    The level with the highest reach alone would not do: of {4, 12} and {9} the highest is 9 or 12, and never 4.
    """
    by_shared: dict[object, list[set[int]]] = defaultdict(list)
    for one in each:
        groups: dict[object, set[int]] = defaultdict(set)
        for form in one.forms:
            groups[form.pain, form.bone, form.posterolateral].add(form.total)
        for shared, totals in groups.items():
            by_shared[shared].append(totals)
    reached: set[int] = set()
    for sets in by_shared.values():
        highest = {0}
        for totals in sets:
            highest = {max(so_far, total) for so_far in highest for total in totals}
        reached |= highest
    return tuple(sorted(reached))


def _at(case: Case, findings: Findings, lesion: str, level: Level | None, place: Reading, *, is_main: bool) -> _AtLevel:
    read = {
        "location": place,
        "pain": sins_items.pain(findings, lesion),
        "bone": sins_items.bone(findings, lesion),
        "alignment": sins_items.alignment(findings, lesion, level),
        "collapse": sins_items.collapse(findings, lesion, level, is_main=is_main),
        "posterolateral": sins_items.posterolateral(findings, lesion),
    }
    readings = overruled(SINS, read, case, lesion)
    score = scored(SINS, readings, about=lesion, at=str(level) if level else "level unknown")
    if findings.value(vocabulary.STABILISED, lesion):
        score = replace(score, flags=(*score.flags, "not_validated_after_stabilisation"))
    return _AtLevel(score=score, known={name: reading.values for name, reading in readings.items()})


def _location(
    case: Case, findings: Findings, lesion: str, level: Level | None, stands_for: Mapping[Level, Level]
) -> Reading:
    """The class of the level and those joined to it; both classes where record and labels name different levels."""
    found = _highest_location(level, run_of(level, levels_of(case, findings, lesion)), stands_for)
    differs = contradiction(case, findings, lesion)
    if not differs:
        return found
    recorded = case.lesion(lesion).levels
    other = {value for one in recorded for value in _highest_location(one, run_of(one, recorded), stands_for).values}
    values = tuple(place for place in Location if place in other or place in found.values)
    if values == found.values:
        return found
    return replace(found, values=values, ask=f"level of the lesion: {differs}", note=differs)


def _highest_location(level: Level | None, levels: tuple[Level, ...], stands_for: Mapping[Level, Level]) -> Reading:
    own = sins_items.location(level, stands_for)
    if len(levels) < 2:
        return own
    each = [sins_items.location(one, stands_for) for one in levels]
    # T13 and L6 are only ever joined to junctional levels, so that none can be higher than the known one.
    return max(each, key=lambda reading: (min(_points(reading)), reading == own))


def _points(reading: Reading) -> tuple[int, ...]:
    return tuple(place.points for place in reading.values if isinstance(place, Component))


def escc_score(case: Case, findings: Findings, lesion: str) -> Score:
    """Every grade of ESCC that the findings allow; the grade somebody reported stands beside it."""
    levels = levels_of(case, findings, lesion)
    result = grades(findings, lesion, overruled(ESCC, {}, case, lesion))
    main = findings.value(vocabulary.MAIN_LEVEL, lesion)
    at = main if main in levels else levels[0] if len(levels) == 1 else None
    reported = findings.value(vocabulary.ESCC_REPORTED, lesion)
    flags = _escc_flags(findings, lesion, result.grades, result.fault)
    return Score(
        instrument=ESCC.id,
        name=ESCC.name,
        about=lesion,
        at=str(at) if at else ", ".join(map(str, levels)) or "level unknown",
        items=tuple(_quiet(predicate.item, len(result.grades) == 1) for predicate in result.predicates),
        totals=(),
        out_of=None,
        categories=tuple(grade.value for grade in result.grades),
        missing=(vocabulary.ESCC_REPORTED.ask,) if len(result.grades) > 1 else (),
        flags=(
            *flags,
            *result.flags,
            *_conus_flag(findings, lesion, levels),
            *_level_flags(case, findings, lesion, levels),
        ),
        reported=f"ESCC {reported.value} as reported" if reported else "",
        also=tuple(groups(result.grades)),
        warnings=ESCC.warnings,
        checked=ESCC.checked,
        cites=ESCC.cites,
        version=ESCC.version,
    )


def _quiet(item: Item, is_settled: bool) -> Item:
    # Once the grade is settled nobody is asked for a finding that no longer matters, and none makes it borderline.
    return replace(item, ask="", borderline=False) if is_settled else item


def _escc_flags(findings: Findings, lesion: str, reached: tuple[Escc, ...], fault: str) -> tuple[str, ...]:
    flags = [f"inconsistent: {fault}"] if fault else []
    if Escc.GRADE_1C in reached:
        flags.append(DEBATED)
    if findings.value(vocabulary.CORD_LEVEL, lesion) is False:
        flags.append("adapted_below_conus")
    return tuple(flags)


CONUS_NOT_SEEN = "it is not known whether the cord reaches this level: below the conus the scale is an analogy only"
_MAY_BE_BELOW_CONUS = tuple(Level)[tuple(Level).index(Level.L1) :]


def _conus_flag(findings: Findings, lesion: str, levels: tuple[Level, ...]) -> tuple[str, ...]:
    """That nobody has seen a cord where there may be none: the absence of an answer is not a cord."""
    unseen = isinstance(findings[vocabulary.CORD_LEVEL, lesion], Unknown)
    return (CONUS_NOT_SEEN,) if unseen and set(levels) & set(_MAY_BE_BELOW_CONUS) else ()


def _level_flags(case: Case, findings: Findings, lesion: str, levels: tuple[Level, ...]) -> tuple[str, ...]:
    """What is odd about the levels: other ones in the record, a doubtful count, or several that do not touch (H1)."""
    differs = contradiction(case, findings, lesion)
    flags = [f"{differs}: count the vertebrae"] if differs else []
    if doubtful := doubts(findings, levels):
        more = f" (and {len(doubtful) - 1} more)" if len(doubtful) > 1 else ""
        flags.append(f"the level is in doubt: {doubtful[0]}{more}")
    if len(runs(levels)) > 1:
        flags.append("the levels are not adjacent: if these are separate lesions, give each its own id")
    return tuple(flags)
