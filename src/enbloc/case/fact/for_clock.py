"""From when a clock runs: the presentation with a deficit, the decision on its treatment, a paraplegia."""

from __future__ import annotations

from enbloc.case.fact.kinds import Subject, moment, yes_no

PRESENTED = moment(
    "clock.presentation",
    "first presentation with the deficit",
    Subject.PATIENT,
    "day and hour of the first presentation with the deficit",
)
DECIDED = moment(
    "clock.decision",
    "decision on the treatment of the compression",
    Subject.PATIENT,
    "day and hour of the decision on treatment",
)
PARAPLEGIC = yes_no(
    "neurology.paraplegia",
    "complete paraplegia",
    Subject.PATIENT,
    "are both legs without any movement (complete paraplegia)?",
)
PARAPLEGIC_SINCE = moment(
    "clock.paraplegia",
    "onset of the complete paraplegia",
    Subject.PATIENT,
    "day and hour at which the paraplegia became complete",
)
