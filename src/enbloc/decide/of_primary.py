"""What the rules about primary tumours share: whose tumour it is, its Enneking stage, and what holds for adults alone.

A tumour that has no name yet makes none of these rules speak: that state is BX-01's ("tissue first"), and a name that
is not in the table is PRIM-41's. A name that contradicts the recorded kind chooses no branch: the case asks for the
kind, and the stops stay.
"""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import EnnekingReported
from enbloc.case.lesion import LesionKind
from enbloc.decide.planned import is_adult
from enbloc.decide.remembering import once
from enbloc.decide.situation import Situation
from enbloc.errors import RecordError
from enbloc.stage.every import scores_of
from enbloc.stage.score import Score
from enbloc.stage.surgical.enneking import Stage
from enbloc.stage.tomita import Type

LATENT, ACTIVE, AGGRESSIVE = Stage.S1, Stage.S2, Stage.S3
BENIGN = (LATENT, ACTIVE, AGGRESSIVE)
LOW_GRADE = (Stage.IA, Stage.IB)
HIGH_GRADE = (Stage.IIA, Stage.IIB)
METASTATIC = (Stage.IIIA, Stage.IIIB)
MALIGNANT = (*LOW_GRADE, *HIGH_GRADE, *METASTATIC)

SACRAL = frozenset({Level.S1, Level.S2, Level.S3, Level.S4, Level.S5, Level.CO})


def is_primary_of(about: Situation, *keys: str) -> Answer:
    """Whether it is one of these entities, as a primary tumour outside the dura."""
    if about.histology is None or about.histology.key not in keys:
        return False
    return all_of(is_primary(about), negated(about.is_intradural))


def is_primary(about: Situation) -> Answer:
    """Whether it is a primary tumour; a kind that contradicts the name is neither."""
    if about.kind is not None:
        return about.kind is LesionKind.PRIMARY
    return False if about.histology is not None else unknown(vocabulary.KIND.ask)


@once
def is_primary_bone(about: Situation) -> Answer:
    """Whether it is a primary tumour outside the dura, of whatever name."""
    known_kind = unknown(about.kind_question) if about.kind is None else about.is_secondary
    outside = negated(about.is_intradural) if about.histology is not None else True
    return all_of(negated(known_kind), outside)


def may_be_primary(about: Situation) -> Answer:
    """Whether a primary tumour is possible: a solitary lesion is one until tissue says otherwise."""
    if about.is_secondary is not True:
        return True
    return all_of(about.is_without_tissue, about.answer(vocabulary.SOLITARY))


@once
def stages(about: Situation) -> tuple[Stage, ...]:
    """The stages to reckon with: those of the form, narrowed by a reported one that fits, widened by one that not."""
    filled = any(form.instrument == "enneking" and form.about == about.about for form in about.case.forms)
    score = about.score("enneking") or (_scored(about, "enneking") if filled else None)
    ours = tuple(Stage(word) for word in score.categories) if score else tuple(Stage)
    reported = about.known(vocabulary.ENNEKING_REPORTED)
    if reported is None:
        return ours
    stated = Stage(EnnekingReported(reported).value)
    return (stated,) if stated in ours else tuple(s for s in Stage if s in ours or s is stated)


def is_stage(about: Situation, *these: Stage) -> Answer:
    """Whether the Enneking stage is one of these; open, and asked for, where more than one reading remains."""
    inside = [stage in these for stage in stages(about)]
    if all(inside):
        return True
    return unknown(vocabulary.ENNEKING_REPORTED.ask) if any(inside) else False


@once
def is_staged(about: Situation) -> bool:
    """Whether anything at all is known of the stage."""
    return len(stages(about)) < len(Stage)


def stage_words(about: Situation) -> str:
    """The stage in a sentence."""
    known = " or ".join(stage.value for stage in stages(about)) if is_staged(about) else "unknown"
    return f"Enneking stage {known}."


def wants_en_bloc(about: Situation) -> Answer:
    """Whether the preferred margin is en bloc: of some only at stage S3, of Ewing sarcoma only after chemotherapy."""
    if about.histology is None:
        return unknown(vocabulary.HISTOLOGY.ask)  # a name that is not in the table lifts no stop (PRIM-41)
    wants = about.histology.wants_en_bloc
    if wants is not None:
        return wants
    if about.histology.key == "ewing":
        return about.answer(vocabulary.CHEMOTHERAPY)
    # Only a stage that is latent or active for certain lifts it: one that does not fit the tumour does not.
    return negated(is_stage(about, LATENT, ACTIVE))


@once
def sectors_of(about: Situation) -> Score | None:
    """The score of the sectors (WBB): of a form or the work-up, otherwise of what is known of sectors and layers."""
    return about.score("wbb") or _scored(about, "wbb")


@once
def surgical_types(about: Situation) -> tuple[Type, ...] | Unknown:
    """The surgical types by Tomita that are possible."""
    score = about.score("tomita_surgical") or _scored(about, "tomita_surgical")
    if score is None:
        return unknown("surgical type by Tomita: sites of the tumour and levels")
    return tuple(Type(word.removeprefix("type ")) for word in score.categories)


def _scored(about: Situation, instrument: str) -> Score | None:
    """The score of an instrument that nobody has handed over; a form that contradicts itself says nothing."""
    try:
        found = scores_of(instrument, about.case, about.findings, about.about)
    except RecordError:
        return None
    return next(iter(found), None)


def is_sacral(about: Situation) -> Answer:
    """Whether the lesion lies in the sacrum, in part or whole."""
    if not about.levels:
        return unknown("level of the lesion")
    return bool(SACRAL & set(about.levels))


def for_adults(about: Situation, figures: str) -> str:
    """Doses and figures that hold for adults, or that they are not printed (PRIM-42, STOP-35)."""
    if is_adult(about) is True:
        return figures
    if is_adult(about) is False:
        return "Doses and figures of adults do not apply: ask paediatric oncology."
    return "Doses and figures hold for adults and are not printed while the age is unknown."


def has_deficit(about: Situation) -> Answer:
    """A neurological deficit."""
    return about.answer(vocabulary.DEFICIT)


def is_symptomatic(about: Situation) -> Answer:
    """Pain or a deficit."""
    return any_of(has_deficit(about), about.has_pain)


def is_resectable(about: Situation) -> Answer:
    """Localised, and resectable with acceptable morbidity."""
    return about.answer(vocabulary.RESECTABLE)


def is_incomplete(about: Situation) -> Answer:
    """A resection whose margin was intralesional, positive or close."""
    entered = about.is_one_of(vocabulary.FINAL_MARGIN, vocabulary.MarginWord.INTRALESIONAL)
    return any_of(entered, about.answer(vocabulary.MARGIN_POSITIVE_OR_CLOSE))
