"""A tumour outlined from one stroke in a box around a vertebra, beside the random walker of scikit-image.

50 × 44 × 44 mm in voxels of 0.6 mm (446,000), marrow in cortex with a lytic lesion of 8 mm radius, noise 12 HU. Aim:
under 2 s of CPU. The peer walks on the scan itself with its own defaults, and on our likeness to the strokes.
"""

from __future__ import annotations

import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from measuring import report
from numpy.typing import NDArray

SPACING = (0.6, 0.6, 0.6)


def main() -> None:
    """Outline the lesion both ways and report CPU seconds and Dice coefficients."""
    from tests.measure.segmenting.test_tool import STROKE, dice, grid, scene, whole

    from enbloc.measure.segmenting import tool
    from enbloc.measure.segmenting.parameters import STEEPNESS

    scan, lesion = scene(space=grid(SPACING))
    tool.outlined(scan, STROKE)  # the kernels are compiled here
    found, cpu_s = _timed(lambda: tool.outlined(scan, STROKE))
    box = found.box
    fixed = tool.walled(tool.fixed_by(scan, box, STROKE))
    plain, plain_s = _timed(lambda: _peer(scan.voxels[box].astype(np.float64), fixed))
    alike = tool.likeness_to(scan, box, STROKE)[0]
    as_steep = 10.0 * STEEPNESS.number * float(alike.std())  # it divides by ten standard deviations
    informed, informed_s = _timed(lambda: _peer(alike, fixed, as_steep))
    report(
        {
            "figures": {"cpu_s": round(cpu_s, 3), "voxels": int(found.mask.size)},
            "peers": {"cpu_s": round(plain_s, 2), "on_likeness_cpu_s": round(informed_s, 2)},
            "ratios": {"peer": round(plain_s / cpu_s, 1), "peer_on_likeness": round(informed_s / cpu_s, 1)},
            "accuracy": {
                "dice": round(dice(whole(found, scan), lesion), 3),
                "peer_dice": round(dice(plain, lesion[box]), 3),
                "peer_on_likeness_dice": round(dice(informed, lesion[box]), 3),
            },
        }
    )


def _peer(values: NDArray[np.float64], fixed: NDArray[np.int8], beta: float = 130.0) -> NDArray[np.bool_]:
    from skimage.segmentation import random_walker

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it proposes other solvers; conjugate gradients are the fastest without them
        return np.asarray(random_walker(values, fixed.astype(np.int64), beta=beta, mode="cg_j", tol=1e-3) == 1)


def _timed(work: Any) -> tuple[Any, float]:
    started = time.process_time()
    done = work()
    return done, time.process_time() - started


if __name__ == "__main__":
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    main()
