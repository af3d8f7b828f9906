"""The question that we put to any segmentation tool, and what it hands back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

from enbloc.case.anatomy import StructureKind
from enbloc.case.image import Grid, Volume
from enbloc.case.origin import Modality
from enbloc.errors import BackendError


@dataclass(frozen=True, eq=False, kw_only=True)
class Segmented:
    """One label map as a tool drew it: ``labels`` (uint8 or uint16) on ``grid``, numbered as ``scheme`` says.

    ``role`` is what the map is called in a case (``vertebrae``). ``by`` names tool, version and weights. Nobody has
    confirmed it (hazard H27).
    """

    role: str
    labels: NDArray[Any]
    grid: Grid
    scheme: str
    by: str


class Segmenter(Protocol):
    """A tool that labels anatomy, wherever it runs.

    Contract: every map that ``segment`` hands back lies on a grid in the patient frame of ``volume`` and holds no
    number that its scheme does not know; one call either gives all maps or raises. A tool never confirms its labels.
    """

    @property
    def name(self) -> str:
        """How it is called on the command line."""

    @property
    def offers(self) -> frozenset[StructureKind]:
        """The kinds of structure that it labels."""

    @property
    def reads(self) -> frozenset[Modality]:
        """The kinds of scan that it was made for."""

    def version(self) -> str:
        """The version that would run, or ``"version not stated"``."""

    def segment(self, volume: Volume, *, weighting: str = "") -> tuple[Segmented, ...]:
        """The label maps of one scan; ``weighting`` is ``t1`` or ``t2`` for MR where it is known.

        Raises
        ------
        BackendError
            If the tool is missing, fails, takes too long, or hands back something that cannot be used.
        """


def choose(segmenters: Iterable[Segmenter], kind: StructureKind, modality: Modality) -> Segmenter:
    """The first segmenter that labels ``kind`` on such a scan, in the order of preference.

    Raises
    ------
    BackendError
        If none does, with those that there are.
    """
    offered = list(segmenters)
    for segmenter in offered:
        if kind in segmenter.offers and modality in segmenter.reads:
            return segmenter
    names = ", ".join(segmenter.name for segmenter in offered) or "none"
    raise BackendError(
        f"No segmenter labels {kind.value} on {modality.value} (there are: {names}).",
        remedy="Supply a label map with 'enbloc import'.",
    )
