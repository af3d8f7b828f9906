"""The form of ISNCSCI: 136 items, made segment by segment, and the earlier deficit that grade E asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, ClassVar

from enbloc.case.anatomy import Side
from enbloc.errors import RecordError
from enbloc.stage.form import UNKNOWN, Ask, Question
from enbloc.stage.instrument import Outcome
from enbloc.stage.neurology.examination import DERMATOMES, KEY_MUSCLES, Examination, read_examination
from enbloc.stage.neurology.isncsci import EARLIER_DEFICIT, Classification, classified

NOT_TESTABLE = "NT"
NO_GRADE = "no grade: intact, and never injured"


class Sensation(Enum):
    """A score of touch or pin prick; ``*`` lowered by another cause, ``**`` so and counted as normal."""

    ABSENT = 0
    ALTERED = 1
    NORMAL = 2
    ABSENT_OTHER = "0*"
    ALTERED_OTHER = "1*"
    ABSENT_AS_NORMAL = "0**"
    ALTERED_AS_NORMAL = "1**"
    NOT_TESTABLE_OTHER = "NT*"
    NOT_TESTABLE_AS_NORMAL = "NT**"


class Strength(Enum):
    """A score of a key muscle; ``*`` lowered by another cause, ``**`` so and counted as normal."""

    NONE = 0
    FLICKER = 1
    WITHOUT_GRAVITY = 2
    AGAINST_GRAVITY = 3
    AGAINST_RESISTANCE = 4
    NORMAL = 5
    NONE_OTHER = "0*"
    FLICKER_OTHER = "1*"
    WITHOUT_GRAVITY_OTHER = "2*"
    AGAINST_GRAVITY_OTHER = "3*"
    AGAINST_RESISTANCE_OTHER = "4*"
    NONE_AS_NORMAL = "0**"
    FLICKER_AS_NORMAL = "1**"
    WITHOUT_GRAVITY_AS_NORMAL = "2**"
    AGAINST_GRAVITY_AS_NORMAL = "3**"
    AGAINST_RESISTANCE_AS_NORMAL = "4**"
    NOT_TESTABLE_OTHER = "NT*"
    NOT_TESTABLE_AS_NORMAL = "NT**"


class NonKeyMuscle(Enum):
    """The segment of the lowest muscle with function that is no key muscle."""

    NONE = "none"
    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"
    C8 = "C8"
    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"
    T5 = "T5"
    T6 = "T6"
    T7 = "T7"
    T8 = "T8"
    T9 = "T9"
    T10 = "T10"
    T11 = "T11"
    T12 = "T12"
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"
    L5 = "L5"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4_5 = "S4-5"


_PARTS: dict[str, tuple[tuple[str, ...], type[Enum]]] = {
    "light touch": (DERMATOMES, Sensation),
    "pin prick": (DERMATOMES, Sensation),
    "motor": (KEY_MUSCLES, Strength),
}
_NON_KEY = "lowest non-key muscle"
CONTRACTION, PRESSURE = "voluntary anal contraction", "deep anal pressure"
EARLIER = "earlier_deficit"
_SIDES = (Side.RIGHT.value, Side.LEFT.value)


@lru_cache(maxsize=1024)  # the form has 137 of them; what somebody writes may be anything
def key(*words: str) -> str:
    """The key of an item in the form.

    Examples
    --------
    >>> key("right", "pin prick", "S4-5")
    'right_pin_prick_S4_5'
    """
    return "_".join(words).replace(" ", "_").replace("-", "_")


def _questions() -> Iterator[Question]:
    for side in _SIDES:
        for part, (segments, kind) in _PARTS.items():
            # What was not testable can be any score of the injury; a tag is never supposed.
            whole = tuple(each for each in kind if isinstance(each.value, int))
            for segment in segments:
                yield Question(
                    name=key(side, part, segment), kind=kind, ask=Ask(words=f"{segment} {side} {part}"), left_out=whole
                )
    yield Question(name=key(CONTRACTION), kind=bool, ask=Ask(words=CONTRACTION))
    yield Question(name=key(PRESSURE), kind=bool, ask=Ask(words=PRESSURE))
    for side in _SIDES:
        words = f"{side} {_NON_KEY} with function, if one was looked for"
        yield Question(name=key(side, _NON_KEY), kind=NonKeyMuscle, ask=Ask(words=words), left_out=(NonKeyMuscle.NONE,))
    yield Question(
        name=EARLIER, kind=bool, ask=Ask(words="a deficit by an injury of the cord earlier on (grade E asks for it)")
    )


class Isncsci:
    """One examination as a form. Its items are too many to be declared one by one, so that they are no fields.

    Examples
    --------
    >>> form = Isncsci(**{one.name: one.unanswered[-1] for one in Isncsci.QUESTIONS})
    >>> form.outcome.category
    'E'
    """

    QUESTIONS: ClassVar[tuple[Question, ...]] = tuple(_questions())

    def __init__(self, **answers: Any) -> None:
        self.answers = answers

    @property
    def outcome(self) -> Outcome:
        """The grade, or the grades where a tag leaves several open."""
        result = classified(examination(self.answers))
        first, *others = (Outcome(category=word) for word in grades(result, {self.answers[EARLIER]}))
        return Outcome(category=first.category, otherwise=tuple(others), flags=flags(result, {self.answers[EARLIER]}))


def examination(answers: Mapping[str, Any]) -> Examination:
    """The examination of a form; what has no answer was not testable.

    Raises
    ------
    RecordError
        If an answer is off its scale.
    """

    def given(*words: str) -> object:
        answer = answers.get(key(*words))
        return answer.value if isinstance(answer, Enum) else answer

    written: dict[str, object] = {}
    for side in _SIDES:
        lowest = given(side, _NON_KEY)
        parts: dict[str, object] = {_NON_KEY: None if lowest == NonKeyMuscle.NONE.value else lowest}
        for part, (segments, _) in _PARTS.items():
            scores = {segment: given(side, part, segment) for segment in segments}
            parts[part] = {at: NOT_TESTABLE if score is None else score for at, score in scores.items()}
        written[side] = parts
    for finding in (CONTRACTION, PRESSURE):
        found = given(finding)
        written[finding] = NOT_TESTABLE if found is None else found
    return read_examination(written)


def grades(result: Classification, earlier: set[bool]) -> tuple[str, ...]:
    """The grades without their tags; E only with an earlier deficit, and no grade without one."""
    letters = tuple(word.rstrip("*") for word in result.impairment)
    intact = "E" in letters
    without = ("E",) * (intact and True in earlier) + (NO_GRADE,) * (intact and False in earlier)
    return (*(letter for letter in letters if letter != "E"), *without)


def flags(result: Classification, earlier: set[bool]) -> tuple[str, ...]:
    """What is odd about a result; that E needs an earlier deficit only where nobody said whether there was one."""
    return tuple(flag for flag in result.flags if flag != EARLIER_DEFICIT or len(earlier) > 1)


def answers_of(written: Mapping[str, object]) -> dict[str, object]:
    """Item and answer of a form in blocks (``right: {light touch: {C2: 2}}``), flat (``right_light_touch_C2``) or both.

    Raises
    ------
    RecordError
        If something is no item, or is answered twice.

    Examples
    --------
    >>> answers_of({"right": {"motor": {"C5": "5", "C6": "NT"}}, "deep anal pressure": "no"})
    {'right_motor_C5': 5, 'right_motor_C6': None, 'deep_anal_pressure': False}
    """
    found: dict[str, object] = {}
    for name, given in _flat(written):
        if name not in _NAMES:
            raise RecordError(
                f"The form has no item {name!r}." if len(name) <= _LONGEST_NAME else "The form has no such item.",
                remedy="Write right: {light touch: {C2: 2, …}, pin prick: {…}, motor: {C5: 5, …}}, left the same,"
                f" {CONTRACTION}, {PRESSURE}.",
            )
        if name in found:
            raise RecordError(f"The form answers {name!r} twice.", remedy="Leave one of them out.")
        found[name] = _plain(given)
    return found


_NAMES = {one.name for one in Isncsci.QUESTIONS}
_LONGEST_NAME = 60


def _flat(written: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, given in written.items():
        if name in _SIDES and isinstance(given, Mapping):
            for part, scores in given.items():
                if isinstance(scores, Mapping):
                    yield from ((key(name, str(part), str(segment)), score) for segment, score in scores.items())
                else:
                    yield key(name, str(part)), scores
        else:
            yield key(str(name)), given


def _plain(given: object) -> object:
    """The answer as the form holds it: numbers as such, yes and no, and nothing for what was not testable."""
    words: dict[str, object] = {NOT_TESTABLE: None, UNKNOWN: None, "yes": True, "no": False}
    if isinstance(given, str):
        return words[given] if given in words else int(given) if given.isdecimal() and given.isascii() else given
    return given
