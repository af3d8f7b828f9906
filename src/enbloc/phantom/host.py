"""What can be learnt from a real scan about its scanner: noise in homogeneous tissue, and the spread of an edge."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, uniform_filter

from enbloc.case.image import Grid, Volume
from enbloc.value import value

Floats = NDArray[np.float64]

SOFT_HU = (-20.0, 140.0)  # soft tissue, with or without contrast
USUAL_NOISE_HU = 12.0


@value
class Host:
    """A scanner as seen in one scan: noise (HU), its grain (mm) and the spread of its edges (mm), one sigma."""

    noise_hu: float
    grain_mm: float
    blur_mm: float
    spacing_mm: tuple[float, float, float]

    def noise(self, shape: tuple[int, ...], seed: int) -> Floats:
        """Noise like the host's own; the same for the same seed."""
        white = np.random.default_rng(seed).standard_normal(shape)
        grained = gaussian_filter(white, [self.grain_mm / mm for mm in self.spacing_mm], mode="wrap")
        return np.asarray(grained * (self.noise_hu / max(float(grained.std()), 1e-9)))


def host_of(volume: Volume, *, blur_mm: float | None = None) -> Host:
    """The host that a scan shows; ``blur_mm`` is taken as given, or else found at the sharpest edges."""
    voxels = volume.voxels.astype(np.float64)
    noise, correlation = _noise(voxels, volume.grid)
    plane = _plane_mm(volume.grid)
    # White noise blurred by sigma correlates with exp(-1 / 4 sigma²) at the next voxel.
    grain = 0.0 if correlation < 0.02 else plane * float(np.sqrt(-0.25 / np.log(min(correlation, 0.9))))
    return Host(
        noise_hu=noise,
        grain_mm=grain,
        blur_mm=_spread(voxels, volume.grid) if blur_mm is None else blur_mm,
        spacing_mm=volume.grid.spacing_mm,
    )


def _plane_mm(grid: Grid) -> float:
    """The size of a voxel within a slice."""
    return float(np.sqrt(np.prod(sorted(grid.spacing_mm)[:2])))


def _noise(voxels: Floats, grid: Grid) -> tuple[float, float]:
    """Standard deviation in the most homogeneous tenth of soft tissue, and its correlation with the next voxel."""
    slices = int(np.argmax(grid.spacing_mm))
    window = [1 if axis == slices else 5 for axis in range(3)]
    mean = uniform_filter(voxels, window)
    variance = np.maximum(uniform_filter(voxels**2, window) - mean**2, 0.0)
    soft = (mean > SOFT_HU[0]) & (mean < SOFT_HU[1])
    if soft.sum() < 50:
        return USUAL_NOISE_HU, 0.0
    calm = soft & (variance <= np.quantile(variance[soft], 0.2))
    rest = voxels - mean
    step = (slices + 1) % 3
    following = np.roll(rest, -1, axis=step)
    correlation = float((rest * following)[calm].mean() / max((rest**2)[calm].mean(), 1e-9))
    # 25 voxels share their mean: the sample's variance is a twenty-fifth too small.
    return float(np.sqrt(np.median(variance[calm]) * 25.0 / 24.0)), correlation + 1.0 / 25.0


def _spread(voxels: Floats, grid: Grid) -> float:
    """Sigma of the edges: a step of height h blurred by sigma is at most h / (sigma sqrt 2 pi) steep."""
    slices = int(np.argmax(grid.spacing_mm))
    plane = [axis for axis in range(3) if axis != slices]
    found = []
    for axis in plane:
        if voxels.shape[axis] < 9:
            continue
        mm = grid.spacing_mm[axis]
        slope = np.abs(np.gradient(voxels, mm, axis=axis))
        step = np.abs(np.roll(voxels, 3, axis=axis) - np.roll(voxels, -3, axis=axis))
        steep = (slope >= np.quantile(slope, 0.998)) & (step > 150.0)
        if steep.any():
            found.append(float(np.median(step[steep] / slope[steep])) / np.sqrt(2.0 * np.pi))
    usual = 0.5 * _plane_mm(grid)
    return float(np.clip(np.mean(found), usual, 3.0 * usual)) if found else usual
