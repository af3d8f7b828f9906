"""Sarcomas of the spine other than chondrosarcoma (PRIM)."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.decide.decision import Act
from enbloc.decide.of_primary import HIGH_GRADE, METASTATIC, is_incomplete, is_resectable, is_stage
from enbloc.decide.policy import Policy, Step
from enbloc.decide.rule import Rule
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

MAP_UP_TO = Threshold(
    name="age up to which osteosarcoma gets the full three-drug chemotherapy",
    number=40,
    unit="years",
    comparator="<=",
    source="strauss2021esmo",
    checked=Checked.READ,
    since="2026-11-20",
)
NOT_CHECKED = "dose not yet source-checked"
"""What is said beside a dose in a row of which the direction alone was read."""


def _young(about: Situation) -> Answer:
    return about.meets(vocabulary.AGE, MAP_UP_TO)


def _older(about: Situation) -> Answer:
    return negated(_young(about))


def _positive_or_unresectable(about: Situation) -> Answer:
    return any_of(negated(is_resectable(about)), is_incomplete(about))


def _after_chemotherapy(about: Situation) -> Answer:
    return all_of(about.answer(vocabulary.CHEMOTHERAPY), is_resectable(about))


def _after_chemotherapy_unresectable(about: Situation) -> Answer:
    return all_of(about.answer(vocabulary.CHEMOTHERAPY), negated(is_resectable(about)))


def _operated(about: Situation) -> Answer:
    return any_of(about.answer(vocabulary.OPERATED_AT_LEVEL), is_incomplete(about))


def _unresectable(about: Situation) -> Answer:
    return negated(is_resectable(about))


def _solitary_and_resectable(about: Situation) -> Answer:
    return all_of(about.answer(vocabulary.SOLITARY), is_resectable(about))


def _multifocal(about: Situation) -> Answer:
    return negated(about.answer(vocabulary.SOLITARY))


def _is_without_tissue(about: Situation) -> Answer:
    return about.is_without_tissue


def _is_high_grade(about: Situation) -> Answer:
    return is_stage(about, *HIGH_GRADE, *METASTATIC)


_OSTEOSARCOMA = Policy(
    id="PRIM-08",
    tumours=frozenset({"osteosarcoma"}),
    statement="Osteosarcoma gets chemotherapy before surgery (methotrexate, doxorubicin and cisplatin up to the age of "
    "40, adapted when older), then a wide en bloc resection, then chemotherapy again; radiotherapy where the margin is "
    "positive or the tumour cannot be resected.",
    strength="Guideline and cohort",
    cites=("strauss2021esmo", "dekutoski2016"),
    checked=Checked.READ,
    steps=(
        Step(
            act=Act.SYSTEMIC,
            condition=_young,
            do="Chemotherapy first: methotrexate, doxorubicin and cisplatin; then wide en bloc, then chemotherapy.",
        ),
        Step(
            act=Act.SYSTEMIC,
            condition=_older,
            do="Chemotherapy first, adapted to the age; then wide en bloc, then chemotherapy.",
        ),
        Step(
            act=Act.EN_BLOC,
            condition=is_resectable,
            do="Plan a wide en bloc resection after the first chemotherapy.",
            adults="58 patients: 30 % local recurrence, 41 % died, median survival 6.7 years, 53 % operated on "
            "appropriately to Enneking.",
        ),
        Step(
            act=Act.RADIOTHERAPY,
            condition=_positive_or_unresectable,
            do="Irradiate a positive margin or a tumour that cannot be resected.",
            adults=f"At least 68 to 70 Gy ({NOT_CHECKED}).",
        ),
    ),
)
_EWING = Policy(
    id="PRIM-09",
    tumours=frozenset({"ewing"}),
    statement="Ewing sarcoma gets chemotherapy first and local therapy at about week 12: en bloc if a marginal or wide "
    "resection is possible without an unacceptable deficit, otherwise definitive radiotherapy. With a deficit and a "
    "known diagnosis it is decompressed as an emergency, or chemotherapy begins at once.",
    strength="Guideline",
    cites=("strauss2021esmo", "mukherjee2013seer"),
    checked=Checked.READ,
    steps=(
        Step(
            act=Act.SYSTEMIC,
            do="Chemotherapy first (vincristine, doxorubicin, cyclophosphamide; ifosfamide, etoposide), local therapy "
            "at about week 12; with a deficit and a known diagnosis start at once, or decompress.",
        ),
        Step(
            act=Act.EN_BLOC,
            condition=_after_chemotherapy,
            do="Plan a marginal or wide en bloc resection at about week 12, without an unacceptable deficit.",
            adults="Resection: hazard ratio 0.494 in a register.",
        ),
        Step(
            act=Act.RADIOTHERAPY,
            condition=_after_chemotherapy_unresectable,
            do="Give definitive radiotherapy at about week 12.",
            adults=f"50.4 to 54 Gy ({NOT_CHECKED}).",
        ),
    ),
)
_SOFT_TISSUE = Policy(
    id="PRIM-27",
    tumours=frozenset({"sft", "angiosarcoma", "leiomyosarcoma", "ups"}),
    statement="A solitary fibrous tumour, angiosarcoma, leiomyosarcoma or undifferentiated pleomorphic sarcoma is "
    "taken out en bloc and wide where possible, after embolisation, with adjuvant radiotherapy.",
    strength="Cohort",
    cites=("nair2013",),
    checked=Checked.READ,
    steps=(
        Step(act=Act.EN_BLOC, condition=is_resectable, do="Plan a wide en bloc resection after embolisation."),
        Step(
            act=Act.EMBOLISATION,
            do="Embolise before the resection (solitary fibrous tumour: mean vascularity 2.6 of 3).",
        ),
        Step(act=Act.RADIOTHERAPY, condition=_operated, do="Give adjuvant radiotherapy."),
    ),
)
_ENDOTHELIOMA = Policy(
    id="PRIM-36",
    tumours=frozenset({"epith_haemangioendo"}),
    statement="An epithelioid haemangioendothelioma is staged first (liver, lung, other bones); solitary and "
    "resectable it is taken out en bloc and wide, unresectable it is irradiated, multifocal and indolent it is treated "
    "systemically or watched.",
    strength="Expert",
    cites=("who2020bone",),
    checked=Checked.FROM_MEMORY,
    steps=(
        Step(
            act=Act.EN_BLOC,
            condition=_solitary_and_resectable,
            do="Stage liver, lung and bones; then plan a wide en bloc resection.",
        ),
        Step(act=Act.RADIOTHERAPY, condition=_unresectable, do="Stage liver, lung and bones; then irradiate."),
        Step(act=Act.SYSTEMIC, condition=_multifocal, do="Multifocal: systemic therapy, or watch while indolent."),
        Step(act=Act.OBSERVATION, condition=_multifocal, do="Multifocal and indolent: watch, or treat systemically."),
    ),
)
_NERVE_SHEATH = Policy(
    id="PRIM-37",
    tumours=frozenset({"mpnst"}),
    statement="A malignant peripheral nerve sheath tumour goes to a sarcoma board with a biopsy whose tract can be "
    "excised; it is taken out en bloc and wide with its parent root where function allows, and irradiated; "
    "chemotherapy for high grade or neurofibromatosis case by case.",
    strength="Guideline",
    cites=("strauss2021esmo",),
    checked=Checked.FROM_MEMORY,
    steps=(
        Step(
            act=Act.BIOPSY,
            condition=_is_without_tissue,
            do="Show it to a sarcoma board, and place the tract where the resection takes it out.",
        ),
        Step(
            act=Act.EN_BLOC,
            condition=is_resectable,
            do="Plan a wide en bloc resection with the parent root, where function allows.",
        ),
        Step(act=Act.RADIOTHERAPY, do="Irradiate beside the resection.", adults="At least 60 Gy."),
        Step(act=Act.SYSTEMIC, condition=_is_high_grade, do="Discuss chemotherapy for this patient."),
    ),
)
_MALIGNANT_GIANT_CELL = Policy(
    id="PRIM-38",
    tumours=frozenset({"gct_malig"}),
    statement="Malignancy in a giant cell tumour is treated as an osteosarcoma; denosumab is not the treatment.",
    strength="Expert",
    cites=("who2020bone",),
    checked=Checked.FROM_MEMORY,
    steps=(
        Step(act=Act.SYSTEMIC, do="Chemotherapy first, as for osteosarcoma; denosumab is not the treatment."),
        Step(
            act=Act.EN_BLOC,
            condition=is_resectable,
            do="Plan a wide en bloc resection after the first chemotherapy, as for osteosarcoma.",
        ),
        Step(
            act=Act.RADIOTHERAPY,
            condition=_positive_or_unresectable,
            do="Irradiate a positive margin or a tumour that cannot be resected, as for osteosarcoma.",
        ),
    ),
)

POLICIES: tuple[Policy, ...] = (
    _OSTEOSARCOMA,
    _EWING,
    _SOFT_TISSUE,
    _ENDOTHELIOMA,
    _NERVE_SHEATH,
    _MALIGNANT_GIANT_CELL,
)
ACT_RULES: tuple[Rule, ...] = tuple(policy.rule for policy in POLICIES)
PARAMETERS: tuple[Threshold, ...] = (MAP_UP_TO,)
