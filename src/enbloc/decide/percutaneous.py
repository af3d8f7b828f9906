"""Rules about cement (PERC): when it is an option, what forbids it, leaks and volume; where the sources disagree."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated
from enbloc.case.fact import CementLeak
from enbloc.decide.acts import MAY_CEMENT
from enbloc.decide.compression import is_high
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_percutaneous import (
    HAEMANGIOMA,
    Dangers,
    cements,
    in_range,
    is_allergic_to_cement,
    is_band,
    is_infection_open,
    is_low,
    is_plasmacytoma,
    is_primary_other_than,
    is_without_name,
    limit,
    there,
)
from enbloc.decide.planned import is_adult
from enbloc.decide.presentation import infection_flags
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import listed, several
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold
from enbloc.stage.escc import Escc
from enbloc.stage.sins import Stability

U, V = Checked.FROM_MEMORY, Checked.READ
TRIAL = ("berenson2011cafe", "cafe_registry")
_ORDER = tuple(Level)
TREATED = frozenset(_ORDER[_ORDER.index(Level.T5) : _ORDER.index(Level.S1)])
"""T5 to the last lumbar vertebra, where the trial treated."""

FRACTURES_FROM = limit("painful fractures, least", 1, "vertebrae", ">=", "cafe_registry", V)
FRACTURES_TO = limit("painful fractures, most", 3, "vertebrae", "<=", "cafe_registry", V)
PAIN_FROM = limit("pain that cement may be for", 4, "of 10", ">=", "cafe_registry", V)
DISABILITY_FROM = limit("disability that cement may be for", 10, "of 24", ">=", "cafe_registry", V)
LIFE_FROM = limit("life expectancy that cement may be for", 3, "months", ">=", "cafe_registry", V)
VOLUME_OVER = limit("cement in a session that is too much", 30, "mL", ">", "pathway (PERC-11)")
LEVELS_OVER = limit("levels in a session that are too many", 3, "levels", ">", "pathway (PERC-11)")


@rule("PERC-01", cites=TRIAL, checked=V, strength="RCT", favours=(Act.CEMENT,))
def kyphoplasty_is_an_option(about: Situation) -> Verdict:
    """In cancer with one to three painful vertebral fractures from T5 to L5 and a known histology balloon kyphoplasty
    is an option; the trial was unblinded, paid for by the maker, and patients could change sides after a month.
    """
    criteria = (
        about.is_secondary,
        about.has_pain,
        about.answer(vocabulary.PROVEN),
        in_range(about, TREATED),
        about.meets(vocabulary.PAINFUL_FRACTURES, FRACTURES_FROM),
        about.meets(vocabulary.PAINFUL_FRACTURES, FRACTURES_TO),
        about.answer(vocabulary.PERCUSSION_PAIN),
        about.meets(vocabulary.PAIN_SCORE, PAIN_FROM),
        about.meets(vocabulary.ROLAND_MORRIS, DISABILITY_FROM),
        any_of(about.answer(vocabulary.MARROW_OEDEMA), about.answer(vocabulary.PATHOLOGICAL_FRACTURE)),
        about.meets(vocabulary.LIFE_EXPECTANCY, LIFE_FROM),
    )
    do = "Offer balloon kyphoplasty as an option."
    if is_adult(about) is True:
        do += " Printed: disability from 17.6 to 9.1 of 24 at one month in 134 patients."
    return when(all_of(*criteria), do=do, because=f"Painful fracture. {about.where}")


def contraindications(about: Situation) -> Dangers:
    """What speaks against cement, each with its answer."""
    return (
        ("compression of the cord or myelopathy", any_of(is_high(about), about.answer(vocabulary.MYELOPATHY))),
        (
            "instability by SINS without fixation (relative)",
            all_of(is_band(about, Stability.UNSTABLE), negated(about.answer(vocabulary.FIXATION_PLANNED))),
        ),
        ("bone fragment in the canal", about.answer(vocabulary.BONE_FRAGMENT)),
        ("infection not excluded", is_infection_open(about)),
        ("coagulopathy", about.answer(vocabulary.UNCORRECTED_COAGULOPATHY)),
        ("solitary lesion without tissue", is_without_name(about)),
        ("primary bone tumour", is_primary_other_than(about, *HAEMANGIOMA, "plasmacytoma")),
        ("solitary plasmacytoma", is_plasmacytoma(about)),
        ("allergy to cement", is_allergic_to_cement(about)),
    )


@rule("PERC-02", cites=TRIAL, checked=V, strength="Exclusions of the RCT", degree=Degree.CAUTION, acts=MAY_CEMENT)
def contraindications_of_cement(about: Situation) -> Verdict:
    """Cement is contraindicated by compression of the cord, a fragment in the canal, infection, coagulopathy, a
    solitary lesion without tissue, a primary bone tumour or plasmacytoma at the level, or allergy; relatively by
    instability.
    """
    if not cements(about):
        return None
    dangers = contraindications(about)
    condition = any_of(*(holds for _, holds in dangers))
    return when(condition, do="Do not use cement before this is resolved.", because=f"Found: {there(dangers)}.")


@rule(
    "PERC-03",
    cites=("perez2021posteriorwall",),
    checked=V,
    strength="Cohort",
    degree=Degree.CAUTION,
    disagrees=("DISAGREE-9",),
    acts=MAY_CEMENT,
)
def posterior_wall_and_cement(about: Situation) -> Verdict:
    """A defect of the posterior wall is a relative contraindication: of 157 levels with benign fractures 9 per cent
    leaked, none with symptoms; these were no tumours.
    """
    if not cements(about):
        return None
    do = "Viscous cement, a balloon and live imaging or CT; weigh that the series had benign fractures."
    return when(about.answer(vocabulary.POSTERIOR_WALL_BREACH), do=do, because="Defect of the posterior wall.")


@rule(
    "DISAGREE-9",
    cites=("perez2021posteriorwall", "cafe_registry"),
    checked=V,
    strength="Sources disagree",
    degree=Degree.CAUTION,
    acts=MAY_CEMENT,
)
def sources_disagree_on_the_wall(about: Situation) -> Verdict:
    """Cement with a defect of the posterior wall: one position is that it is contraindicated, the other that it was
    safe in a series of benign fractures with 157 levels.
    """
    if not cements(about):
        return None
    do = "Show both; the defect is relative, but not for a tumour with ESCC 1c or more."
    return when(about.answer(vocabulary.POSTERIOR_WALL_BREACH), do=do, because="Defect of the posterior wall.")


@rule("PERC-04", cites=("saravana2019apm",), checked=U, strength="Expert", degree=Degree.CAUTION, acts=MAY_CEMENT)
def cement_beside_epidural_tumour(about: Situation) -> Verdict:
    """With ESCC 1a or 1b cement is used only with a plan to decompress or after radiofrequency ablation, viscous and
    under live imaging; with ESCC 1c or more never alone.
    """
    if not cements(about):
        return None
    do = "No cement alone at ESCC 1c or more."
    if is_low(about) is not False:
        do = "Only with a plan to decompress or after radiofrequency ablation; viscous cement, live imaging. " + do
    return when(negated(about.grade_in(Escc.GRADE_0)), do=do, because=about.escc_words)


@rule("PERC-05", cites=("yeom2003",), checked=U, strength="Classification", degree=Degree.CAUTION)
def record_the_leak(about: Situation) -> Verdict:
    """A leak of cement is recorded as type B, S or C of Yeom; dyspnoea calls for a radiograph of the chest, and cement
    in the canal with a deficit is an emergency.
    """
    leaks = several(about, vocabulary.CEMENT_LEAK)
    leaked: Answer = leaks if isinstance(leaks, Unknown) else any(one is not CementLeak.NONE for one in leaks)
    canal = about.answer(vocabulary.CEMENT_IN_CANAL)
    if isinstance(leaks, Unknown) and isinstance(canal, Unknown):
        return None  # nobody has put in cement yet
    do = "Record its type; with dyspnoea look for embolism on a radiograph of the chest."
    if canal is True and about.answer(vocabulary.DEFICIT) is not False:
        do = "Emergency if there is a deficit: CT and decompression at once. " + do
    because = "Cement in the canal." if isinstance(leaks, Unknown) else f"Leak: {listed(one.value for one in leaks)}."
    return when(any_of(leaked, canal), do=do, because=because)


@rule("PERC-11", cites=("project",), checked=U, strength="Expert", degree=Degree.CAUTION, acts=MAY_CEMENT)
def too_much_cement(about: Situation) -> Verdict:
    """More than 30 mL of cement in a session, more than three levels, severe disease of heart or lungs, or a
    right-to-left shunt: stage it or refuse, for the risk of embolism.
    """
    if not cements(about):
        return None
    dangers = (
        (f"over {VOLUME_OVER.number:g} mL of cement", about.meets(vocabulary.CEMENT_VOLUME, VOLUME_OVER)),
        (f"over {LEVELS_OVER.number:g} levels", about.meets(vocabulary.CEMENT_LEVELS, LEVELS_OVER)),
        ("severe disease of heart or lungs", about.answer(vocabulary.CARDIOPULMONARY)),
        ("right-to-left shunt", about.answer(vocabulary.RIGHT_TO_LEFT_SHUNT)),
    )
    do = "Do it in stages or not at all: risk of embolism."
    return when(any_of(*(holds for _, holds in dangers)), do=do, because=f"Found: {there(dangers)}.")


@rule(
    "PERC-12",
    cites=("cafe_registry",),
    checked=U,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=(*MAY_CEMENT, Act.ABLATION),
)
def infection_first(about: Situation) -> Verdict:
    """While an infection of the spine is not excluded, or with bacteraemia, no cement, no ablation and no procedure
    that only implants.
    """
    if not (cements(about) or about.is_act(Act.ABLATION, Act.STABILISATION)):
        return None
    # A bacteraemia of years ago is not meant: that of RED-11 is, and without a date it stays open.
    condition = any_of(is_infection_open(about), infection_flags(about)["recent bacteraemia"])
    do = "Exclude an infection first: MRI with gadolinium and blood cultures."
    return when(condition, do=do, because="An infection of the spine is not excluded, or there is bacteraemia.")


CASE_RULES: tuple[Rule, ...] = (kyphoplasty_is_an_option, record_the_leak)
ACT_RULES: tuple[Rule, ...] = (
    contraindications_of_cement,
    posterior_wall_and_cement,
    sources_disagree_on_the_wall,
    cement_beside_epidural_tumour,
    too_much_cement,
    infection_first,
)
PARAMETERS: tuple[Threshold, ...] = (
    FRACTURES_FROM,
    FRACTURES_TO,
    PAIN_FROM,
    DISABILITY_FROM,
    LIFE_FROM,
    VOLUME_OVER,
    LEVELS_OVER,
)
