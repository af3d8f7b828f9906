"""Scans and label maps into a case folder: checked first, then copied or converted, then written into the record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.exchange import nifti
from enbloc.exchange.addition import Plan, Wishes, added, plain_role
from enbloc.exchange.case_file import case_from, content_of
from enbloc.exchange.identity import fingerprint
from enbloc.exchange.images import one_patient
from enbloc.exchange.label_file import is_drawing
from enbloc.exchange.map_intake import take_map
from enbloc.exchange.receipt import Receipt, receipt_of, short_hash

AIR_HU = -200
"""A scan with values below this is a CT: no MR is negative to that extent."""
MOST_LABELS = 200
"""An image with more different values than this is a scan."""
_MR_ROLES = ("mr", "t1", "t2", "stir", "flair", "pd")


def import_into(
    case_path: Path,
    sources: Sequence[Path],
    *,
    role: str | None = None,
    scheme: str | None = None,
    on: str | None = None,
    tumour: str | None = None,
) -> tuple[str, ...]:
    """Bring scans and label maps into a case folder and name them in its ``case.yaml``; what was done, in lines.

    A DICOM folder or zip becomes ``images/ROLE.nii.gz`` with a receipt beside it (hashes, the salted hash of the
    patient); a NIfTI file is copied as it is. ``scheme`` says what the numbers of label maps mean; ``tumour`` that
    a map with one label is the tumour of that lesion; ``on`` which image a map was drawn on.

    Raises
    ------
    RecordError
        If a source cannot be used; the case folder is then as it was.
    OutputError
        If the case folder cannot be written.
    """
    content = content_of(case_path)
    plan = Plan(case_path, case_from(content))
    wishes = Wishes(role=role, scheme=scheme, on=on, tumour=tumour)
    if role is not None and len(sources) != 1:
        raise RecordError("One name cannot stand for several sources.", remedy="Import them one at a time.")
    maps = [source for source in sources if not _take_scan(plan, source, wishes)]
    for source in maps:
        take_map(plan, source, wishes)
    one_patient([*_known_receipts(plan), *plan.receipts])
    return added(plan, content)


def _known_receipts(plan: Plan) -> Iterator[Receipt]:
    for scan in plan.case.images.values():
        found = receipt_of(plan.folder, scan.file)
        if found is not None:
            yield found


# --- scans ------------------------------------------------------------------------------------------------------------


def _take_scan(plan: Plan, source: Path, wishes: Wishes) -> bool:
    """Plan for a scan; False if the source is a label map."""
    if not _is_there(source):
        raise RecordError("There is no such file or folder.", remedy="Check the name.", where=source.name)
    if source.is_dir() or source.suffix.lower() == ".zip":
        _take_series(plan, source, wishes)
        return True
    if is_drawing(source):
        return False
    if not source.name.lower().endswith((".nii", ".nii.gz")):
        raise RecordError(
            "It is neither a DICOM folder or zip nor NIfTI, DICOM SEG or NRRD.",
            remedy="Give one of these.",
            where=source.name,
        )
    raw = nifti.read_any(source, where=source.name)
    modality = _modality(raw.array, wishes)
    if modality is None:
        return False
    taken = nifti.read_scan(source, modality, where=source.name)
    _take_file(plan, source, modality, raw, wishes)
    plan.lines += taken.said
    return True


def _is_there(source: Path) -> bool:
    try:
        return source.exists()
    except OSError:  # the way there may not be gone, or the name is too long for any file
        return False


def _take_series(plan: Plan, source: Path, wishes: Wishes) -> None:
    from enbloc.exchange import dicom

    stack = dicom.read_series(source, where=source.name, salt=plan.case.id)
    role = _role(plan, wishes, stack.modality)
    file = f"images/{role}.nii.gz"
    content = nifti.packed(stack.array, stack.grid)
    plan.files[file] = content
    plan.receipts.append(
        Receipt(
            file=file,
            sha256=hashlib.sha256(content).hexdigest(),
            source="DICOM",
            source_sha256=stack.sha256,
            slices=stack.slices,
            identity=fingerprint(stack.owner),
            frame=short_hash(stack.frame),
            series=short_hash(stack.series),
            said=stack.said,
        )
    )
    plan.grids[role] = stack.grid
    plan.images[role] = {"file": file, "modality": stack.modality.value}
    if stack.taken is not None:
        plan.images[role]["date"] = stack.taken
    if stack.modality is Modality.CT:
        plan.images[role] |= {key: each for key, each in asdict(stack.exposure).items() if each is not None}
    plan.lines.append(f"{file}: {stack.modality.value}, {stack.slices} slices of {source.name}.")
    plan.lines += [*stack.said, *(f"{each.what} was not used: {each.why}." for each in stack.unused)]
    if not stack.owner.is_named:
        plan.lines.append(f"{source.name} names no patient; that it is this one was not checked.")


def _take_file(plan: Plan, source: Path, modality: Modality, raw: nifti.Pixels, wishes: Wishes) -> None:
    role = _role(plan, wishes, modality)
    suffix = ".nii.gz" if source.name.lower().endswith(".gz") else ".nii"
    file = f"images/{role}{suffix}"
    plan.files[file] = source.read_bytes()
    plan.receipts.append(Receipt(file=file, sha256=raw.sha256, source="NIfTI", source_sha256=raw.sha256))
    plan.grids[role] = raw.grid
    plan.images[role] = {"file": file, "modality": modality.value}
    plan.lines.append(f"{file}: {modality.value}, a copy of {source.name}.")
    plan.lines.append(f"{source.name} names no patient; that it is this one was not checked.")


def _role(plan: Plan, wishes: Wishes, modality: Modality) -> str:
    if wishes.role is None:
        return plan.free(modality.value.lower(), plan.roles)
    plain_role(wishes.role, plan.roles)
    return wishes.role


def _modality(array: Any, wishes: Wishes) -> Modality | None:
    """How a NIfTI scan was made, as far as it shows; nothing if it is a label map."""
    role = (wishes.role or "").lower()
    if float(array.min()) < AIR_HU or role.startswith("ct"):
        return Modality.CT
    if role.startswith(_MR_ROLES):
        return Modality.MR
    return None if _looks_labelled(array) else Modality.MR


def _looks_labelled(array: Any) -> bool:
    if float(array.min()) < 0 or float(array.max()) > nifti.LARGEST_LABEL:
        return False
    seen: set[float] = set()
    for page in array:
        found = np.unique(page)
        seen |= set(found.tolist())
        if len(seen) > MOST_LABELS:
            return False
    return True
