"""What is measured between two dates."""

from __future__ import annotations

from enbloc.case.fact.kinds import Fact, Subject, Unit, number, yes_no

SINCE: Fact[str] = Fact(
    id="change.since",
    words="date of the examination compared with",
    type=str,
    about=Subject.LESION,
    ask="earlier examination",
)
VOLUME_CHANGE = number(
    "change.volume",
    "change of the tumour volume",
    Subject.LESION,
    Unit.CC,
    -3000,
    3000,
    "tumour label on both examinations",
)
VOLUME_CHANGE_PERCENT = number(
    "change.volume_percent",
    "change of the tumour volume, in per cent of the earlier one",
    Subject.LESION,
    Unit.PERCENT,
    -100,
    100000,
    "tumour label on both examinations",
)
DIAMETER_CHANGE = number(
    "change.diameter",
    "change of the largest diameter",
    Subject.LESION,
    Unit.MM,
    -400,
    400,
    "tumour label on both examinations",
)
DIAMETER_CHANGE_PERCENT = number(
    "change.diameter_percent",
    "change of the largest diameter, in per cent of the earlier one",
    Subject.LESION,
    Unit.PERCENT,
    -100,
    10000,
    "tumour label on both examinations",
)
DENSITY_CHANGE = number(
    "change.density",
    "change of the mean density of the lesion",
    Subject.LESION,
    Unit.HU,
    -4000,
    4000,
    "CT at both dates",
)
COLLAPSE_CHANGE = number(
    "change.collapse",
    "change of the loss of body height, percentage points",
    Subject.LESION,
    Unit.PERCENT,
    -150,
    150,
    "CT at both dates",
)
EPIDURAL_CHANGE = number(
    "change.epidural_area",
    "change of the largest epidural tumour area",
    Subject.LESION,
    Unit.MM2,
    -2000,
    2000,
    "tumour label on both examinations",
)
NEW_EPIDURAL = yes_no(
    "change.new_epidural",
    "epidural tumour that was not there before",
    Subject.LESION,
    "tumour and canal labels on both examinations",
)
