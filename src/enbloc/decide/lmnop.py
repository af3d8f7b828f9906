"""LMNOP and ISOC beside NOMS: the same patient through the eyes of another framework, and the field that differs.

LMNOP prints fields and no table. So that the two can be compared, its fields are put to the one direction that both
share: surgery first for what is unstable, or compressed by a resistant tumour, in a patient who can and will have it.
"""

from __future__ import annotations

from dataclasses import replace

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.lesion import LesionKind
from enbloc.decide import noms
from enbloc.decide.compression import is_branch, is_high
from enbloc.decide.decision import Degree
from enbloc.decide.histology import Radiosensitivity
from enbloc.decide.prognosis import lives_long_enough
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked
from enbloc.stage.escc import Escc
from enbloc.stage.extent import runs
from enbloc.value import value

NOT_ENCODED = {"MOSS-01": "MOSS was found in no source that was searched; it is not encoded until one is supplied."}
"""Frameworks that somebody may ask for and that no rule stands for, with the reason."""


@value
class Field:
    """One field of a framework, as NOMS and as LMNOP read it."""

    name: str
    noms: Answer
    lmnop: Answer

    @property
    def differs(self) -> bool:
        """Whether both are known and are not the same."""
        return isinstance(self.noms, bool) and isinstance(self.lmnop, bool) and self.noms is not self.lmnop


@value
class Comparison:
    """What NOMS and LMNOP say of one lesion; ``noms`` and ``lmnop`` are whether each calls for surgery first.

    ``rows`` are the rows of NOMS that hold or are open. ``driving`` names the fields by which the two come apart.
    """

    noms: Answer
    lmnop: Answer
    fields: tuple[Field, ...]
    location: str
    rows: tuple[str, ...] = ()

    @property
    def differ(self) -> Answer:
        """Whether the two frameworks come to different answers."""
        if isinstance(self.noms, bool) and isinstance(self.lmnop, bool):
            return self.noms is not self.lmnop
        if all(_same(field.noms, field.lmnop) for field in self.fields):
            return False
        return unknown(*(ask for one in (self.noms, self.lmnop) if isinstance(one, Unknown) for ask in one.ask))

    @property
    def driving(self) -> tuple[str, ...]:
        """The fields whose reading by LMNOP, put in the place of that by NOMS, changes the answer of NOMS.

        Where none does so alone, all that differ do it together.
        """
        if self.differ is not True:
            return ()
        differing = [field for field in self.fields if field.differs]
        read = {field.name: field.noms for field in self.fields}
        alone = [one.name for one in differing if _surgery(read | {one.name: one.lmnop}) is not self.noms]
        return tuple(alone or (one.name for one in differing))


def _same(one: Answer, other: Answer) -> bool:
    return one is other if isinstance(one, bool) else one == other


COMPRESSION = "neurology: compression"
CLASS = "oncology: resistant class"
EARLIER = "oncology: earlier radiotherapy"
UNSTABLE = "mechanics: unstable"
FIT = "patient: can and will have surgery"


def _surgery(read: dict[str, Answer]) -> Answer:
    resistant = any_of(read[CLASS], read[EARLIER])
    return all_of(read[FIT], any_of(read[UNSTABLE], all_of(read[COMPRESSION], resistant)))


def compared(about: Situation) -> Comparison | None:
    """NOMS and LMNOP beside each other, with the fields that they read; nothing outside the branch of NOMS."""
    read = _read(about)
    if read is None:
        return None
    return replace(read, rows=tuple(id for id, answer in noms.rows(about).items() if answer is not False))


def _read(about: Situation) -> Comparison | None:
    """The comparison without the rows of NOMS, which take most of the time and change nothing in it."""
    if is_branch(about) is not True:
        return None
    fields = tuple(_fields(about))
    return Comparison(
        noms=_surgery({field.name: field.noms for field in fields}),
        lmnop=_surgery({field.name: field.lmnop for field in fields}),
        fields=fields,
        location=_location(about),
    )


def _fields(about: Situation) -> list[Field]:
    irradiated = about.answer(vocabulary.PRIOR_RADIOTHERAPY)
    failed = all_of(irradiated, about.answer(vocabulary.RADIOTHERAPY_FAILED))
    able, unstable, resistant = about.answer(vocabulary.ABLE), about.is_unstable, _is_resistant(about)
    willing = negated(about.answer(vocabulary.DECLINES_SURGERY))
    return [
        Field(name=COMPRESSION, noms=_compression(about), lmnop=_symptomatic(about)),
        Field(name=CLASS, noms=resistant, lmnop=resistant),
        # NOMS asks whether the level was irradiated, LMNOP how the disease answered to what was done.
        Field(name=EARLIER, noms=irradiated, lmnop=failed),
        Field(name=UNSTABLE, noms=unstable, lmnop=unstable),
        # NOMS asks for fitness, LMNOP for fitness, wishes and prognosis.
        Field(name=FIT, noms=able, lmnop=all_of(able, willing, lives_long_enough(about))),
    ]


