"""Giant cell tumour of bone and osteoblastoma (PRIM): what their Enneking stage changes, and where sources disagree."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, negated
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_primary import ACTIVE, AGGRESSIVE, for_adults, is_primary_of, is_resectable, is_sacral, is_stage
from enbloc.decide.planned import is_adult
from enbloc.decide.policy import Policy, Step
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

COURSE_FROM = Threshold(
    name="shortest course of denosumab before surgery for a giant cell tumour",
    number=3,
    unit="months",
    comparator=">=",
    source="charestmorin2017gct",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)
COURSE_TO = Threshold(
    name="longest course of denosumab before surgery for a giant cell tumour",
    number=6,
    unit="months",
    comparator="<=",
    source="charestmorin2017gct",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)
EMBOLISE_ABOVE = Threshold(
    name="diameter above which an osteoblastoma is embolised first",
    number=30,
    unit="mm",
    comparator=">",
    source="expert (PRIM-18)",
    checked=Checked.FROM_MEMORY,
    since="2026-11-20",
)


def _mobile(about: Situation) -> Answer:
    return negated(is_sacral(about))


def _mobile_aggressive(about: Situation) -> Answer:
    return all_of(_mobile(about), is_stage(about, AGGRESSIVE), is_resectable(about))


def _mobile_active(about: Situation) -> Answer:
    return all_of(_mobile(about), is_stage(about, ACTIVE))


def _denosumab_fits(about: Situation) -> Answer:
    """Not to be resected without severe harm, in somebody who may have the drug."""
    grown = any_of(is_adult(about), about.answer(vocabulary.SKELETALLY_MATURE))
    return all_of(negated(is_resectable(about)), grown)


def _sacral_roots_spared(about: Situation) -> Answer:
    return all_of(is_sacral(about), about.answer(vocabulary.UPPER_SACRAL_ROOTS_SPARED))


def _aggressive(about: Situation) -> Answer:
    return all_of(is_stage(about, AGGRESSIVE), is_resectable(about))


def _active(about: Situation) -> Answer:
    return is_stage(about, ACTIVE)


def _active_and_large(about: Situation) -> Answer:
    return all_of(is_stage(about, ACTIVE), about.meets(vocabulary.DIAMETER, EMBOLISE_ABOVE))


POLICIES: tuple[Policy, ...] = (
    Policy(
        id="PRIM-10",
        tumours=frozenset({"gct"}),
        statement="A giant cell tumour of the mobile spine at stage S3 is taken out en bloc when feasible with "
        "acceptable morbidity; at stage S2 an intralesional excision is adequate.",
        strength="GRADE strong, very low quality",
        cites=("harrop2009sosg", "boriani2012gct", "charestmorin2017gct", "zhou2022gct", "zhou2024gct"),
        checked=Checked.READ,
        disagrees=("DISAGREE-6",),
        steps=(
            Step(
                act=Act.EN_BLOC,
                condition=_mobile_aggressive,
                do="Plan en bloc, and follow for at least five years.",
                adults="49 patients: local recurrence 22 %, the latest after 60 months, metastases 12 %. 82 patients: "
                "local recurrence 22 %; 15 % if appropriate to Enneking, 29 % if not (P = 0.151). 60 patients with S3: "
                "en bloc better than total piecemeal, radiotherapy after it lowers recurrence. 22 patients operated on "
                "again: local control at ten years 90 % en bloc, 45.7 % intralesional.",
            ),
            Step(
                act=Act.INTRALESIONAL,
                condition=_mobile_active,
                do="An intralesional excision is adequate at stage S2; follow for at least five years.",
            ),
        ),
    ),
    Policy(
        id="PRIM-11",
        tumours=frozenset({"gct"}),
        statement="A giant cell tumour that cannot be resected, or whose resection is likely to cause severe "
        "morbidity, gets denosumab; adults, or adolescents whose skeleton is mature. Use before a resection follows "
        "from that.",
        strength="GRADE strong, very low quality",
        cites=("xgeva_label", "charestmorin2016benign", "deveci2016denosumab", "insights2022gct"),
        checked=Checked.READ,
        steps=(
            Step(
                act=Act.SYSTEMIC,
                condition=_denosumab_fits,
                do="Give denosumab with calcium and vitamin D, after a dental check.",
                adults="120 mg subcutaneously every 4 weeks, with loading doses on days 8 and 15 of the first month. "
                "In the spine: diameter from 52.5 to 48.2 mm, canal from 36.8 to 18.5 %, better by Frankel in 4 of 24.",
            ),
        ),
    ),
    Policy(
        id="PRIM-13",
        tumours=frozenset({"gct"}),
        statement="A giant cell tumour of the sacrum gets serial embolisation or denosumab, with or without "
        "intralesional excision; en bloc only if the roots S1 and S2 can be spared.",
        strength="Expert",
        cites=("harrop2009sosg",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(act=Act.EMBOLISATION, condition=is_sacral, do="Offer serial embolisation."),
            Step(act=Act.SYSTEMIC, condition=is_sacral, do="Offer denosumab as the alternative to embolisation."),
            Step(
                act=Act.INTRALESIONAL,
                condition=is_sacral,
                do="An intralesional excision may follow embolisation or denosumab.",
            ),
            Step(act=Act.EN_BLOC, condition=_sacral_roots_spared, do="En bloc only while S1 and S2 are spared."),
        ),
    ),
    Policy(
        id="PRIM-17",
        tumours=frozenset({"osteoblastoma"}),
        statement="An osteoblastoma at stage S3 is taken out en bloc when feasible.",
        strength="GRADE strong, very low quality",
        cites=("harrop2009sosg", "versteeg2017osteoblastoma", "jiang2015osteoblastoma"),
        checked=Checked.READ,
        disagrees=("DISAGREE-6",),
        steps=(
            Step(
                act=Act.EN_BLOC,
                condition=_aggressive,
                do="Plan en bloc.",
                adults="73 patients: local recurrence 18 %; that recurrence goes with death, and that the margin made "
                "no difference, is not yet source-checked. Curettage with radiotherapy: 9 recurrences of 11.",
            ),
        ),
    ),
    Policy(
        id="PRIM-18",
        tumours=frozenset({"osteoblastoma"}),
        statement="An osteoblastoma at stage S2 is taken out intralesionally and completely with a high-speed burr, "
        "after embolisation if it is larger than 3 cm.",
        strength="Expert",
        cites=("project",),
        checked=Checked.FROM_MEMORY,
        steps=(
            Step(
                act=Act.INTRALESIONAL,
                condition=_active,
                do="Plan a complete intralesional excision with a high-speed burr.",
            ),
            Step(act=Act.EMBOLISATION, condition=_active_and_large, do="Embolise before the excision."),
        ),
    ),
)


@rule(
    "PRIM-12",
    cites=("charestmorin2017gct",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=(Act.EN_BLOC, Act.INTRALESIONAL),
)
def surgery_after_denosumab(about: Situation) -> Verdict:
    """After denosumab for a giant cell tumour surgery follows a short course: the hardened rim hides the boundary,
    curettage recurs more often, and calcium may rebound after the drug stops, most of all in the young.
    """
    condition = all_of(is_primary_of(about, "gct"), about.answer(vocabulary.DENOSUMAB_RUNNING))
    months = about.known(vocabulary.DENOSUMAB_MONTHS)
    course = "Months on denosumab not recorded." if months is None else f"{months:g} months on denosumab."
    do = "Mark the boundary on images from before denosumab, and watch calcium after it stops."
    figures = f"Prefer a course of {COURSE_FROM.number:g} to {COURSE_TO.number:g} months."
    return when(condition, do=f"{do} {for_adults(about, figures)}", because=f"{about.where} {course}")


@rule(
    "DISAGREE-6",
    cites=(
        "harrop2009sosg",
        "zhou2022gct",
        "zhou2024gct",
        "versteeg2017osteoblastoma",
        "charestmorin2017gct",
    ),
    checked=Checked.FROM_MEMORY,
    strength="Sources disagree",
    degree=Degree.CAUTION,
)
def sources_disagree_on_aggressive_benign_tumours(about: Situation) -> Verdict:
    """Giant cell tumour and osteoblastoma at stage S3: one position is en bloc resection, which series of giant cell
    tumours favour; the other is intralesional excision, since a cohort of osteoblastomas found no difference, the
    difference in giant cell tumour was not significant, and denosumab can shrink it first.
    """
    condition = all_of(is_primary_of(about, "gct", "osteoblastoma"), is_stage(about, AGGRESSIVE))
    return when(condition, do="Show both, with the loss of function that each predicts.", because=about.where)


CASE_RULES: tuple[Rule, ...] = (sources_disagree_on_aggressive_benign_tumours,)
ACT_RULES: tuple[Rule, ...] = (*(policy.rule for policy in POLICIES), surgery_after_denosumab)
PARAMETERS: tuple[Threshold, ...] = (COURSE_FROM, COURSE_TO, EMBOLISE_ABOVE)
