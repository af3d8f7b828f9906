"""Every rule of the pathway, by family; each module keeps the rules of one concern.

``CASE_RULES`` of a module speak about a lesion or the patient, ``ACT_RULES`` about an act or a plan, ``PARAMETERS`` are
its thresholds.
"""

from __future__ import annotations

from types import ModuleType

from enbloc.decide import (
    antithrombotic,
    biopsy,
    cord_dose,
    evaluation,
    fractionation,
    imaging,
    lmnop,
    metastasis,
    metastasis_by_primary,
    noms,
    noms_axes,
    organ_table,
    organs_at_risk,
    primary,
    radiotherapy,
    radiotherapy_timing,
    steroid,
    stops,
    stops_of_compression,
    stops_of_drugs,
    stops_of_radiotherapy,
    surgery_in_compression,
    systemic,
    target_volume,
)
from enbloc.decide.rule import Rule
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
    cord_dose,
    fractionation,
    organ_table,
    organs_at_risk,
    radiotherapy,
    radiotherapy_timing,
    stops_of_radiotherapy,
    target_volume,
)


def _of(name: str) -> tuple[Rule, ...]:
    return tuple(rule for module in MODULES for rule in getattr(module, name, ()))


CASE_RULES: tuple[Rule, ...] = _of("CASE_RULES")
ACT_RULES: tuple[Rule, ...] = _of("ACT_RULES")
RULES: dict[str, Rule] = {rule.id: rule for rule in (*CASE_RULES, *ACT_RULES)}
"""Every rule by its id."""

PARAMETERS: tuple[Threshold, ...] = tuple(each for module in MODULES for each in getattr(module, "PARAMETERS", ()))
"""Every threshold that rules read."""
