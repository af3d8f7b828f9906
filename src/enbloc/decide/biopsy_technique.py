"""How a biopsy is taken (BX): its tract, its needle, its clotting, what is sent, and the figures for consent."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.case.fact import Antithrombotic
from enbloc.decide.acts import TAKING_TISSUE
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_primary import for_adults, is_sacral, may_be_primary
from enbloc.decide.planned import adult_figures
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold


def _limit(name: str, number: float, unit: str, comparator: str) -> Threshold:
    return Threshold(
        name=name,
        number=number,
        unit=unit,
        comparator=comparator,
        source="patel2019sir",
        checked=Checked.FROM_MEMORY,
        since="2026-11-20",
    )


INR_TO = _limit("INR for a deep puncture of the spine", 1.5, "ratio", "<=")
PLATELETS_ABOVE = _limit("platelets for a deep puncture of the spine", 50, "10⁹/L", ">")

_CERVICAL = frozenset({Level.C1, Level.C2, Level.C3, Level.C4, Level.C5, Level.C6, Level.C7})


@rule(
    "BX-02",
    cites=("yamazaki2009sosg",),
    checked=Checked.FROM_MEMORY,
    strength="GRADE strong, very low quality",
    degree=Degree.CAUTION,
    acts=(Act.BIOPSY,),
)
def tract_is_resected(about: Situation) -> Verdict:
    """Where a primary tumour is possible the biopsy tract runs along the line of the future incision through tissue
    that will be resected, from behind or through the pedicle, never through the pleura or a clean foramen; it is
    marked, and excised en bloc.
    """
    do = "Go from behind or through the pedicle, along the later incision; mark the tract, and excise it en bloc."
    return when(may_be_primary(about), do=do, because=f"A primary tumour is possible: {about.where}")


@rule(
    "BX-03",
    cites=("stacchiotti2015",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=(Act.BIOPSY,),
)
def sacral_biopsy_from_behind(about: Situation) -> Verdict:
    """A sacral tumour is biopsied from behind, in or beside the midline, and never through the rectum or the vagina."""
    do = "Go from behind, in or beside the midline; never through the rectum or the vagina."
    return when(is_sacral(about), do=do, because=about.where)


@rule("BX-04", cites=("michalopoulos2021",), checked=Checked.READ, strength="Meta-analysis", acts=(Act.BIOPSY,))
def figures_of_biopsy(about: Situation) -> Verdict:
    """The yield, accuracy and complications of a biopsy guided by CT are told at consent."""
    figures = (
        "Yield 91 % (88 to 94), accuracy 86 % per procedure (82 to 89), 94 % when diagnostic, complications 1 % "
        "(0.4 to 1.9); 4,181 procedures."
    )
    return when(True, do=f"Tell at consent. {for_adults(about, figures)}", because=about.where)


@rule("BX-05", cites=("rimondi2008",), checked=Checked.READ, strength="Cohort", acts=(Act.BIOPSY,))
def figures_of_one_centre(about: Situation) -> Verdict:
    """One centre's figures stand beside the pooled ones; cervical and benign lesions are more often false negative."""
    figures = "One centre: accuracy 93.3 % in 430 biopsies, 9 complications (5 transient pareses, 4 haematomas)."
    do = f"{for_adults(about, figures)} Cervical and benign lesions are more often falsely negative."
    if _CERVICAL & set(about.levels) or (about.histology is not None and about.histology.is_benign):
        do += " This is such a lesion."
    return when(True, do=do, because=about.where)


@rule("BX-07", cites=("hodel2018",), checked=Checked.READ, strength="Cohort", degree=Degree.CAUTION)
def grade_of_cartilage_is_underestimated(about: Situation) -> Verdict:
    """Of a cartilage tumour the grade may be higher than the biopsy says: sampling error in 10 of 68. Imaging and
    biopsy are acted on together.
    """
    listed = about.histology is not None and about.histology.is_cartilage and about.is_secondary is not True
    do = "Read the grade from imaging and biopsy together: it may be higher than the core says (about 15 %)."
    return when(listed, do=adult_figures(about, do), because=about.where)


