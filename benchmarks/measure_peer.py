"""The same measures written plainly with scipy and scikit-image on whole volumes, and heights by an oriented box.

The functions of the work-up's peer, timed without reading: a careful person's first script, one mask a label, library
calls, no crops and no kernels. It measures less than enbloc does.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from workup_peer import CANAL, CORD, SAC, VERTEBRAE, epidural, lesion, read, vertebra

if TYPE_CHECKING:
    from enbloc.case.anatomy import Level
    from enbloc.case.image import Images


def main() -> None:
    """Measure a case folder made by the benchmark and print what it took."""
    folder = Path(sys.argv[1])
    ct, spacing = read(folder / "images" / "ct.nii.gz")
    labels, _ = read(folder / "labels" / "anatomy.nii.gz")
    tumour = read(folder / "labels" / "tumour.nii.gz")[0] == 1
    started = time.process_time()
    canal = np.isin(labels, (CORD, SAC, CANAL))
    for number in (int(number) for number in np.unique(labels) if number in VERTEBRAE):
        vertebra(labels, number, canal, spacing)
    lesion(ct, labels, tumour, spacing)
    epidural(labels, tumour, spacing)
    print(json.dumps({"cpu_s": round(time.process_time() - started, 2)}))


def box_heights(images: Images, level: Level) -> tuple[float, float, float]:
    """Anterior, middle and posterior height by the principal axes of the body: what a covariance box gives, mm.

    The body is what lies before the canal in the patient's own axes; its heights are the extents of three slices
    along the axis that points most to the head.
    """
    from enbloc.case import anatomy

    labels = images.labels["anatomy"]
    points = labels.grid.points_mm(np.argwhere(labels.labels == labels.ids[anatomy.vertebra(level)][0]))
    canal = labels.grid.points_mm(np.argwhere(np.isin(labels.labels, (CORD, SAC, CANAL))))
    beside = canal[np.abs(canal[:, 2] - points[:, 2].mean()) < 15.0]
    body = points[points[:, 1] < beside[:, 1].min()]
    off = body - body.mean(axis=0)
    axes = np.linalg.eigh(np.cov(off.T))[1].T
    up = axes[np.argmax(np.abs(axes[:, 2]))]
    back = axes[np.argmax(np.abs(axes[:, 1]))] * np.sign(axes[np.argmax(np.abs(axes[:, 1])), 1])
    along, depth = off @ up, off @ back
    thirds = np.quantile(depth, (0.0, 1 / 3, 2 / 3, 1.0))
    heights = [float(np.ptp(along[(depth >= low) & (depth <= high)])) for low, high in pairwise(thirds)]
    return heights[0], heights[1], heights[2]


if __name__ == "__main__":
    main()
