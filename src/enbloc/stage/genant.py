"""The semiquantitative grade and form of a vertebral fracture (Genant); in a tumour a description only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings, Interval
from enbloc.errors import RecordError
from enbloc.evidence import Checked, Threshold, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
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
ASYMMETRIC_FROM = Threshold(
    name="collapse to one side that suggests a metastasis",
    number=5,
    unit="°",
    comparator=">=",
    source="Suzuki 2017, J Orthop Sci",
    checked=Checked.READ,
    since="2026-11-20",
)
SINS_HALF = "a loss of exactly 50 % is over 40 % here, and lies on the cut-off of SINS, which leaves it open"
ASYMMETRIC = "collapse to one side of 5° or more suggests a metastasis (sensitivity 0.67, specificity 0.74: Suzuki)"
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
        if self.greatest == _HALF:
            found.append(SINS_HALF)
        if SUSPECTED_FROM.number <= self.greatest < MILD_FROM.number:
            found.append(f"a loss of {self.greatest:.0f} % is no grade: a reader who suspects a fracture calls it 0.5")
        return tuple(found)


_HALF = 50.0
SUSPECTED = "grade 0.5"


def _loss(which: str) -> Number:
    cuts = tuple(cut.number for cut in (SUSPECTED_FROM, MILD_FROM, MILD_TO, MODERATE_TO))
    words = f"loss of {which} height against what is expected (negative where it is higher)"
    return Number(words=words, unit="%", low=-50, high=100, step=0, cuts=cuts)


@value
class Genant:
    """Three losses of height of one vertebra, what a reader suspects, and collapse to one side.

    Examples
    --------
    >>> form = Genant(anterior=23.0, middle=10.0, posterior=0.0, suspected=None, coronal=None)
    >>> form.outcome.category
    'grade 1 wedge'
    """

    anterior: Annotated[float, _loss("anterior")]
    middle: Annotated[float, _loss("middle")]
    posterior: Annotated[float, _loss("posterior")]
    suspected: Annotated[bool | None, Ask(words="a reader suspects a fracture, though no height lost a fifth")]
    coronal: Annotated[
        float | None,
        Number(
            words="collapse to one side, in the coronal plane",
            unit="°",
            low=0,
            high=90,
            step=0,
            cuts=(ASYMMETRIC_FROM.number,),
        ),
    ]

    @property
    def losses(self) -> Losses:
        """The three losses."""
        return Losses(anterior=self.anterior, middle=self.middle, posterior=self.posterior)

    @property
    def outcome(self) -> Outcome:
        """Grade and form; 0.5 where a reader suspects what no height shows."""
        lost = self.losses
        flags = (DESCRIPTIVE, *lost.flags)
        if self.coronal is not None and self.coronal >= ASYMMETRIC_FROM.number:
            flags = (*flags, ASYMMETRIC)
        is_half = lost.grade is Grade.NONE and self.suspected is True
        return Outcome(category=SUSPECTED if is_half else _words(lost.grade, lost.form), flags=flags)


def losses_of(written: Mapping[str, object]) -> dict[str, object]:
    """The form with ``heights`` (each a share of what is expected) turned into losses.

    Raises
    ------
    RecordError
        If a height is no such share, or a loss is written beside it.

    Examples
    --------
    >>> losses_of({"heights": {"anterior": 0.77, "middle": 0.9, "posterior": 1}})
    {'anterior': 23.0, 'middle': 10.0, 'posterior': 0.0}
    """
    answers = {name: given for name, given in written.items() if name != "heights"}
    heights = written.get("heights")
    if heights is None:
        return answers
    if not isinstance(heights, Mapping) or set(heights) - set(_LOST) or set(heights) & set(answers):
        raise RecordError(
            "The heights cannot be read.", remedy="Write heights: {anterior: 0.8, …} or losses, not both."
        )
    for name, share in heights.items():
        if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 2:
            raise RecordError(
                f"The {name} height cannot be that.", remedy="Write its share of what is expected, such as 0.82."
            )
        answers[str(name)] = round(100.0 * (1.0 - share), 6)  # 1 - 0.8 is not quite 0.2
    return answers


_LOST = ("anterior", "middle", "posterior")


def _words(grade: Grade, form: Form) -> str:
    return f"grade {grade.value}" if form is Form.NONE else f"grade {grade.value} {form.value}"


_GRADED = [(grade, form) for grade in list(Grade)[1:] for form in list(Form)[1:]]

GENANT = Instrument(
    id="genant",
    name="Genant",
    version=VERSION,
    form=Genant,
    population="fracture of a vertebra; made for osteoporosis",
    better=Better.LOWER,
    categories=(
        Category(word=_words(Grade.NONE, Form.NONE), published="no height lost 20 %"),
        Category(word=SUSPECTED, published="a reader's suspicion without a loss of 20 %"),
        *(Category(word=_words(grade, form)) for grade, form in _GRADED),
    ),
    reads=losses_of,
    needs=_LOST,
    validations=("automatic reading of CT: form 0.95 correct (κ 0.90), grade 0.68 (weighted κ 0.59) (PMC5584647)",),
    warnings=("grade 3 (over 40 %) is not the collapse of over 50 % that SINS asks for",),
    checked=Checked.READ,
    cites=CITES,
)


@lru_cache(maxsize=1024)
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
        instrument=GENANT.id,
        name=GENANT.name,
        about=about,
        at=str(level),
        items=items,
        totals=(),
        out_of=None,
        categories=tuple(_words(grade, form) for grade, form in pairs),
        missing=tuple(dict.fromkeys(unknown)) if len(pairs) > 1 else (),
        flags=(DESCRIPTIVE, *_flags(findings, level)),
        warnings=GENANT.warnings,
        checked=GENANT.checked,
        cites=GENANT.cites,
        version=GENANT.version,
    )


def _flags(findings: Findings, level: Level) -> tuple[str, ...]:
    values = [findings.value(named, level) for named in _HEIGHTS]
    if any(one is None for one in values):
        return ()
    anterior, middle, posterior = (one or 0.0 for one in values)
    return Losses(anterior=anterior, middle=middle, posterior=posterior).flags
