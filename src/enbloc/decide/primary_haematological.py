"""Tumours of vessels, histiocytes and marrow (PRIM): haemangioma, Langerhans cells, plasmacytoma, myeloma, lymphoma."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.case.lesion import LesionKind
from enbloc.decide.decision import Act
from enbloc.decide.of_primary import has_deficit, is_incomplete, is_symptomatic
from enbloc.decide.planned import is_adult
from enbloc.decide.policy import Policy, Step
from enbloc.decide.rule import Rule
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

LARGE_PLASMACYTOMA = Threshold(
    name="diameter from which a plasmacytoma gets the higher dose",
    number=50,
    unit="mm",
    comparator=">=",
    source="tsang2018ilrog",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)
HAEMANGIOMA = frozenset({"haemangioma_typ", "haemangioma_agg"})


def is_marrow_of(about: Situation, *keys: str) -> Answer:
    """Whether it is one of these tumours of the marrow, recorded as primary or as haematological."""
    if about.histology is None or about.histology.key not in keys:
        return False
    return about.kind is not None and about.kind is not LesionKind.METASTASIS


def _silent_and_typical(about: Situation) -> Answer:
    return negated(any_of(is_symptomatic(about), about.answer(vocabulary.ATYPICAL_IMAGE)))


def _painful(about: Situation) -> Answer:
    return all_of(about.has_pain, negated(has_deficit(about)))


def _deficit_after_subtotal(about: Situation) -> Answer:
    return all_of(has_deficit(about), is_incomplete(about))


def _is_without_tissue(about: Situation) -> Answer:
    return about.is_without_tissue


def _is_proven(about: Situation) -> Answer:
    return about.answer(vocabulary.PROVEN)


def _has_pain(about: Situation) -> Answer:
    return about.has_pain


def _extended(about: Situation) -> Answer:
    return about.answer(vocabulary.LCH_EXTENDED)


def _heals_by_itself(about: Situation) -> Answer:
    return all_of(_is_proven(about), negated(has_deficit(about)), negated(_extended(about)))


def _extended_adult(about: Situation) -> Answer:
    return all_of(_extended(about), is_adult(about))


def _is_large(about: Situation) -> Answer:
    return all_of(_is_confirmed(about), about.meets(vocabulary.DIAMETER, LARGE_PLASMACYTOMA))


def _is_small(about: Situation) -> Answer:
    return all_of(_is_confirmed(about), negated(about.meets(vocabulary.DIAMETER, LARGE_PLASMACYTOMA)))


def _is_confirmed(about: Situation) -> Answer:
    return about.answer(vocabulary.PLASMACYTOMA_CONFIRMED)


def _unstable_or_deficit(about: Situation) -> Answer:
    return any_of(about.is_unstable, has_deficit(about))


def _painful_or_compressed(about: Situation) -> Answer:
    return any_of(about.has_pain, about.is_high_grade)


def _fragment_or_unstable(about: Situation) -> Answer:
    pressed = all_of(about.answer(vocabulary.BONE_FRAGMENT), any_of(about.is_high_grade, has_deficit(about)))
    return any_of(about.is_unstable, pressed)


def _unstable_with_deficit(about: Situation) -> Answer:
    return all_of(about.is_unstable, has_deficit(about))


_VESSELS: tuple[Policy, ...] = (
    Policy(
        id="PRIM-19",
        tumours=frozenset({"haemangioma_typ"}),
        statement="An incidental typical haemangioma is observed and not biopsied.",
        strength="Cohort",
        cites=("sharma2023hemangioma",),
        checked=Checked.READ,
        steps=(
            Step(act=Act.OBSERVATION, condition=_silent_and_typical, do="Observe (about 10 % of people have one)."),
            Step(act=Act.BIOPSY, condition=_silent_and_typical, do="No biopsy.", against=True),
        ),
    ),
    Policy(
        id="PRIM-20",
        tumours=HAEMANGIOMA,
        statement="A painful haemangioma without deficit gets vertebroplasty, ethanol or radiotherapy.",
        strength="Cohort",
        cites=("sharma2023hemangioma",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(act=Act.CEMENT, condition=_painful, do="Offer vertebroplasty, or ethanol instead."),
            Step(
                act=Act.RADIOTHERAPY,
                condition=_painful,
                do="Offer radiotherapy instead.",
                adults="36 to 40 Gy; the response depends on dose from 34 Gy.",
            ),
        ),
    ),
    Policy(
        id="PRIM-21",
        tumours=HAEMANGIOMA,
        statement="An aggressive haemangioma with a deficit is embolised, then decompressed, with or without "
        "vertebroplasty or corpectomy, and irradiated after a subtotal resection; en bloc is not needed.",
        strength="Cohort",
        cites=("vasudeva2016", "konbaz2022", "jcen2024hemangioma"),
        checked=Checked.READ,
        steps=(
            Step(
                act=Act.EMBOLISATION,
                condition=has_deficit,
                do="Embolise first.",
                adults="In a series of 9 embolisation alone was enough in 1.",
            ),
            Step(
                act=Act.INTRALESIONAL,
                condition=has_deficit,
                do="Decompress after embolisation, with vertebroplasty or corpectomy as needed.",
                adults="11 patients with Enneking stage III: 10 decompressed and instrumented, all recovered, none "
                "recurred.",
            ),
            Step(act=Act.RADIOTHERAPY, condition=_deficit_after_subtotal, do="Irradiate after a subtotal resection."),
            Step(act=Act.EN_BLOC, condition=has_deficit, do="En bloc is not needed for a haemangioma.", against=True),
        ),
    ),
    Policy(
        id="PRIM-22",
        tumours=frozenset({"lch"}),
        statement="Langerhans cell histiocytosis at one place of the spine without deficit is biopsied, then observed "
        "or braced, since it heals by itself; multifocal, in soft tissue or at risk it gets vinblastine and "
        "prednisone, adults low-dose radiotherapy; curettage only for a deficit.",
        strength="Expert",
        cites=("who2020bone",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(act=Act.BIOPSY, condition=_is_without_tissue, do="Take a biopsy."),
            Step(act=Act.OBSERVATION, condition=_heals_by_itself, do="Observe or brace: it heals by itself."),
            Step(act=Act.SYSTEMIC, condition=_extended, do="Vinblastine and prednisone by haematological advice."),
            Step(
                act=Act.RADIOTHERAPY,
                condition=_extended_adult,
                do="Low-dose radiotherapy in an adult.",
                adults="6 to 10 Gy.",
            ),
            Step(act=Act.INTRALESIONAL, condition=has_deficit, do="Curettage only because of the deficit."),
        ),
    ),
)
_MARROW: tuple[Policy, ...] = (
    Policy(
        id="PRIM-23",
        tumours=frozenset({"plasmacytoma"}),
        whose=is_marrow_of,
        statement="A solitary plasmacytoma of bone, single on PET-CT or whole-body MRI with a marrow without myeloma, "
        "is irradiated; surgery only for instability or deficit; myeloma is looked for afterwards.",
        strength="Guideline",
        cites=("tsang2018ilrog",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(
                act=Act.RADIOTHERAPY,
                condition=_is_large,
                do="Irradiate, and follow for myeloma.",
                adults="40 to 50 Gy in fractions of 1.8 to 2 Gy; 50 to 80 % go on to myeloma.",
            ),
            Step(
                act=Act.RADIOTHERAPY,
                condition=_is_small,
                do="Irradiate, and follow for myeloma.",
                adults="35 to 40 Gy in fractions of 1.8 to 2 Gy; 50 to 80 % go on to myeloma.",
            ),
            Step(
                act=Act.STABILISATION,
                condition=_unstable_or_deficit,
                do="Operate for instability or deficit alone; radiotherapy stays the treatment.",
            ),
        ),
    ),
    Policy(
        id="PRIM-24",
        tumours=frozenset({"myeloma"}),
        whose=is_marrow_of,
        statement="Myeloma of the spine is treated systemically, irradiated for pain or compression, cemented for "
        "pain, with bisphosphonate or denosumab; surgery only for compression by bone or instability.",
        strength="Guideline",
        cites=("tsang2018ilrog",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(act=Act.SYSTEMIC, do="Systemic therapy by the haematologist, with bisphosphonate or denosumab."),
            Step(
                act=Act.RADIOTHERAPY,
                condition=_painful_or_compressed,
                do="Irradiate for pain or compression.",
                adults="8 Gy in 1 fraction to 20 Gy in 5; 20 to 30 Gy in 5 to 10 fractions.",
            ),
            Step(act=Act.CEMENT, condition=_has_pain, do="Offer cement augmentation for pain."),
            Step(
                act=Act.STABILISATION,
                condition=_fragment_or_unstable,
                do="Operate because of a bone fragment that presses, or instability.",
            ),
        ),
    ),
    Policy(
        id="PRIM-26",
        tumours=frozenset({"lymphoma"}),
        whose=is_marrow_of,
        statement="Lymphoma of bone or epidural space is biopsied and treated by chemo-immunotherapy and "
        "radiotherapy; surgery only for tissue, for a deficit with instability, or without a diagnosis.",
        strength="Guideline",
        cites=("project",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(act=Act.BIOPSY, condition=_is_without_tissue, do="Take tissue first."),
            Step(act=Act.SYSTEMIC, condition=_is_proven, do="Chemo-immunotherapy by the haematologist."),
            Step(act=Act.RADIOTHERAPY, condition=_is_proven, do="Radiotherapy, agreed with the haematologist."),
            Step(
                act=Act.STABILISATION,
                condition=_unstable_with_deficit,
                do="Operate because of a deficit with instability.",
            ),
        ),
    ),
)

POLICIES: tuple[Policy, ...] = (*_VESSELS, *_MARROW)
ACT_RULES: tuple[Rule, ...] = tuple(policy.rule for policy in POLICIES)
PARAMETERS: tuple[Threshold, ...] = (LARGE_PLASMACYTOMA,)
