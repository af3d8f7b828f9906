"""What is exactly true of a phantom: integrated from its signed distances, never counted on its voxels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import SECTORS, Layer, Level, Part, Sector, Side
from enbloc.case.fact import AlignmentChange, BoneQuality, CollapseClass, EsccReported, PosterolateralClass
from enbloc.case.geometry import Point, Pose, triple
from enbloc.errors import RecordError
from enbloc.phantom.canal import Canal
from enbloc.phantom.column import kyphosis_of_fracture
from enbloc.phantom.conus import CordBeside, cord_beside, escc_readings
from enbloc.phantom.integral import volume_and_centre
from enbloc.phantom.limb import PARTS
from enbloc.phantom.model import Model
from enbloc.phantom.morphometry import size
from enbloc.phantom.recipe import Recipe, Tumour
from enbloc.phantom.vertebra import heights_mm
from enbloc.value import value

Floats = NDArray[np.float64]

# The rays about the canal on which a vertebra is integrated.
RADIUS_MM, RADIAL_STEP_MM = 52.0, 0.8
ANGLE_STEP_DEG = 3.0
HEIGHT_STEP_MM = 1.0

SECTOR_CC, SECTOR_SHARE = 0.1, 0.05
LAYER_CC, EPIDURAL_CC = 0.1, 0.02
POSTEROLATERAL_CC, POSTEROLATERAL_SHARE = 0.2, 0.20
COLLAPSE_PERCENT, HALF_PERCENT = 20.0, 50.0
SLIP_MM, KYPHOSIS_DEG = 3.0, 10.0


@value
class LevelTruth:
    """One vertebra: its frame, heights (mm) and loss of height (per cent of its own height before)."""

    level: Level
    pose: Pose
    canal_centre: Point
    anterior_mm: float
    middle_mm: float
    posterior_mm: float
    collapse_percent: float


@value
class Involvement:
    """One lesion at one level. Cubic centimetres are of tumour; shares are of the bone that it took, per cent.

    The body is the bone in front of the canal, in the neck with the front root of the transverse process. The
    posterolateral region of a side is the bone behind that which is nearest to a pedicle or facet. Sectors and layers
    are those of ``Sector`` and ``Layer``; layer F, the foramen of the vertebral artery, is not told from layer A.
    """

    level: Level
    bone_cc: float
    body_share_percent: float
    sectors: tuple[Sector, ...]
    sector_cc: tuple[float, ...]  # tumour in the bone of sectors 1 to 12
    layers: tuple[Layer, ...]
    posterolateral_left_cc: float
    posterolateral_right_cc: float
    posterolateral_left_share_percent: float
    posterolateral_right_share_percent: float


@value
class LesionTruth:
    """One lesion: its size and place, each level that it takes, and the words a reader would use for it."""

    lesion: str
    volume_cc: float
    centre: Point
    levels: tuple[Level, ...]
    main_level: Level
    at: tuple[Involvement, ...]
    bone: BoneQuality
    collapse: CollapseClass
    posterolateral: PosterolateralClass
    alignment: AlignmentChange
    escc: EsccReported
    cord: CordBeside

    @property
    def escc_readings(self) -> tuple[EsccReported, ...]:
        """The grades that an honest reader may give: ``escc`` alone beside cord, a set at the conus and below."""
        return escc_readings(self.escc, self.cord)

    @property
    def main(self) -> Involvement:
        """The level with most of the tumour."""
        return next(one for one in self.at if one.level is self.main_level)


@value
class Truth:
    """All that is true of a phantom."""

    levels: tuple[LevelTruth, ...]
    lesions: tuple[LesionTruth, ...]

    def level(self, level: Level) -> LevelTruth:
        """The truth of one vertebra."""
        for one in self.levels:
            if one.level is level:
                return one
        raise RecordError(f"{level} was not built.", remedy="Ask for a level of the recipe.")

    def lesion(self, lesion: str = "A") -> LesionTruth:
        """The truth of one lesion."""
        for one in self.lesions:
            if one.lesion == lesion:
                return one
        raise RecordError(f"There is no lesion {lesion}.", remedy="Ask for a lesion of the recipe.")


def truth_of(made: Model) -> Truth:
    """The truth of a model."""
    recipe = made.recipe
    return Truth(
        levels=tuple(_level(made, level) for level in recipe.levels),
        lesions=tuple(_lesion(made, tumour) for tumour in recipe.tumours),
    )


def _level(made: Model, level: Level) -> LevelTruth:
    fracture = made.recipe.fractures.get(level)
    anterior, middle, posterior = heights_mm(level, fracture)
    pose = made.column.poses[level]
    centre = pose.rotation @ np.array([0.0, size(level).canal_centre_mm, 0.0]) + pose.origin
    return LevelTruth(
        level=level,
        pose=pose,
        canal_centre=Point(xyz_mm=triple(centre)),
        anterior_mm=anterior,
        middle_mm=middle,
        posterior_mm=posterior,
        collapse_percent=fracture.percent if fracture else 0.0,
    )


def _lesion(made: Model, tumour: Tumour) -> LesionTruth:
    cc, centre = volume_and_centre(made.tumour_shape(tumour))
    involved = tuple(_involvement(made, tumour, level) for level in tumour.levels)
    main = max(involved, key=lambda one: one.bone_cc)
    return LesionTruth(
        lesion=tumour.lesion,
        volume_cc=cc,
        centre=Point(xyz_mm=triple(centre)),
        levels=tumour.levels,
        main_level=main.level,
        at=involved,
        bone=tumour.bone,
        collapse=_collapse(made.recipe, involved),
        posterolateral=_posterolateral(involved),
        alignment=_alignment(made.recipe, tumour.levels),
        escc=max((growth.grade for growth in tumour.epidural), key=lambda g: g.value, default=EsccReported.GRADE_0),
        cord=cord_beside(made, tumour),
    )


def _rays(level: Level) -> tuple[Floats, Floats, tuple[int, int, int]]:
    """Points on rays about the canal in the vertebra's frame, shape (n, 3), their volumes in cc, and how many."""
    row = size(level)
    radii = (np.arange(int(RADIUS_MM / RADIAL_STEP_MM)) + 0.5) * RADIAL_STEP_MM
    angles = np.deg2rad((np.arange(int(360.0 / ANGLE_STEP_DEG)) + 0.5) * ANGLE_STEP_DEG)
    low = row.posterior_height * 0.8 + row.spinous_drop + 8.0
    heights = np.arange(-low, row.posterior_height + 6.0, HEIGHT_STEP_MM)
    z, angle, radius = (a.ravel() for a in np.meshgrid(heights, angles, radii, indexing="ij"))
    # From the posterior midline towards the patient's left.
    points = np.stack([radius * np.sin(angle), row.canal_centre_mm + radius * np.cos(angle), z], axis=1)
    volume = radius * RADIAL_STEP_MM * np.deg2rad(ANGLE_STEP_DEG) * HEIGHT_STEP_MM / 1000.0
    return points, volume, (len(heights), len(angles), len(radii))


