"""The numbers that planning uses, named."""

from __future__ import annotations

from enbloc.evidence import Checked, Threshold

SAW_KERF = Threshold(
    name="saw kerf",
    number=1.25,
    unit="mm",
    comparator="=",
    source="project value: middle of the kerfs that users of planning tools ask for (0.5 to 2 mm); set it to your saw",
    checked=Checked.OURS,
    since="2026-11-20",
)

PARAMETERS: tuple[Threshold, ...] = (SAW_KERF,)
