"""The demo patients with pictures: made from equations, in a worker because that takes seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from enbloc.case.case import Case
from enbloc.errors import RecordError
from enbloc.exchange.folder import write_case
from enbloc.exchange.images import write_images
from enbloc.web.working.intake import STEPS, handed_back
from enbloc.web.working.order import HandedBack


def made(name: str, case: Case, folder: Path, said: Callable[[str], None]) -> HandedBack:
    """The demo patient of this name as the case, under its id.

    Raises
    ------
    RecordError
        If there is none of that name.
    """
    from enbloc.phantom import PATIENTS

    said(STEPS[0])
    if name not in PATIENTS:
        raise RecordError(f"There is no demo patient {name!r}.", remedy=f"They are: {', '.join(PATIENTS)}.")
    patient = PATIENTS[name]()
    renamed = replace(patient.case, id=case.id)
    write_images(folder, renamed, patient.images)
    write_case(folder, renamed)
    said(STEPS[1])
    return handed_back(folder, ("An invented patient, made from equations.",))