def _involvement(made: Model, tumour: Tumour, level: Level) -> Involvement:
    own, volume, shape = _rays(level)
    pose = made.column.poses[level]
    points = own @ pose.rotation.T + pose.origin
    distance, tags = made.bone(points, level)
    bone = distance < 0
    taken = np.zeros(len(points), bool)
    near = np.flatnonzero(_near(made, tumour, points))
    taken[near] = made.tumour(points[near], tumour) < 0
    body = bone & (own[:, 1] < size(level).body_depth / 2.0)
    sector_cc, sectors = _sectors(bone, taken, volume, shape)
    sides = [_side_region(bone & ~body, tags, sign * own[:, 0] > 0) for sign in (1.0, -1.0)]
    left, right = (float(volume[region & taken].sum()) for region in sides)
    left_whole, right_whole = (float(volume[region].sum()) for region in sides)
    return Involvement(
        level=level,
        bone_cc=float(volume[bone & taken].sum()),
        body_share_percent=100.0 * float(volume[body & taken].sum() / volume[body].sum()),
        sectors=sectors,
        sector_cc=sector_cc,
        layers=_layers(made.canal, points, (bone, taken, volume, shape)),
        posterolateral_left_cc=left,
        posterolateral_right_cc=right,
        posterolateral_left_share_percent=100.0 * left / left_whole,
        posterolateral_right_share_percent=100.0 * right / right_whole,
    )


