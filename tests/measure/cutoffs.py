"""Quantities swept through the cut-offs of SINS, Genant, WBB and Tomita on tiny columns whose truth is plain geometry.

A case is a family, a number and a setting (voxels, their phase, their order). Judging one gives an empty text if every
class is the true one or is left open with it, otherwise what was wrong. The truth is integrated on a grid of its own,
finer than any voxel here, and never on the voxels that are measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import CANAL, CORD, SAC, SECTORS, Level, Sector, tumour, vertebra
from enbloc.case.case import Case
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.case.lesion import Lesion
from enbloc.case.origin import Modality
from enbloc.measure import Column, column_of, measure
from enbloc.stage import sins_items
from enbloc.stage.sins import Alignment, Bone, Collapse

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Solid = Callable[[Floats, Floats, Floats], Mask]

LEVELS = (Level.T12, Level.L1, Level.L2)
PITCH, HEIGHT, DEPTH, WIDTH = 32.0, 24.0, 30.0, 40.0
CANAL_BACK, CANAL_RADIUS, SAC_RADIUS, CORD_RADIUS = 25.0, 10.0, 8.0, 4.0
NORMAL_HU, SPREAD_HU, LYTIC_HU, BLASTIC_HU = 200, 20, 20, 600
CASE = Case(id="cut-offs", lesions=(Lesion(id="A"),))
TRUTH_MM = 0.4


@dataclass(frozen=True)
class Setting:
    """Voxels of a scan: their size along left, back and head, the order and sense of the axes, and their phase."""

    spacing_mm: tuple[float, float, float]
    axes: str
    phase: tuple[float, float, float]  # in voxels

    @property
    def grid(self) -> Grid:
        """A grid around the column."""
        ways = {"L": (0, 1), "R": (0, -1), "P": (1, 1), "A": (1, -1), "S": (2, 1), "I": (2, -1)}
        size, middle = (52.0, 88.0, 96.0), np.array([0.0, 22.0, 0.0])
        affine, shape = np.zeros((4, 4)), []
        affine[3, 3], affine[:3, 3] = 1.0, middle
        for at, letter in enumerate(self.axes):
            axis, sign = ways[letter]
            step = self.spacing_mm[axis]
            count = int(size[axis] / step)
            affine[axis, at] = sign * step
            affine[axis, 3] += step * self.phase[axis] - sign * step * (count - 1) / 2.0
            shape.append(count)
        return Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)


SETTINGS = (
    Setting((1.0, 1.0, 1.0), "SPL", (0.13, 0.37, 0.29)),
    Setting((0.8, 0.8, 1.6), "IAR", (0.41, 0.07, 0.33)),
    Setting((1.5, 1.5, 1.5), "LPS", (0.26, 0.48, 0.11)),
    Setting((0.9, 0.9, 3.0), "PSR", (0.02, 0.19, 0.44)),
)


@dataclass(frozen=True)
class Shape:
    """The middle vertebra: heights in front and at the back, and how far it and the one above stand forward."""

    front_mm: float = HEIGHT
    back_mm: float = HEIGHT
    slip_mm: float = 0.0


WHOLE = Shape()


def bone(x: Floats, y: Floats, z: Floats, shape: Shape = WHOLE) -> Mask:
    """One vertebra about the centre of its body: a box, two rods, an arch and a spinous process."""
    along = np.clip((y + DEPTH / 2.0) / DEPTH, 0.0, 1.0)
    half = 0.5 * (shape.front_mm + (shape.back_mm - shape.front_mm) * along)
    body = (np.abs(x) <= WIDTH / 2) & (np.abs(y) <= DEPTH / 2) & (np.abs(z) <= half)
    low, high = (max(-4.0, -0.4 * shape.back_mm), min(10.0, 0.42 * shape.back_mm))
    upper = (z > low) & (z <= high)
    pedicles = upper & (np.abs(np.abs(x) - 15.0) <= 4.0) & (y > DEPTH / 2) & (y <= 36.0)
    arch = upper & (np.abs(x) <= 19.0) & (y > 35.0) & (y <= 41.0)
    spine = (np.abs(x) <= 3.0) & (y > 41.0) & (y <= 62.0) & (np.abs(z) <= 8.0)
    return np.asarray(body | pedicles | arch | spine)


@cache
def places(setting: Setting) -> tuple[Floats, Floats, Floats]:
    """Left, back and head of every voxel."""
    x, y, z = setting.grid.points_mm(np.indices(setting.grid.shape).reshape(3, -1).T).T
    return np.ascontiguousarray(x), np.ascontiguousarray(y), np.ascontiguousarray(z)


@cache
def scene(setting: Setting, shape: Shape = WHOLE) -> tuple[Images, Column]:
    """The column without a tumour, and what is measured of it once."""
    grid = setting.grid
    labels = np.zeros(grid.shape, np.uint8)
    x, y, z = places(setting)
    flat = labels.reshape(-1)
    for at, level in enumerate(LEVELS):
        forward = shape.slip_mm if at < 2 else 0.0
        one = shape if level is Level.L1 else WHOLE
        flat[bone(x, y + forward, z - (1 - at) * PITCH, one)] = at + 1
    radius = np.hypot(x, y - CANAL_BACK)
    for number, reach in ((4, CANAL_RADIUS), (5, SAC_RADIUS), (6, CORD_RADIUS)):
        flat[(radius <= reach) & ((flat == 0) | (flat > 3))] = number
    names = {at + 1: vertebra(level) for at, level in enumerate(LEVELS)} | {4: CANAL, 5: SAC, 6: CORD}
    maps = {"anatomy": LabelMap(labels=labels, grid=grid, names=names, on="t2", document="anatomy.nii.gz")}
    noise = np.random.default_rng(11).normal(0.0, SPREAD_HU, grid.shape)
    scan = np.where((labels > 0) & (labels <= len(LEVELS)), NORMAL_HU + noise, 0.0).astype(np.int16)
    volumes = {
        "ct": Volume(voxels=scan, grid=grid, modality=Modality.CT),
        "t2": Volume(voxels=scan.astype(np.float32), grid=grid, modality=Modality.MR),
    }
    images = Images(volumes=volumes, labels=maps)
    return images, column_of(images)


def with_tumour(setting: Setting, mass: Solid, density: Solid | None = None) -> Findings:
    """The findings of a tumour that fills ``mass``; where ``density`` holds its bone is lytic, otherwise blastic."""
    images, column = scene(setting)
    grid = setting.grid
    x, y, z = places(setting)
    grown = mass(x, y, z).reshape(grid.shape).astype(np.uint8)
    maps = dict(images.labels)
    maps["tumour"] = LabelMap(labels=grown, grid=grid, names={1: tumour("A")}, on="t2", document="tumour.nii.gz")
    volumes = dict(images.volumes)
    if density is not None:
        scan = volumes["ct"].voxels.copy()
        thin = density(x, y, z).reshape(grid.shape)
        scan[grown > 0] = np.where(thin[grown > 0], LYTIC_HU, BLASTIC_HU)
        volumes["ct"] = Volume(voxels=scan, grid=grid, modality=Modality.CT)
    return measure(CASE, Images(volumes=volumes, labels=maps), column=column)


def ball(x0: float, y0: float, z0: float, radius: float) -> Solid:
    return lambda x, y, z: np.asarray((x - x0) ** 2 + (y - y0) ** 2 + (z - z0) ** 2 <= radius**2)


@dataclass(frozen=True)
class Fine:
    """Points much closer than any voxel here: left, back and head, each with the twelfth of a turn it lies in."""

    x: Floats
    y: Floats
    z: Floats
    twelfth: NDArray[np.int64]

    def cc(self, mass: Solid) -> Floats:
        """The volume of a solid in each sector, cc."""
        voxels = np.bincount(self.twelfth[mass(self.x, self.y, self.z)], minlength=12)
        return np.asarray(voxels * TRUTH_MM**3 / 1000.0, dtype=np.float64)

    def where(self, chosen: Mask) -> Fine:
        return Fine(self.x[chosen], self.y[chosen], self.z[chosen], self.twelfth[chosen])


@cache
def fine() -> Fine:
    """Points around the middle vertebra."""
    ranges = ((-26.0, 26.0), (-20.0, 64.0), (-16.0, 16.0))
    x, y, z = (
        axis.ravel() for axis in np.meshgrid(*(np.arange(low, high, TRUTH_MM) for low, high in ranges), indexing="ij")
    )
    twelfth = np.floor(np.rad2deg(np.arctan2(x, y - CANAL_BACK)) % 360.0 / 30.0).astype(np.int64) % 12
    return Fine(x, y, z, twelfth)


@cache
def fine_bone() -> Fine:
    """Those of the points that are bone."""
    return fine().where(bone(fine().x, fine().y, fine().z))


@cache
def fine_ring() -> Fine:
    """Those in the canal and outside the sac."""
    radius = np.hypot(fine().x, fine().y - CANAL_BACK)
    return fine().where((radius <= CANAL_RADIUS) & (radius > SAC_RADIUS))


def everywhere(x: Floats, y: Floats, z: Floats) -> Mask:
    return np.ones(len(x), np.bool_)


# --- the families -----------------------------------------------------------------------------------------------------


def _class(found: tuple[object, ...], true: object, what: str, open_ended: str = "") -> str:
    return "" if true in found else f"{what}: {true} is not among {found} {open_ended}"


def _inside(findings: Findings, named: fact.Fact[float], about: object, true: float) -> str:
    """That the interval holds the truth; a number that is missing is honest, not wrong."""
    finding = findings[named, about]
    if isinstance(finding, Finding) and not finding.low <= true <= finding.high:
        return f"{named.id} {finding.value} ({finding.low} to {finding.high}) does not hold {true:.2f}"
    return ""


def collapse(percent: float, setting: Setting) -> str:
    """The whole body lower by ``percent``: SINS at 50 %, no collapse under 10 % or 20 %."""
    height = HEIGHT * (1.0 - percent / 100.0)
    images, column = scene(setting, Shape(front_mm=height, back_mm=height))
    findings = measure(Case(id="cut-offs"), images, column=column)
    reading = sins_items.collapse(findings, "A", Level.L1, is_main=False)
    true = Collapse.OVER_HALF if percent > 50.0 else Collapse.UNDER_HALF if percent >= 20.0 else Collapse.NONE
    fault = _class(reading.values, true, f"collapse {percent:g} %", reading.note)
    return fault or _inside(findings, fact.COLLAPSE, Level.L1, percent)


def wedge(percent: float, setting: Setting) -> str:
    """The front lower by ``percent``: kyphosis at 10°, collapse by the height of the anterior third."""
    front = HEIGHT * (1.0 - percent / 100.0)
    images, column = scene(setting, Shape(front_mm=front))
    findings = measure(Case(id="cut-offs"), images, column=column)
    angle = float(np.rad2deg(2.0 * np.arctan((HEIGHT - front) / 2.0 / DEPTH)))
    reading = sins_items.alignment(findings, "A", Level.L1)
    true = Alignment.DEFORMITY if angle >= 10.0 else Alignment.NORMAL
    fault = _class(reading.values, true, f"wedge of {angle:.1f}°", reading.note)
    anterior = percent * 5.0 / 6.0  # in the middle of the anterior third
    return fault or _inside(findings, fact.COLLAPSE, Level.L1, anterior)


def slip(forward: float, setting: Setting) -> str:
    """The middle vertebra and the one above stand ``forward`` mm before the one below: subluxation at 3 mm."""
    images, column = scene(setting, Shape(slip_mm=forward))
    findings = measure(Case(id="cut-offs"), images, column=column)
    reading = sins_items.alignment(findings, "A", Level.L1)
    true = Alignment.SUBLUXATION if abs(forward) >= 3.0 else Alignment.NORMAL
    fault = _class(reading.values, true, f"slip of {forward:g} mm", reading.note)
    return fault or _inside(findings, fact.TRANSLATION, Level.L1, forward)


def body_share(percent: float, setting: Setting) -> str:
    """A slab of the body from the left: over half of it or not."""
    edge = WIDTH / 2.0 - WIDTH * percent / 100.0

    def slab(x: Floats, y: Floats, z: Floats) -> Mask:
        return np.asarray((x >= edge) & (x <= WIDTH / 2) & (np.abs(y) <= DEPTH / 2) & (np.abs(z) <= HEIGHT / 2))

    findings = with_tumour(setting, slab)
    reading = sins_items.collapse(findings, "A", Level.L1, is_main=True)
    true = Collapse.BODY_OVER_HALF_INVOLVED if percent > 50.0 else Collapse.NONE
    fault = _class(reading.values, true, f"{percent:g} % of the body", reading.note)
    return fault or _inside(findings, fact.BODY_SHARE, "A", percent)


def density(percent: float, setting: Setting) -> str:
    """A ball in the body of which ``percent`` is lytic and the rest blastic: cut at 15 % and 85 %."""
    radius = 8.0
    # The cap of a ball, by its share of the volume: found once by bisection on the closed form.
    low, high = -radius, radius
    for _ in range(40):
        cut = 0.5 * (low + high)
        share = ((radius + cut) ** 2 * (2.0 * radius - cut)) / (4.0 * radius**3)
        low, high = (cut, high) if share < percent / 100.0 else (low, cut)
    findings = with_tumour(setting, ball(0.0, 0.0, 0.0, radius), lambda x, y, z: np.asarray(y <= cut))
    reading = sins_items.bone(findings, "A")
    true = Bone.BLASTIC if percent < 15.0 else Bone.LYTIC if percent > 85.0 else Bone.MIXED
    return _class(reading.values, true, f"{percent:g} % lytic", reading.note)


PLACES: Mapping[str, tuple[float, float, float]] = {
    "left pedicle": (15.0, 24.0, 3.0),
    "right pedicle": (-15.0, 24.0, 3.0),
    "left front": (9.0, -8.0, 0.0),
    "right side": (-14.0, 8.0, 2.0),
    "spinous process": (0.0, 50.0, 0.0),
    "left lamina": (9.0, 38.0, 3.0),
}


def sectors(radius: float, setting: Setting, place: str) -> str:
    """A ball that grows at a place of the bone: a sector counts from 0.1 cc and 5 % of its bone on."""
    mass = ball(*PLACES[place], radius)
    findings = with_tumour(setting, mass)
    found, open_ = (set(findings.many(one, "A") or ()) for one in (fact.WBB_SECTORS, fact.WBB_SECTORS_OPEN))
    true = true_sectors(mass)
    wrong = (found ^ true) - open_
    return f"ball of {radius:.2f} mm at the {place}: {_names(wrong)} is wrong and not open" if wrong else ""


def _names(sectors: set[Sector]) -> str:
    return ", ".join(str(one) for one in SECTORS if one in sectors)


def true_sectors(mass: Solid) -> set[Sector]:
    """The sectors that a tumour involves: enough of it in the bone of each."""
    taken, whole = fine_bone().cc(mass), _bone_cc()
    return {one for one, cc, all_cc in zip(SECTORS, taken, whole, strict=True) if cc >= max(0.1, 0.05 * all_cc)}


@cache
def _bone_cc() -> Floats:
    return fine_bone().cc(everywhere)


def levels(depth: float, setting: Setting) -> str:
    """A rod through the disc that enters the vertebra below by ``depth`` mm: involved from 0.05 cc on."""
    top = -PITCH + HEIGHT / 2.0

    def rod(x: Floats, y: Floats, z: Floats) -> Mask:
        return np.asarray((np.hypot(x - 6.0, y) <= 4.0) & (z <= 4.0) & (z >= top - depth))

    findings = with_tumour(setting, rod)
    found, open_ = (set(findings.many(one, "A") or ()) for one in (fact.LEVELS, fact.LEVELS_OPEN))
    true = {Level.L1, Level.L2} if np.pi * 16.0 * depth / 1000.0 >= 0.05 else {Level.L1}
    wrong = (found ^ true) - open_
    return f"{depth:.2f} mm into L2: {sorted(map(str, wrong))} is wrong and not open" if wrong else ""


def layer_d(depth: float, setting: Setting) -> str:
    """A ball through the posterior wall into the canal: layer D from 0.02 cc on."""
    mass = ball(0.0, CANAL_BACK - CANAL_RADIUS + depth - 5.0, 2.0, 5.0)
    findings = with_tumour(setting, mass)
    found, open_ = (set(findings.many(one, "A") or ()) for one in (fact.WBB_LAYERS, fact.WBB_LAYERS_OPEN))
    true = fine_ring().cc(mass).sum() >= 0.02
    if ("D" in found) != true and "D" not in open_:
        return f"{depth:.2f} mm into the canal: layer D {'is' if true else 'is not'} there, and not open"
    return ""


Case_ = tuple[str, Callable[[], str]]


def _steps(low: float, high: float, count: int) -> Floats:
    return np.linspace(low, high, count)


def families() -> Iterator[tuple[str, Callable[[float, Setting], str], Floats]]:
    """Every family with the numbers that it is swept through."""
    yield "collapse", collapse, _steps(0.0, 78.0, 105)
    yield "wedge", wedge, _steps(0.0, 66.0, 45)
    yield "slip", slip, _steps(-6.0, 6.0, 49)
    yield "share of the body", body_share, _steps(30.0, 70.0, 51)
    yield "density", density, _steps(2.0, 98.0, 49)
    for place in PLACES:
        yield f"sectors, {place}", lambda at, how, where=place: sectors(at, how, where), _steps(1.5, 7.5, 26)  # type: ignore[misc]  # the default binds the place
    yield "levels", levels, _steps(0.0, 3.0, 31)
    yield "layer D", layer_d, _steps(-1.5, 3.0, 37)


FAMILIES = {name: (judge, values) for name, judge, values in families()}
CASES = [
    (name, float(value), setting)
    for name, (_, values) in FAMILIES.items()
    for value in values
    for setting in range(len(SETTINGS))
]


def judged(case: tuple[str, float, int]) -> str:
    """What is wrong with the classes of one case; empty if nothing is."""
    name, value, setting = case
    return FAMILIES[name][0](value, SETTINGS[setting])
