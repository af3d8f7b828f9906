"""NOMS: neurology, oncology, mechanics and systemic state, one rule for each published cell.

The rows are data, so that the table can be proved total and free of overlap. An axis that is not known leaves every
row open that it could lead to; none is chosen in silence.
"""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated
from enbloc.case.fact import DeclineWithRadiotherapy
from enbloc.decide.compression import is_branch, is_high, low_in
from enbloc.decide.decision import Act, Degree
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked
from enbloc.stage.escc import Escc
from enbloc.value import value

CITES = ("laufer2013noms", "bilsky2006noms", "noms2010review")
STRENGTH = "Expert framework"


@value
class Cell:
    """One row of the table; ``able`` left out means that fitness for surgery does not matter."""

    id: str
    high: bool
    sensitive: bool
    unstable: bool
    able: bool | None
    statement: str
    do: str
    checked: Checked
    favours: tuple[Act, ...]
    against: tuple[Act, ...] = ()
    degree: Degree = Degree.NOTE


_LOW = "Low-grade compression without myelopathy"
_RT_FIRST = (Act.SEPARATION,)

CELLS: tuple[Cell, ...] = (
    Cell(
        id="NOMS-01",
        high=False,
        sensitive=True,
        unstable=False,
        able=None,
        statement=f"{_LOW}, radiosensitive and stable: conventional radiotherapy.",
        do="Offer conventional radiotherapy.",
        checked=Checked.READ,
        favours=(Act.RADIOTHERAPY,),
        against=_RT_FIRST,
    ),
    Cell(
        id="NOMS-02",
        high=False,
        sensitive=True,
        unstable=True,
        able=True,
        statement=f"{_LOW}, radiosensitive and unstable: stabilise, then conventional radiotherapy.",
        do="Stabilise, then give conventional radiotherapy.",
        checked=Checked.READ_IN_A_COPY,
        favours=(Act.STABILISATION,),
    ),
    Cell(
        id="NOMS-03",
        high=False,
        sensitive=False,
        unstable=False,
        able=None,
        statement=f"{_LOW}, radioresistant and stable: radiosurgery.",
        do="Offer radiosurgery.",
        checked=Checked.READ,
        favours=(Act.RADIOSURGERY,),
        against=_RT_FIRST,
    ),
    Cell(
        id="NOMS-04",
        high=False,
        sensitive=False,
        unstable=True,
        able=True,
        statement=f"{_LOW}, radioresistant and unstable: stabilise, then radiosurgery.",
        do="Stabilise, then give radiosurgery.",
        checked=Checked.READ_IN_A_COPY,
        favours=(Act.STABILISATION,),
    ),
    Cell(
        id="NOMS-05",
        high=True,
        sensitive=True,
        unstable=False,
        able=None,
        statement="High-grade compression, radiosensitive and stable: urgent conventional radiotherapy; surgery if "
        "the neurology declines under it or a bone fragment lies in the canal.",
        do="Start conventional radiotherapy urgently.",
        checked=Checked.READ,
        favours=(Act.RADIOTHERAPY,),
        against=_RT_FIRST,
        degree=Degree.URGENT,
    ),
    Cell(
        id="NOMS-06",
        high=True,
        sensitive=True,
        unstable=True,
        able=True,
        statement="High-grade compression, radiosensitive and unstable: stabilise, then conventional radiotherapy.",
        do="Stabilise, then give conventional radiotherapy.",
        checked=Checked.READ_IN_A_COPY,
        favours=(Act.STABILISATION,),
    ),
    Cell(
        id="NOMS-07",
        high=True,
        sensitive=False,
        unstable=False,
        able=True,
        statement="High-grade compression, radioresistant and stable, able to tolerate surgery: separation surgery, "
        "then radiosurgery.",
        do="Decompress and stabilise, then give radiosurgery.",
        checked=Checked.READ,
        favours=(Act.SEPARATION,),
        against=(Act.RADIOTHERAPY,),
    ),
    Cell(
        id="NOMS-08",
        high=True,
        sensitive=False,
        unstable=False,
        able=False,
        statement="High-grade compression, radioresistant and stable, unable to tolerate surgery: conventional "
        "radiotherapy.",
        do="Offer conventional radiotherapy.",
        checked=Checked.FROM_MEMORY,
        favours=(Act.RADIOTHERAPY,),
        against=(Act.SEPARATION, Act.STABILISATION, Act.EN_BLOC),
    ),
    Cell(
        id="NOMS-09",
        high=True,
        sensitive=False,
        unstable=True,
        able=True,
        statement="High-grade compression, radioresistant and unstable, able to tolerate surgery: separation surgery "
        "with stabilisation, then radiosurgery.",
        do="Decompress and stabilise, then give radiosurgery.",
        checked=Checked.READ_IN_A_COPY,
        favours=(Act.SEPARATION,),
        against=(Act.RADIOTHERAPY,),
    ),
    Cell(
        id="NOMS-10",
        high=True,
        sensitive=False,
        unstable=True,
        able=False,
        statement="High-grade compression, radioresistant and unstable, unable to tolerate surgery: percutaneous "
        "stabilisation if possible, and conventional radiotherapy.",
        do="Ask whether percutaneous stabilisation is possible; give conventional radiotherapy.",
        checked=Checked.FROM_MEMORY,
        favours=(Act.STABILISATION, Act.RADIOTHERAPY),
        against=(Act.SEPARATION, Act.EN_BLOC),
    ),
)


