"""Rigid registration of one vertebra between CT and MR: ours on the labels, SimpleITK on brightness and on labels.

A T8 with 10 mm around it in voxels of 1 mm, the MR taken on another grid, turned and shifted by some 8 mm; how far each
is off is known. CPU time is that of this process, all its threads; kernels are compiled beforehand.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import SimpleITK
from numpy.typing import NDArray

if TYPE_CHECKING:
    from enbloc.case.image import Grid, Images
    from enbloc.measure.registration.rigid import Motion

Floats = NDArray[np.float64]
CASES = (((6.0, -3.0, 4.0), (4.0, -5.0, 3.0)), ((-5.0, 4.0, -6.0), (-3.0, 4.0, 5.0)))
AROUND_MM = 10.0


def main() -> None:
    """Run ours and both peers on every case, and print the sums and the worst errors."""
    print(json.dumps(compared(), indent=2))


def compared() -> dict[str, Any]:
    """CPU seconds for one vertebra and target registration error, ours and SimpleITK's: keys of `measure.py`."""
    cpu: dict[str, list[float]] = {}
    off: dict[str, list[float]] = {}
    for turns, shift in CASES:
        fixed, moving, true = _pair(turns, shift)
        points = _bone(fixed)
        start = np.linalg.norm(true.moved(points) - points, axis=1).mean()
        off.setdefault("start", []).append(float(start))
        for name, register in (("own", _own), ("mattes", _by_brightness), ("labels", _by_labels)):
            _own(fixed, moving)  # compiled, and every run finds the same caches
            before = time.process_time()
            found = register(fixed, moving)
            cpu.setdefault(name, []).append(time.process_time() - before)
            # Each is judged by where it takes points of the fixed vertebra in the moving examination.
            off.setdefault(name, []).append(float(np.linalg.norm(found(points) - true.moved(points), axis=1).mean()))
    own, mattes, labels = (float(np.mean(cpu[name])) for name in ("own", "mattes", "labels"))
    return {
        "peers": {"registration_own_cpu_s": round(own, 3), "simpleitk_cpu_s": round(mattes, 2)}
        | {"simpleitk_on_labels_cpu_s": round(labels, 2)},
        "ratios": {"registration": round(mattes / own, 1), "registration_on_labels": round(labels / own, 1)},
        "accuracy": {
            "registration_start_mm": round(max(off["start"]), 2),
            "registration_tre_mm": round(max(off["own"]), 3),
            "simpleitk_tre_mm": round(max(off["mattes"]), 3),
            "simpleitk_on_labels_tre_mm": round(max(off["labels"]), 3),
        },
    }


def _pair(turns: tuple[float, float, float], shift: tuple[float, float, float]) -> tuple[Images, Images, Motion]:
    """A CT and an MR of one vertebra, each with its label, and the motion from the one to the other."""
    from dataclasses import replace

    from scipy.spatial.transform import Rotation

    from enbloc.case.anatomy import Level
    from enbloc.case.image import Images
    from enbloc.measure.registration.drawing import moved
    from enbloc.measure.registration.rigid import Motion
    from enbloc.phantom import Recipe, build

    recipe = Recipe(levels=(Level.T7, Level.T8, Level.T9), ribs=False, with_mr=True)
    there = build(replace(recipe, seed=7, tilt_deg=(4.0, -3.0, 2.0))).images
    turn = Rotation.from_euler("xyz", turns, degrees=True).as_matrix()
    way = Motion(rotation=turn, shift_mm=np.array(shift))
    drawn = there.labels["anatomy"]
    scan = there.volumes["t2"]
    apart = Images(
        volumes={"t2": replace(scan, grid=moved(scan.grid, way))},
        labels={"anatomy": replace(drawn, grid=moved(drawn.grid, way))},
    )
    return build(recipe).images, apart, way


def _own(fixed: Images, moving: Images) -> Callable[[Floats], Floats]:
    from enbloc.case.anatomy import Level
    from enbloc.measure.registration.rigid import laid_onto
    from enbloc.measure.registration.surface import surface_of

    there, here = (surface_of(one, one.labels["anatomy"], Level.T8) for one in (moving, fixed))
    return laid_onto(there, here).motion.inverse.moved


