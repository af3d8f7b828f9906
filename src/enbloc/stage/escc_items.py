"""The five findings of ESCC out of measurements, and every grade they allow.

A measurement within a tenth of its threshold leaves the neighbouring answer open. For the two area ratios the tenth
is taken of the *loss* (1 minus the ratio): a tenth of the ratio itself would make an untouched cord, at 1.00,
"close" to the threshold of 0.93.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from types import MappingProxyType
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.evidence import Threshold
from enbloc.stage.escc import NON_TUMOUR_COMPRESSION, TUMOUR_ALL_ROUND, Compression, Escc, contradiction
from enbloc.stage.reading import Reading, bounds, project, quoted
from enbloc.stage.score import Item
from enbloc.value import value

AREA_FROM = project("epidural tumour area", 5.0, "mm²", ">=")
SLICES_FROM = project("contiguous slices with epidural tumour", 2, "slices", ">=")
INDENTATION_FROM = project("indentation of the sac", 1.0, "mm", ">=")
SAC_RATIO_TO = project("sac area against the free levels", 0.90, "share", "<=")
CONTACT_TO = project("distance from tumour to cord read as contact", 0.7, "mm", "<=")
CORD_RATIO_TO = project("cord area against the free levels", 0.93, "share", "<=")
FLATTENING_FROM = project("drop of the cord's depth to width ratio", 15, "%", ">=")
SHIFT_FROM = project("displacement of the cord", 1.5, "mm", ">=")
ALL_ROUND_FROM = project("share of the way round the sac or cord that meets tumour", 0.95, "share", ">=")
CSF_FROM = project("share of the cord's rim with fluid", 0.10, "share", ">=")
NEAR = project("closeness to a threshold that leaves the neighbouring grade open", 0.10, "of it", "<=")

Possible = frozenset[bool]
EITHER: Possible = frozenset({True, False})


@value
class Predicate:
    """One of the five findings: what it may be, as measured and with its neighbours, and the numbers behind it."""

    name: str
    plain: Possible
    widened: Possible
    facts: tuple[str, ...]
    note: str
    measured: bool  # every number that it needs is known

    @property
    def item(self) -> Item:
        """As a line of the score; ESCC has no points."""
        words = tuple(word for word, truth in (("no", False), ("yes", True)) if truth in self.widened)
        return Item(
            name=self.name,
            values=words,
            points=(),
            facts=self.facts,
            ask="" if len(words) == 1 else vocabulary.ESCC_REPORTED.ask,
            borderline=self.measured and len(words) > 1,
            note=self.note,
        )


@value
class Grades:
    """Every grade that the findings allow, ascending; ``fault`` says what contradicts itself.

    ``flags`` are those of `enbloc.stage.escc`.
    """

    grades: tuple[Escc, ...]
    predicates: tuple[Predicate, ...]
    fault: str = ""
    flags: tuple[str, ...] = ()


_Test = tuple[Fact[Any], Threshold]

_PREDICATES: tuple[tuple[str, bool, tuple[_Test, ...]], ...] = (
    ("epidural tumour", True, ((vocabulary.EPIDURAL_AREA, AREA_FROM), (vocabulary.EPIDURAL_SLICES, SLICES_FROM))),
    (
        "thecal sac deformed",
        False,
        ((vocabulary.SAC_INDENTATION, INDENTATION_FROM), (vocabulary.SAC_AREA_RATIO, SAC_RATIO_TO)),
    ),
    ("contact with the cord", False, ((vocabulary.CORD_DISTANCE, CONTACT_TO),)),
    (
        "cord compressed or displaced",
        False,
        (
            (vocabulary.CORD_AREA_RATIO, CORD_RATIO_TO),
            (vocabulary.CORD_FLATTENING, FLATTENING_FROM),
            (vocabulary.CORD_SHIFT, SHIFT_FROM),
        ),
    ),
    ("fluid seen around the cord", False, ((vocabulary.CSF_SHARE, CSF_FROM),)),
)


def predicates(findings: Findings, lesion: str) -> tuple[Predicate, ...]:
    """The five findings of one lesion, each with every answer it may have."""
    return tuple(_predicate(findings, lesion, *row) for row in _PREDICATES)


def grades(findings: Findings, lesion: str, answered: Mapping[str, Reading] = MappingProxyType({})) -> Grades:
    """Every grade that some consistent answer to the five findings gives.

    What a person ``answered`` in a form overrules what was measured, finding by finding.

    Contradicting measurements make no grade: all six stay possible, and the fault is named. So they do where bone or
    disc presses on the sac and not the tumour: that is not graded as epidural tumour, unless a person did in a form.
    """
    measured = predicates(findings, lesion)
    read = tuple(_answered(one, answered.get(name)) for one, name in zip(measured, _FIELDS, strict=True))
    if findings.value(vocabulary.OTHER_COMPRESSION, lesion) and not answered:
        return Grades(grades=tuple(Escc), predicates=read, flags=(NON_TUMOUR_COMPRESSION,))
    turn = frozenset(answered["all_round"].values) if "all_round" in answered else _all_round(findings, lesion)
    forms = _forms([one.widened for one in read], turn)
    if forms:
        reached = {grade for form in forms for grade in form.readings}
        return Grades(
            grades=tuple(grade for grade in Escc if grade in reached),
            predicates=_narrowed(read, forms),
            flags=(TUMOUR_ALL_ROUND,) if any(len(form.readings) > 1 for form in forms) else (),
        )
    first = [min(one.plain) for one in read]
    fault = contradiction(first[0], first[1], first[2], first[3])
    return Grades(
        grades=tuple(Escc), predicates=read, fault=fault or "The epidural measurements contradict each other."
    )


def _answered(measured: Predicate, answer: Reading | None) -> Predicate:
    """The finding as a form answers it, with the measured one beside it."""
    if answer is None:
        return measured
    values = frozenset(answer.values)
    note = f"{answer.note}; measured: {measured.note}" if measured.note else answer.note
    return replace(measured, plain=values, widened=values, note=note)


_FIELDS = ("epidural", "sac_deformed", "cord_contact", "cord_compressed", "csf_visible")


def _all_round(findings: Findings, lesion: str) -> Possible:
    """Whether tumour may lie all round the cord; nobody is asked for it, since the scale itself does not."""
    if isinstance(findings[vocabulary.EPIDURAL_TURN, lesion], Unknown):
        return frozenset({False})
    return _holds(findings, lesion, vocabulary.EPIDURAL_TURN, ALL_ROUND_FROM, near=0.0)


def _forms(possible: list[Possible], all_round: Possible) -> list[Compression]:
    """Every answer to the five findings, and to tumour all round, that does not contradict itself."""
    every = product(*(sorted(one) for one in possible), sorted(all_round))
    names = (*_FIELDS, "all_round")
    return [Compression(**dict(zip(names, form, strict=True))) for form in every if not contradiction(*form[:4])]


def _narrowed(read: tuple[Predicate, ...], forms: list[Compression]) -> tuple[Predicate, ...]:
    """Without the answers that contradict the other findings: a compressed cord is a touched one."""
    left = [frozenset(getattr(form, name) for form in forms) for name in _FIELDS]
    return tuple(replace(one, widened=answers) for one, answers in zip(read, left, strict=True))


def _predicate(findings: Findings, lesion: str, name: str, needs_all: bool, tests: tuple[_Test, ...]) -> Predicate:
    known = tuple(named for named, _ in tests if not isinstance(findings[named, lesion], Unknown))
    join = _all if needs_all else _any
    return Predicate(
        name=name,
        plain=join([_holds(findings, lesion, *test, near=0.0) for test in tests]),
        widened=join([_holds(findings, lesion, *test, near=NEAR.number) for test in tests]),
        facts=tuple(named.id for named in known),
        note=quoted(findings, lesion, *known),
        measured=len(known) == len(tests),
    )


def _holds(findings: Findings, lesion: str, named: Fact[Any], threshold: Threshold, *, near: float) -> Possible:
    span = bounds(findings, named, lesion)
    if span is None:
        return EITHER
    below = threshold.comparator == "<="
    cut = threshold.number
    # A ratio shrinks from one, so its change is what counts; a whole number of slices has no neighbourhood.
    scale = 1 - cut if below and threshold.unit == "share" else 0.0 if threshold.unit == "slices" else cut
    slack = near * scale * (1 + 1e-9)
    low, high = span.low - slack, span.high + slack
    if below:
        return frozenset({low <= cut, high <= cut})
    return frozenset({low >= cut, high >= cut})


def _all(parts: list[Possible]) -> Possible:
    return frozenset(all(answers) for answers in product(*parts))


def _any(parts: list[Possible]) -> Possible:
    return frozenset(any(answers) for answers in product(*parts))
