"""Labels that a tool drew, into a case folder: the anatomy by a segmenter, a tumour by a few strokes. Unconfirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc import __version__
from enbloc.case.anatomy import tumour
from enbloc.case.case import Case
from enbloc.case.geometry import Triple
from enbloc.case.image import Grid, Volume
from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.exchange import nifti
from enbloc.exchange.addition import Plan, added, plain_role
from enbloc.exchange.case_file import NAME, case_from, content_of, read_yaml
from enbloc.exchange.images import read_images
from enbloc.exchange.receipt import Receipt
from enbloc.exchange.segmenters import Outside, back_end
from enbloc.measure.segmenting.tool import Stroke, Strokes, outlined
from enbloc.value import value

UNCONFIRMED = "Nobody has confirmed these labels: look at them before you rely on them."
LARGEST_STROKES_BYTES = 1_000_000
_WEIGHTINGS = {"t1": ("t1",), "t2": ("t2", "stir")}


@value
class Seeds:
    """What a person drew to outline one tumour: the lesion's id, the image, and strokes in patient LPS millimetres.

    The fields after ``on`` are those of :class:`enbloc.measure.segmenting.tool.Strokes`.
    """

    lesion: str = "A"
    on: str | None = None
    tumour: tuple[Stroke, ...] = ()
    background: tuple[Stroke, ...] = ()
    low_mm: Triple | None = None
    high_mm: Triple | None = None

    @property
    def strokes(self) -> Strokes:
        """The strokes themselves."""
        return Strokes(tumour=self.tumour, background=self.background, low_mm=self.low_mm, high_mm=self.high_mm)


def segmented(
    case: Path,
    *,
    by: str,
    on: str | None = None,
    executable: str | None = None,
    said: Callable[[str], None] | None = None,
) -> tuple[str, ...]:
    """Label an image of the case folder with an outside tool and name the label maps in its record; what was done.

    ``by`` is ``totalsegmentator``, ``spineps`` or ``totalspineseg``; ``on`` the role of the image, left out where only
    one is of the kind that the tool reads; ``executable`` its program if that is not on the search path. ``said`` is
    told what is about to run, for it may take many minutes. The labels are never confirmed by this (hazard H27), and
    earlier confirmations are void, since there are labels that they did not see.

    Raises
    ------
    BackendError
        If the tool is missing, fails, takes too long or hands back something that cannot be used.
    RecordError
        If the case cannot be read, or it is not clear which image is meant.
    OutputError
        If the case folder cannot be written. In every case the folder is then as it was.
    """
    content = content_of(case)
    record = case_from(content)
    tool = back_end(by, executable=executable)
    role = on if on is not None else _only(record, tool)
    volume = _volume(case, record, role)
    if said is not None:
        said(f"{tool.name} {tool.version()} labels {role}; this can take many minutes.")
    plan = Plan(case, record)
    for each in tool.segment(volume, weighting=_weighting(role)):
        name = plan.free(each.role, [*record.labels, *plan.labels])
        _draw(plan, name, each.labels, each.grid, {"on": role, "scheme": each.scheme}, by=each.by, source=volume.sha256)
        plan.lines.append(f"labels/{name}.nii.gz: drawn on {role} by {each.by}.")
    plan.lines += [line for line in (tool.caution, UNCONFIRMED) if line]
    return added(plan, content)


def outlined_case(case: Path, seeds_file: Path) -> tuple[str, ...]:
    """Outline a tumour from the strokes in ``seeds_file`` (YAML) and name its label map in the record; what was done.

    The map is ``labels/tumour-ID.nii.gz``; a lesion that the record does not have yet is added.

    Raises
    ------
    RecordError
        If the case or the strokes cannot be read, or the tumour has a label already.
    OutputError
        If the case folder cannot be written. In every case the folder is then as it was.
    """
    content = content_of(case)
    record = case_from(content)
    seeds, sha256 = _seeds(seeds_file)
    named = str(tumour(seeds.lesion))
    if any(named in drawn.structures.values() for drawn in record.labels.values()):
        raise RecordError(
            f"The case already has a label of {named}.", remedy="Take it out of the record first.", where=NAME
        )
    role = seeds.on if seeds.on is not None else _first(record)
    volume = _volume(case, record, role)
    try:
        found = outlined(volume, seeds.strokes)
    except RecordError as fault:
        raise RecordError(fault.message, remedy=fault.remedy, where=seeds_file.name) from None
    labels = np.zeros(volume.grid.shape, dtype=np.uint8)
    labels[found.box] = found.mask
    plan = Plan(case, record)
    plan.wants_lesion(seeds.lesion)
    name = f"tumour-{seeds.lesion}"
    plain_role(name, list(record.labels))
    by = f"enbloc {__version__}, outlined from strokes"
    entry = {"on": role, "structures": {1: named}}
    _draw(plan, name, labels, volume.grid, entry, by=by, source=sha256, said=found.notes)
    plan.lines.append(f"labels/{name}.nii.gz: {found.volume_cc:.1f} cc on {role}, outlined by a tool from strokes.")
    plan.lines += [*found.notes, UNCONFIRMED]
    return added(plan, content)


def _draw(
    plan: Plan,
    name: str,
    labels: NDArray[Any],
    grid: Grid,
    entry: dict[str, Any],
    *,
    by: str,
    source: str,
    said: tuple[str, ...] = (),
) -> None:
    """Plan for one label map with its receipt, which names the tool, its version and weights."""
    file = f"labels/{name}.nii.gz"
    packed = nifti.packed(labels, grid)
    plan.files[file] = packed
    plan.receipts.append(
        Receipt(file=file, sha256=hashlib.sha256(packed).hexdigest(), source=by, source_sha256=source, said=said)
    )
    plan.labels[name] = {"file": file, **entry}


def _volume(folder: Path, record: Case, role: str) -> Volume:
    if role not in record.images:
        raise RecordError(
            f"The case has no image {role}.", remedy=f"Images are: {', '.join(record.images) or 'none'}.", where=NAME
        )
    alone = replace(record, images={role: record.images[role]}, labels={})
    return read_images(folder, alone, needs_tumour=False).volumes[role]


def _only(record: Case, tool: Outside) -> str:
    """The one current image that the tool reads."""
    fitting = [role for role, scan in record.images.items() if scan.modality in tool.reads and not scan.earlier]
    if len(fitting) != 1:
        have = ", ".join(fitting) or f"none of {' or '.join(sorted(kind.value for kind in tool.reads))}"
        raise RecordError(
            f"It is not clear which image {tool.name} shall label.",
            remedy=f"Say it with --on; there is {have}.",
            where=NAME,
        )
    return fitting[0]


def _first(record: Case) -> str:
    """The image that strokes are on where they do not say it: the first current CT, else the first image."""
    current = {role: scan for role, scan in record.images.items() if not scan.earlier}
    of_ct = [role for role, scan in current.items() if scan.modality is Modality.CT]
    if not current:
        raise RecordError("The case has no image.", remedy="Import one.", where=NAME)
    return (of_ct or list(current))[0]


def _weighting(role: str) -> str:
    """T1 or T2, as the role says: ``mr-t2``; empty if it does not."""
    parts = role.lower().replace("_", "-").split("-")
    return next((kind for kind, words in _WEIGHTINGS.items() if any(part in words for part in parts)), "")


def _seeds(file: Path) -> tuple[Seeds, str]:
    try:
        if file.stat().st_size > LARGEST_STROKES_BYTES:
            raise RecordError("It is too large for strokes.", remedy="Check which file this is.", where=file.name)
        content = file.read_bytes()
    except OSError:
        raise RecordError("There is no such file.", remedy="Check its name.", where=file.name) from None
    return read_yaml(content, Seeds, name=file.name), hashlib.sha256(content).hexdigest()
