"""How much tumour something holds, and between what it lies when the surfaces move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.regions import GAINED, HOST, LOST, TAKEN


@dataclass(frozen=True, kw_only=True)
class Amount:
    """Tumour in one place, cc; ``low`` and ``high`` are what it becomes when its surface moves by its stated error.

    ``bone`` is the bone of the place, cc; 0 for a place that is not bone.
    """

    cc: float
    low: float
    high: float
    bone: float = 0.0

    @property
    def percents(self) -> tuple[float, float, float]:
        """The share of the bone that is tumour, per cent, and its interval; nothing of no bone."""
        scale = 100.0 / self.bone if self.bone > 0.0 else 0.0
        return self.cc * scale, self.low * scale, self.high * scale

    def is_at_least(self, cc: float) -> bool:
        """Whether it reaches a volume as it is labelled."""
        return self.cc >= cc

    def is_open(self, cc: float) -> bool:
        """Whether the error of the surfaces decides if it reaches a volume."""
        return self.low < cc <= self.high


def amount(counts: NDArray[np.float64], voxel_cc: float, shift: float, *, in_bone: bool) -> Amount:
    """From the amounts of the kernel `regions.tallied`, in voxels, shape (4,).

    ``shift`` is how far a surface may move, in voxels. What it gains is as much as it loses where the surface of the
    bone itself moves with it, even if no voxel of that bone is left to gain; but no more tumour than there is bone.

    Examples
    --------
    >>> amount(np.array([10.0, 4.0, 4.0, 20.0]), 1.0, 0.5, in_bone=True)
    Amount(cc=4.0, low=2.0, high=10.0, bone=10.0)
    """
    bone, taken, lost, gained = (float(counts[number]) * voxel_cc for number in (HOST, TAKEN, LOST, GAINED))
    high = taken + shift * max(lost, gained)
    return Amount(
        cc=taken, low=max(0.0, taken - shift * lost), high=max(taken, min(high, bone) if in_bone else high), bone=bone
    )


def together(amounts: Iterable[Amount]) -> Amount:
    """The sum of several."""
    held = list(amounts)
    cc, low, high, bone = (sum(getattr(one, name) for one in held) for name in ("cc", "low", "high", "bone"))
    return Amount(cc=cc, low=low, high=high, bone=bone)