def _by_brightness(fixed: Images, moving: Images) -> Callable[[Floats], Floats]:
    """Mattes mutual information on 5 % of the voxels of the vertebra's crop, three resolutions."""
    method = SimpleITK.ImageRegistrationMethod()
    method.SetMetricAsMattesMutualInformation(numberOfHistogramBins=50)
    method.SetMetricSamplingStrategy(method.RANDOM)
    method.SetMetricSamplingPercentage(0.05, seed=1)
    pictures = [
        _cropped(one, one.volumes[role].voxels.astype(np.float32)) for one, role in ((fixed, "ct"), (moving, "t2"))
    ]
    return _registered(method, *pictures)


def _by_labels(fixed: Images, moving: Images) -> Callable[[Floats], Floats]:
    """Mean squares between signed distance maps of the two labels, 5 % of the voxels, three resolutions."""
    method = SimpleITK.ImageRegistrationMethod()
    method.SetMetricAsMeanSquares()
    method.SetMetricSamplingStrategy(method.RANDOM)
    method.SetMetricSamplingPercentage(0.05, seed=1)
    pictures = []
    for one in (fixed, moving):
        mask = _cropped(one, _vertebra(one).astype(np.uint8))
        far = SimpleITK.SignedMaurerDistanceMap(mask, squaredDistance=False, useImageSpacing=True)
        pictures.append(SimpleITK.Cast(SimpleITK.Clamp(far, SimpleITK.sitkFloat32, -10.0, 10.0), SimpleITK.sitkFloat32))
    return _registered(method, *pictures)


def _registered(
    method: SimpleITK.ImageRegistrationMethod, fixed: SimpleITK.Image, moving: SimpleITK.Image
) -> Callable[[Floats], Floats]:
    start = SimpleITK.CenteredTransformInitializer(
        fixed, moving, SimpleITK.Euler3DTransform(), SimpleITK.CenteredTransformInitializerFilter.GEOMETRY
    )
    method.SetInterpolator(SimpleITK.sitkLinear)
    method.SetOptimizerAsRegularStepGradientDescent(learningRate=1.0, minStep=1e-3, numberOfIterations=200)
    method.SetOptimizerScalesFromPhysicalShift()
    method.SetShrinkFactorsPerLevel([4, 2, 1])
    method.SetSmoothingSigmasPerLevel([2.0, 1.0, 0.0])
    method.SmoothingSigmasAreSpecifiedInPhysicalUnitsOn()
    method.SetInitialTransform(start, inPlace=False)
    found = method.Execute(fixed, moving)
    return lambda points: np.array([found.TransformPoint([float(number) for number in point]) for point in points])


def _vertebra(images: Images) -> NDArray[np.bool_]:
    from enbloc.case.anatomy import Level, vertebra

    return images.labels["anatomy"].mask(vertebra(Level.T8))


def _bone(images: Images) -> Floats:
    return images.labels["anatomy"].grid.points_mm(np.argwhere(_vertebra(images))[::40])


def _cropped(images: Images, array: NDArray[Any]) -> SimpleITK.Image:
    """The crop around the vertebra as a SimpleITK image in patient millimetres."""
    from enbloc.case.anatomy import Level, vertebra

    labels = images.labels["anatomy"]
    parts = [
        slice(max(0, part.start - int(AROUND_MM / mm)), min(size, part.stop + int(AROUND_MM / mm)))
        for part, size, mm in zip(
            labels.boxes[vertebra(Level.T8)], labels.grid.shape, labels.grid.spacing_mm, strict=True
        )
    ]
    grid: Grid = labels.grid.cropped((parts[0], parts[1], parts[2]))
    image = SimpleITK.GetImageFromArray(np.ascontiguousarray(array[parts[0], parts[1], parts[2]]))
    image.SetOrigin([float(number) for number in grid.affine[:3, 3]])
    image.SetSpacing(grid.spacing_mm[::-1])
    image.SetDirection([float(number) for number in grid.directions[:, ::-1].ravel()])
    return image


if __name__ == "__main__":
    main()
