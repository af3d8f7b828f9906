"""Compression of the cord, and of the cauda equina below it, as the rules about metastases read it."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, all_of, any_of, negated, unknown
from enbloc.decide.histology import Radiosensitivity
from enbloc.decide.planned import is_adult
from enbloc.decide.remembering import once
from enbloc.decide.situation import Situation
from enbloc.stage.escc import Escc

_MAY_LACK_A_CORD = frozenset(tuple(Level)[tuple(Level).index(Level.L1) :])


@once
def is_branch(about: Situation) -> Answer:
    """Metastatic or haematological, outside the dura: the branch of NOMS; open while nobody knows the kind of tumour.

    A tumour that may be either (neuroblastoma) is in it only if the patient is adult: of a child PRIM-39 speaks.
    """
    listed = about.histology is None or about.histology.row is not Radiosensitivity.NOT_APPLICABLE
    if about.histology is not None and about.histology.origin == "primary_or_metastatic":
        listed = listed and is_adult(about) is not False
    return about.is_secondary if listed and about.is_intradural is not True else False


@once
def is_below_conus(about: Situation) -> Answer:
    """Whether no cord runs beside the tumour; above L1 there always is one, further down somebody has to look."""
    seen = about.answer(vocabulary.CORD_LEVEL)
    if isinstance(seen, bool):
        return not seen
    if not about.levels:
        return unknown(vocabulary.CORD_LEVEL.ask)
    return seen if set(about.levels) & _MAY_LACK_A_CORD else False


@once
def has_cauda_deficit(about: Situation) -> Answer:
    """A motor or sphincter deficit of cauda type; without any deficit there is none."""
    any_deficit = about.answer(vocabulary.DEFICIT)
    return False if any_deficit is False else about.answer(vocabulary.CAUDA_DEFICIT)


@once
def is_high(about: Situation) -> Answer:
    """High-grade compression: ESCC 2 or 3; below the conus also an effaced sac or a deficit of cauda type (NOMS-18)."""
    return any_of(about.is_high_grade, is_cauda_pressed(about))


@once
def is_cauda_pressed(about: Situation) -> Answer:
    """Below the conus, with an effaced sac or a deficit of cauda type (NOMS-18)."""
    return all_of(is_below_conus(about), any_of(_is_effaced(about), has_cauda_deficit(about)))


def _is_effaced(about: Situation) -> Answer:
    """Whether the sac is effaced; one that is not even deformed, by the grade in analogy, is not."""
    effaced = about.answer(vocabulary.SAC_EFFACED)
    if isinstance(effaced, bool):
        return effaced
    return False if about.grade_in(Escc.GRADE_0, Escc.GRADE_1A) is True else effaced


def low_in(about: Situation, *grades: Escc) -> Answer:
    """One of these grades, and no high-grade compression by another sign."""
    return all_of(about.grade_in(*grades), negated(is_high(about)))


def is_treated_without_surgery(about: Situation) -> Answer:
    """Lymphoma, leukaemia, myeloma, plasmacytoma or germ cell tumour; a name that is not in the table may be one."""
    if about.histology is None:
        return False if about.is_secondary is False else unknown(vocabulary.HISTOLOGY.ask)
    return about.histology.key in TREATED_WITHOUT_SURGERY


TREATED_WITHOUT_SURGERY = frozenset({"lymphoma", "myeloma", "myeloid_sarcoma", "plasmacytoma", "met_germ"})
