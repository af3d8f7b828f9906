"""Where a rule may settle although less is known: by fact and by rule, each with the reason that its row or code gives.

Everything else is held to the law: what was open stays open, what held does not fall silent, and what was silent does
not hold.
"""

from __future__ import annotations

from typing import Any

from enbloc.case import fact as f
from enbloc.case.fact import Fact
from enbloc.value import value
from tests.decide.agreeing import MEASURED

TOGETHER: tuple[tuple[str, ...], ...] = (
    (f.WBB_SECTORS.id, f.WBB_SECTORS_OPEN.id),
    (f.WBB_LAYERS.id, f.WBB_LAYERS_OPEN.id),
    (f.COX_SECTORS.id, f.COX_SECTORS_OPEN.id),
    (f.TOMITA_SITES.id, f.TOMITA_SITES_OPEN.id),
    (f.EXTRADURAL_SHARE.id, f.EXTRAMEDULLARY_SHARE.id, f.INTRAMEDULLARY_SHARE.id),
    (f.EXPOSURES.id, f.CONTRAST_PLANNED.id),
    tuple(one.id for one in MEASURED),
)
"""One answer each, in several facts: a list and what half a voxel decides of it, or one reading of one image."""


@value
class Excepted:
    """Facts that some rules may settle without: rules by id or by family, or every rule, or every fact."""

    facts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    because: str

    def covers(self, rule: str, fact: str) -> bool:
        """Whether a rule may settle without a fact."""
        named = not self.rules or rule in self.rules or rule.rpartition("-")[0] in self.rules
        return named and (not self.facts or fact in self.facts)


def _without(*named: Fact[Any], rules: str = "", because: str) -> Excepted:
    return Excepted(facts=tuple(one.id for one in named), rules=tuple(rules.split()), because=because)


_SAID = "the act itself says nothing of it: what a plan does not state is no part of it"

