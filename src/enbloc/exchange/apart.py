"""Which scans lie in one patient frame, and which are examinations of their own: another frame, or an earlier day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from enbloc.case.anatomy import StructureKind
from enbloc.case.case import Case
from enbloc.case.image import Images, LabelMap, Volume
from enbloc.case.origin import Modality

VERTEBRA = StructureKind.VERTEBRA


def sorted_out(
    case: Case, volumes: Mapping[str, Volume], labels: Mapping[str, LabelMap], frames: Mapping[str, str]
) -> Images:
    """The scans of the main frame with their label maps, and the others apart, one entry an examination.

    ``frames`` holds the frame of reference of each scan, empty where its file states none: such a scan is taken to lie
    with the others. Scans of one frame and day stay together under the role of the first of them.
    """
    main = _main_frame(case, labels, frames)
    examinations: dict[tuple[str, ...], list[str]] = {}
    for role, scan in volumes.items():
        examinations.setdefault(_examination(case, role, scan, frames[role], main), []).append(role)
    together = examinations.pop((), [])
    return Images(
        volumes={role: volumes[role] for role in together},
        labels=_drawn_on(together, labels),
        apart={
            roles[0]: Images(volumes={role: volumes[role] for role in roles}, labels=_drawn_on(roles, labels))
            for roles in examinations.values()
        },
        said=tuple(_said(case, volumes, examinations.values())),
    )


def _main_frame(case: Case, labels: Mapping[str, LabelMap], frames: Mapping[str, str]) -> str:
    """The frame that a plan is made in: of the first CT with vertebrae, else the first CT, else any scan."""
    current = [role for role in frames if not case.images[role].earlier]
    on_ct = [role for role in current if case.images[role].modality is Modality.CT]
    columns = {one.on for one in labels.values() if any(named.kind is VERTEBRA for named in one.names.values())}
    ranked = [*(role for role in on_ct if role in columns), *on_ct, *current]
    return next((frames[role] for role in ranked if frames[role]), "")


def _examination(case: Case, role: str, scan: Volume, frame: str, main: str) -> tuple[str, ...]:
    """What scans of one examination share; empty for the main one."""
    if not case.images[role].earlier:
        return (frame,) if frame and frame != main else ()
    day = scan.taken.isoformat() if scan.taken else ""
    return ("earlier", frame, day, "" if frame or day else role)


def _drawn_on(roles: list[str], labels: Mapping[str, LabelMap]) -> dict[str, LabelMap]:
    return {name: drawn for name, drawn in labels.items() if drawn.on in roles}


def _said(case: Case, volumes: Mapping[str, Volume], examinations: Iterable[list[str]]) -> Iterator[str]:
    for roles in examinations:
        for role in roles:
            why = "is kept from an earlier day, to compare with; nothing is staged from it"
            if not case.images[role].earlier:
                why = "lies in another frame of reference: it is registered before anything is measured in it"
            yield f"{volumes[role].document}: {why}."
