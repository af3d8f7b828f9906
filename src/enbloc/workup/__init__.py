"""The only place that joins everything: one patient, start to end, or one step of it alone."""

from __future__ import annotations

from enbloc.workup.achieved import Measured, achieved_case, publish_achieved
from enbloc.workup.alone import compare_survival, decide_case, measure_alone, plan_case, stage_case
from enbloc.workup.publishing import PAGES, fingerprint, page_files, publish, publish_measures, publish_plan
from enbloc.workup.seeing import STEPS, circumstances, findings_of, provenance
from enbloc.workup.whole import work_up

__all__ = [
    "PAGES",
    "STEPS",
    "Measured",
    "achieved_case",
    "circumstances",
    "compare_survival",
    "decide_case",
    "findings_of",
    "fingerprint",
    "measure_alone",
    "page_files",
    "plan_case",
    "provenance",
    "publish",
    "publish_achieved",
    "publish_measures",
    "publish_plan",
    "stage_case",
    "work_up",
]
