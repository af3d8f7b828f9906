"""The semiquantitative grade and form of a vertebral fracture (Genant); in a tumour a description only."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings, Interval
from enbloc.evidence import Checked, Threshold, cite
from enbloc.stage.reading import EQUALITY, bounds, in_order, project, quoted
from enbloc.stage.score import Item, Score
from enbloc.value import value

CITES = (cite("genant1993"), cite("genant_criteria_copy"))
VERSION = "Genant 1993, specification of 2026-11-20"
DESCRIPTIVE = "Genant's grades were made for osteoporosis: in a tumour they describe, and grade no instability"


def _printed(name: str, percent: float, comparator: str) -> Threshold:
    source = "Genant 1993, as copied on open pages"
    checked = Checked.READ_IN_A_COPY
    return Threshold(
        name=name, number=percent, unit="%", comparator=comparator, source=source, checked=checked, since="2026-11-20"
    )


MILD_FROM = _printed("loss of height of a mild fracture (Genant 1)", 20, ">=")
MILD_TO = _printed("loss of height up to which a fracture is mild (Genant 1)", 25, "<=")
MODERATE_TO = _printed("loss of height up to which a fracture is moderate (Genant 2)", 40, "<=")
SUSPECTED_FROM = project("loss of height that a reader may suspect to be a fracture (Genant 0.5)", 10, "%", ">=")


class Grade(Enum):
    """Grades by the greatest loss of the three heights; 0.5 is a reader's suspicion and is never measured."""

    NONE = "0"
    MILD = "1"
    MODERATE = "2"
    SEVERE = "3"


class Form(Enum):
    """The form of a fracture by the height that lost most."""

    NONE = "no fracture"
    WEDGE = "wedge"
    BICONCAVE = "biconcave"
    CRUSH = "crush"


@value
class Losses:
    """Loss of the anterior, middle and posterior height, per cent of what was expected.

    Examples
    --------
    >>> fracture = Losses(anterior=0.0, middle=30.0, posterior=0.0)
    >>> fracture.grade.value, fracture.form.value
    ('2', 'biconcave')
    """

    anterior: float
    middle: float
    posterior: float

    @property
    def greatest(self) -> float:
        return max(self.anterior, self.middle, self.posterior)

    @property
    def grade(self) -> Grade:
        """The grade; a loss of exactly 25 % is mild, of exactly 40 % moderate (the source leaves both open)."""
        if self.greatest < MILD_FROM.number:
            return Grade.NONE
        if self.greatest <= MILD_TO.number:
            return Grade.MILD
        return Grade.MODERATE if self.greatest <= MODERATE_TO.number else Grade.SEVERE

    @property
    def form(self) -> Form:
        """Crush if the back lost a fifth; else by the greater of middle and front, and by the front if equal."""
        if self.greatest < MILD_FROM.number:
            return Form.NONE
        if self.posterior >= MILD_FROM.number:
            return Form.CRUSH
        return Form.BICONCAVE if self.middle > self.anterior else Form.WEDGE

    @property
    def flags(self) -> tuple[str, ...]:
        """That the greatest loss lies on a cut-off, or below the least one and yet is no nothing."""
        found = [EQUALITY] if self.greatest in (MILD_TO.number, MODERATE_TO.number) else []
        if SUSPECTED_FROM.number <= self.greatest < MILD_FROM.number:
            found.append(f"a loss of {self.greatest:.0f} % is no grade: a reader who suspects a fracture calls it 0.5")
        return tuple(found)


def reachable(anterior: Interval, middle: Interval, posterior: Interval) -> tuple[tuple[Grade, Form], ...]:
    """Every grade and form that some heights within the three intervals have, in the order of the grades.

    Both change only at a cut-off or where two heights are equal, so that those places and their two sides are enough.
    """
    cuts = (MILD_FROM.number, MILD_TO.number, MODERATE_TO.number)
    fronts = list(_places(anterior, (*cuts, middle.low, middle.high)))
    middles = list(_places(middle, (*cuts, anterior.low, anterior.high)))
    backs = list(_places(posterior, cuts))
    every = (Losses(anterior=a, middle=m, posterior=p) for a in fronts for m in middles for p in backs)
    found = {(one.grade, one.form) for one in every}
    return tuple((grade, form) for grade in Grade for form in Form if (grade, form) in found)


HAIR = 1e-6


def _places(span: Interval, cuts: tuple[float, ...]) -> Iterator[float]:
    """The ends of an interval, and each cut within it with a place just before and just after."""
    for place in (span.low, span.high, *(cut + by for cut in cuts for by in (-HAIR, 0.0, HAIR))):
        if span.low <= place <= span.high:
            yield place


_HEIGHTS: tuple[Fact[float], ...] = (vocabulary.LOSS_ANTERIOR, vocabulary.LOSS_MIDDLE, vocabulary.LOSS_POSTERIOR)


def genant_score(findings: Findings, about: str, level: Level) -> Score | None:
    """Every grade and form of a vertebra that its losses of height allow; nothing if none of them is known."""
    spans = [bounds(findings, named, level) for named in _HEIGHTS]
    if all(span is None for span in spans):
        return None
    anything = Interval(low=vocabulary.LOSS_MIDDLE.low or 0.0, high=vocabulary.LOSS_MIDDLE.high or 100.0)
    pairs = reachable(*(span or anything for span in spans))
    known = [named for named, span in zip(_HEIGHTS, spans, strict=True) if span is not None]
    unknown = tuple(named.ask for named in _HEIGHTS if named not in known)
    grades = in_order(Grade, {grade for grade, _ in pairs})
    forms = in_order(Form, {form for _, form in pairs})
    items = tuple(
        Item(
            name=name,
            values=tuple(str(one.value) for one in reached),
            points=(),
            facts=tuple(named.id for named in known),
            ask=unknown[0] if unknown and len(reached) > 1 else "",
            borderline=not unknown and len(reached) > 1,
            note=quoted(findings, level, *known),
        )
        for name, reached in (("grade", grades), ("form", forms))
    )
    return Score(
        instrument="genant",
        name="Genant",
        about=about,
        at=str(level),
        items=items,
        totals=(),
        out_of=None,
        categories=tuple(_words(grade, form) for grade, form in pairs),
        missing=tuple(dict.fromkeys(unknown)) if len(pairs) > 1 else (),
        flags=(DESCRIPTIVE, *_flags(findings, level)),
        checked=Checked.READ,
        cites=CITES,
        version=VERSION,
    )


def _words(grade: Grade, form: Form) -> str:
    return f"grade {grade.value}" if form is Form.NONE else f"grade {grade.value} {form.value}"


def _flags(findings: Findings, level: Level) -> tuple[str, ...]:
    values = [findings.value(named, level) for named in _HEIGHTS]
    if any(one is None for one in values):
        return ()
    anterior, middle, posterior = (one or 0.0 for one in values)
    return Losses(anterior=anterior, middle=middle, posterior=posterior).flags
