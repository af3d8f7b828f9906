"""Where a construct of screws and rods ends, what it spans, and which vertebrae it must not be anchored in.

A vertebra holds tumour if a lesion of the case lies in it or a person says so. While nobody has said which others do, a
sound end is not proven: the answer stays open.
"""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level, in_order
from enbloc.case.answer import Answer, Unknown, unknown
from enbloc.decide.acts import SURGERY
from enbloc.decide.decision import Act
from enbloc.decide.remembering import once
from enbloc.decide.several import listed, several
from enbloc.decide.situation import Situation
from enbloc.stage.extent import levels_of, runs
from enbloc.value import value

FIXING = (Act.SEPARATION, Act.EN_BLOC, Act.STABILISATION)
"""Acts to which fixation belongs; another operation fixes if it says which levels."""

JUNCTIONS = frozenset({Level.C7, Level.T1, Level.T11, Level.T12, Level.L1})
"""Where a construct does not end (STAB-02)."""

TRUNK = frozenset(level for level in Level if level.value.startswith(("T", "L")))


@value
class Ends:
    """The first and the last vertebra with screws, and how many carry screws on either side of the lesion."""

    upper: Level
    lower: Level
    above: int
    below: int

    @property
    def words(self) -> str:
        return f"{self.upper} to {self.lower}"


def fixes(about: Situation) -> bool:
    """Whether an act is judged that places screws, rods or a cage."""
    if not about.is_act(*SURGERY):
        return False
    stated = (vocabulary.SCREW_LEVELS, vocabulary.INSTRUMENTED_LEVELS)
    return about.is_act(*FIXING) or any(not isinstance(several(about, named), Unknown) for named in stated)


def is_trunk(about: Situation) -> Answer:
    """Thoracic or lumbar, in part or whole."""
    return bool(TRUNK & set(about.levels)) if about.levels else unknown("level of the lesion")


@once
def ends(about: Situation) -> Ends | Unknown:
    """The ends of the construct, or what to ask."""
    screws = several(about, vocabulary.SCREW_LEVELS)
    if isinstance(screws, Unknown):
        return screws
    if not screws or not about.levels:
        return unknown(vocabulary.SCREW_LEVELS.ask if about.levels else "level of the lesion")
    order = list(Level)
    at = sorted(order.index(level) for level in set(screws))
    first, last = order.index(about.levels[0]), order.index(about.levels[-1])
    return Ends(
        upper=order[at[0]],
        lower=order[at[-1]],
        above=sum(place < first for place in at),
        below=sum(place > last for place in at),
    )


def is_beside(one: Level, other: Level) -> bool:
    """Whether two vertebrae follow each other; T13 and L6 may be absent between them."""
    return one is not other and len(runs((one, other))) == 1


@once
def bad_ends(about: Situation) -> tuple[str, ...] | Unknown:
    """Every reason why the construct must not end where it does, in words: tumour in or beside an end vertebra."""
    at = ends(about)
    if isinstance(at, Unknown):
        return at
    stated = several(about, vocabulary.UNSOUND_LEVELS)
    own, others = set(about.levels), _of_other_lesions(about)
    others |= set() if isinstance(stated, Unknown) else set(stated)
    found = [f"{end} holds tumour" for end in _both(at) if end in own | others]
    # The vertebra that the construct bridges lies beside a short construct by intention: STAB-01 judges that.
    beside = others - own if _bridges(at, own) else others | own
    found += [f"{end} lies next to {near}" for end in _both(at) for near in in_order(beside) if is_beside(end, near)]
    return stated if isinstance(stated, Unknown) and not found else tuple(found)


def _both(at: Ends) -> tuple[Level, ...]:
    return tuple(dict.fromkeys((at.upper, at.lower)))


def _bridges(at: Ends, own: set[Level]) -> bool:
    order = list(Level)
    return all(order.index(at.upper) < order.index(level) < order.index(at.lower) for level in own)


def _of_other_lesions(about: Situation) -> set[Level]:
    every = (one.id for one in about.case.lesions if one.id != about.about)
    return {level for lesion in every for level in levels_of(about.case, about.findings, lesion)}


@once
def at_junction(about: Situation) -> Answer:
    """Whether the construct ends at a junction of the column."""
    at = ends(about)
    return at if isinstance(at, Unknown) else bool(JUNCTIONS & set(_both(at)))


def unnamed(about: Situation) -> tuple[Level, ...] | Unknown:
    """Levels that the construct spans or ends on and that plan and consent do not both name."""
    spanned, screws = several(about, vocabulary.INSTRUMENTED_LEVELS), several(about, vocabulary.SCREW_LEVELS)
    named = several(about, vocabulary.CONSENTED_LEVELS)
    if isinstance(spanned, Unknown) and isinstance(screws, Unknown):
        return unknown(vocabulary.INSTRUMENTED_LEVELS.ask, vocabulary.CONSENTED_LEVELS.ask)
    touched = {level for each in (spanned, screws) if not isinstance(each, Unknown) for level in each}
    if isinstance(named, Unknown):
        return named if touched else ()
    missing = in_order(touched - set(named))
    return spanned if isinstance(spanned, Unknown) and not missing else missing


@once
def span_words(about: Situation) -> str:
    """The ends of the construct in a sentence."""
    at = ends(about)
    return "The construct is not stated." if isinstance(at, Unknown) else f"Screws from {at.words}."


def named_words(levels: tuple[Level, ...] | Unknown) -> str:
    """Levels in a row."""
    return "" if isinstance(levels, Unknown) else listed(levels)
