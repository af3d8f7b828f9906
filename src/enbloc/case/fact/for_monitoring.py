"""What the neurophysiologist states during an operation, typed or by a link, and what a plan comes near to."""

from __future__ import annotations

from enbloc.case.fact.kinds import Subject, Unit, number, yes_no

_LESION = Subject.LESION

NEAR_ROOT = yes_no(
    "plan.near_root", "resection near a nerve root", _LESION, "does the resection come near a nerve root?"
)
D_WAVE_FALL = number(
    "monitor.d_wave_fall",
    "fall of the D-wave from its baseline",
    _LESION,
    Unit.PERCENT,
    0,
    100,
    "D-wave: fall of its amplitude from the baseline, per cent",
)
MEP_FALL = number(
    "monitor.mep_fall",
    "fall of the muscle MEP from its baseline",
    _LESION,
    Unit.PERCENT,
    0,
    100,
    "muscle MEP: fall of the amplitude from the baseline, per cent",
)
MEP_LOST = yes_no("monitor.mep_lost", "muscle MEP lost completely", _LESION, "is the muscle MEP lost completely?")
OTHER_CAUSES_EXCLUDED = yes_no(
    "monitor.other_causes_excluded",
    "technical and systemic causes of a lost signal excluded",
    _LESION,
    "are technical and systemic causes (leads, anaesthetic, blood pressure, temperature) excluded?",
)
SSEP_FALL = number(
    "monitor.ssep_fall",
    "fall of the SSEP amplitude from its baseline",
    _LESION,
    Unit.PERCENT,
    0,
    100,
    "SSEP: fall of the amplitude from the baseline, per cent",
)
SSEP_DELAY = number(
    "monitor.ssep_delay",
    "rise of the SSEP latency over its baseline",
    _LESION,
    Unit.PERCENT,
    0,
    300,
    "SSEP: rise of the latency over the baseline, per cent",
)
