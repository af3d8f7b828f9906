"""The one door for label maps: NIfTI, NRRD and DICOM SEG, held against the record that names them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from enbloc.case.case import LabelFile
from enbloc.case.image import Unused
from enbloc.errors import RecordError
from enbloc.exchange import nifti
from enbloc.exchange.drawing import Drawing
from enbloc.exchange.receipt import Receipt
from enbloc.exchange.schemes import Scheme, meaning

SEG_ENDINGS = (".dcm", ".seg")
NRRD_ENDINGS = (".nrrd",)


def is_seg(path: Path) -> bool:
    """Whether a file is a DICOM object, by its ending or, where it has none of ours, by its first bytes."""
    ending = path.name.lower()
    if ending.endswith((*NRRD_ENDINGS, ".nii", ".nii.gz")) or not path.is_file():
        return False
    if ending.endswith(SEG_ENDINGS):
        return True
    try:
        with path.open("rb") as file:
            return file.read(132)[128:] == b"DICM"
    except OSError:
        return False


def is_drawing(path: Path) -> bool:
    """Whether a file is a DICOM object or NRRD, so that as a label map it names its own segments.

    Examples
    --------
    >>> is_drawing(Path("T8.seg.nrrd")), is_drawing(Path("ct.nii.gz"))
    (True, False)
    """
    return path.name.lower().endswith(NRRD_ENDINGS) or is_seg(path)


def read_drawing(path: Path, *, where: str, salt: str, wanted: Collection[int] | None = None) -> Drawing:
    """The label map at ``path``: DICOM SEG, NRRD or NIfTI.

    ``wanted`` are the segments to read, by number; all if it is not given. A file of plain numbers is read whole.

    Raises
    ------
    RecordError
        If it cannot be used, in one line.
    """
    if is_seg(path):
        from enbloc.exchange.seg import read_seg  # the codes of DICOM take a while to load

        return read_seg(path, where=where, salt=salt, wanted=wanted)
    if is_drawing(path):
        from enbloc.exchange.nrrd import read_nrrd

        return read_nrrd(path, where=where, wanted=wanted)
    pixels = nifti.read_labels(path, where=where)
    return Drawing(
        array=pixels.array, grid=pixels.grid, sha256=pixels.sha256, said=pixels.said, words={}, structures={}
    )


def drawing_of(path: Path, drawn: LabelFile, *, salt: str) -> tuple[Drawing, Scheme]:
    """The label map that a record names, and what its numbers mean: the record first, the file's own words after it.

    Where the record names segments one by one, only those are read. Where it and the file call a segment differently,
    the record holds and that is said.

    Raises
    ------
    RecordError
        If the file cannot be used, or two of the segments asked for claim the same voxels.
    """
    wanted = None if drawn.scheme else tuple(drawn.structures)
    drawing = read_drawing(path, where=drawn.file, salt=salt, wanted=wanted)
    try:
        known = meaning(drawn.scheme, drawn.structures)
    except RecordError as fault:
        raise RecordError(fault.message, remedy=fault.remedy, where=drawn.file) from None
    if drawing.overlapping:
        one, other = drawing.overlapping[0]
        raise RecordError(
            f"Its segments {one} and {other} overlap, and a label map holds one label a voxel.",
            remedy="Name the file twice under 'labels', each time with one of them under 'structures'.",
            where=drawn.file,
        )
    added = {id: words for id, words in drawing.words.items() if id not in known.ids}
    return drawing, Scheme(name=known.name, structures=known.structures, words={**known.words, **added})


def remarks(drawing: Drawing, known: Scheme, image: Receipt | None, *, where: str) -> tuple[str, ...]:
    """Where the record and the file call one segment differently, and whether it was drawn on another series."""
    return elsewhere(drawing, image, where=where) + tuple(
        f"{where}: segment {id} calls itself {drawing.words[id]!r}, the record {known.structures[id]}; that holds."
        for id, named in sorted(drawing.structures.items())
        if id in known.structures and known.structures[id] != named
    )


def left_over(drawing: Drawing, drawn: LabelFile, every: Iterable[LabelFile]) -> tuple[Unused, ...]:
    """The segments of a file that no entry of the record names; told once, with the first entry of that file."""
    entries = [each for each in every if each.file == drawn.file]
    if drawn is not entries[0]:
        return ()
    named = {id for each in entries for id in each.structures}
    return tuple(
        Unused(what=f"{drawn.file}: segment {id} {label}", why="the record does not name it")
        for id, label in sorted(drawing.left.items())
        if id not in named
    )


def belongs(drawing: Drawing, image: Receipt | None, *, where: str) -> None:
    """Refuse a segmentation of another patient, or in another frame of reference, than the image it was drawn on.

    Raises
    ------
    RecordError
        If both say whose or where they are, and differ.
    """
    if image is None:
        return
    if drawing.identity and image.identity and drawing.identity != image.identity:
        raise RecordError(
            "It names another patient than its image.", remedy="Export it from this patient's series.", where=where
        )
    if drawing.frame and image.frame and drawing.frame != image.frame:
        raise RecordError(
            "It lies in another frame of reference than its image.",
            remedy="Name the image that it was drawn on, or register the two.",
            where=where,
        )


def elsewhere(drawing: Drawing, image: Receipt | None, *, where: str) -> tuple[str, ...]:
    """That a segmentation was drawn on another series of the same frame than the image, in a sentence."""
    if image is None or not drawing.series or not image.series or drawing.series == image.series:
        return ()
    return (f"{where}: drawn on another series of this frame than its image; that both show the same was not checked.",)


def receipt_for(receipts: Sequence[Receipt], file: str) -> Receipt | None:
    """The receipt of the image with this file name, if there is one."""
    return next((each for each in receipts if each.file == file), None)
