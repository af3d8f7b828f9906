"""What is asked of a person, and what other parts of the record state."""

from __future__ import annotations

from enbloc.case.fact.kinds import Fact, Subject, Unit, number, yes_no
from enbloc.case.fact.reported import (
    AlignmentChange,
    BoneQuality,
    CollapseClass,
    EsccReported,
    PainCharacter,
    PosterolateralClass,
)

PAIN = Fact(
    id="sins.pain",
    words="pain at the lesion",
    type=PainCharacter,
    about=Subject.LESION,
    ask="pain: relieved lying down or provoked by movement or loading?",
)
BONE_REPORTED = Fact(
    id="sins.bone",
    words="bone lesion as reported",
    type=BoneQuality,
    about=Subject.LESION,
    ask="bone lesion on CT: lytic, mixed or blastic?",
)
ALIGNMENT_REPORTED = Fact(
    id="sins.alignment",
    words="change of alignment as reported",
    type=AlignmentChange,
    about=Subject.LESION,
    ask="new deformity or subluxation against earlier images?",
)
COLLAPSE_REPORTED = Fact(
    id="sins.collapse",
    words="collapse as reported",
    type=CollapseClass,
    about=Subject.LESION,
    ask="height of the vertebral body against its neighbours",
)
POSTEROLATERAL_REPORTED = Fact(
    id="sins.posterolateral",
    words="posterolateral involvement as reported",
    type=PosterolateralClass,
    about=Subject.LESION,
    ask="pedicle, facet or costovertebral joint replaced or fractured: none, one side, both?",
)
ESCC_REPORTED = Fact(
    id="escc.reported",
    words="ESCC as reported",
    type=EsccReported,
    about=Subject.LESION,
    ask="epidural compression on axial T2 at the worst level",
)
STABILISED = yes_no(
    "level.stabilised",
    "cement or instrumentation at the level",
    Subject.LESION,
    "earlier surgery or cement at the level?",
)
WHOLE_SPINE_MRI = yes_no(
    "imaging.mri_whole_spine", "MRI of the whole spine done", Subject.PATIENT, "MRI of the whole spine"
)
LEVEL_MRI = yes_no("imaging.mri_level", "MRI of the level done", Subject.LESION, "MRI of the level")
MYELOGRAM = yes_no(
    "imaging.ct_myelogram",
    "MRI contraindicated, CT myelogram done",
    Subject.PATIENT,
    "documented contraindication to MRI and CT myelogram",
)
ECOG: Fact[int] = Fact(
    id="patient.ecog",
    words="ECOG performance status",
    type=int,
    about=Subject.PATIENT,
    unit=Unit.COUNT,
    low=0,
    high=4,
    ask="ECOG performance status",
)
ALBUMIN = number("lab.albumin", "serum albumin", Subject.PATIENT, Unit.GRAM_PER_LITRE, 5, 70, "serum albumin, g/L")
ABLE = yes_no(
    "patient.able",
    "able to undergo surgery, joint judgement",
    Subject.PATIENT,
    "surgeon and anaesthetist: able to tolerate surgery?",
)
RESECTABLE = yes_no(
    "lesion.resectable",
    "localised and resectable with acceptable morbidity",
    Subject.LESION,
    "localised and resectable with acceptable morbidity?",
)
SURGEON_CONSULTED = yes_no("consult.surgeon", "spine surgeon consulted", Subject.PATIENT, "surgical consultation")
STABILITY_OPINION = yes_no(
    "consult.unstable", "unstable in the surgeon's opinion", Subject.LESION, "surgeon's opinion on stability"
)

# --- taken from the record ------------------------------------------------------------------------------------------
HISTOLOGY: Fact[str] = Fact(
    id="lesion.histology", words="histology", type=str, about=Subject.LESION, ask="histology (biopsy)"
)
PROVEN = yes_no("lesion.proven", "histology proven by tissue", Subject.LESION, "tissue diagnosis")
KIND: Fact[str] = Fact(
    id="lesion.kind",
    words="kind of tumour",
    type=str,
    about=Subject.LESION,
    ask="metastasis, primary or haematological?",
)
SOLITARY = yes_no("lesion.solitary", "solitary lesion", Subject.LESION, "is it the only lesion (systemic staging)?")
DEFICIT = yes_no("neurology.deficit", "neurological deficit", Subject.PATIENT, "neurological examination")
PROGRESSING = yes_no("neurology.progressing", "deficit progressing", Subject.PATIENT, "is the deficit progressing?")
MYELOPATHY = yes_no("neurology.myelopathy", "myelopathy", Subject.PATIENT, "signs of myelopathy")
AMBULATION: Fact[str] = Fact(
    id="neurology.ambulation", words="walking", type=str, about=Subject.PATIENT, ask="walks alone, aided, not?"
)
AGE = number("patient.age", "age reached this year", Subject.PATIENT, Unit.YEAR, 0, 120, "birth year")
PRIOR_RADIOTHERAPY = yes_no(
    "treatment.radiotherapy_at_level",
    "earlier radiotherapy at the level",
    Subject.LESION,
    "earlier radiotherapy: field, dose, date",
)