def _near(made: Model, tumour: Tumour, points: Floats) -> NDArray[np.bool_]:
    shape = made.tumour_shape(tumour)
    return np.asarray(((points >= shape.low) & (points <= shape.high)).all(axis=1))


def _side_region(behind: NDArray[np.bool_], tags: NDArray[np.int16], on_side: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(behind & on_side & np.isin(tags, [PARTS.index(Part.PEDICLE), PARTS.index(Part.FACET)]))


def _sectors(
    bone: NDArray[np.bool_], taken: NDArray[np.bool_], volume: Floats, shape: tuple[int, int, int]
) -> tuple[tuple[float, ...], tuple[Sector, ...]]:
    def by_sector(mask: NDArray[np.bool_]) -> Floats:
        return np.asarray((volume * mask).reshape(shape[0], 12, -1).sum(axis=(0, 2)))

    tumour, whole = by_sector(bone & taken), by_sector(bone)
    involved = tumour >= np.maximum(SECTOR_CC, SECTOR_SHARE * whole)
    return tuple(map(float, tumour)), tuple(s for s, hit in zip(SECTORS, involved, strict=True) if hit)


def _layers(
    held: Canal,
    points: Floats,
    found: tuple[NDArray[np.bool_], NDArray[np.bool_], Floats, tuple[int, int, int]],
) -> tuple[Layer, ...]:
    """Which layers hold tumour: the bone of each ray is halved into C near the canal and B farther out."""
    bone, taken, volume, shape = found
    along = bone.reshape(shape).cumsum(axis=2)
    inner = (along <= along[:, :, -1:] / 2.0).ravel()
    in_canal = np.zeros(len(points), bool)
    loose = np.flatnonzero(taken & ~bone)
    in_canal[loose] = held.canal_distance(points[loose]) < 0
    cc = {
        Layer.A: (volume[taken & ~bone & ~in_canal].sum(), LAYER_CC),
        Layer.B: (volume[taken & bone & ~inner].sum(), LAYER_CC),
        Layer.C: (volume[taken & bone & inner].sum(), LAYER_CC),
        Layer.D: (volume[taken & in_canal].sum(), EPIDURAL_CC),
    }
    return tuple(layer for layer, (amount, least) in cc.items() if amount >= least)


def _posterolateral(involved: tuple[Involvement, ...]) -> PosterolateralClass:
    sides = set()
    for one in involved:
        for side, cc, share in (
            (Side.LEFT, one.posterolateral_left_cc, one.posterolateral_left_share_percent),
            (Side.RIGHT, one.posterolateral_right_cc, one.posterolateral_right_share_percent),
        ):
            whole = 100.0 * cc / share if share > 0 else 0.0
            if cc > 0 and cc >= max(POSTEROLATERAL_CC, POSTEROLATERAL_SHARE * whole):
                sides.add(side)
    return (PosterolateralClass.NONE, PosterolateralClass.UNILATERAL, PosterolateralClass.BILATERAL)[len(sides)]


def _collapse(recipe: Recipe, involved: tuple[Involvement, ...]) -> CollapseClass:
    losses = [recipe.fractures[one.level].percent for one in involved if one.level in recipe.fractures]
    worst = max(losses, default=0.0)
    if worst >= HALF_PERCENT:
        return CollapseClass.OVER_HALF
    if worst >= COLLAPSE_PERCENT:
        return CollapseClass.UNDER_HALF
    if max(one.body_share_percent for one in involved) > HALF_PERCENT:
        return CollapseClass.BODY_OVER_HALF_INVOLVED
    return CollapseClass.NONE


def _alignment(recipe: Recipe, levels: tuple[Level, ...]) -> AlignmentChange:
    """A slip or a kyphosis that the fracture of an involved level made."""
    order = recipe.levels
    beside = set(levels) | {order[at - 1] for at, level in enumerate(order) if at > 0 and level in levels}
    if any(abs(recipe.listhesis_mm.get(level, 0.0)) >= SLIP_MM for level in beside):
        return AlignmentChange.SUBLUXATION
    bent = max(np.rad2deg(kyphosis_of_fracture(recipe, level)) for level in levels)
    return AlignmentChange.DEFORMITY if bent >= KYPHOSIS_DEG else AlignmentChange.NORMAL
