"""The modified frailty index of five and of eleven items: how many deficits a patient has."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.fact import Fact
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.answering import counted
from enbloc.stage.form import Ask, Component
from enbloc.stage.from_case import Derived
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Deficit(Component):
    """A deficit of the five-item index; what the record does not hold leaves the denominator."""

    ABSENT = "absent", 0
    PRESENT = "present", 1
    NOT_AVAILABLE = "not_available", 0


def _deficit(named: Fact[bool]) -> Derived:
    """The deficit that a fact states."""
    return counted(named, {False: Deficit.ABSENT, True: Deficit.PRESENT})


MILD_FROM = 0.3
SEVERE_ABOVE = 0.5
FEWEST_AVAILABLE = 4
NOT_FRAIL = "not frail (index under 0.3)"
MILD = "mildly frail (index 0.3 to 0.5)"
SEVERE = "severely frail (index over 0.5)"


@value
class FiveItems:
    """Five deficits; the index is the share that is present of those that are available.

    Examples
    --------
    >>> absent, present = Deficit.ABSENT, Deficit.PRESENT
    >>> form = FiveItems(diabetes=present, hypertension=absent, lung=absent, heart_failure=present, dependent=absent)
    >>> form.outcome.total, form.outcome.category, form.outcome.readings
    (2, 'mildly frail (index 0.3 to 0.5)', (('index', 0.4),))
    """

    diabetes: Annotated[Deficit, Ask(words="diabetes with any drug treatment")]
    hypertension: Annotated[
        Deficit, Ask(words="hypertension needing medication", answered_by=_deficit(vocabulary.HYPERTENSION))
    ]
    lung: Annotated[Deficit, Ask(words="chronic obstructive lung disease or recent pneumonia")]
    heart_failure: Annotated[
        Deficit,
        Ask(words="congestive heart failure, within 30 days", answered_by=_deficit(vocabulary.RECENT_HEART_FAILURE)),
    ]
    dependent: Annotated[
        Deficit, Ask(words="partially or totally dependent in function", answered_by=_deficit(vocabulary.DEPENDENT))
    ]

    def __post_init__(self) -> None:
        """At least four of the five must be available, a rule of this project."""
        if len(self._available) < FEWEST_AVAILABLE:
            raise RecordError(
                "Fewer than 4 of the 5 items of the frailty index are available.",
                remedy="Find out at least 4 of them.",
            )

    @property
    def _answers(self) -> dict[str, Deficit]:
        return {
            "diabetes": self.diabetes,
            "hypertension": self.hypertension,
            "lung": self.lung,
            "heart_failure": self.heart_failure,
            "dependent": self.dependent,
        }

    @property
    def _available(self) -> list[Deficit]:
        return [each for each in self._answers.values() if each is not Deficit.NOT_AVAILABLE]

    @property
    def outcome(self) -> Outcome:
        """Count, index and tier."""
        points = tuple((name, each.points) for name, each in self._answers.items())
        count = sum(each for _, each in points)
        index = count / len(self._available)
        tier = NOT_FRAIL if index < MILD_FROM else SEVERE if index > SEVERE_ABOVE else MILD
        return Outcome(points=points, total=count, category=tier, readings=(("index", index),))


MFI5 = Instrument(
    id="mfi5",
    name="Modified frailty index, five items",
    version="2018, specification of 2026-11-20",
    form=FiveItems,
    population="before an operation",
    better=Better.LOWER,
    categories=(
        Category(word=NOT_FRAIL, published="a count of 2 or more is frail in the other convention; this is not"),
        Category(word=MILD, published="frail in the convention that counts (2 or more)"),
        Category(word=SEVERE, published="frail in the convention that counts (2 or more)"),
    ),
    lowest=0,
    highest=5,
    validations=(
        "area under the curve for death within 30 days 0.743, of age 0.594, in 4,662 resections of spinal tumours",
        "odds of death 16.4 in the tier 'severely frail' against 'not frail' of that series, whose tiers count "
        "(0 not frail, 1 pre-frail, 2 frail, 3 or more severely frail; draft, from memory) and are not those here",
        "rank correlation with the eleven items 0.926",
    ),
    warnings=("the tiers are those of spine-surgery series, on the index; other tiers circulate under the same names",),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("subramaniam2018"), cite("mfi5_spinal_tumours")),
)


UNDER = "index under 0.27"
OFTEN_FRAIL = "index 0.27 or more"
OFTEN_FRAIL_FROM = 0.27


@value
class ElevenItems:
    """Eleven deficits, all needed; a stroke with deficit counts twice, as stroke and as deficit.

    Examples
    --------
    >>> none = dict.fromkeys(ELEVEN, False)
    >>> ElevenItems(**(none | {"diabetes": True, "infarction": True, "dependent": True})).outcome.readings
    (('index', 0.2727272727272727),)
    """

    diabetes: Annotated[bool, Ask(words="diabetes")]
    dependent: Annotated[bool, Ask(words="dependent in function", answered_by=vocabulary.DEPENDENT)]
    lung: Annotated[bool, Ask(words="chronic obstructive lung disease or pneumonia")]
    heart_failure: Annotated[bool, Ask(words="congestive heart failure", answered_by=vocabulary.HEART_FAILURE)]
    infarction: Annotated[bool, Ask(words="earlier myocardial infarction")]
    heart_intervention: Annotated[bool, Ask(words="earlier cardiac intervention, or angina")]
    hypertension: Annotated[bool, Ask(words="hypertension on drugs", answered_by=vocabulary.HYPERTENSION)]
    vessels: Annotated[bool, Ask(words="peripheral vascular disease or rest pain")]
    sensorium: Annotated[bool, Ask(words="impaired sensorium")]
    stroke: Annotated[bool, Ask(words="transient ischaemic attack or stroke")]
    stroke_with_deficit: Annotated[bool, Ask(words="stroke with neurological deficit")]

    def __post_init__(self) -> None:
        """A stroke with deficit is a stroke."""
        if self.stroke_with_deficit and not self.stroke:
            raise RecordError(
                "A stroke with deficit is stated without a stroke.", remedy="Answer yes to 'stroke' too: both count."
            )

    @property
    def outcome(self) -> Outcome:
        """Count, and index with the fixed denominator."""
        points = tuple((name, int(getattr(self, name))) for name in ELEVEN)
        count = sum(each for _, each in points)
        return Outcome(points=points, total=count, category=eleven_band(count), readings=(("index", count / 11),))


ELEVEN = tuple(each.name for each in fields(ElevenItems))
"""The items, by name."""


def eleven_band(count: float) -> str:
    """On which side of 0.27 the index is."""
    return OFTEN_FRAIL if count / 11 >= OFTEN_FRAIL_FROM else UNDER


MFI11 = Instrument(
    id="mfi11",
    name="Modified frailty index, eleven items",
    version="2013, specification of 2026-11-20",
    form=ElevenItems,
    population="before an operation",
    better=Better.LOWER,
    categories=(
        Category(word=UNDER),
        Category(word=OFTEN_FRAIL, published="often called frail (draft, from memory: not read in a source)"),
    ),
    lowest=0,
    highest=11,
    band=eleven_band,
    validations=("rank correlation with the five items 0.926",),
    warnings=("the cut at 0.27 is from memory and not yet checked against a source",),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("velanovich2013"),),
)