def _is_resistant(about: Situation) -> Answer:
    """The class by histology alone."""
    if about.histology is None:
        return unknown(vocabulary.HISTOLOGY.ask) if about.kind is LesionKind.HAEMATOLOGICAL else True
    return about.histology.row is not Radiosensitivity.SENSITIVE


def _compression(about: Situation) -> Answer:
    """High grade; at 1c NOMS leaves a resistant tumour to the board."""
    at_1c = all_of(about.grade_in(Escc.GRADE_1C), negated(about.is_radiosensitive))
    return unknown("choice of the board at ESCC 1c (NOMS-12)") if at_1c is True else is_high(about)


def _symptomatic(about: Situation) -> Answer:
    """Epidural compression that gives symptoms: the sac is deformed, and there is a deficit or myelopathy."""
    pressed = any_of(about.grade_in(Escc.GRADE_1B, Escc.GRADE_1C, Escc.GRADE_2, Escc.GRADE_3), is_high(about))
    return all_of(pressed, any_of(about.answer(vocabulary.DEFICIT), about.answer(vocabulary.MYELOPATHY)))


def _location(about: Situation) -> str:
    """L of LMNOP: levels, their number, whether they are joined, and the columns as far as the sectors are known."""
    if not about.levels:
        return "level unknown"
    count = len(about.levels)
    joined = "" if count == 1 else ", contiguous" if len(runs(about.levels)) == 1 else ", not contiguous"
    words = f"{', '.join(map(str, about.levels))} ({count} level{'s' if count > 1 else ''}{joined})"
    return f"{words}, {_columns(about)}"


_ANTERIOR = range(4, 10)  # sectors 4 to 9 hold the body and the pedicles


def _columns(about: Situation) -> str:
    sectors = about.findings.many(vocabulary.WBB_SECTORS, about.about)
    if not sectors:
        return "column not recorded"
    anterior = {one.number in _ANTERIOR for one in sectors}
    if len(anterior) == 2:
        return "anterior and posterior column"
    return "anterior column" if anterior == {True} else "posterior column"


def _words(answer: Answer) -> str:
    return ("yes" if answer else "no") if isinstance(answer, bool) else "not known"


@rule(
    "LMNOP-01",
    cites=("ivanishvili2014lmnop", "paton2011lmnop"),
    checked=Checked.READ,
    strength="Expert",
)
def five_fields(about: Situation) -> Verdict:
    """LMNOP reads location (column, number, contiguous or not), mechanical instability (SINS), neurology (symptomatic
    epidural compression), oncology (histology, radiosensitivity), and the patient (fitness, wishes, prognosis,
    response to earlier therapy).
    """
    seen = _read(about)
    if seen is None:
        return None
    read = "; ".join(f"{field.name} {_words(field.lmnop)}" for field in seen.fields)
    do = f"Read it beside NOMS: surgery first by LMNOP {_words(seen.lmnop)}, by NOMS {_words(seen.noms)}."
    return when(True, do=do, because=f"Location {seen.location}; {read}.")


@rule("LMNOP-02", cites=("project",), checked=Checked.OURS, strength="Project rule", degree=Degree.CAUTION)
def frameworks_differ(about: Situation) -> Verdict:
    """Where LMNOP and NOMS disagree both are shown, with the field that drives the difference."""
    seen = _read(about)
    if seen is None:
        return None
    because = f"Surgery first by NOMS {_words(seen.noms)}, by LMNOP {_words(seen.lmnop)}."
    driving = " and ".join(f"'{name}'" for name in seen.driving)
    return when(seen.differ, do=f"Show both to the board; they come apart by {driving}.", because=because)


@rule(
    "ISOC-01",
    cites=("spratt2017isoc",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
)
def order_of_the_consortium(about: Situation) -> Verdict:
    """The algorithm of the consortium asks for life expectancy and performance first, then stability, then the grade
    of compression, then earlier radiotherapy.
    """
    if is_branch(about) is not True:
        return None
    do = "Go through life expectancy and performance, stability, compression and earlier radiotherapy, in this order."
    return when(True, do=do, because=_words_of_the_order(about))


def _words_of_the_order(about: Situation) -> str:
    asked = {
        "life expectancy of the trial": lives_long_enough(about),
        "unstable": about.is_unstable,
        "high-grade compression": is_high(about),
        "irradiated before": about.answer(vocabulary.PRIOR_RADIOTHERAPY),
    }
    return f"{'; '.join(f'{words}: {_words(answer)}' for words, answer in asked.items())}.".capitalize()


CASE_RULES: tuple[Rule, ...] = (five_fields, frameworks_differ, order_of_the_consortium)
