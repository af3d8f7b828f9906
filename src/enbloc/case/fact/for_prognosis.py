"""What rules ask about fitness and wishes: judgements of people, never computed from a score."""

from __future__ import annotations

from enbloc.case.fact.kinds import Subject, yes_no

STATUS_BY_COMPRESSION = yes_no(
    "patient.status_by_compression",
    "performance status lowered by the compression itself",
    Subject.PATIENT,
    "is the performance status lowered by the compression itself?",
)
UNCORRECTED_COAGULOPATHY = yes_no(
    "patient.uncorrected_coagulopathy",
    "coagulopathy that is not corrected",
    Subject.PATIENT,
    "coagulopathy that is not corrected?",
)
DECLINES_SURGERY = yes_no(
    "patient.declines_surgery", "declines an operation", Subject.PATIENT, "does the patient decline an operation?"
)
