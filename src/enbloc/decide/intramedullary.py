"""Rules about tumours within the cord, the conus and the filum (INTRA), and where their sources disagree."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_intradural import (
    INFILTRATING,
    is_entity,
    is_ependymoma,
    is_gone,
    is_left_behind,
    is_symptomatic,
    is_within_cord,
    printed,
)
from enbloc.decide.planned import adult_dose
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

EXPERT = "Expert"
U, V = Checked.FROM_MEMORY, Checked.READ
RESECT = (Act.INTRADURAL,)
_EPENDYMOMA = ("oh2013ependymoma", "lee2013ependymoma", "bicetre2023ependymoma")


def _dose(name: str, gy: float, comparator: str, source: str, checked: Checked = U) -> Threshold:
    return Threshold(
        name=name, number=gy, unit="Gy", comparator=comparator, source=source, checked=checked, since="2026-11-20"
    )


RESIDUAL_FROM = _dose("dose to a residual ependymoma of grade 2, least", 50, ">=", "oh2013ependymoma", V)
RESIDUAL_TO = _dose("dose to a residual ependymoma of grade 2, most", 54, "<=", "oh2013ependymoma", V)
MYXOPAPILLARY_FROM = _dose("dose to a residual myxopapillary ependymoma, least", 50.4, ">=", "ruda2018eano")
MYXOPAPILLARY_TO = _dose("dose to a residual myxopapillary ependymoma, most", 54, "<=", "ruda2018eano")
GRADE_3_FROM = _dose("dose to an ependymoma of grade 3, least", 54, ">=", "ruda2018eano")
ASTROCYTOMA_FROM = _dose("dose to an astrocytoma of grade 3 or 4, least", 50.4, ">=", "pathway (INTRA-10)")


@rule("INTRA-06", cites=("lee2013ependymoma",), checked=V, strength="Cohort", favours=RESECT)
def resect_an_ependymoma(about: Situation) -> Verdict:
    """A spinal ependymoma of grade 2 is resected completely by a dorsal midline myelotomy, stopping where the plane or
    the D-wave is lost; complete resection alone is enough.
    """
    do = "Resect it completely by a dorsal midline myelotomy; stop where the plane or the D-wave is lost. "
    do += printed(about, "progression-free 87 % at 5 years, 80 % at 10 years")
    if is_gone(about) is True:
        do = "Complete resection alone is enough: no radiotherapy."
    return when(is_ependymoma(about, 2), do=do, because=about.where)


@rule(
    "INTRA-07",
    cites=_EPENDYMOMA,
    checked=V,
    strength="Cohort",
    favours=(Act.RADIOTHERAPY, Act.OBSERVATION),
    disagrees=("DISAGREE-5",),
)
def residual_ependymoma(about: Situation) -> Verdict:
    """After subtotal resection of a spinal ependymoma of grade 2 radiotherapy and watching are both upheld: one
    analysis found a longer progression-free survival with radiotherapy, two series no benefit.
    """
    dose = f"Dose: {RESIDUAL_FROM.number:g} to {RESIDUAL_TO.number:g} Gy."
    do = f"Show both to the board: radiotherapy or watching (DISAGREE-5). {adult_dose(about, dose)}"
    return when(all_of(is_ependymoma(about, 2), is_left_behind(about)), do=do, because=f"Residual. {about.where}")


@rule("DISAGREE-5", cites=_EPENDYMOMA, checked=V, strength="Sources disagree", degree=Degree.CAUTION)
def sources_disagree_on_a_residual(about: Situation) -> Verdict:
    """Radiotherapy after a subtotal resection of a spinal ependymoma of grade 2: one position is a longer
    progression-free survival with it, hazard ratio 2.26; the other is no routine radiotherapy, with 90 and 76.8 per
    cent free of progression without a benefit.
    """
    do = "Show both; weigh the size of the residual, the age and whether it can be resected again."
    return when(all_of(is_ependymoma(about, 2), is_left_behind(about)), do=do, because=f"Residual. {about.where}")


@rule("INTRA-08", cites=("ruda2018eano",), checked=U, strength="Guideline", favours=RESECT)
def keep_the_capsule_whole(about: Situation) -> Verdict:
    """A myxopapillary ependymoma is taken out in one piece with its capsule intact; after a breach or a subtotal
    resection it is irradiated, and recurrences come as late as twenty years.
    """
    breached = any_of(about.answer(vocabulary.CAPSULE_BREACHED), is_left_behind(about))
    do = "Take it out in one piece with the capsule intact."
    if breached is True:
        dose = f"Dose: {MYXOPAPILLARY_FROM.number:g} to {MYXOPAPILLARY_TO.number:g} Gy."
        do = f"Give radiotherapy. {adult_dose(about, dose)}"
    do += " Follow for late recurrence, up to 20 years; a child for life."
    return when(is_entity(about, "ependymoma_mpe"), do=do, because=about.where)


@rule("INTRA-09", cites=("ruda2018eano",), checked=U, strength="Guideline", favours=(Act.INTRADURAL, Act.RADIOTHERAPY))
def aggressive_ependymoma(about: Situation) -> Verdict:
    """A spinal ependymoma of grade 3, or one with MYCN amplification, is staged in the cerebrospinal fluid, resected
    completely and irradiated; the whole neuraxis where it has seeded.
    """
    do = "Stage the fluid, resect completely, and irradiate. "
    do += adult_dose(about, f"Dose: {GRADE_3_FROM.number:g} Gy or more.")
    if about.answer(vocabulary.SEEDED) is not False:
        do += " If it has seeded: craniospinal irradiation."
    condition = any_of(is_entity(about, "ependymoma_mycn"), is_ependymoma(about, 3))
    return when(condition, do=do, because=about.where)


@rule("INTRA-10", cites=("project",), checked=U, strength=EXPERT)
def biopsy_an_astrocytoma(about: Situation) -> Verdict:
    """A diffuse astrocytoma of grade 2 to 4 within the cord is biopsied or resected as far as its plane goes and no
    further, with a test for H3 K27M; grade 3 and 4 are irradiated.
    """
    do = "Biopsy it, or resect to the plane only and never by force; test for H3 K27M."
    if about.histology is not None and about.histology.key != "astro_low":
        do += " Irradiate grade 3 and 4. " + adult_dose(about, f"Dose: {ASTROCYTOMA_FROM.number:g} Gy or more.")
    return when(is_entity(about, *INFILTRATING), do=do, because=about.where)


@rule("INTRA-11", cites=("project",), checked=U, strength=EXPERT, favours=RESECT)
def pilocytic_astrocytoma(about: Situation) -> Verdict:
    """A pilocytic astrocytoma is resected as far as is safe, and a residual is watched."""
    do = "Watch the residual." if is_left_behind(about) is True else "Resect as far as is safe; watch a residual."
    return when(is_entity(about, "pilocytic"), do=do, because=about.where)


@rule("INTRA-12", cites=("mehta2010hemangioblastoma",), checked=U, strength="Cohort")
def haemangioblastoma(about: Situation) -> Verdict:
    """A haemangioblastoma is taken out whole under the microscope, its feeding vessels first, and is not entered; in
    von Hippel-Lindau disease only what is symptomatic or grows is treated.
    """
    # Whether the disease is there decides whether a silent tumour is left alone.
    harms = any_of(is_symptomatic(about), about.answer(vocabulary.GROWING), negated(about.answer(vocabulary.VHL)))
    do = (
        "Resect it whole, feeding vessels first, and do not enter it. Embolisation is not routine: only by the board, "
        "for a large lesion with a safe feeder."
    )
    if about.answer(vocabulary.VHL) is True:
        do += " Ask for belzutifan."
    return when(all_of(is_entity(about, "haemangioblastoma"), harms), do=do, because=about.where)


@rule(
    "INTRA-13",
    cites=("lee2013ependymoma",),
    checked=V,
    strength="Cohort",
    degree=Degree.CAUTION,
    acts=(Act.INTRADURAL,),
)
def expect_a_new_deficit(about: Situation) -> Verdict:
    """After resection within the cord dysaesthesia of the posterior columns is common, and 17 of 88 patients lost
    function on the McCormick scale for good.
    """
    do = "Tell the patient, and record the McCormick grade before. "
    do += printed(about, "17 of 88 lost function on it for good")
    return when(is_within_cord(about), do=do, because=f"Resection within the cord. {about.where}")


@rule("INTRA-15", cites=("project",), checked=U, strength=EXPERT, favours=(Act.RADIOTHERAPY, Act.RADIOSURGERY))
def metastasis_within_the_cord(about: Situation) -> Verdict:
    """A metastasis within the cord is irradiated first if it is sensitive or the prognosis poor; surgery is for
    selected patients, after MRI of the whole neuraxis.
    """
    do = "MRI of the whole neuraxis; radiotherapy or radiosurgery first for a sensitive tumour or a poor prognosis."
    if _is_selected(about) is not False:
        do += (
            " Surgery only for a single tumour, resistant or without tissue, with a progressive deficit and good "
            "systemic control."
        )
    return when(is_entity(about, "imm"), do=do, because=about.where)


def _is_selected(about: Situation) -> Answer:
    """Single, with a progressive deficit and a controlled disease; its class is that of its primary, not listed."""
    return all_of(*map(about.answer, (vocabulary.SOLITARY, vocabulary.PROGRESSING, vocabulary.CONTROLLED)))


@rule("INTRA-18", cites=("louis2021who",), checked=U, strength=EXPERT, favours=RESECT)
def subependymoma(about: Situation) -> Verdict:
    """A subependymoma is resected as far as is safe, stopping where the plane is poor, with no treatment after."""
    do = "Resect as far as is safe, stop where the plane is poor, and give nothing after."
    return when(is_entity(about, "subependymoma"), do=do, because=about.where)


CASE_RULES: tuple[Rule, ...] = (
    resect_an_ependymoma,
    residual_ependymoma,
    sources_disagree_on_a_residual,
    keep_the_capsule_whole,
    aggressive_ependymoma,
    biopsy_an_astrocytoma,
    pilocytic_astrocytoma,
    haemangioblastoma,
    metastasis_within_the_cord,
    subependymoma,
)
ACT_RULES: tuple[Rule, ...] = (expect_a_new_deficit,)
PARAMETERS: tuple[Threshold, ...] = (
    RESIDUAL_FROM,
    RESIDUAL_TO,
    MYXOPAPILLARY_FROM,
    MYXOPAPILLARY_TO,
    GRADE_3_FROM,
    ASTROCYTOMA_FROM,
)
