"""The whole spine of a recipe as signed distances: what voxels and truth are both made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.kernels.shapes import FAR_MM, union_distance
from enbloc.phantom.canal import Canal, canal
from enbloc.phantom.column import Column, column
from enbloc.phantom.limb import ellipsoid_row
from enbloc.phantom.recipe import Recipe, Room, Tumour
from enbloc.phantom.scanner import Shape, shape_of
from enbloc.phantom.vertebra import vertebra_rows

Floats = NDArray[np.float64]

NEAR_MM = 4.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Model:
    """A recipe's geometry."""

    recipe: Recipe
    column: Column
    canal: Canal
    rows: Mapping[Level, Floats]

    def bone(self, points: Floats, level: Level) -> tuple[Floats, NDArray[np.int16]]:
        """Signed distance to the bone of a vertebra with its canal free, and the tag of the nearest part."""
        distance, tags = union_distance(self.rows[level], points)
        return np.maximum(distance, -self.canal.canal_distance(points)), tags

    def tumour(self, points: Floats, tumour: Tumour) -> Floats:
        """Signed distance to a tumour: its solids within their rooms, and its epidural growth."""
        solids = np.full(len(points), FAR_MM)
        for solid in tumour.solids:
            row = ellipsoid_row(solid.centre_mm, solid.radii_mm, self.column.poses[solid.level])
            here = union_distance(row[None], points)[0]
            near = np.flatnonzero(here < NEAR_MM)  # beyond, walls only make the distance greater
            if solid.room is not Room.BOTH:
                here[near] = np.maximum(here[near], self._room(points[near], solid.level, solid.room))
            solids = np.minimum(solids, here)
        near = np.flatnonzero(solids < NEAR_MM)
        solids[near] = np.maximum(solids[near], -self.canal.canal_distance(points[near]))
        return np.asarray(np.minimum(solids, self.canal.growth_distance(points, tumour.lesion)))

    def _room(self, points: Floats, level: Level, room: Room) -> Floats:
        if room is Room.BONE:
            return union_distance(self.rows[level], points)[0]
        return np.asarray(-np.min([union_distance(rows, points)[0] for rows in self.rows.values()], axis=0))

    def vertebra_shape(self, level: Level) -> Shape:
        """The vertebra without its canal cut out: the canal is laid over it later."""
        return shape_of(self.rows[level])

    def tumour_shape(self, tumour: Tumour) -> Shape:
        """The tumour as a shape with its box."""
        lows, highs = [], []
        for solid in tumour.solids:
            shape = shape_of(
                ellipsoid_row(solid.centre_mm, solid.radii_mm, self.column.poses[solid.level])[None],
            )
            lows.append(shape.low)
            highs.append(shape.high)
        for growth in tumour.epidural:
            centre = self.column.poses[growth.level].origin
            half = growth.length_mm / 2.0 + 10.0
            lows.append(centre - np.array([16.0, 0.0, half + 6.0]))
            highs.append(centre + np.array([16.0, 50.0, half + 6.0]))
        return Shape(
            distance=lambda points: self.tumour(points, tumour),
            low=np.min(lows, axis=0),
            high=np.max(highs, axis=0),
        )


def model(recipe: Recipe) -> Model:
    """The geometry of a recipe."""
    stood = column(recipe)
    rows = {level: vertebra_rows(level, stood.poses[level], recipe.fractures.get(level)) for level in recipe.levels}
    return Model(recipe=recipe, column=stood, canal=canal(recipe, stood), rows=rows)
