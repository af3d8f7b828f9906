"""Every rule of the pathway, by family; each module keeps the rules of one concern.

``CASE_RULES`` of a module speak about a lesion or the patient, ``ACT_RULES`` about an act or a plan, ``PARAMETERS`` are
its thresholds.
"""

from __future__ import annotations

from difflib import get_close_matches
from types import ModuleType

from enbloc.decide import (
    ablation,
    after_surgery,
    anaesthesia,
    antithrombotic,
    approach,
    biopsy,
    biopsy_indication,
    biopsy_technique,
    board,
    complications,
    contradictions_of_state,
    cord_dose,
    data_set,
    embolisation,
    evaluation,
    follow_up,
    fractionation,
    imaging,
    imaging_by_tumour,
    intradural,
    intramedullary,
    lmnop,
    metastasis,
    metastasis_by_primary,
    minimally_invasive,
    monitoring,
    noms,
    noms_axes,
    organ_table,
    organs_at_risk,
    outpatient,
    palliative,
    pathology,
    percutaneous,
    primary,
    primary_benign,
    primary_further,
    primary_general,
    primary_giant_cell,
    primary_haematological,
    primary_sarcoma,
    radiotherapy,
    radiotherapy_timing,
    red_flags,
    resection,
    review,
    roots,
    stabilisation,
    staging,
    steroid,
    stops,
    stops_of_compression,
    stops_of_drugs,
    stops_of_operation,
    stops_of_percutaneous,
    stops_of_radiotherapy,
    stops_of_safety,
    stops_of_tissue,
    stops_of_vessels_and_roots,
    surgery_in_compression,
    systemic,
    target_volume,
    timeline_after,
    timeline_deadlines,
    timeline_drugs,
    timeline_steroid,
    timeline_treatment,
    vessels,
)
from enbloc.decide.decision import Act
from enbloc.decide.rule import Rule
from enbloc.errors import RecordError
from enbloc.evidence import Threshold

MODULES: tuple[ModuleType, ...] = (
    stops,
    evaluation,
    imaging,
    biopsy,
    noms,
    metastasis,
    primary,
    systemic,
    antithrombotic,
    stops_of_compression,
    noms_axes,
    lmnop,
    surgery_in_compression,
    metastasis_by_primary,
    steroid,
    stops_of_drugs,
    roots,
    vessels,
    embolisation,
    approach,
    stops_of_vessels_and_roots,
    cord_dose,
    fractionation,
    organ_table,
    organs_at_risk,
    radiotherapy,
    radiotherapy_timing,
    stops_of_radiotherapy,
    target_volume,
    biopsy_indication,
    biopsy_technique,
    board,
    pathology,
    primary_benign,
    primary_further,
    primary_general,
    primary_giant_cell,
    primary_haematological,
    primary_sarcoma,
    staging,
    stops_of_tissue,
    anaesthesia,
    after_surgery,
    red_flags,
    intradural,
    intramedullary,
    data_set,
    monitoring,
    imaging_by_tumour,
    stops_of_safety,
    resection,
    stabilisation,
    stops_of_operation,
    follow_up,
    palliative,
    percutaneous,
    ablation,
    stops_of_percutaneous,
    minimally_invasive,
    outpatient,
    complications,
    contradictions_of_state,
    timeline_after,
    timeline_deadlines,
    timeline_drugs,
    timeline_steroid,
    timeline_treatment,
    review,
)


def _of(name: str) -> tuple[Rule, ...]:
    return tuple(rule for module in MODULES for rule in getattr(module, name, ()))


CASE_RULES: tuple[Rule, ...] = _of("CASE_RULES")
ACT_RULES: tuple[Rule, ...] = _of("ACT_RULES")
OF_ACT: dict[Act, tuple[Rule, ...]] = {act: tuple(one for one in ACT_RULES if act in one.acts) for act in Act}
"""The rules about an act that concern each: no other is asked about it."""
RULES: dict[str, Rule] = {rule.id: rule for rule in (*CASE_RULES, *ACT_RULES)}
"""Every rule by its id."""

PARAMETERS: tuple[Threshold, ...] = tuple(each for module in MODULES for each in getattr(module, "PARAMETERS", ()))
"""Every threshold that rules read."""


def rule_named(id: str) -> Rule:
    """The rule with this id.

    Raises
    ------
    RecordError
        If there is none; the remedy names the nearest.
    """
    wanted = id.upper()
    if wanted in RULES:
        return RULES[wanted]
    near = get_close_matches(wanted, RULES, n=3, cutoff=0.6)
    hint = f"Did you mean {' or '.join(near)}?" if near else "docs/evidence lists them."
    raise RecordError(f"There is no rule {id[:40]!r}.", remedy=hint)
