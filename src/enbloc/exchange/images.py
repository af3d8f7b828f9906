"""All scans and label maps of one case folder, loaded into one patient frame; and written back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import StructureKind
from enbloc.case.case import Case, ImageFile, LabelFile
from enbloc.case.image import Grid, Images, LabelMap, Unused, Volume
from enbloc.errors import FaultsError, IdentityError, RecordError
from enbloc.exchange import nifti
from enbloc.exchange.apart import sorted_out
from enbloc.exchange.case_file import NAME
from enbloc.exchange.identity import fingerprint
from enbloc.exchange.label_file import belongs, drawing_of, left_over, receipt_for, remarks
from enbloc.exchange.output import MARKER
from enbloc.exchange.placing import placed
from enbloc.exchange.receipt import Receipt, beside, receipt_of, short_hash
from enbloc.exchange.schemes import Scheme
from enbloc.exchange.sides import sides_held

TRUTH = "painted.json"
"""What is exactly true of a painted lesion; ours, but no part of the record."""


class Reading:
    """One pass over the images of a case: it goes on after a fault, and keeps what was said and left out."""

    def __init__(self, folder: Path, case: Case) -> None:
        self.folder = folder
        self.case = case
        self.volumes: dict[str, Volume] = {}
        self.labels: dict[str, LabelMap] = {}
        self.said: list[str] = []
        self.unused: list[Unused] = []
        self.faults: list[RecordError] = []
        self.receipts: list[Receipt] = []
        self.frames: dict[str, str] = {}  # the frame of reference of each scan, by role; empty if not stated

    def run(self, *, needs_tumour: bool) -> None:
        """Read everything that can be read."""
        for role, scan in self.case.images.items():
            self._try(partial(self._scan, role, scan))
        self._try(lambda: one_patient(self.receipts))
        for role, drawn in self.case.labels.items():
            self._try(partial(self._label_map, role, drawn))
        if needs_tumour and not self.faults:
            self._try(self._has_what_it_needs)
        self.unused += _unnamed(self.folder, self.case)

    def _try(self, step: Callable[[], None]) -> None:
        try:
            step()
        except FaultsError as several:
            self.faults += several.faults
        except RecordError as fault:
            self.faults.append(fault)

    def _scan(self, role: str, scan: ImageFile) -> None:
        path = inside(self.folder, scan.file)
        if path.is_dir() or path.suffix.lower() == ".zip":
            volume, receipt = self._series(path, scan)
        else:
            volume, receipt = self._nifti(path, scan)
        self.receipts.append(receipt)
        self.volumes[role], self.frames[role] = volume, receipt.frame

    def _nifti(self, path: Path, scan: ImageFile) -> tuple[Volume, Receipt]:
        pixels = nifti.read_scan(path, scan.modality, where=scan.file)
        receipt = receipt_of(self.folder, scan.file)
        self.said += pixels.said
        if receipt is not None and receipt.sha256 != pixels.sha256:
            self.said.append(f"{scan.file}: changed since it was imported; its receipt no longer holds.")
            receipt = None
        if receipt is None or not receipt.identity:
            self.said.append(f"{scan.file}: names no patient; that it is this one was not checked.")
        made = receipt or Receipt(file=scan.file, sha256=pixels.sha256, source="NIfTI", source_sha256=pixels.sha256)
        return _volume(pixels.array, pixels.grid, scan, pixels.sha256), made

    def _series(self, path: Path, scan: ImageFile) -> tuple[Volume, Receipt]:
        from enbloc.exchange import dicom

        stack = dicom.read_series(path, where=scan.file, salt=self.case.id)
        if stack.modality is not scan.modality:
            raise RecordError(
                f"It is {stack.modality.value}, the record says {scan.modality.value}.",
                remedy=f"Correct it in {NAME}.",
                where=scan.file,
            )
        self.said += stack.said
        self.unused += stack.unused
        if not stack.owner.is_named:
            self.said.append(f"{scan.file}: names no patient; that it is this one was not checked.")
        if scan.date and stack.taken and scan.date != stack.taken:
            self.said.append(f"{scan.file}: its header says {stack.taken}, the record {scan.date}; the record holds.")
        receipt = Receipt(
            file=scan.file,
            sha256=stack.sha256,
            source="DICOM",
            source_sha256=stack.sha256,
            slices=stack.slices,
            identity=fingerprint(stack.owner),
            frame=short_hash(stack.frame),
            series=short_hash(stack.series),
        )
        volume = _volume(stack.array, stack.grid, scan, stack.sha256, stack.taken)
        told = stack.exposure
        contrast = told.contrast if scan.contrast is None else scan.contrast
        return replace(volume, has_contrast=contrast, tube_kv=scan.tube_kv or told.tube_kv), receipt

    def _label_map(self, role: str, drawn: LabelFile) -> None:
        pixels, known = drawing_of(inside(self.folder, drawn.file), drawn, salt=self.case.id)
        source = receipt_for(self.receipts, self.case.images[drawn.on].file)
        belongs(pixels, source, where=drawn.file)
        names = self._named(pixels.array, known, drawn)
        volume = self.volumes.get(drawn.on)
        if volume is None:
            return  # its image could not be read, which was said already
        array, done = placed(pixels.array, pixels.grid, volume.grid, where=drawn.file, image=volume.document)
        self.said += [*pixels.said, *remarks(pixels, known, source, where=drawn.file), *([done] if done else [])]
        self.unused += left_over(pixels, drawn, self.case.labels.values())
        made = LabelMap(
            labels=array,
            grid=volume.grid,
            names=names,
            on=drawn.on,
            sha256=pixels.sha256,
            document=drawn.file,
        )
        self.said += sides_held(made)
        self.labels[role] = made

    def _named(self, array: NDArray[Any], known: Scheme, drawn: LabelFile) -> Mapping[int, Any]:
        present = present_ids(array)
        strange = [id for id in present if id not in known.ids]
        if strange:
            raise RecordError(
                f"It holds unknown ids: {listed(strange)}.",
                remedy="Name them under 'structures', or give the scheme that the map was made with.",
                where=drawn.file,
            )
        lesions = {lesion.id for lesion in self.case.lesions}
        for id in present:
            named = known.structures.get(id)
            if named is not None and named.lesion and named.lesion not in lesions:
                raise RecordError(
                    f"Id {id} is {named}, and the case has no lesion {named.lesion}.",
                    remedy=f"Add it under 'lesions' in {NAME}.",
                    where=drawn.file,
                )
        words = [f"{known.words[id]} ({id})" for id in present if id in known.words]
        if words:
            self.unused.append(Unused(what=f"{drawn.file}: {', '.join(words)}", why="enbloc has no such structure"))
        return {id: known.structures[id] for id in present if id in known.structures}

    def _has_what_it_needs(self) -> None:
        missing = lacking(self.case, self.images)
        if missing is not None:
            raise missing

    @property
    def images(self) -> Images:
        """Everything that was read: what lies in the main frame, and the other examinations apart."""
        found = sorted_out(self.case, self.volumes, self.labels, self.frames)
        return replace(found, said=(*self.said, *found.said), unused=tuple(self.unused))


def lacking(case: Case, images: Images) -> RecordError | None:
    """What a work-up still needs of a case in which nothing is wrong; nothing if it can be worked up."""
    if not case.images:  # then it is scored from what people wrote alone
        what = RecordError("It names neither an image nor a lesion.", remedy="Add one of them.", where=NAME)
        return None if case.lesions else what
    if not images.volumes:
        earlier = "Every image is marked as earlier."
        return RecordError(earlier, remedy="Leave 'earlier' out of those to be staged from.", where=NAME)
    current = [one for role, one in images.apart.items() if not case.images[role].earlier]
    if any(one.present(StructureKind.TUMOUR) for one in (images, *current)):
        return None
    return RecordError(
        "No label map names a tumour.",
        remedy="Add one with 'structures: {1: tumour A}' under 'labels'.",
        where=NAME,
    )


def read_images(path: Path, case: Case, *, needs_tumour: bool = True) -> Images:
    """All scans and label maps of the case folder, in one patient frame (LPS mm).

    A scan in another frame of reference or of an earlier day stands in ``Images.apart``, with its label maps.
    ``Images.said`` tells what was done to them on the way, ``Images.unused`` what was left out and why.

    Raises
    ------
    FaultsError
        If any of them cannot be used, with every fault.
    """
    reading = Reading(path, case)
    reading.run(needs_tumour=needs_tumour)
    if reading.faults:
        raise FaultsError(reading.faults)
    return reading.images


def image_faults(path: Path, case: Case) -> tuple[RecordError, ...]:
    """Everything that is wrong with the images of a case folder."""
    reading = Reading(path, case)
    reading.run(needs_tumour=bool(case.lesions))
    return tuple(reading.faults)


def write_images(path: Path, case: Case, images: Images) -> None:
    """Write the loaded images into the case folder, as its record names them; an earlier examination's too.

    One in another frame of reference is refused: a NIfTI file does not say which frame it lies in.

    Raises
    ------
    RecordError
        If the record names an image that is not loaded, or in a format that is not written (only ``.nii.gz`` is).
    """
    kept = [images, *(one for role, one in images.apart.items() if case.images[role].earlier)]
    volumes = {role: volume for one in kept for role, volume in one.volumes.items()}
    labels = {role: drawn for one in kept for role, drawn in one.labels.items()}
    for role, scan in case.images.items():
        _written(path, scan.file, volumes.get(role))
    for role, map_file in case.labels.items():
        _written(path, map_file.file, labels.get(role))


def _written(path: Path, file: str, image: Volume | LabelMap | None) -> None:
    if image is None or not file.endswith(".nii.gz"):
        raise RecordError("It cannot be written.", remedy="Name a loaded image as .nii.gz.", where=file)
    target = path / _relative(file)
    target.parent.mkdir(parents=True, exist_ok=True)
    array = image.voxels if isinstance(image, Volume) else image.labels
    nifti.write(target, array, image.grid)


def one_patient(receipts: Sequence[Receipt]) -> None:
    """Refuse images of more than one patient; an image that names nobody agrees with all.

    Raises
    ------
    IdentityError
        If the receipts differ, naming a file of each.
    """
    owners: dict[str, str] = {}
    for receipt in receipts:
        if receipt.identity:
            owners.setdefault(receipt.identity, receipt.file)
    if len(owners) > 1:
        raise IdentityError(
            f"Images of {len(owners)} patients stand in this case: {', '.join(sorted(owners.values()))}.",
            remedy="Keep those of one.",
            where=NAME,
        )


def _volume(array: NDArray[Any], grid: Grid, scan: ImageFile, sha256: str, taken: date | None = None) -> Volume:
    return Volume(
        voxels=array,
        grid=grid,
        modality=scan.modality,
        taken=scan.date or taken,
        tube_kv=scan.tube_kv,
        has_contrast=scan.contrast,
        sha256=sha256,
        document=scan.file,
    )


def present_ids(labels: NDArray[Any]) -> tuple[int, ...]:
    """The label ids that are set anywhere, ascending; counted slice by slice to stay within memory."""
    seen = np.zeros(256 if labels.dtype == np.uint8 else 65536, dtype=np.int64)
    for page in labels:
        seen += np.bincount(page.ravel(), minlength=seen.size)
    return tuple(int(id) for id in np.flatnonzero(seen) if id)


def inside(folder: Path, file: str) -> Path:
    """The file of a case folder with this name, which may not lie outside of it.

    Raises
    ------
    RecordError
        If the name leads out of the folder, or nothing is there.
    """
    path = folder / _relative(file)
    try:
        found = path.exists()
    except OSError:
        raise RecordError("It may not be read.", remedy="Allow it to be read.", where=file) from None
    if not found:
        raise RecordError("There is no such file.", remedy=f"Check its name in {NAME}.", where=file)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise RecordError("It leads out of the case folder.", remedy="Copy the file into the folder.", where=file)
    return path


def _relative(file: str) -> PurePosixPath:
    path = PurePosixPath(file)
    if not file or path.is_absolute() or ".." in path.parts or "\\" in file or ":" in file or "\0" in file:
        raise RecordError(
            "A file of a case is named from the case folder.",
            remedy="Write for example images/ct.nii.gz.",
            where=NAME,
        )
    return path


def _unnamed(folder: Path, case: Case) -> Iterator[Unused]:
    """The files in the folder that the record does not name."""
    files = [scan.file for scan in case.images.values()] + [drawn.file for drawn in case.labels.values()]
    named = [PurePosixPath(each) for file in files for each in (file, beside(file))]
    for path in sorted(folder.rglob("*")):
        file = PurePosixPath(path.relative_to(folder).as_posix())
        if path.is_dir() or str(file) in (NAME, MARKER, TRUTH):
            continue
        if not any(file == each or each in file.parents for each in named):
            yield Unused(what=str(file), why=f"{NAME} does not name it")


def listed(ids: Sequence[int]) -> str:
    """The first ids in words, and how many more there are."""
    shown = ", ".join(str(id) for id in ids[:8])
    return shown + (f" and {len(ids) - 8} more" if len(ids) > 8 else "")
