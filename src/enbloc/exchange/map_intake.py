"""Label maps into a case folder: what their numbers mean must be known, and the image they were drawn on."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from enbloc.case.anatomy import Structure, StructureKind
from enbloc.case.anatomy import tumour as tumour_of
from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.exchange import nifti
from enbloc.exchange.addition import Plan, Wishes, plain_role
from enbloc.exchange.drawing import Drawing
from enbloc.exchange.identity import fingerprint
from enbloc.exchange.images import inside, listed, present_ids
from enbloc.exchange.label_file import NRRD_ENDINGS, belongs, elsewhere, is_drawing, read_drawing
from enbloc.exchange.placing import placed
from enbloc.exchange.receipt import Receipt, short_hash
from enbloc.exchange.schemes import fitting, meaning


def take_map(plan: Plan, source: Path, wishes: Wishes) -> None:
    """Plan for a label map: a NIfTI file is copied as it is; a DICOM segmentation or NRRD becomes one.

    Raises
    ------
    RecordError
        If it cannot be used, or it is not known what its labels mean.
    """
    if is_drawing(source):
        _take_drawing(plan, source, wishes)
        return
    pixels = nifti.read_labels(source, where=source.name)
    ids = present_ids(pixels.array)
    entry: dict[str, Any] = {"on": _drawn_on(plan, wishes, source.name)}
    if wishes.tumour is not None and (wishes.scheme is None or len(ids) == 1):
        wish = "tumour"
        entry["structures"] = _tumour_only(plan, ids, wishes.tumour, source.name)
    else:
        wish = "anatomy"
        entry["scheme"] = _scheme(ids, wishes.scheme, source.name)
    taken = [*plan.case.labels, *plan.labels]
    if wishes.role is not None:
        plain_role(wishes.role, taken)
    role = plan.free(wishes.role or wish, taken)
    suffix = ".nii.gz" if source.name.lower().endswith(".gz") else ".nii"
    file = f"labels/{role}{suffix}"
    plan.files[file] = source.read_bytes()
    plan.labels[role] = {"file": file, **entry}
    plan.lines.append(f"{file}: {len(ids)} labels on {entry['on']}, a copy of {source.name}.")
    plan.lines += [*pixels.said, *_placing(plan, entry["on"], pixels.array, pixels.grid, source.name)]


def _placing(plan: Plan, on: str, array: NDArray[Any], own: Grid, where: str) -> tuple[str, ...]:
    """What will be done to bring a map onto its image; refused here already if nothing can."""
    scan = plan.case.images.get(on)
    grid = plan.grids.get(on)
    if grid is None and scan is not None and scan.file.endswith((".nii", ".nii.gz")):
        grid = nifti.grid_of(inside(plan.folder, scan.file), where=scan.file)
    if grid is None:
        return ()
    _, done = placed(array, own, grid, where=where, image=on)
    return (done,) if done else ()


def _drawn_on(plan: Plan, wishes: Wishes, where: str) -> str:
    roles = plan.roles
    if wishes.on is not None and wishes.on in roles:
        return wishes.on
    if wishes.on is None and len(roles) == 1:
        return roles[0]
    words = ", ".join(roles) or "none yet"
    raise RecordError(
        "It is not clear on which image it was drawn.", remedy=f"Say it with --on; images are: {words}.", where=where
    )


def _tumour_only(plan: Plan, ids: tuple[int, ...], lesion: str, where: str) -> dict[int, str]:
    if len(ids) != 1:
        raise RecordError(
            f"It has {len(ids)} labels ({listed(ids)}), not one.", remedy="Name them in case.yaml.", where=where
        )
    plan.wants_lesion(lesion)
    return {ids[0]: str(tumour_of(lesion))}


def _scheme(ids: tuple[int, ...], named: str | None, where: str) -> str:
    if named is None:
        fit = " or ".join(f"--scheme {name}" for name in fitting(ids))
        raise RecordError(
            f"It is a label map with ids {listed(ids)}, whose meaning is not known.",
            remedy=f"Say it with {fit}." if fit else "Say with --tumour whose tumour it is, or name the scheme.",
            where=where,
        )
    strange = [id for id in ids if id not in meaning(named, {}).ids]
    if strange:
        raise RecordError(
            f"It holds ids that {named} does not know: {listed(strange)}.",
            remedy="Check which tool made it.",
            where=where,
        )
    return named


# --- segmentations that name themselves -------------------------------------------------------------------------------


def _take_drawing(plan: Plan, source: Path, wishes: Wishes) -> None:
    """Each segment that is understood, in as few maps as hold them without overlap; the rest is listed.

    They are written as NIfTI, so that no name of a patient comes into the folder with them.
    """
    on = _drawn_on(plan, wishes, source.name)
    whole = read_drawing(source, where=source.name, salt=plan.case.id)
    image = plan.receipt(on) or _read_receipt(plan, on)
    belongs(whole, image, where=source.name)
    plan.lines += elsewhere(whole, image, where=source.name)
    named = _meanings(plan, whole, wishes, source.name)
    for id, label in sorted(whole.words.items()):
        if id not in named:
            why = (
                "say with --tumour whose it is" if id in whole.tumours else "its name and code are no structure of ours"
            )
            plan.lines.append(f"{source.name}: segment {id} {label} was not taken: {why}.")
    maps = _apart(named, whole.overlapping)
    for ids in maps:
        only = all(named[id].kind is StructureKind.TUMOUR for id in ids)
        role = _free_role(plan, wishes if len(maps) == 1 else Wishes(), "tumour" if only else "anatomy")
        part = whole if set(ids) == set(whole.words) and len(maps) == 1 else None
        part = part or read_drawing(source, where=source.name, salt=plan.case.id, wanted=ids)
        _write_drawing(plan, role, on, part, {id: named[id] for id in ids}, source)


def _read_receipt(plan: Plan, on: str) -> Receipt | None:
    """What would be the receipt of an image that lies in the case as DICOM; its grid is kept for the placing."""
    from enbloc.exchange import dicom

    file = plan.case.images[on].file
    path = inside(plan.folder, file)
    if path.is_file() and path.suffix.lower() != ".zip":
        return None
    stack = dicom.read_series(path, where=file, salt=plan.case.id)
    plan.grids[on] = stack.grid
    return Receipt(
        file=file,
        sha256=stack.sha256,
        source="DICOM",
        source_sha256=stack.sha256,
        identity=fingerprint(stack.owner),
        frame=short_hash(stack.frame),
        series=short_hash(stack.series),
    )


def _meanings(plan: Plan, whole: Drawing, wishes: Wishes, where: str) -> dict[int, Structure]:
    """What each segment is: by the scheme that was said, else by its own name, and the tumour that was said."""
    ids = present_ids(whole.array) if not whole.words else tuple(whole.words)
    if wishes.scheme is not None or (not whole.words and wishes.tumour is None):
        known = meaning(_scheme(ids, wishes.scheme, where), {}).structures
        named = {id: known[id] for id in ids if id in known}
    else:
        named = dict(whole.structures)
    if wishes.tumour is not None:
        open_ids = tuple(id for id in ids if id not in named and (id in whole.tumours or not whole.tumours))
        named |= {id: tumour_of(wishes.tumour) for id in _tumour_only(plan, open_ids, wishes.tumour, where)}
    if not named:
        have = ", ".join(f"{id} {label}" for id, label in sorted(whole.words.items())[:8])
        raise RecordError(
            f"None of its segments is known to enbloc: {have}.",
            remedy="Say with --tumour whose tumour it is, or name them under 'structures' in case.yaml.",
            where=where,
        )
    for each in named.values():
        if each.lesion:
            plan.wants_lesion(each.lesion)
    return named


def _apart(named: Mapping[int, Structure], overlapping: Collection[tuple[int, int]]) -> list[list[int]]:
    """The segments in groups within which none overlaps, tumours after anatomy."""
    clash = {frozenset(pair) for pair in overlapping}
    groups: list[list[int]] = []
    for id in sorted(named, key=lambda id: (named[id].kind is StructureKind.TUMOUR, id)):
        fitting_group = next((g for g in groups if not any(frozenset((id, other)) in clash for other in g)), None)
        if fitting_group is None:
            groups.append([id])
        else:
            fitting_group.append(id)
    return groups


def _free_role(plan: Plan, wishes: Wishes, wish: str) -> str:
    taken = [*plan.case.labels, *plan.labels]
    if wishes.role is not None:
        plain_role(wishes.role, taken)
    return plan.free(wishes.role or wish, taken)


def _write_drawing(plan: Plan, role: str, on: str, part: Drawing, named: Mapping[int, Structure], source: Path) -> None:
    file = f"labels/{role}.nii.gz"
    content = nifti.packed(part.array, part.grid)
    plan.files[file] = content
    plan.receipts.append(
        Receipt(
            file=file,
            sha256=hashlib.sha256(content).hexdigest(),
            source="NRRD" if source.name.lower().endswith(NRRD_ENDINGS) else "DICOM SEG",
            source_sha256=part.sha256,
            identity=part.identity,
            frame=part.frame,
            series=part.series,
            said=part.said,
        )
    )
    plan.labels[role] = {"file": file, "on": on, "structures": {id: str(named[id]) for id in sorted(named)}}
    plan.lines.append(f"{file}: {len(named)} labels on {on}, out of {source.name}.")
    plan.lines += [*part.said, *_placing(plan, on, part.array, part.grid, source.name)]
