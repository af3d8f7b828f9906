"""TotalSegmentator, SPINEPS and TotalSpineSeg behind our protocol: each in its own environment, as a sub-process.

Command lines and files as read from the packages themselves: TotalSegmentator 2.18.0 (``bin/TotalSegmentator.py``,
``nnunet.py``; ``--ml`` since 1.x), SPINEPS 2.1.3 (``entrypoint.py``, ``seg_run.py``; the short options are those of
1.x too), TotalSpineSeg 20260807 (``inference.py``). None of them is a part of enbloc, and none is required.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from enbloc.case.anatomy import StructureKind
from enbloc.case.image import Volume
from enbloc.case.origin import Modality
from enbloc.errors import BackendError, RecordError
from enbloc.exchange import nifti
from enbloc.exchange.images import listed, present_ids
from enbloc.exchange.outside import Limits, Program, found, run, stated_version
from enbloc.exchange.schemes import scheme
from enbloc.measure.segmenting.protocol import Segmented
from enbloc.value import value

CT, MR = Modality.CT, Modality.MR
COLUMN = frozenset(
    {StructureKind.VERTEBRA, StructureKind.DISC, StructureKind.SACRUM, StructureKind.CORD, StructureKind.CANAL}
)


@value
class Made:
    """A file that a tool leaves behind: where, what it is called in a case, and how it is numbered."""

    role: str
    pattern: str
    scheme: str


@dataclass(frozen=True, kw_only=True)
class Outside(ABC):
    """What the three have in common: a NIfTI file in, label maps on its grid out, everything else thrown away."""

    executable: str | None = None
    limits: Limits = field(default_factory=Limits)

    name: ClassVar[str]
    program: ClassVar[Program]
    offers: ClassVar[frozenset[StructureKind]]
    reads: ClassVar[frozenset[Modality]]
    caution: ClassVar[str] = ""

    def version(self) -> str:
        """The installed version."""
        return stated_version(self.program, found(self.program, self.executable))[0]

    def segment(self, volume: Volume, *, weighting: str = "") -> tuple[Segmented, ...]:
        """The label maps of one scan, checked: whole, on its grid, and with known numbers only.

        Raises
        ------
        BackendError
            If the tool is missing, was not made for such a scan, fails, takes too long, or hands back something else.
        """
        if volume.modality not in self.reads:
            kinds = " or ".join(sorted(kind.value for kind in self.reads))
            raise BackendError(f"{self.name} was made for {kinds}.", remedy="Choose another with --with.")
        path = found(self.program, self.executable)
        version, metadata = stated_version(self.program, path)
        by = f"{self.name} {version}, {self.weights(volume, weighting, metadata)}"
        with TemporaryDirectory(prefix="enbloc-") as place:
            folder = Path(place).resolve()
            # A name that says nothing of the patient, and that SPINEPS takes for the kind of scan that it is.
            scan = folder / f"sub-case_{_suffix(volume, weighting)}.nii.gz"
            nifti.write(scan, volume.voxels, volume.grid)
            run(self.program, path, self.arguments(scan, volume, weighting), folder, self.limits)
            return tuple(self._checked(folder, made, volume, by) for made in self.made())

    @abstractmethod
    def arguments(self, scan: Path, volume: Volume, weighting: str) -> list[str]:
        """The command line after the name of the program."""

    @abstractmethod
    def weights(self, volume: Volume, weighting: str, metadata: str) -> str:
        """Which of its models run."""

    @abstractmethod
    def made(self) -> Iterator[Made]:
        """The files that it leaves behind."""

    def _checked(self, folder: Path, made: Made, volume: Volume, by: str) -> Segmented:
        files = sorted(folder.glob(made.pattern))
        if len(files) != 1:
            raise self._useless(f"left {len(files) or 'no'} label maps ({made.role})")
        try:
            pixels = nifti.read_labels(files[0], where=made.role)
        except RecordError as fault:
            raise self._useless(f"left a file that is no label map: {fault.message.rstrip('.').lower()}") from None
        if not pixels.grid.is_same_as(volume.grid):
            raise self._useless("left labels on another grid than the scan's")
        strange = [id for id in present_ids(pixels.array) if id not in scheme(made.scheme).ids]
        if strange:
            raise self._useless(f"left numbers that {made.scheme} does not know: {listed(strange)}")
        return Segmented(role=made.role, labels=pixels.array, grid=volume.grid, scheme=made.scheme, by=by)

    def _useless(self, what: str) -> BackendError:
        return BackendError(
            f"{self.name} ended, but {what}.", remedy="Check its version, or run it by hand and import its labels."
        )


def _suffix(volume: Volume, weighting: str) -> str:
    return "ct" if volume.modality is CT else f"{weighting.upper() or 'T2'}w"


class TotalSegmentator(Outside):
    """Vertebrae, sacrum, cord, ribs, aorta, vena cava and liver on CT; one file of all labels."""

    name = "TotalSegmentator"
    program = Program(
        name="TotalSegmentator",
        command="TotalSegmentator",
        package="totalsegmentator",
        install="python -m venv ts && ts/bin/pip install TotalSegmentator",
        settings=("TOTALSEG_HOME_DIR", "TOTALSEG_WEIGHTS_PATH"),
    )
    offers = frozenset(
        {
            StructureKind.VERTEBRA,
            StructureKind.SACRUM,
            StructureKind.CORD,
            StructureKind.RIB,
            StructureKind.AORTA,
            StructureKind.VENA_CAVA,
            StructureKind.LIVER,
        }
    )
    reads = frozenset({CT})
    caution = (
        "TotalSegmentator reports its own use to its makers unless send_usage_stats is false in its config.json; "
        "it labels no canal, no thirteenth thoracic and no sixth lumbar vertebra."
    )

    def arguments(self, scan: Path, volume: Volume, weighting: str) -> list[str]:
        return ["-i", str(scan), "-o", str(scan.with_name("labels.nii.gz")), "--ml", "--task", "total"]

    def weights(self, volume: Volume, weighting: str, metadata: str) -> str:
        return "task total"

    def made(self) -> Iterator[Made]:
        yield Made(role="anatomy", pattern="labels.nii.gz", scheme="totalsegmentator-v2")


class Spineps(Outside):
    """Vertebrae with discs and endplates in one file, sub-regions, cord and canal in another; MR, CT since 2.0."""

    name = "SPINEPS"
    program = Program(
        name="SPINEPS",
        command="spineps",
        package="spineps",
        install="python -m venv sp && sp/bin/pip install spineps",
        settings=("SPINEPS_SEGMENTOR_MODELS",),
    )
    offers = COLUMN | {
        StructureKind.BODY,
        StructureKind.ARCH,
        StructureKind.SPINOUS_PROCESS,
        StructureKind.TRANSVERSE_PROCESS,
        StructureKind.UPPER_ARTICULAR_PROCESS,
        StructureKind.LOWER_ARTICULAR_PROCESS,
    }
    reads = frozenset({CT, MR})

    def arguments(self, scan: Path, volume: Volume, weighting: str) -> list[str]:
        semantic, instance, labelling = self._models(volume, weighting)
        return ["sample", "-i", str(scan), "-ms", semantic, "-mv", instance, "-ml", labelling]

    def weights(self, volume: Volume, weighting: str, metadata: str) -> str:
        return f"models {', '.join(self._models(volume, weighting))}"

    def made(self) -> Iterator[Made]:
        yield Made(role="vertebrae", pattern="derivatives_seg/**/*_seg-vert_*msk.nii.gz", scheme="spineps")
        yield Made(role="parts", pattern="derivatives_seg/**/*_seg-spine_*msk.nii.gz", scheme="spineps")

    @staticmethod
    def _models(volume: Volume, weighting: str) -> tuple[str, str, str]:
        if volume.modality is CT:
            return ("ct", "ct_instance", "ct_labeling")
        if weighting not in ("t1", "t2"):
            raise BackendError(
                "SPINEPS has one model for T1 and one for T2, and it is not known which this is.",
                remedy="Call the image t1 or t2 in case.yaml.",
            )
        return (f"{weighting}w", "instance", "t2w_labeling")


class TotalSpineSeg(Outside):
    """Vertebrae, discs, sacrum, cord and canal on MR; one file of all labels in the folder of its second step."""

    name = "TotalSpineSeg"
    program = Program(
        name="TotalSpineSeg",
        command="totalspineseg",
        package="totalspineseg",
        install="python -m venv tss && tss/bin/pip install 'totalspineseg[nnunetv2]'",
        settings=("TOTALSPINESEG_DATA",),
    )
    offers = COLUMN
    reads = frozenset({MR})

    def arguments(self, scan: Path, volume: Volume, weighting: str) -> list[str]:
        return [str(scan), str(scan.with_name("out"))]

    def weights(self, volume: Volume, weighting: str, metadata: str) -> str:
        release = re.search(r"step2_(r\d+)\.zip", metadata)
        return f"weights {release[1]}" if release else "weights not stated"

    def made(self) -> Iterator[Made]:
        yield Made(role="anatomy", pattern="out/step2_output/*.nii.gz", scheme="totalspineseg")


BACK_ENDS: dict[str, type[Outside]] = {
    "totalsegmentator": TotalSegmentator,
    "spineps": Spineps,
    "totalspineseg": TotalSpineSeg,
}
"""Every tool that can be named, by the word for it on the command line."""


def back_end(name: str, *, executable: str | None = None, limits: Limits | None = None) -> Outside:
    """The tool with this name.

    Raises
    ------
    BackendError
        If there is none.

    Examples
    --------
    >>> back_end("spineps").name
    'SPINEPS'
    """
    if name not in BACK_ENDS:
        raise BackendError(f"There is no segmenter {name!r}.", remedy=f"Choose one of: {', '.join(BACK_ENDS)}.")
    return BACK_ENDS[name](executable=executable, limits=limits or Limits())
