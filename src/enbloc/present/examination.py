"""A neurological examination while it is written down: what is known of it so far."""

from __future__ import annotations

from collections.abc import Mapping

from enbloc.present.neurology import asked
from enbloc.stage.form import Known
from enbloc.stage.neurology.instrument import ISNCSCI
from enbloc.stage.neurology.isncsci import Classification, OfSide, classified
from enbloc.stage.neurology.items import EARLIER, examination, flags, grades
from enbloc.value import value


@value
class SideFound:
    """What one side comes to: every word that it can still be, and totals where they are determinable."""

    sensory_level: tuple[str, ...]
    motor_level: tuple[str, ...]
    sensory_zone: tuple[str, ...]
    motor_zone: tuple[str, ...]
    non_key_zone: tuple[str, ...]  # the motor zone if every non-key muscle counted
    upper_motor: int | None
    lower_motor: int | None
    motor: int | None
    light_touch: int | None
    pin_prick: int | None


@value
class Grade:
    """A grade of the impairment scale that can still be reached, and what it was published to mean."""

    word: str
    published: str


@value
class Classified:
    """What an examination comes to (ISNCSCI 2019), each result as the set of all that it can still be."""

    right: SideFound
    left: SideFound
    neurological_level: tuple[str, ...]
    complete: tuple[str, ...]  # C, I or both
    impairment: tuple[str, ...]
    grades: tuple[Grade, ...]  # the same with their meaning
    upper_motor: int | None
    lower_motor: int | None
    motor: int | None
    light_touch: int | None
    pin_prick: int | None
    flags: tuple[str, ...]
    missing: tuple[str, ...]  # what was not tested: "right motor: L2 to L4"
    open: int  # how many answers that is
    warnings: tuple[str, ...]
    version: str
    cites: tuple[str, ...]


def isncsci_of(written: Mapping[str, object]) -> Classified:
    """What an examination comes to by ISNCSCI; what was left out or not testable is completed in every way.

    It is written in blocks or flat, as a case holds it: ``{"right": {"light touch": {"C2": 2}}}``.

    Raises
    ------
    RecordError
        If something is no item of the form, or a score is off its scale.

    Examples
    --------
    >>> isncsci_of({"deep anal pressure": "yes"}).impairment[:4]
    ('B', 'C', 'D', 'E')
    """
    known = ISNCSCI.read(written)
    result = classified(examination({name: answers[0] for name, answers in known.items()}))
    earlier = set(known.get(EARLIER, (False, True)))
    reached, missing = grades(result, earlier), _missing(known)
    return Classified(
        right=_side(result.right),
        left=_side(result.left),
        neurological_level=result.neurological_level,
        complete=result.complete,
        impairment=reached,
        grades=tuple(
            Grade(word=one.word, published=one.published) for one in ISNCSCI.categories if one.word in reached
        ),
        **_totals(result),
        flags=flags(result, earlier),
        missing=asked(missing),
        open=len(missing),
        warnings=ISNCSCI.warnings,
        version=ISNCSCI.version,
        cites=tuple(str(cite) for cite in ISNCSCI.cites),
    )


def _missing(known: Known) -> tuple[str, ...]:
    return tuple(one.ask.words for one in ISNCSCI.questions if len(known.get(one.name, one.unanswered)) > 1)


def _totals(of: Classification | OfSide) -> dict[str, int | None]:
    return {
        "upper_motor": of.upper_motor,
        "lower_motor": of.lower_motor,
        "motor": of.motor,
        "light_touch": of.light_touch,
        "pin_prick": of.pin_prick,
    }


def _side(of: OfSide) -> SideFound:
    return SideFound(
        sensory_level=of.sensory_level,
        motor_level=of.motor_level,
        sensory_zone=of.sensory_zone,
        motor_zone=of.motor_zone,
        non_key_zone=of.non_key_zone,
        **_totals(of),
    )
