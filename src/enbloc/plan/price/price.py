"""The price of an operation: all that its pieces take, what that costs the patient, and what no label can tell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from enbloc.case.anatomy import Level, Side, Structure, StructureKind
from enbloc.case.answer import Unknown, unknown
from enbloc.decide.root_table import NONE_PUBLISHED
from enbloc.decide.roots import endangers_breathing, expected, losses
from enbloc.decide.stops_of_vessels_and_roots import CONSENT_NEEDED
from enbloc.decide.vessels import LEVELS_STOP_FROM, bilateral_run
from enbloc.errors import RecordError
from enbloc.measure.spine.column import Column
from enbloc.plan.cutting.piece import Piece, takes
from enbloc.plan.price.around import (
    Arteries,
    DiscTaken,
    DuraContact,
    RibTaken,
    arteries_taken,
    discs_taken,
    dura_contact,
    ribs_taken,
)
from enbloc.plan.price.bone import BodyLost, BoneTaken, JointTaken, bodies_lost, bone_taken, joints_taken
from enbloc.plan.price.roots import NECK, Roots, are_neighbours, roots_taken, voxels_of
from enbloc.plan.price.stability import Stability, stability_left
from enbloc.value import value

SACRUM = Structure(kind=StructureKind.SACRUM)
SHARES = np.linspace(0.0, 1.0, 21)


@value
class Price:
    """What the pieces of one operation take.

    ``beyond`` says where they reach past the labelled vertebrae, or into gaps among them.

    ``vertebral_arteries`` are those of which something lies in a piece; unknown in a neck without their labels. The
    pleura has no label: contact with it stays open.
    """

    pieces: tuple[Piece, ...]
    bone: tuple[BoneTaken, ...]
    bodies: tuple[BodyLost, ...] | Unknown
    joints: tuple[JointTaken, ...]
    discs: tuple[DiscTaken, ...]
    roots: Roots
    arteries: Arteries
    vertebral_arteries: tuple[Side, ...] | Unknown
    ribs: tuple[RibTaken, ...]
    dura: DuraContact | Unknown
    pleura: Unknown
    stability: Stability
    beyond: tuple[str, ...] = ()

    @property
    def levels(self) -> tuple[Level, ...]:
        """The vertebrae that lose bone, head to foot."""
        return tuple(one.level for one in self.bone if one.part is None)

    @property
    def function_lost(self) -> tuple[tuple[str, str], ...]:
        """Each root that goes, in words, with the loss of the table of roots; what has no row says so."""
        return tuple((words, row.lost if row else NONE_PUBLISHED) for words, row in losses(self.roots.cut))

    @property
    def consent(self) -> str:
        """What the patient is told of the roots that go, and signs; empty if none does."""
        return expected(self.roots.cut) if self.roots.cut else ""

    @property
    def needs_signature(self) -> bool:
        """Whether a root goes that is not cut without a signed statement of function (STOP-15)."""
        return any(one.nerve in CONSENT_NEEDED for one in self.roots.cut)

    @property
    def endangers_breathing(self) -> bool:
        """Whether the roots that go would paralyse the diaphragm."""
        return endangers_breathing(self.roots.cut)

    @property
    def bilateral_run(self) -> tuple[Level, ...]:
        """The longest run of consecutive levels that lose the segmental arteries of both sides in this operation."""
        return bilateral_run(self.arteries.cut)

    @property
    def is_long_run(self) -> bool:
        """Whether that run alone needs an ischaemia plan (STOP-13), what earlier operations took left out."""
        return LEVELS_STOP_FROM.holds(len(self.bilateral_run))


def price_of(pieces: Sequence[Piece], column: Column, lesion: str) -> Price:
    """What the pieces of one operation on a lesion take.

    Raises
    ------
    RecordError
        If there is no piece, or no vertebra is labelled.

    Examples
    --------
    >>> from enbloc.case.geometry import Plane
    >>> from enbloc.measure.spine.column import column_of
    >>> from enbloc.phantom import Recipe, build
    >>> from enbloc.plan.cutting.roles import FixedCut
    >>> column = column_of(build(Recipe(levels=(Level.L3,), spacing_mm=(3.0, 3.0, 3.0))).images)
    >>> far = FixedCut(name="above", plane=Plane(point_mm=(0, 0, -500), normal=(0, 0, 1)), kerf_mm=1.0)
    >>> price_of((Piece(name="beyond the feet", cuts=(far,)),), column, "A").levels
    ()
    """
    if not pieces or not column.levels:
        raise RecordError("There is nothing to price.", remedy="Give a piece, and label the vertebrae.")
    bone, joints = bone_taken(pieces, column), joints_taken(pieces, column)
    discs = discs_taken(pieces, column)
    return Price(
        pieces=tuple(pieces),
        bone=bone,
        bodies=bodies_lost(pieces, column, lesion),
        joints=joints,
        discs=discs,
        roots=roots_taken(pieces, column),
        arteries=arteries_taken(pieces, column),
        vertebral_arteries=_vertebral(pieces, column),
        ribs=ribs_taken(pieces, column),
        dura=dura_contact(pieces, column, lesion),
        pleura=unknown("label of the pleura or lung: whether the specimen touches it"),
        stability=stability_left(pieces, column, bone, joints, discs),
        beyond=tuple(_beyond(pieces, column)),
    )


def _vertebral(pieces: Sequence[Piece], column: Column) -> tuple[Side, ...] | Unknown:
    """The vertebral arteries of which something lies in a piece."""
    found, lacking = [], []
    touched = [one.level for one in bone_taken(pieces, column) if one.part is None]
    for side in Side:
        named = Structure(kind=StructureKind.VERTEBRAL_ARTERY, side=side)
        labels = column.images.map_of(named)
        if labels is None:
            lacking.append(side)
        elif takes(pieces, voxels_of(labels, named), labels.grid, way=1.0).any():
            found.append(side)
    # It enters the neck in front of the first thoracic vertebra.
    if lacking and set(touched) & {*NECK, Level.T1}:
        return unknown(*(f"label of the {side.value} vertebral artery" for side in lacking))
    return tuple(found)


def _beyond(pieces: Sequence[Piece], column: Column) -> list[str]:
    """The ends of the labelled column that lie in a piece, which may then take what nobody labelled."""
    said = []
    for level, words, head in ((column.levels[0], "above", 1.0), (column.levels[-1], "below", -1.0)):
        crop = column.crop(level)
        axis = column.spine[level].axes[2] if level in column.spine else np.array([0.0, 0.0, 1.0])
        heights = head * (crop.points_mm @ axis)
        end = crop.points_mm[heights >= heights.max() - 2.0 * max(crop.grid.spacing_mm)]
        if takes(pieces, end, crop.grid, way=1.0).any():
            said.append(f"a piece reaches {words} {level}, where no vertebra is labelled")
    return said + _gaps(pieces, column) + _in_sacrum(pieces, column)


def _in_sacrum(pieces: Sequence[Piece], column: Column) -> list[str]:
    """That a piece takes bone of a sacrum that is labelled as one, without its levels."""
    labels = column.images.map_of(SACRUM)
    if labels is None or not takes(pieces, voxels_of(labels, SACRUM), labels.grid, way=1.0).any():
        return []
    return ["a piece takes bone of the sacrum, whose levels are not labelled"]


def _gaps(pieces: Sequence[Piece], column: Column) -> list[str]:
    """The gaps in the labelled column that a piece lies in: where the vertebra above one would pass on its way down."""
    said = []
    for above, below in pairwise(column.levels):
        if are_neighbours(above, below):
            continue
        crop, way = column.crop(above), column.crop(below).centroid - column.crop(above).centroid
        if any(takes(pieces, crop.sample_mm + share * way, crop.grid, way=1.0).any() for share in SHARES):
            said.append(f"a piece reaches between {above} and {below}, where no vertebra is labelled")
    return said