EXCEPTED = "NOMS-05"
"""The row that names an exception of its own."""
LOW = (Escc.GRADE_0, Escc.GRADE_1A, Escc.GRADE_1B)
LOW_OR_1C = (*LOW, Escc.GRADE_1C)


def _is_low(about: Situation, *grades: Escc) -> Answer:
    """Low grade without myelopathy."""
    return all_of(low_in(about, *grades), negated(about.answer(vocabulary.MYELOPATHY)))


def holds(cell: Cell, about: Situation) -> Answer:
    """Whether the lesion stands in this row."""
    able = about.answer(vocabulary.ABLE)
    # 1c is low with a sensitive tumour only; with a resistant one the board chooses (NOMS-14).
    low = LOW_OR_1C if cell.sensitive else LOW
    return all_of(
        is_branch(about),
        is_high(about) if cell.high else _is_low(about, *low),
        about.is_radiosensitive if cell.sensitive else negated(about.is_radiosensitive),
        about.is_unstable if cell.unstable else negated(about.is_unstable),
        True if cell.able is None else able if cell.able else negated(able),
        negated(surgery_is_the_exception(about)) if cell.id == EXCEPTED else True,
    )


def surgery_is_the_exception(about: Situation) -> Answer:
    """A fragment in the canal, or decline under radiotherapy, in a patient able to tolerate surgery (DEC-04).

    Only what somebody has seen makes the exception: the row calls for radiotherapy while nobody has.
    """
    declined = about.is_one_of(vocabulary.DECLINE_WITH_RADIOTHERAPY, DeclineWithRadiotherapy.DURING)
    seen = about.answer(vocabulary.BONE_FRAGMENT) is True or declined is True
    return all_of(seen, about.answer(vocabulary.ABLE))


@once
def axes(about: Situation) -> str:
    """The four axes of the lesion in a line, each with what it rests on."""
    named = about.tumour_words
    if about.histology is None:
        named += " (not in the table: resistant row)"
    elif about.histology.is_moderate:
        named += " (moderately sensitive)"
    able = about.answer(vocabulary.ABLE)
    fit = "able to tolerate surgery" if able is True else "unable to" if able is False else "fitness not recorded"
    return f"{about.escc_words} {named}. {about.sins_words} Surgery: {fit}."


