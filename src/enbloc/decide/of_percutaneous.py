"""What the rules about cement, ablation and small approaches share: infection, grade, and whose tumour it is."""

from __future__ import annotations

from collections.abc import Iterable

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, all_of, any_of, negated, unknown
from enbloc.case.fact import Allergen, SteroidDanger
from enbloc.case.lesion import LesionKind
from enbloc.decide.acts import SURGERY
from enbloc.decide.decision import Act
from enbloc.decide.presentation import may_be_infected
from enbloc.decide.remembering import once
from enbloc.decide.several import listed
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold
from enbloc.stage.escc import Escc
from enbloc.stage.sins import Stability

LOW = (Escc.GRADE_0, Escc.GRADE_1A, Escc.GRADE_1B)
HAEMANGIOMA = ("haemangioma_typ", "haemangioma_agg")
NIDUS = ("osteoid_osteoma", "osteoblastoma")

Dangers = tuple[tuple[str, Answer], ...]
"""Reasons in words, each with its answer."""


def limit(
    name: str, number: float, unit: str, comparator: str, source: str, checked: Checked = Checked.FROM_MEMORY
) -> Threshold:
    """A printed number as data."""
    return Threshold(
        name=name, number=number, unit=unit, comparator=comparator, source=source, checked=checked, since="2026-11-20"
    )


def there(dangers: Iterable[tuple[str, Answer]]) -> str:
    """The reasons that hold, in a row."""
    return listed(words for words, holds in dangers if holds is True)


def cements(about: Situation) -> bool:
    """Whether an act is judged that puts cement into the body; another operation does if it says so."""
    stated = about.is_act(*SURGERY) and about.answer(vocabulary.CEMENT_PLANNED) is True
    return stated or about.is_act(Act.CEMENT)


def decompresses(about: Situation) -> Answer:
    """Whether the plan decompresses the canal as well."""
    if about.is_act(Act.SEPARATION):
        return True
    if about.is_act(Act.CEMENT):
        # An option that is named for its cement decompresses nothing unless somebody planned it.
        return about.known(vocabulary.DECOMPRESSION_PLANNED) is True
    return about.answer(vocabulary.DECOMPRESSION_PLANNED)


def is_low(about: Situation) -> Answer:
    """ESCC 1b or less."""
    return about.grade_in(*LOW)


@once
def is_infection_open(about: Situation) -> Answer:
    """An infection of the spine is suspected and not excluded (RED-11)."""
    if about.answer(vocabulary.INFECTION_EXCLUDED) is True:
        return False
    stated = about.is_one_of(vocabulary.STEROID_DANGERS, SteroidDanger.INFECTION) is True
    return all_of(any_of(stated, may_be_infected(about)), negated(about.answer(vocabulary.INFECTION_EXCLUDED)))


def is_without_name(about: Situation) -> Answer:
    """A solitary lesion without tissue."""
    return all_of(about.answer(vocabulary.SOLITARY), about.is_without_tissue)


def is_primary_other_than(about: Situation, *keys: str) -> Answer:
    """A primary bone tumour, except these entities; one without a name may be any of them."""
    if about.kind is None:
        return unknown(about.kind_question)
    if about.kind is not LesionKind.PRIMARY:
        return False
    return unknown(vocabulary.HISTOLOGY.ask) if about.histology is None else about.histology.key not in keys


def is_plasmacytoma(about: Situation) -> bool:
    """Whether it bears the name of a plasmacytoma."""
    return about.histology is not None and about.histology.key == "plasmacytoma"


def is_allergic_to_cement(about: Situation) -> Answer:
    """A severe allergy to acrylic cement."""
    return about.is_one_of(vocabulary.ALLERGIES, Allergen.CEMENT)


def is_band(about: Situation, band: Stability) -> Answer:
    """Whether SINS stands in this band."""
    score = about.score("sins")
    inside = {word == band.value for word in score.categories} if score else set()
    return inside.pop() if len(inside) == 1 else unknown(*(score.missing if score and score.missing else ("SINS",)))


def in_range(about: Situation, span: frozenset[Level]) -> Answer:
    """Whether all levels of the lesion lie within a range."""
    return set(about.levels) <= span if about.levels else unknown("level of the lesion")
