"""NOMS: neurology, oncology, mechanics and systemic state, one rule for each published cell.

The rows are data, so that the table can be proved total and free of overlap. An axis that is not known leaves every
row open that it could lead to; none is chosen in silence.
"""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.decide.decision import Act, Degree
from enbloc.decide.histology import Radiosensitivity
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


def _is_low(about: Situation, *, sensitive: bool) -> Answer:
    """Low grade without myelopathy; 1c counts only with a sensitive tumour (NOMS-14)."""
    grades = (Escc.GRADE_0, Escc.GRADE_1A, Escc.GRADE_1B)
    low = about.grade_in(*grades, Escc.GRADE_1C) if sensitive else about.grade_in(*grades)
    return all_of(low, negated(about.answer(vocabulary.MYELOPATHY)))


def holds(cell: Cell, about: Situation) -> Answer:
    """Whether the lesion stands in this row."""
    return all_of(
        _is_branch(about),
        about.is_high_grade if cell.high else _is_low(about, sensitive=cell.sensitive),
        about.is_radiosensitive if cell.sensitive else negated(about.is_radiosensitive),
        about.is_unstable if cell.unstable else negated(about.is_unstable),
        True
        if cell.able is None
        else about.answer(vocabulary.ABLE)
        if cell.able
        else negated(about.answer(vocabulary.ABLE)),
    )


def _is_branch(about: Situation) -> bool:
    # Which branch is not the question of a cell: while it is open, other rules ask for it.
    listed = about.histology is None or about.histology.row is not Radiosensitivity.NOT_APPLICABLE
    return about.is_secondary is True and listed and about.is_intradural is not True


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


def _rule(cell: Cell) -> Rule:
    def judge(about: Situation) -> Verdict:
        return when(holds(cell, about), do=cell.do, because=axes(about))

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
    intact = negated(about.answer(vocabulary.MYELOPATHY))
    condition = all_of(_is_branch(about), about.grade_in(Escc.GRADE_1C), negated(about.is_radiosensitive), intact)
    do = "Let the board choose between the two (DISAGREE-4)."
    if about.is_unstable is not False:
        do += " Stabilise as well." if about.is_unstable is True else " If it is unstable, stabilise as well."
    return when(condition, do=do, because=axes(about))


@rule("NOMS-13", cites=CITES, checked=Checked.FROM_MEMORY, strength=STRENGTH)
def no_published_cell(about: Situation) -> Verdict:
    """Unstable and unable to tolerate surgery, with a radiosensitive tumour or a low grade: there is no published
    cell; offer a brace, cement or percutaneous screws if possible, and radiotherapy as in the stable row.
    """
    low = about.grade_in(Escc.GRADE_0, Escc.GRADE_1A, Escc.GRADE_1B, Escc.GRADE_1C)
    condition = all_of(
        _is_branch(about),
        about.is_unstable,
        negated(about.answer(vocabulary.ABLE)),
        any_of(about.is_radiosensitive, low),
    )
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
    low = about.grade_in(Escc.GRADE_0, Escc.GRADE_1A, Escc.GRADE_1B, Escc.GRADE_1C)
    condition = all_of(_is_branch(about), about.answer(vocabulary.MYELOPATHY), low)
    return when(condition, do="Look for another cause, with the urgency of high grade.", because=axes(about))


CASE_RULES: tuple[Rule, ...] = (
    *(_rule(cell) for cell in CELLS),
    board_chooses_at_1c,
    no_published_cell,
    myelopathy_without_compression,
)
