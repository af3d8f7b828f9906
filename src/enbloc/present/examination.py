"""A neurological examination while it is written down: what is known so far, and what the form is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from enbloc.case.anatomy import Side
from enbloc.present.neurology import asked, listed
from enbloc.stage.instrument import judged
from enbloc.stage.neurology.examination import DERMATOMES, KEY_MUSCLES, LEVELS, NORMAL_SENSATION, NORMAL_STRENGTH
from enbloc.stage.neurology.instrument import ISNCSCI, NON_KEY_ZONE, OUT_OF, SIDE_RESULTS, TOTALS
from enbloc.stage.neurology.items import CONTRACTION, EARLIER, NOT_TESTABLE, PRESSURE, Sensation, Strength
from enbloc.stage.score import Score
from enbloc.value import value


@value
class Result:
    """One result with every word that it can be: one where the examination settles it."""

    name: str
    values: tuple[str, ...]
    said: str  # the same in short: "C5 to C7, T1"

    @property
    def is_settled(self) -> bool:
        return len(self.values) == 1


@value
class SidedResult:
    """One result of both sides."""

    name: str
    right: tuple[str, ...]
    left: tuple[str, ...]
    right_said: str  # the same in short: "C5 to C7, T1"
    left_said: str
    out_of: int | None  # of a total


@value
class GradeWord:
    """A grade that can still be reached, and what it was published to mean."""

    word: str
    published: str


@value
class Examined:
    """What an examination comes to, whole or with scores missing; nothing unknown is taken for normal."""

    grades: tuple[GradeWord, ...]  # of the impairment scale
    together: tuple[Result, ...]  # neurological level, completeness, totals of both sides
    sides: tuple[SidedResult, ...]  # levels, zones and totals, right beside left
    missing: tuple[str, ...]  # what was not tested: "right motor: L2 to L4"
    open: int  # how many scores that is
    flags: tuple[str, ...]
    warnings: tuple[str, ...]
    version: str
    cites: tuple[str, ...]


@value
class Choice:
    """A score that may be written, and what it means."""

    score: int | str
    words: str


@value
class Part:
    """One part of the examination of a side: its segments from above, and what each may be."""

    name: str  # its key in the block of a side: "light touch"
    segments: tuple[str, ...]
    choices: tuple[Choice, ...]
    normal: int


@value
class Diagram:
    """What the form is drawn from.

    An examination is written as ``{"right": {"light touch": {"C2": 2, …}, "pin prick": {…}, "motor": {"C5": 5, …}},
    "left": {…}, "voluntary anal contraction": "yes", "deep anal pressure": "NT", "earlier_deficit": true}``.
    """

    segments: tuple[str, ...]  # from above; a level is one of them, or INT where all is intact
    sides: tuple[str, ...]
    parts: tuple[Part, ...]
    not_testable: str
    anal: tuple[str, ...]  # each "yes", "no" or not testable
    non_key: str  # the key of a side for its lowest non-key muscle with function, one of the segments
    earlier: str  # the key for an earlier deficit, yes or no: grade E asks for it
    warnings: tuple[str, ...]


def isncsci_of(examination: Mapping[str, object]) -> Examined:
    """What an examination comes to by ISNCSCI; what was left out or not testable is completed in every way.

    Raises
    ------
    RecordError
        If something is no item of the form, or a score is off its scale.

    Examples
    --------
    >>> [one.word for one in isncsci_of({"deep anal pressure": "yes"}).grades][:4]
    ['B', 'C', 'D', 'E']
    """
    score = judged(ISNCSCI, ISNCSCI.read(examination))
    held = {one.name: one.values for one in score.items} | {one.name: one.values for one in score.also}
    return Examined(
        grades=tuple(
            GradeWord(word=each.word, published=each.published)
            for each in ISNCSCI.categories
            if each.word in score.categories
        ),
        together=_together(score),
        sides=tuple(one for one in (_sided(held, *named) for named in _SIDED) if one.right or one.left),
        missing=asked(score.missing),
        open=len(score.missing),
        flags=score.flags,
        warnings=score.warnings,
        version=score.version,
        cites=tuple(str(cite) for cite in score.cites),
    )


_SIDED: tuple[tuple[str, int | None], ...] = (
    *((name, None) for name in (*SIDE_RESULTS, NON_KEY_ZONE)),
    *((name, OUT_OF[total] // 2) for name, total in TOTALS.items()),
)


def _sided(held: Mapping[str, tuple[str, ...]], name: str, out_of: int | None) -> SidedResult:
    of = f" of {out_of}" if out_of is not None else ""
    right, left = (held.get(f"{side.value} {name}{of}", ()) for side in (Side.RIGHT, Side.LEFT))
    return SidedResult(
        name=name, right=right, left=left, right_said=listed(right), left_said=listed(left), out_of=out_of
    )


def _together(score: Score) -> tuple[Result, ...]:
    sides = tuple(f"{side.value} " for side in Side)
    both = (one for one in score.also if not one.name.startswith(sides))
    return tuple(Result(name=one.name, values=one.values, said=listed(one.values)) for one in both)


def diagram() -> Diagram:
    """What the form is drawn from: segments, key muscles and the scores that each may have."""
    sensation, strength = _choices(Sensation), _choices(Strength)
    return Diagram(
        segments=LEVELS,
        sides=(Side.RIGHT.value, Side.LEFT.value),
        parts=(
            Part(name="light touch", segments=DERMATOMES, choices=sensation, normal=NORMAL_SENSATION),
            Part(name="pin prick", segments=DERMATOMES, choices=sensation, normal=NORMAL_SENSATION),
            Part(name="motor", segments=KEY_MUSCLES, choices=strength, normal=NORMAL_STRENGTH),
        ),
        not_testable=NOT_TESTABLE,
        anal=(CONTRACTION, PRESSURE),
        non_key="lowest non-key muscle",
        earlier=EARLIER,
        warnings=ISNCSCI.warnings,
    )


_TAGS = {
    "": "",
    "*": ", lowered by another cause and not normal without it",
    "**": ", lowered by another cause and counted as normal",
}


def _choices(kind: type[Enum]) -> tuple[Choice, ...]:
    """The scores of a kind, those of the injury first, and that it was not testable."""
    plain = {str(each.value): each.name.lower().replace("_", " ") for each in kind if isinstance(each.value, int)}
    made = []
    for each in kind:
        grade = str(each.value).rstrip("*")
        tag = str(each.value)[len(grade) :]
        made.append(Choice(score=each.value, words=f"{plain.get(grade, 'not testable')}{_TAGS[tag]}"))
    return (*made, Choice(score=NOT_TESTABLE, words="not testable"))
