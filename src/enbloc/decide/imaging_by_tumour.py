"""Which images a tumour and a plan call for (IMG), beside the thin CT and the stops about images in ``imaging``."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import Allergen, Contrast, CordContour
from enbloc.decide.acts import RADIOSURGERY, TAKING_ARTERIES
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_primary import MALIGNANT, is_primary_bone, is_stage
from enbloc.decide.planned import may_be_pregnant
from enbloc.decide.remembering import once
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import is_any, several
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold
from enbloc.stage.compartment import Compartment, compartment_score


def _limit(name: str, number: float, unit: str, comparator: str, source: str) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit=unit,
        comparator=comparator,
        source=source,
        checked=Checked.FROM_MEMORY,
        since="2026-11-20",
    )


ENCASED_OVER = _limit("encasement of a vertebral artery that counts", 180, "°", ">", "pathway (IMG-06)")
PLANNING_MRI_TO = _limit("time from the planning MRI to the first fraction", 21, "days", "<=", "guckenberger2024estro")
PLANNING_SLICE_TO = _limit("slice of a planning MRI where possible", 1.5, "mm", "<=", "guckenberger2024estro")
LOW_EGFR = _limit("glomerular filtration that is too low for contrast", 30, "mL/min/1.73 m²", "<", "pathway (IMG-11)")

_LEVELS = list(Level)


def _span(first: Level, last: Level) -> frozenset[Level]:
    return frozenset(_LEVELS[_LEVELS.index(first) : _LEVELS.index(last) + 1])


NECK = _span(Level.C1, Level.C7)
"""Where a foramen transversarium lies."""
ADAMKIEWICZ_USUAL = _span(Level.T7, Level.L2)
"""Where the artery of Adamkiewicz usually arises."""
ADAMKIEWICZ_POSSIBLE = _span(Level.T5, Level.L4)
"""Where it may arise as well."""

_NICE = "nice2023ng234"


# --- every tumour -----------------------------------------------------------------------------------------------------
def is_mri_impossible(about: Situation) -> Answer:
    """Whether MRI is impossible; a CT myelogram done for a contraindication says so too."""
    return any_of(about.answer(vocabulary.MRI_IMPOSSIBLE), about.answer(vocabulary.MYELOGRAM) is True)


@rule("IMG-01", cites=(_NICE,), checked=Checked.FROM_MEMORY, strength="Guideline")
def mri_of_the_whole_spine(about: Situation) -> Verdict:
    """A suspected spinal tumour gets an MRI of the whole spine, sagittal T1 and STIR or T2, with axial T2 through the
    lesion, and axial T1 with gadolinium if it is intradural, operated or paraspinal.
    """
    done = all_of(about.answer(vocabulary.WHOLE_SPINE_MRI), about.answer(vocabulary.LEVEL_MRI))
    condition = all_of(negated(done), is_mri_impossible(about) is not True)
    do = "MRI of the whole spine: sagittal T1, STIR and/or T2, axial T2 through the lesion"
    do += " (and T1 with gadolinium if intradural, postoperative or paraspinal)."
    return when(condition, do=do, because="MRI of the whole spine and of the level is not recorded as done.")


@rule("IMG-02", cites=(_NICE, "redmond2017"), checked=Checked.FROM_MEMORY, strength="Guideline")
def mri_is_impossible(about: Situation) -> Verdict:
    """Where MRI is impossible, CT; and a CT myelogram if compression of the cord is to be decided on, or the cord is to
    be contoured for radiosurgery after an operation.
    """
    do = "CT; a CT myelogram to decide on compression of the cord, or to contour it after an operation."
    condition = all_of(is_mri_impossible(about), about.answer(vocabulary.MYELOGRAM) is not True)
    return when(condition, do=do, because="MRI is impossible.")


@rule("IMG-04", cites=("strauss2021esmo", "who2020bone"), checked=Checked.FROM_MEMORY, strength="Guideline / Expert")
def systemic_staging(about: Situation) -> Verdict:
    """Metastatic disease, or a tumour whose malignancy is unknown, gets CT of chest, abdomen and pelvis with or without
    PET; a solitary lesion is never assumed to be metastatic.
    """
    condition = all_of(any_of(about.is_secondary, _malignancy_unknown(about)), negated(about.answer(vocabulary.STAGED)))
    key = about.histology.key if about.histology is not None else ""
    pet = "PSMA-PET" if key == "met_prostate" else "FDG-PET"
    do = f"CT of chest, abdomen and pelvis, with or without {pet}; never assume that a solitary lesion is a metastasis."
    return when(condition, do=do, because=f"{about.tumour_words}; staging not done.")


def _malignancy_unknown(about: Situation) -> Answer:
    """Whether nobody knows if it is malignant: no name, or one that is not benign and not proven."""
    if about.histology is None:
        return True
    return False if about.histology.behaviour == "benign" else about.is_without_tissue


@rule("IMG-05", cites=("strauss2021esmo",), checked=Checked.FROM_MEMORY, strength="Guideline")
def staging_of_a_primary_malignancy(about: Situation) -> Verdict:
    """A primary malignant bone tumour gets local MRI, CT of the chest, and PET of the whole body or a bone scan; in
    Ewing sarcoma PET replaces or joins the examination of the marrow, by centre.
    """
    done = all_of(*map(about.answer, (vocabulary.LEVEL_MRI, vocabulary.CHEST_CT, vocabulary.WHOLE_BODY_SCAN)))
    condition = all_of(is_primary_bone(about), _is_malignant(about), negated(done))
    do = "Local MRI, CT of the chest, and PET of the whole body or a bone scan."
    if about.histology is not None and about.histology.key == "ewing":
        do += " PET replaces or joins the examination of the marrow, as the centre does it."
    return when(condition, do=do, because=f"{about.tumour_words}; staging not complete.")


def _is_malignant(about: Situation) -> Answer:
    """Malignant by name and not of the marrow; by its stage where the name leaves it open."""
    if about.histology is None:
        return is_stage(about, *MALIGNANT)
    return about.histology.behaviour.startswith("malignant") and not about.histology.is_marrow


# --- vessels ----------------------------------------------------------------------------------------------------------
@rule("IMG-06", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION)
def vertebral_artery(about: Situation) -> Verdict:
    """A tumour at C1 to C7 that touches a foramen transversarium gets CT or MR angiography: which vertebral artery is
    dominant, and is one encased by more than 180 degrees.
    """
    inside = is_any(several(about, vocabulary.VERTEBRAL_IN_TUMOUR))
    contact = any_of(about.answer(vocabulary.FORAMEN_TRANSVERSARIUM), inside is True)
    in_neck: Answer = bool(NECK & set(about.levels)) if about.levels else unknown("level of the lesion")
    encased = about.meets(vocabulary.VERTEBRAL_ENCASEMENT, ENCASED_OVER)
    is_defined = about.known(vocabulary.VERTEBRAL_DOMINANCE) is not None and isinstance(encased, bool)
    do = "CT or MR angiography of the vertebral arteries: dominance and encasement."
    if is_defined:
        do = f"Count the vertebral artery as encased (over {ENCASED_OVER.number:g} degrees) in the plan."
    condition = all_of(in_neck, contact, not is_defined or encased is True)
    return when(condition, do=do, because="The tumour touches a foramen transversarium.")


@rule(
    "IMG-07",
    cites=("murakami2010", "focus2016epm"),
    checked=Checked.FROM_MEMORY,
    strength="Cohort",
    acts=TAKING_ARTERIES,
)
def artery_of_adamkiewicz(about: Situation) -> Verdict:
    """Vertebrectomy, ligation of segmental arteries or embolisation that touches any level from T7 to L2, to be
    considered from T5 to L4: the artery of Adamkiewicz is defined by MR, CT or catheter angiography.
    """
    touched = _touched(about)
    known = any_of(about.answer(vocabulary.ANGIOGRAPHY), about.known(vocabulary.ADAMKIEWICZ) is not None)
    condition = all_of(_lies_in(touched, ADAMKIEWICZ_POSSIBLE), negated(known))
    usual = _lies_in(touched, ADAMKIEWICZ_USUAL) is True
    do = "Define the artery of Adamkiewicz" if usual else "Consider defining the artery of Adamkiewicz"
    where = "T7 to L2" if usual else "T5 to L4"
    return when(condition, do=f"{do} by MR, CT or catheter angiography.", because=f"The plan touches {where}.")


def _touched(about: Situation) -> frozenset[Level] | Unknown:
    """The levels at which arteries of the cord are at risk: those of a vertebrectomy, and of arteries to be cut."""
    if about.plan is None:
        return frozenset()
    arteries = several(about, vocabulary.SEGMENTAL_ARTERIES)
    cut = None if isinstance(arteries, Unknown) else frozenset(one.level for one in arteries)
    if about.plan.act in {Act.EN_BLOC, Act.EMBOLISATION}:
        levels = frozenset(about.plan.levels) | (cut or frozenset())
        return levels or unknown("levels of the plan")
    return unknown(vocabulary.SEGMENTAL_ARTERIES.ask) if cut is None else cut


def _lies_in(touched: frozenset[Level] | Unknown, span: frozenset[Level]) -> Answer:
    return touched if isinstance(touched, Unknown) else bool(touched & span)


# --- radiosurgery -----------------------------------------------------------------------------------------------------
@rule(
    "IMG-08",
    cites=("guckenberger2024estro", "redmond2017"),
    checked=Checked.FROM_MEMORY,
    strength="Guideline",
    degree=Degree.CAUTION,
    acts=RADIOSURGERY,
)
def planning_mri(about: Situation) -> Verdict:
    """Radiosurgery is planned on an MRI of at most three weeks before treatment starts, 3D T1 and T2 of 1 to 1.5
    millimetres where possible, fused to the CT; beside metal on a CT myelogram.
    """
    drawn = about.is_one_of(vocabulary.CORD_CONTOUR, CordContour.FUSED_MRI, CordContour.CT_MYELOGRAM)
    fused = any_of(about.answer(vocabulary.PLANNING_MRI_FUSED), drawn is True)
    do = f"Planning MRI (3D T1 and T2 of {PLANNING_SLICE_TO.number:g} mm or less where possible) at most "
    do += f"{PLANNING_MRI_TO.number:g} days before the first fraction, fused to the CT."
    if about.answer(vocabulary.STABILISED) is True:
        do += " Beside metal: CT myelogram."
    because = "The planning MRI is too old, or not fused."
    return when(negated(all_of(_is_recent(about), fused)), do=do, because=because)


def _is_recent(about: Situation) -> Answer:
    """Whether the planning MRI lies within its limit before the first fraction."""
    on, begins = about.known(vocabulary.PLANNING_MRI_ON), about.known(vocabulary.RADIOTHERAPY_DAY)
    if on is None or begins is None:
        lacking = ((vocabulary.PLANNING_MRI_ON, on), (vocabulary.RADIOTHERAPY_DAY, begins))
        return unknown(*(named.ask for named, day in lacking if day is None))
    days = (begins - on).days
    if days < 0:
        return unknown("day of the planning MRI: it lies after the first fraction")
    return days <= PLANNING_MRI_TO.number


# --- within the cord --------------------------------------------------------------------------------------------------
@once
def is_intramedullary(about: Situation) -> Answer:
    """Whether the tumour lies within the cord: as measured or filled in, otherwise by its name."""
    score = compartment_score(about.case, about.findings, about.about)
    if score is not None and score.categories:
        inside = [Compartment.INTRAMEDULLARY.value in words for words in score.categories]
        if all(inside) or not any(inside):
            return inside[0]
        return unknown(*(score.missing or ("is the tumour within the cord?",)))
    if about.histology is not None:
        return "intramedullary" in about.histology.compartment
    return False if about.is_intradural is False else unknown("is the tumour within the cord?")


@rule("IMG-09", cites=("ruda2018eano",), checked=Checked.FROM_MEMORY, strength="Guideline")
def mri_of_brain_and_spine(about: Situation) -> Verdict:
    """An intramedullary tumour gets MRI of the brain and of the whole spine with gadolinium; von Hippel-Lindau disease
    is suspected in a haemangioblastoma or where there are many.
    """
    done = all_of(about.answer(vocabulary.BRAIN_MRI), about.answer(vocabulary.WHOLE_SPINE_MRI))
    named = about.histology is not None and about.histology.key == "haemangioblastoma"
    syndrome = any_of(named, about.answer(vocabulary.HAEMANGIOBLASTOMAS), about.answer(vocabulary.VHL))
    do = "MRI of the brain and of the whole spine with gadolinium."
    if syndrome is True:
        do += " Think of von Hippel-Lindau disease."
    condition = all_of(is_intramedullary(about), any_of(negated(done), syndrome))
    return when(condition, do=do, because=f"{about.tumour_words}: a tumour within the cord.")


@rule("IMG-10", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION)
def mimics_within_the_cord(about: Situation) -> Verdict:
    """An intramedullary lesion without tissue: mimics are excluded before biopsy or resection, that is demyelination,
    sarcoid, dural arteriovenous fistula, infection and subacute infarct.
    """
    do = "Exclude demyelination (MRI of the brain, AQP4 and MOG antibodies, CSF), sarcoid, dural arteriovenous fistula "
    do += "(flow voids), infection and subacute infarct before biopsy or resection."
    excluded = about.answer(vocabulary.MIMICS_EXCLUDED)
    condition = all_of(is_intramedullary(about), about.is_without_tissue, negated(excluded))
    return when(condition, do=do, because="A lesion within the cord, without tissue.")


# --- contrast ---------------------------------------------------------------------------------------------------------


def is_contrast_planned(about: Situation) -> Answer:
    """Whether a contrast medium is planned, in whatever way this was recorded."""
    stated = about.is_one_of(vocabulary.CONTRAST_PLANNED, Contrast.GADOLINIUM, Contrast.IODINATED)
    return any_of(stated, about.is_one_of(vocabulary.EXPOSURES, Allergen.CONTRAST) is True)


@rule("IMG-11", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION)
def contrast_medium(about: Situation) -> Verdict:
    """Before gadolinium or iodinated contrast the glomerular filtration, an earlier reaction and pregnancy are
    recorded; below 30 mL/min only gadolinium of group II is given, and its benefit is documented.
    """
    low = about.meets(vocabulary.EGFR, LOW_EGFR)
    checks = (low, about.answer(vocabulary.CONTRAST_REACTION), may_be_pregnant(about))
    recorded = not any(isinstance(one, Unknown) for one in checks)
    do = "Record eGFR, earlier reaction and pregnancy before the contrast medium."
    if low is True:
        do = f"eGFR under {LOW_EGFR.number:g}: gadolinium of group II only, with its benefit documented (STOP-30)."
        do += "" if recorded else " Record earlier reaction and pregnancy."
    condition = all_of(is_contrast_planned(about), not recorded or low is True)
    return when(condition, do=do, because="A contrast medium is planned.")


CASE_RULES: tuple[Rule, ...] = (
    mri_of_the_whole_spine,
    mri_is_impossible,
    systemic_staging,
    staging_of_a_primary_malignancy,
    vertebral_artery,
    mri_of_brain_and_spine,
    mimics_within_the_cord,
    contrast_medium,
)
ACT_RULES: tuple[Rule, ...] = (artery_of_adamkiewicz, planning_mri)
PARAMETERS: tuple[Threshold, ...] = (ENCASED_OVER, PLANNING_MRI_TO, PLANNING_SLICE_TO, LOW_EGFR)
