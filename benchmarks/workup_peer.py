"""The same steps as the work-up, written plainly with scipy and scikit-image on whole volumes.

A careful person's first script: one mask a label, library calls, no crops and no kernels. It does no more than the
work-up does and writes what it found, so that the two can be compared.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import SimpleITK
from numpy.typing import NDArray
from scipy import ndimage
from skimage.measure import regionprops

VERTEBRAE = range(1, 34)
CORD, SAC, CANAL = 241, 242, 243


def read(path: Path) -> tuple[NDArray[np.generic], NDArray[np.float64]]:
    """An image as an array (slice, row, column) and its spacing in the same order."""
    image = SimpleITK.ReadImage(str(path))
    return SimpleITK.GetArrayFromImage(image), np.array(image.GetSpacing()[::-1])


def vertebra(
    labels: NDArray[np.generic], number: int, canal: NDArray[np.bool_], spacing: NDArray[np.float64]
) -> dict[str, Any]:
    """Centre, axes, body and heights of one vertebra."""
    mask = labels == number
    points = np.argwhere(mask) * spacing
    _, axes = np.linalg.eigh(np.cov(points.T))
    front = np.argwhere(canal & ndimage.binary_dilation(mask, iterations=8))[:, 1].min()
    body = mask.copy()
    body[:, front:] = False
    region = regionprops(body.astype(np.uint8))[0]
    middle = int(region.centroid[2])
    slab = body[:, :, max(0, middle - 6) : middle + 7]
    heights = slab.sum(axis=0) * spacing[0]
    thirds = np.array_split(heights[region.bbox[1] : region.bbox[4]], 3)
    return {
        "centre": (np.array(region.centroid) * spacing).tolist(),
        "axes": axes.tolist(),
        "body_cc": float(body.sum() * spacing.prod() / 1000),
        "heights": [float(np.median(third[third > 0])) for third in thirds],
    }


def lesion(
    ct: NDArray[np.generic],
    labels: NDArray[np.generic],
    tumour: NDArray[np.bool_],
    spacing: NDArray[np.float64],
) -> dict[str, Any]:
    """Volume, levels, shares, sectors, density and distances of the tumour."""
    canal = np.isin(labels, (CORD, SAC, CANAL))
    numbers = [int(number) for number in np.unique(labels[tumour]) if number in VERTEBRAE]
    centre = np.array(ndimage.center_of_mass(canal & ndimage.binary_dilation(tumour, iterations=10)))
    where = np.argwhere(tumour) - centre
    angle = np.degrees(np.arctan2(where[:, 2] * spacing[2], where[:, 1] * spacing[1])) % 360
    sectors = np.bincount((angle // 30).astype(int), minlength=12) * spacing.prod() / 1000
    to_cord = ndimage.distance_transform_edt(labels != CORD, sampling=spacing)
    to_tumour = ndimage.distance_transform_edt(~tumour, sampling=spacing)
    region = regionprops(tumour.astype(np.uint8))[0]
    neighbours = np.isin(labels, [number + step for number in numbers for step in (-1, 1)])
    normal = ct[ndimage.binary_erosion(neighbours, iterations=3)]
    low, high = normal.mean() - 2 * normal.std(), normal.mean() + 2 * normal.std()
    return {
        "volume_cc": float(tumour.sum() * spacing.prod() / 1000),
        "diameter": float(region.axis_major_length),
        "levels": numbers,
        "shares": [float(tumour[labels == number].mean()) for number in numbers],
        "sectors": sectors.tolist(),
        "lytic": float((ct[tumour] < low).mean()),
        "blastic": float((ct[tumour] > high).mean()),
        "cord_mm": float(to_cord[tumour].min()),
        "canal_mm": float(to_tumour[canal].min()),
    }


def epidural(
    labels: NDArray[np.generic], tumour: NDArray[np.bool_], spacing: NDArray[np.float64]
) -> list[dict[str, Any]]:
    """Areas in the canal, slice by slice."""
    rows = []
    for at in np.flatnonzero(tumour.any(axis=(1, 2))):
        canal = np.isin(labels[at], (CORD, SAC, CANAL))
        area = spacing[1] * spacing[2]
        rows.append(
            {
                "slice": int(at),
                "epidural": float((tumour[at] & canal).sum() * area),
                "sac": float(np.isin(labels[at], (CORD, SAC)).sum() * area),
                "cord": float((labels[at] == CORD).sum() * area),
            }
        )
    return rows


def main() -> None:
    """Read a case folder made by the benchmark and print what was found."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    ct, spacing = read(folder / "images" / "ct.nii.gz")
    labels, _ = read(folder / "labels" / "anatomy.nii.gz")
    tumour_labels, _ = read(folder / "labels" / "tumour.nii.gz")
    tumour = tumour_labels == 1
    canal = np.isin(labels, (CORD, SAC, CANAL))
    present = [int(number) for number in np.unique(labels) if number in VERTEBRAE]
    found = {
        "vertebrae": {number: vertebra(labels, number, canal, spacing) for number in present},
        "lesion": lesion(ct, labels, tumour, spacing),
        "epidural": epidural(labels, tumour, spacing),
    }
    out.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