def _do(cell: Cell, about: Situation) -> str:
    """What the row says to do; where a fragment would make surgery the exception, nobody forgets to look for one."""
    unseen = cell.id == EXCEPTED and not isinstance(about.answer(vocabulary.BONE_FRAGMENT), bool)
    return f"{cell.do} Look for a bone fragment in the canal on CT." if unseen else cell.do


def _rule(cell: Cell) -> Rule:
    def judge(about: Situation) -> Verdict:
        return when(holds(cell, about), do=_do(cell, about), because=axes(about))

    judge.__doc__ = cell.statement
    declare = rule(
        cell.id,
        cites=CITES,
        checked=cell.checked,
        strength=STRENGTH,
        degree=cell.degree,
        favours=cell.favours,
        against=cell.against,
    )
    return declare(judge)


@rule(
    "NOMS-12", cites=CITES, checked=Checked.FROM_MEMORY, strength=STRENGTH, favours=(Act.SEPARATION, Act.RADIOSURGERY)
)
def board_chooses_at_1c(about: Situation) -> Verdict:
    """Contact with the cord (1c) by a radioresistant tumour, without myelopathy: radiosurgery alone or separation
    surgery is a choice of the board; a distance to the cord of less than two to three millimetres is the usual limit.
    """
    # It stands instead of the rows 03 and 04: unstable and unable to tolerate surgery has no cell here either.
    helpless = all_of(about.is_unstable, negated(about.answer(vocabulary.ABLE)))
    condition = all_of(
        is_branch(about), _is_low(about, Escc.GRADE_1C), negated(about.is_radiosensitive), negated(helpless)
    )
    do = "Let the board choose between the two (DISAGREE-4)."
    if about.is_unstable is not False:
        do += " Stabilise as well." if about.is_unstable is True else " If it is unstable, stabilise as well."
    return when(condition, do=do, because=axes(about))


@rule("NOMS-13", cites=CITES, checked=Checked.FROM_MEMORY, strength=STRENGTH)
def no_published_cell(about: Situation) -> Verdict:
    """Unstable and unable to tolerate surgery, with a radiosensitive tumour or a low grade: there is no published
    cell; offer a brace, cement or percutaneous screws under sedation if possible, and radiotherapy as in the stable
    row.
    """
    # Low grade with myelopathy is NOMS-14, whatever the other axes say.
    uncharted = any_of(all_of(is_high(about), about.is_radiosensitive), _is_low(about, *LOW_OR_1C))
    condition = all_of(is_branch(about), about.is_unstable, negated(about.answer(vocabulary.ABLE)), uncharted)
    return when(condition, do="Take it to the board: no published cell.", because=axes(about))


@rule(
    "NOMS-14",
    cites=("project",),
    checked=Checked.OURS,
    strength="Project rule",
    degree=Degree.URGENT,
)
def myelopathy_without_compression(about: Situation) -> Verdict:
    """Myelopathy with low-grade compression has no published cell: it has the urgency of high grade; look for a
    fragment, instability, another level, an intramedullary or a vascular cause.
    """
    condition = all_of(is_branch(about), about.answer(vocabulary.MYELOPATHY), low_in(about, *LOW_OR_1C))
    return when(condition, do="Look for another cause, with the urgency of high grade.", because=axes(about))


TABLE: tuple[Rule, ...] = (
    *(_rule(cell) for cell in CELLS),
    board_chooses_at_1c,
    no_published_cell,
    myelopathy_without_compression,
)
"""The rows: of every patient in the branch exactly one holds, unless an exception of NOMS-05 or an open axis."""


def rows(about: Situation) -> dict[str, Answer]:
    """The answer of each row for a lesion."""
    verdicts = ((row.id, row(about)) for row in TABLE)
    return {id: said if isinstance(said, Unknown) else said is not None for id, said in verdicts}


CASE_RULES: tuple[Rule, ...] = TABLE
