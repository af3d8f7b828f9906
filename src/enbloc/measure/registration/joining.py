"""Two examinations of one column joined by the vertebrae that both label, and whether their names and sides agree."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Side, Structure, vertebra
from enbloc.case.image import Images, LabelMap
from enbloc.measure.registration.drawing import overlaid
from enbloc.measure.registration.parameters import BETTER_FIT, LEAST_GAIN
from enbloc.measure.registration.rigid import Fit, Motion, laid_onto, misfit
from enbloc.measure.registration.surface import Surface, surface_of

Floats = NDArray[np.float64]
Surfaces = Callable[[Level], Surface]


@dataclass(frozen=True, eq=False, kw_only=True)
class Joined:
    """Every vertebra that both examinations label, laid onto its counterpart; ``doubt`` is why none may be used."""

    fits: Mapping[Level, Fit]
    doubt: str = ""

    @property
    def holding(self) -> Mapping[Level, Fit]:
        """The fits that stand, cranial to caudal."""
        return {} if self.doubt else {level: fit for level, fit in self.fits.items() if not fit.why}


def joined(moving: Images, fixed: Images, only: Collection[Level] | None = None) -> Joined:
    """The vertebrae of one examination laid onto those of another, by name; of all levels or ``only`` of some."""
    levels = [level for level in fixed.levels if level in moving.levels and (only is None or level in only)]
    ours, theirs = _surfaces(moving), _surfaces(fixed)
    fits: dict[Level, Fit] = {}
    for level in levels:  # half of it may be missing: its neighbour knows where it went
        near = _nearest(level, fits)
        fits[level] = laid_onto(ours(level), theirs(level), [near.motion] if near else [])
    drawn = {level: replace(fit, marks=overlaid(ours(level), theirs(level), fit)) for level, fit in fits.items()}
    return Joined(fits=drawn, doubt=_doubt(moving, fixed, fits, (ours, theirs)))


def _surfaces(images: Images) -> Surfaces:
    @cache
    def surface(level: Level) -> Surface:
        labels = images.map_of(vertebra(level))
        assert labels is not None, level
        return surface_of(images, labels, level)

    return surface


def _nearest(level: Level, fits: Mapping[Level, Fit]) -> Fit | None:
    order = list(Level)
    good = [fit for fit in fits.values() if not fit.why]
    return min(good, key=lambda fit: abs(order.index(fit.level) - order.index(level)), default=None)


def _doubt(moving: Images, fixed: Images, fits: Mapping[Level, Fit], surfaces: tuple[Surfaces, Surfaces]) -> str:
    """Why names or sides of the two do not agree; empty if nothing speaks against them."""
    held = [fit for fit in fits.values() if not fit.why]
    if held and (crossed := _sides(moving, fixed, held)):
        return crossed
    ours, theirs = surfaces
    named = {level: misfit(ours(level), theirs(level)) for level in fits}
    for step, word in ((-1, "above"), (1, "below")):
        others = _stepped(fixed.levels, step)
        shifted = {level: misfit(ours(level), theirs(others[level])) for level in fits if level in others}
        if _is_better(shifted, named):
            return f"its vertebrae fit those one level {word} better than those of the same name"
    if _is_better({level: misfit(_mirror(ours(level)), theirs(level)) for level in fits}, named):
        return "it fits better as its own mirror image: left and right may be exchanged"
    return ""


def _is_better(otherwise: Mapping[Level, float], named: Mapping[Level, float]) -> bool:
    """Whether more than half of the vertebrae fit clearly better than they do as named: a damaged one has no say.

    A vertebra that fits well as named is not doubted, however well it fits another: many are alike.
    """
    better = [
        found < BETTER_FIT.number * named[level] and named[level] - found > LEAST_GAIN.number
        for level, found in otherwise.items()
    ]
    return 2 * sum(better) > len(better)


def _stepped(levels: Iterable[Level], step: int) -> Mapping[Level, Level]:
    order = list(levels)
    return {level: order[at + step] for at, level in enumerate(order) if 0 <= at + step < len(order)}


def _mirror(surface: Surface) -> Surface:
    """The surface with the patient's left and right exchanged, about its centre."""
    affine = surface.grid.affine.copy()
    affine[0] *= -1.0
    affine[0, 3] += 2.0 * surface.centroid[0]
    return replace(surface, grid=replace(surface.grid, affine=affine))


def _sides(moving: Images, fixed: Images, held: list[Fit]) -> str:
    """That a left structure lies where the other examination has its right one; empty if none does."""
    for named, ours, theirs in _paired(moving, fixed):
        other = replace(named, side=Side.RIGHT)
        opposite = fixed.map_of(other)
        if opposite is None:
            continue
        at = _nearest_motion(held, named).moved(_middle(ours, named)[None])[0]
        if np.linalg.norm(at - _middle(opposite, other)) < np.linalg.norm(at - _middle(theirs, named)):
            return f"its {named} lies where the other examination has the right one: left and right are exchanged"
    return ""


def _paired(moving: Images, fixed: Images) -> Iterable[tuple[Structure, LabelMap, LabelMap]]:
    for ours in moving.labels.values():
        for named in ours.boxes:
            theirs = fixed.map_of(named)
            if named.side is Side.LEFT and named.level is not None and theirs is not None:
                yield named, ours, theirs


def _nearest_motion(held: list[Fit], named: Structure) -> Motion:
    order = list(Level)
    at = order.index(named.level) if named.level else 0
    return min(held, key=lambda fit: abs(order.index(fit.level) - at)).motion


def _middle(labels: LabelMap, named: Structure) -> Floats:
    middle = np.array([[(part.start + part.stop - 1) / 2 for part in labels.boxes[named]]])
    return np.asarray(labels.grid.points_mm(middle)[0], dtype=np.float64)
