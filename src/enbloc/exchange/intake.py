"""Scans and label maps into a case folder: checked first, then copied or converted, then written into the record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml.comments import CommentedMap

from enbloc.case.anatomy import tumour as tumour_of
from enbloc.case.case import Case
from enbloc.case.image import Grid
from enbloc.case.lesion import Lesion
from enbloc.case.origin import Modality
from enbloc.errors import OutputError, RecordError
from enbloc.exchange import dicom, nifti
from enbloc.exchange.case_file import NAME, amended, case_from, content_of
from enbloc.exchange.identity import fingerprint
from enbloc.exchange.images import inside, listed, one_patient, present_ids
from enbloc.exchange.placing import placed
from enbloc.exchange.receipt import Receipt, beside, receipt_of, text_of
from enbloc.exchange.schemes import fitting, meaning
from enbloc.value import value

AIR_HU = -200
"""A scan with values below this is a CT: no MR is negative to that extent."""
MOST_LABELS = 200
"""An image with more different values than this is a scan."""
_MR_ROLES = ("mr", "t1", "t2", "stir", "flair", "pd")


@value
class Wishes:
    """What the person said about the sources."""

    role: str | None = None
    scheme: str | None = None
    on: str | None = None
    tumour: str | None = None


class Plan:
    """What an import will write: files, receipts and lines of the record. Nothing is written before all is known."""

    def __init__(self, folder: Path, case: Case) -> None:
        self.folder = folder
        self.case = case
        self.images: dict[str, dict[str, Any]] = {}
        self.labels: dict[str, dict[str, Any]] = {}
        self.lesions: list[str] = []
        self.grids: dict[str, Grid] = {}
        self.files: dict[str, bytes] = {}
        self.receipts: list[Receipt] = []
        self.lines: list[str] = []

    @property
    def roles(self) -> list[str]:
        """Every image of the case, those of this import included."""
        return [*self.case.images, *self.images]

    def free(self, wish: str, taken: Sequence[str]) -> str:
        """A role that is not yet taken: ``ct``, ``ct2`` …"""
        names = [wish, *(f"{wish}{count}" for count in range(2, 100))]
        return next(name for name in names if name not in taken)


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
        _take_map(plan, source, wishes)
    one_patient([*_known_receipts(plan), *plan.receipts])
    record = amended(content, lambda blocks: _name(blocks, plan))
    case_from(record.encode())
    _write(plan, record)
    return tuple(plan.lines)


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
    if not source.name.lower().endswith((".nii", ".nii.gz")):
        raise RecordError(
            "It is neither a DICOM folder or zip nor NIfTI.", remedy="Give one of these.", where=source.name
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
            frame=hashlib.sha256(stack.frame.encode()).hexdigest()[:16] if stack.frame else "",
            said=stack.said,
        )
    )
    plan.grids[role] = stack.grid
    plan.images[role] = {"file": file, "modality": stack.modality.value}
    if stack.taken is not None:
        plan.images[role]["date"] = stack.taken
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
    _plain_role(wishes.role, plan.roles)
    return wishes.role


def _plain_role(role: str, taken: Sequence[str]) -> None:
    if not role.replace("-", "").replace("_", "").isalnum() or not role.isascii():
        raise RecordError("A role is one plain word.", remedy="Call it for example ct or mr-t2.")
    if role in taken:
        raise RecordError(f"The case already has {role}.", remedy="Choose another name with --role.", where=NAME)


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


# --- label maps -------------------------------------------------------------------------------------------------------


def _take_map(plan: Plan, source: Path, wishes: Wishes) -> None:
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
        _plain_role(wishes.role, taken)
    role = plan.free(wishes.role or wish, taken)
    suffix = ".nii.gz" if source.name.lower().endswith(".gz") else ".nii"
    file = f"labels/{role}{suffix}"
    plan.files[file] = source.read_bytes()
    plan.labels[role] = {"file": file, **entry}
    plan.lines.append(f"{file}: {len(ids)} labels on {entry['on']}, a copy of {source.name}.")
    plan.lines += [*pixels.said, *_placing(plan, entry["on"], pixels, source.name)]


def _placing(plan: Plan, on: str, pixels: nifti.Pixels, where: str) -> tuple[str, ...]:
    """What will be done to bring a map onto its image; refused here already if nothing can."""
    scan = plan.case.images.get(on)
    grid = plan.grids.get(on)
    if grid is None and scan is not None and scan.file.endswith((".nii", ".nii.gz")):
        grid = nifti.grid_of(inside(plan.folder, scan.file), where=scan.file)
    if grid is None:
        return ()
    _, done = placed(pixels.array, pixels.grid, grid, where=where, image=on)
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
    Lesion(id=lesion)
    if lesion not in [each.id for each in plan.case.lesions] and lesion not in plan.lesions:
        plan.lesions.append(lesion)
        plan.lines.append(f"{NAME}: lesion {lesion} was added; fill in what is known of it.")
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


# --- writing ----------------------------------------------------------------------------------------------------------


def _name(blocks: Any, plan: Plan) -> None:
    for key, entries in (("images", plan.images), ("labels", plan.labels)):
        if not entries:
            continue
        if not isinstance(blocks.get(key), dict):
            blocks[key] = CommentedMap()
        blocks[key].fa.set_block_style()
        for role, entry in entries.items():
            blocks[key][role] = _on_one_line(entry)
    if plan.lesions:
        if not isinstance(blocks.get("lesions"), list):
            blocks["lesions"] = []
        blocks["lesions"].extend(_on_one_line({"id": lesion}) for lesion in plan.lesions)


def _on_one_line(entry: dict[str, Any]) -> CommentedMap:
    made = CommentedMap({key: _on_one_line(item) if isinstance(item, dict) else item for key, item in entry.items()})
    made.fa.set_flow_style()
    return made


def _write(plan: Plan, record: str) -> None:
    """Files first, each whole under a name of the draft and then its own, the record last; on a fault all go again.

    A killed import leaves no half file under a name that means something, and the next one goes on from there.
    """
    texts = {beside(receipt.file): text_of(receipt).encode() for receipt in plan.receipts}
    with _all_or_nothing() as made:
        for file, content in {**plan.files, **texts}.items():
            target = plan.folder / file
            if target.exists() and not _holds(target, content):
                raise OutputError("There is a file of that name.", remedy="Choose another --role.", where=file)
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                made.append(target)
                _placed(target, content, made)
        _placed(plan.folder / NAME, record.encode(), made)


def _placed(target: Path, content: bytes, made: list[Path]) -> None:
    draft = target.with_name(f".{target.name}.new")
    made.append(draft)
    draft.write_bytes(content)
    draft.replace(target)


def _holds(file: Path, content: bytes) -> bool:
    """Whether a file is what an import that was killed had written already."""
    return file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content


@contextmanager
def _all_or_nothing() -> Iterator[list[Path]]:
    made: list[Path] = []
    done = False
    try:
        yield made
        done = True
    except OSError as fault:
        why = fault.strerror or "the disk refused"
        raise OutputError(
            f"The case folder cannot be written ({why}).", remedy="Check the folder and the disk.", where=NAME
        ) from fault
    finally:
        for file in made if not done else ():
            file.unlink(missing_ok=True)
