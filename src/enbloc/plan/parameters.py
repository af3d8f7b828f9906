"""The numbers that planning uses, named."""

from __future__ import annotations

from enbloc.evidence import Threshold, project_value

SAW_KERF = project_value(
    "saw kerf", 1.25, "mm", "=", source="middle of the kerfs that users of planning tools ask for; set it to your saw"
)

PARAMETERS: tuple[Threshold, ...] = (SAW_KERF,)
