"""Chordoma and chondrosarcoma after the first resection, and any malignant primary that was entered before (PRIM)."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.case.lesion import LesionKind
from enbloc.decide.decision import Act
from enbloc.decide.histology import histologies
from enbloc.decide.of_primary import is_incomplete, is_resectable
from enbloc.decide.policy import Policy, Step
from enbloc.decide.rule import Rule
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked

CHORDOMA = frozenset({"chordoma_conv", "chordoma_sacral"})
RARE_CHORDOMA = frozenset({"chordoma_poorly", "chordoma_dediff"})
CHONDROSARCOMA = frozenset({"chondrosarcoma_conv", "chondrosarcoma_act"})
RARE_CHONDROSARCOMA = frozenset({"chondrosarcoma_dediff", "chondrosarcoma_mesen", "chondrosarcoma_clear"})
CHEMOSENSITIVE = frozenset({"chondrosarcoma_dediff", "chondrosarcoma_mesen"})
MALIGNANT = frozenset(
    one.key
    for one in histologies()
    if one.kind is LesionKind.PRIMARY and one.is_benign is False and not one.is_marrow and not one.is_intradural
)
"""Every malignant primary tumour outside the dura, those of the marrow left out."""


def _has_key(about: Situation, keys: frozenset[str]) -> bool:
    return about.histology is not None and about.histology.key in keys


def _incomplete_conventional(about: Situation) -> Answer:
    return all_of(_has_key(about, CHORDOMA), is_incomplete(about))


def _incomplete_rare(about: Situation) -> Answer:
    """The figures of the conventional subtype are never read for a rare one (PRIM-40)."""
    return all_of(_has_key(about, RARE_CHORDOMA), is_incomplete(about))


def _recurs_locally(about: Situation) -> Answer:
    return all_of(about.answer(vocabulary.RECURRENT), negated(about.answer(vocabulary.SPREAD)))


def _recurs_and_can_be_resected(about: Situation) -> Answer:
    return all_of(_recurs_locally(about), is_resectable(about))


def _recurs_and_cannot_be_resected(about: Situation) -> Answer:
    return all_of(_recurs_locally(about), negated(is_resectable(about)))


def _is_advanced(about: Situation) -> Answer:
    """Spread, or recurring where it can no longer be resected."""
    stuck = all_of(about.answer(vocabulary.RECURRENT), negated(is_resectable(about)))
    return any_of(about.answer(vocabulary.SPREAD), stuck)


def _advanced_conventional(about: Situation) -> Answer:
    return all_of(_has_key(about, CHORDOMA), _is_advanced(about))


def _advanced_poorly_differentiated(about: Situation) -> Answer:
    return all_of(_has_key(about, frozenset({"chordoma_poorly"})), _is_advanced(about))


def _incomplete_chemosensitive(about: Situation) -> Answer:
    return all_of(_has_key(about, CHEMOSENSITIVE), is_incomplete(about))


def _was_entered(about: Situation) -> Answer:
    return about.answer(vocabulary.INTRALESIONAL_BEFORE)


def _was_entered_and_can_be_resected(about: Situation) -> Answer:
    return all_of(_was_entered(about), is_resectable(about))


_DOSE = "dose is the driver"

POLICIES: tuple[Policy, ...] = (
    Policy(
        id="PRIM-02",
        tumours=CHORDOMA | RARE_CHORDOMA,
        statement="A chordoma whose margin is positive, close or intralesional gets adjuvant high-dose radiotherapy; "
        "the dose is what drives control.",
        strength="Guideline",
        cites=("stacchiotti2015", "redmond2023chordoma"),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(
                act=Act.RADIOTHERAPY,
                condition=_incomplete_conventional,
                do="Give adjuvant high-dose radiotherapy.",
                adults=f"At least 70 to 74 GyRBE with protons, carbon ions or intensity-modulated photons; {_DOSE}.",
            ),
            Step(
                act=Act.RADIOTHERAPY,
                condition=_incomplete_rare,
                do="Give adjuvant high-dose radiotherapy; the figures of the conventional subtype do not hold.",
            ),
            Step(
                act=Act.RADIOSURGERY,
                condition=_incomplete_conventional,
                do="Adjuvant stereotactic radiotherapy is an alternative.",
                adults=f"24 Gy in 1 fraction to 50 Gy in 5; {_DOSE}.",
            ),
        ),
    ),
    Policy(
        id="PRIM-04",
        tumours=CHORDOMA,
        statement="A chordoma that recurs, and only locally, is taken out en bloc if feasible, otherwise debulked as "
        "far as possible with radiotherapy, or irradiated; the outcome is poor whatever is done.",
        strength="GRADE, low or very low quality",
        cites=("ailon2016",),
        checked=Checked.READ,
        steps=(
            Step(
                act=Act.EN_BLOC,
                condition=_recurs_and_can_be_resected,
                do="Plan en bloc again; say that the outcome is poor whatever is done.",
            ),
            Step(
                act=Act.INTRALESIONAL,
                condition=_recurs_and_cannot_be_resected,
                do="Debulk as far as possible and irradiate; say that the outcome is poor whatever is done.",
            ),
            Step(
                act=Act.RADIOTHERAPY,
                condition=_recurs_and_cannot_be_resected,
                do="Irradiate, alone or after debulking; say that the outcome is poor whatever is done.",
            ),
        ),
    ),
    Policy(
        id="PRIM-05",
        tumours=CHORDOMA | {"chordoma_poorly"},
        statement="An advanced conventional chordoma has no cytotoxic drug; imatinib, inhibitors of EGFR and sorafenib "
        "are off-label, with a low response. A poorly differentiated one that has lost SMARCB1 belongs in a trial of "
        "tazemetostat.",
        strength="Expert",
        cites=("stacchiotti2015",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(
                act=Act.SYSTEMIC,
                condition=_advanced_conventional,
                do="No cytotoxic drug; imatinib, an inhibitor of EGFR or sorafenib off-label, with a low response.",
            ),
            Step(
                act=Act.SYSTEMIC,
                condition=_advanced_poorly_differentiated,
                do="Test for INI1 (loss of SMARCB1), and ask for a trial of tazemetostat.",
            ),
        ),
    ),
    Policy(
        id="PRIM-07",
        tumours=CHONDROSARCOMA | RARE_CHONDROSARCOMA,
        statement="A chondrosarcoma that was taken out incompletely gets high-dose radiotherapy. Conventional types "
        "resist chemotherapy; a mesenchymal one is treated as Ewing sarcoma, a dedifferentiated one as osteosarcoma.",
        strength="Guideline",
        cites=("strauss2021esmo",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(
                act=Act.RADIOTHERAPY,
                condition=is_incomplete,
                do="Give high-dose radiotherapy.",
                adults="At least 70 GyRBE.",
            ),
            Step(
                act=Act.SYSTEMIC,
                condition=_incomplete_chemosensitive,
                do="Chemotherapy as for Ewing sarcoma (mesenchymal) or osteosarcoma (dedifferentiated).",
            ),
        ),
    ),
    Policy(
        id="PRIM-30",
        tumours=MALIGNANT,
        statement="A malignant primary tumour that is found after intralesional surgery is staged again; the "
        "contaminated field is resected en bloc if possible, then irradiated.",
        strength="Cohort, as BX-10",
        cites=("varga2015",),
        checked=Checked.READ,
        steps=(
            Step(
                act=Act.EN_BLOC,
                condition=_was_entered_and_can_be_resected,
                do="Stage again; resect the whole contaminated field with the tract en bloc, then irradiate.",
            ),
            Step(
                act=Act.RADIOTHERAPY,
                condition=_was_entered,
                do="Stage again; irradiate after the contaminated field was resected, or where it cannot be.",
            ),
        ),
    ),
)

ACT_RULES: tuple[Rule, ...] = tuple(policy.rule for policy in POLICIES)
