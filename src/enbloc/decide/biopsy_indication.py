"""Whether tissue is needed (BX): after a failed biopsy or a mishap, with a known cancer, before steroid, in a hurry."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.case.lesion import LesionKind
from enbloc.decide.acts import SURGERY
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_primary import wants_en_bloc
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

LONG_AFTER = Threshold(
    name="time since the primary cancer after which a new lesion is biopsied (five years)",
    number=60,
    unit="months",
    comparator=">",
    source="barzilai2019essential",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)


@rule(
    "BX-06",
    cites=("nourbakhsh2008", "mankin1996"),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    favours=(Act.BIOPSY,),
)
def repeat_a_failed_biopsy(about: Situation) -> Verdict:
    """After a biopsy that was not diagnostic a core is taken again, on another trajectory of the same family of tracts,
    before an open biopsy; and that only by the team that will resect.
    """
    do = "Take a core again on another trajectory within the same tract; open biopsy only by the resecting team."
    return when(about.answer(vocabulary.BIOPSY_NON_DIAGNOSTIC), do=do, because="The biopsy was not diagnostic.")


@rule(
    "BX-09",
    cites=("barzilai2019essential",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    favours=(Act.BIOPSY,),
)
def biopsy_with_a_known_cancer(about: Situation) -> Verdict:
    """With a known cancer a biopsy is advised for the first metastasis, a solitary lesion, more than five years after
    the primary, or if a receptor or molecular result would change treatment; it may be skipped when metastases are
    multifocal and typical and tissue of any of them exists.
    """
    calls = any_of(
        about.answer(vocabulary.FIRST_METASTASIS),
        about.answer(vocabulary.SOLITARY),
        about.meets(vocabulary.MONTHS_SINCE_DIAGNOSIS, LONG_AFTER),
        about.answer(vocabulary.TISSUE_WOULD_CHANGE),
    )
    proven = _is_the_proven_primary(about)
    condition = all_of(about.answer(vocabulary.KNOWN_CANCER), calls, negated(_may_be_skipped(about)), negated(proven))
    do = "Take a biopsy; a solitary lesion stays under the rules of one without tissue, whatever cancer came before."
    return when(condition, do=do, because=about.where)


def _is_the_proven_primary(about: Situation) -> Answer:
    """The known cancer is this lesion itself, a primary tumour with tissue: the row is about another lesion of it."""
    return all_of(negated(about.is_secondary), negated(about.is_without_tissue))


def _may_be_skipped(about: Situation) -> Answer:
    """Typical and multifocal, with tissue of any metastasis; never where the lesion is solitary."""
    return all_of(
        negated(about.answer(vocabulary.SOLITARY)),
        about.answer(vocabulary.TYPICAL_METASTASES),
        about.answer(vocabulary.TISSUE_OF_METASTASIS),
    )


@rule("BX-10", cites=("varga2015",), checked=Checked.READ, strength="Cohort", degree=Degree.CAUTION)
def after_an_unplanned_entry(about: Situation) -> Verdict:
    """After an unplanned intralesional procedure in a tumour that wants en bloc the patient is staged again and
    referred to a sarcoma or spine centre; the whole contaminated bed with the tract counts as tumour, and the chance of
    cure is said to be lower.
    """
    condition = all_of(
        negated(about.is_secondary is True),
        about.answer(vocabulary.INTRALESIONAL_BEFORE),
        wants_en_bloc(about),
    )
    do = "Stage again, refer to a sarcoma or spine centre, take bed and tract for tumour, and say that cure is less "
    do += "likely."
    return when(condition, do=do, because=f"Entered before: {about.where}")


@rule(
    "BX-11",
    cites=("bmc2021pcnsl", "dlbcl2025steroid"),
    checked=Checked.READ,
    strength="Expert",
    favours=(Act.BIOPSY,),
    disagrees=("DISAGREE-3",),
)
def tissue_before_steroid(about: Situation) -> Verdict:
    """With a suspected haematological tumour and stable neurology tissue comes first and steroid after."""
    suspected = True if about.kind is LesionKind.HAEMATOLOGICAL else about.answer(vocabulary.HAEMATOLOGICAL_SUSPECTED)
    stable = negated(all_of(about.answer(vocabulary.DEFICIT), about.answer(vocabulary.PROGRESSING)))
    # An image that the board agreed to leave alone is suspected of nothing else, and is not sent to a needle.
    spared = about.answer(vocabulary.DO_NOT_TOUCH) is True
    condition = all_of(suspected, about.is_without_tissue, stable, not spared)
    return when(condition, do="Take tissue first, give steroid after.", because=about.where)


@rule("BX-14", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.URGENT, acts=SURGERY)
def tissue_at_emergency_decompression(about: Situation) -> Verdict:
    """When the decompression of a lesion without histology cannot wait, a core or frozen section is taken at the same
    sitting before the tumour is removed where possible, through the corridor that contaminates least; tract and wound
    are planned for later excision, there is no cement before the frozen section, and the reason is recorded.
    """
    if about.is_intradural is True:
        return None  # no tract and no compartment of bone to keep clean
    condition = all_of(about.is_without_tissue, about.has_deficit_with_compression)
    do = (
        "Take a core or frozen section at the same sitting before removing tumour, through the least contaminating "
        "corridor; plan tract and wound for later excision, no cement before the frozen section, record why."
    )
    return when(condition, do=do, because=f"No tissue, deficit. {about.escc_words}")


CASE_RULES: tuple[Rule, ...] = (
    repeat_a_failed_biopsy,
    biopsy_with_a_known_cancer,
    after_an_unplanned_entry,
    tissue_before_steroid,
)
ACT_RULES: tuple[Rule, ...] = (tissue_at_emergency_decompression,)
PARAMETERS: tuple[Threshold, ...] = (LONG_AFTER,)