EXCEPTED: tuple[Excepted, ...] = (
    # --- another answer takes the place of the one that is forgotten
    _without(
        f.HISTOLOGY,
        f.KIND,
        f.PRIMARY_SITE,
        f.CNS_GRADE,
        because="the branch: without a name it is another tumour, with other rules (E7, NOMS-15, PRIM-41)",
    ),
    _without(
        f.EXTRADURAL_SHARE,
        f.EXTRAMEDULLARY_SHARE,
        f.INTRAMEDULLARY_SHARE,
        because="without measured shares the name of the tumour says whether it lies within dura or cord",
    ),
    _without(f.WBB_LAYERS, because="a metastasis of which nobody has recorded layers lies in bone"),
    _without(
        f.LEVELS, f.LEVELS_OPEN, f.MAIN_LEVEL, f.CORD_LEVEL, because="without them the levels of the record stand"
    ),
    _without(f.ENNEKING_REPORTED, rules="PRIM-41", because="a stage that is not known contradicts no name"),
    _without(
        f.HORMONE_TUMOUR_POSSIBLE, rules="STOP-38", because="of a proven tumour its name says whether it may release"
    ),
    _without(
        f.PAIN, f.SPINAL_PAIN, rules="RED-01 RED-02 RED-03 RED-10 RED-11", because="each is an answer to the other"
    ),
    # --- the row asks for the answer to be recorded: that it is not is what it speaks of
    _without(rules="EVAL-01 EVAL-02 NOMS-16 NOMS-17 MIS-OUT-01 MIS-OUT-02", because="the row asks for what is missing"),
    _without(f.MYELOGRAM, f.MRI_IMPOSSIBLE, rules="IMG-01 IMG-02", because="MRI unless somebody says impossible"),
    _without(
        f.VERTEBRAL_DOMINANCE,
        f.VERTEBRAL_ENCASEMENT,
        f.VERTEBRAL_IN_TUMOUR,
        rules="IMG-06",
        because="the angiography is asked for until both arteries are described",
    ),
    _without(f.ADAMKIEWICZ, rules="IMG-07", because="the artery is asked for until it is known"),
    _without(f.CORD_CONTOUR, rules="IMG-08", because="asked for until a contour is recorded"),
    _without(f.EGFR, f.CONTRAST_REACTION, f.PREGNANT, f.SEX, rules="IMG-11", because="asked for until recorded"),
    _without(f.WBB_SECTORS, f.WBB_SECTORS_OPEN, rules="STG-03", because="asked for until recorded with a side"),
    _without(
        f.SURGEON_CONSULTED,
        f.PAIN,
        f.BONE_REPORTED,
        f.ALIGNMENT_REPORTED,
        f.COLLAPSE_REPORTED,
        f.POSTEROLATERAL_REPORTED,
        *MEASURED,
        rules="DEC-10",
        because="stability and the surgeon's opinion are asked for until both are recorded",
    ),
    _without(f.RISK_GROUP, rules="FU-16", because="the group is asked for as an option"),
    _without(f.ENDOCRINE_CHECKED, rules="SYS-12", because="not excluded, says the row: unknown is a yes"),
    _without(f.MRI_ON, rules="STOP-29", because="image date unknown, says the row"),
    _without(
        f.ESCC_REPORTED,
        f.DECOMPRESSION_PLANNED,
        *MEASURED,
        rules="STOP-09",
        because="ESCC unknown without decompression, says the row",
    ),
    _without(f.ESCC_REPORTED, rules="STOP-25", because="within the dura a grade that nobody read is none"),
    _without(f.DO_NOT_TOUCH, rules="BX-11", because="tissue, unless the board has agreed to leave the image alone"),
    _without(f.BOARD_REASON, rules="STOP-02", because="no board reason recorded, says the row"),
    _without(f.DECIDED, f.PRESENTED, rules="STOP-08", because="no recorded decision, says the row"),
    _without(
        f.BONE_REPORTED,
        f.ALIGNMENT_REPORTED,
        f.COLLAPSE_REPORTED,
        f.POSTEROLATERAL_REPORTED,
        f.ESCC_REPORTED,
        f.SAC_EFFACED,
        f.CAUDA_DEFICIT,
        *MEASURED,
        rules="STOP-24",
        because="a scale that nobody filled in was not used",
    ),
    # --- the emergency is never withheld (E6, EVAL-02)
    _without(
        f.DEFICIT,
        f.LEG_STRENGTH,
        f.MYELOPATHY,
        f.LIMB_WEAKNESS,
        f.GAIT_CHANGE,
        f.SENSORY_LEVEL,
        f.SPHINCTER_CHANGE,
        f.CAUDA_SIGNS,
        f.CAUDA_DEFICIT,
        f.PAIN_PATTERN,
        rules="RED-01 RED-02 RED-03 RED-10",
        because="without a sign that is recorded the row for no sign speaks, and asks for the neurology",
    ),
    _without(
        f.KNOWN_CANCER,
        f.CANCER_SUSPECTED,
        rules="RED-03 RED-06 RED-10",
        because="a cancer that nobody knows of is none, and one that nobody has excluded may be there",
    ),
    _without(
        f.ESCC_REPORTED,
        *MEASURED,
        rules="RED-06 STER-01",
        because="compression is suspected until an image has excluded it",
    ),
    _without(f.DEFICIT, f.PRESENTED, rules="RED-09", because="a deficit of unknown age counts as young"),
    _without(
        f.STEROID_DANGERS,
        f.TEMPERATURE,
        f.BACTERAEMIA,
        f.BACTERAEMIA_ON,
        f.INTRAVENOUS_DRUGS,
        f.DISC_CENTRED,
        f.RIM_ENHANCING,
        f.NEUTROPHILS,
        f.IMMUNOSUPPRESSED,
        f.CRP_RISING,
        f.DEFICIT,
        f.PAIN,
        rules="STER-01 STER-12",
        because="what a person says of dangers stands, and a red flag of infection counts beside it once it is there",
    ),
    # --- what nobody says is part of the plan is none of it
    _without(
        f.CEMENT_PLANNED,
        f.SCREW_LEVELS,
        f.INSTRUMENTED_LEVELS,
        f.LAMINECTOMY_ALONE,
        rules="COMP DISAGREE-9 PERC STAB STOP-06 STOP-07 STOP-09 STOP-22 STOP-37",
        because=_SAID,
    ),
    _without(f.SEGMENTAL_ARTERIES, f.ROOTS_CUT, rules="IMG-07 IONM-02", because=_SAID),
    _without(f.SEGMENTATION_ERROR, f.REGISTRATION_ERROR, rules="RES-02", because="2 mm where none is recorded"),
    _without(f.RT_FRACTIONS, f.CORD_DMAX, rules="STOP-25", because="what a person says of a dose plan stands"),
    _without(f.ABLE, rules="DEC-02 DEC-07", because="the row names no fitness: a recorded no alone silences it"),
    _without(
        f.OPERATION_AT,
        f.RADIOTHERAPY_DAY,
        rules="ANES-09 ANES-10 STOP-16 STOP-17 STOP-18 STOP-33 SYS DISAGREE-10 DISAGREE-11",
        because="without a day of the operation it is that of the case",
    ),
    # --- what nobody recorded as done or met is not followed
    _without(
        rules="COMP PERC-05 POST-02 VTE-03 RES-04 PATH-02 IONM-03 IONM-04 IONM-05 IONM-06 STOP-21",
        because="the course: an operation, a signal or a mishap that nobody has recorded is not followed",
    ),
    _without(
        f.OPERATED_AT_LEVEL,
        f.PRIOR_RADIOTHERAPY,
        f.OPERATION_ENDED,
        rules="FU",
        because="a treatment that nobody has recorded is not followed up",
    ),
)


def is_excepted(rule: str, fact: str) -> bool:
    """Whether a rule may settle without a fact, for a reason that is named."""
    return any(one.covers(rule, fact) for one in EXCEPTED)


def together(fact: str) -> tuple[str, ...]:
    """The facts that are forgotten with one."""
    return next((group for group in TOGETHER if fact in group), (fact,))