@rule(
    "BX-08",
    cites=("nourbakhsh2008",),
    checked=Checked.READ,
    strength="Meta-analysis",
    degree=Degree.CAUTION,
    acts=(Act.BIOPSY,),
)
def larger_needle_harms_more(about: Situation) -> Verdict:
    """Complications of a biopsy rise with the inner diameter of the needle; guided by CT 3.3 per cent, by fluoroscopy
    5.3 per cent.
    """
    do = f"Weigh the larger needle against more complications. {for_adults(about, 'CT 3.3 %, fluoroscopy 5.3 %.')}"
    return when(about.answer(vocabulary.LARGER_NEEDLE), do=do, because="A larger needle is wanted.")


@rule(
    "BX-12",
    cites=("patel2019sir",),
    checked=Checked.FROM_MEMORY,
    strength="Guideline",
    degree=Degree.CAUTION,
    acts=(Act.BIOPSY,),
)
def clotting_before_biopsy(about: Situation) -> Verdict:
    """With an anticoagulant or antiplatelet drug a deep puncture of the spine counts as one of high risk: INR of 1.5 or
    less, platelets above 50, and the hold times of surgery.
    """
    condition = any_of(_takes_antithrombotic(about), _clots_badly(about))
    do = (
        f"Bring INR to {INR_TO.number:g} or less, platelets above {PLATELETS_ABOVE.number:g} {PLATELETS_ABOVE.unit}; "
        "hold drugs as before surgery (STOP-16). The source prints an INR up to 1.5 to 1.8."
    )
    return when(condition, do=do, because=_clotting(about))


def _takes_antithrombotic(about: Situation) -> Answer:
    drugs = (drug for drug in Antithrombotic if drug is not Antithrombotic.NONE)
    return about.is_one_of(vocabulary.ANTITHROMBOTICS, *drugs)


def _clots_badly(about: Situation) -> Answer:
    enough = all_of(about.meets(vocabulary.INR, INR_TO), about.meets(vocabulary.PLATELETS, PLATELETS_ABOVE))
    return negated(enough)


def _clotting(about: Situation) -> str:
    inr, platelets = about.known(vocabulary.INR), about.known(vocabulary.PLATELETS)
    drug = "on an antithrombotic drug" if _takes_antithrombotic(about) is True else "no antithrombotic drug recorded"
    said = (
        "INR unknown" if inr is None else f"INR {inr:g}",
        "platelets unknown" if platelets is None else f"platelets {platelets:g}",
    )
    return f"{drug[0].upper()}{drug[1:]}, {', '.join(said)}."


@rule("BX-13", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", acts=TAKING_TISSUE)
def tissue_goes_to_two_laboratories(about: Situation) -> Verdict:
    """From any biopsy or operation of an unproven lesion tissue goes to histology and to microbiology (bacteria,
    mycobacteria, fungi), and fresh tissue to flow cytometry if lymphoma is possible.
    """
    do = "Send histology and microbiology (bacteria, mycobacteria, fungi; culture or PCR)"
    do += "; fresh tissue for flow cytometry if lymphoma is possible."
    unproven = True if about.is_act(Act.BIOPSY) else about.is_without_tissue
    return when(unproven, do=do, because=about.where)


CASE_RULES: tuple[Rule, ...] = (grade_of_cartilage_is_underestimated,)
ACT_RULES: tuple[Rule, ...] = (
    tract_is_resected,
    sacral_biopsy_from_behind,
    figures_of_biopsy,
    figures_of_one_centre,
    larger_needle_harms_more,
    clotting_before_biopsy,
    tissue_goes_to_two_laboratories,
)
PARAMETERS: tuple[Threshold, ...] = (INR_TO, PLATELETS_ABOVE)
