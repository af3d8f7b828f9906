"""The price of an operation: all that it takes, what that costs the patient, and what no label can tell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from enbloc.case.anatomy import Level, Side, Structure, StructureKind, in_order
from enbloc.case.answer import Unknown, unknown
from enbloc.case.image import Images
from enbloc.decide.root_table import NONE_PUBLISHED
from enbloc.decide.roots import endangers_breathing, expected, losses
from enbloc.decide.stops_of_vessels_and_roots import CONSENT_NEEDED
from enbloc.decide.vessels import LEVELS_STOP_FROM, bilateral_run
from enbloc.errors import RecordError
from enbloc.measure.spine.column import Column
from enbloc.plan.anatomy import BESIDE_VERTEBRAL_ARTERIES
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.price.around import (
    Arteries,
    DiscTaken,
    DuraContact,
    RibTaken,
    arteries_taken,
    discs_taken,
    dura_contact,
    ribs_open,
    ribs_taken,
)
from enbloc.plan.price.bone import BodyLost, BoneTaken, JointTaken, bodies_lost, bone_taken, joints_taken
from enbloc.plan.price.ground import Cloud, ground_of
from enbloc.plan.price.ligaments import Ligaments, ligaments_taken
from enbloc.plan.price.opening import Opening, Unopened
from enbloc.plan.price.roots import Roots, are_neighbours, roots_taken
from enbloc.plan.price.stability import Stability, stability_left
from enbloc.plan.price.taking import Taking
from enbloc.value import value

SACRUM = Structure(kind=StructureKind.SACRUM)
SHARES = np.linspace(0.0, 1.0, 21)


@value
class Price:
    """What the pieces and the openings of one operation take; numbers are rounded, intervals outward.

    ``unopened`` are openings of which nobody can tell what they take, ``beyond`` says where pieces reach past the
    labelled vertebrae, or into gaps among them.

    ``vertebral_arteries`` are those of which something lies in a piece; unknown in a neck without their labels. No
    label names pleura or lung: contact with it stays open. ``ribs_open`` are ribs without a label that may go.
    """

    bone: tuple[BoneTaken, ...]
    bodies: tuple[BodyLost, ...] | Unknown
    joints: tuple[JointTaken, ...]
    discs: tuple[DiscTaken, ...]
    ligaments: Ligaments
    roots: Roots
    arteries: Arteries
    vertebral_arteries: tuple[Side, ...] | Unknown
    ribs: tuple[RibTaken, ...]
    dura: DuraContact | Unknown
    pleura: Unknown
    stability: Stability
    unopened: tuple[Unopened, ...] = ()
    beyond: tuple[str, ...] = ()
    ribs_open: tuple[str, ...] = ()

    @property
    def levels(self) -> tuple[Level, ...]:
        """The vertebrae that lose bone, known how much or not, head to foot."""
        lost = (one.level for one in self.bone if one.part is None)
        return in_order((*lost, *(one.level for one in self.unopened)))

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


def price_of(
    pieces: Sequence[Piece],
    column: Column,
    lesion: str,
    *,
    openings: Sequence[Opening] = (),
    images: Images | None = None,
) -> Price:
    """What one operation on a lesion takes: its pieces, and bone that is opened, which may be all that it takes.

    Bone that both take goes with the piece, and is counted once. An opening by itself takes bone and what is inferred
    from it, and no root, artery, rib, disc or dura. ``images`` are those that show the tumour, where it was painted
    after the column was read. What does not depend on the cuts is read once and kept with the column.

    Raises
    ------
    RecordError
        If there is neither a piece nor an opening, or no vertebra is labelled.

    Examples
    --------
    >>> from enbloc.measure.spine.column import column_of
    >>> from enbloc.phantom import Recipe, build
    >>> from enbloc.plan.price.opening import LAMINAE
    >>> column = column_of(build(Recipe(levels=(Level.L3,), spacing_mm=(3.0, 3.0, 3.0))).images)
    >>> price = price_of((), column, "A", openings=(Opening(level=Level.L3, parts=LAMINAE),))
    >>> [(one.name, one.percent) for one in price.bone[1:]]
    [('L3 spinous process', 100.0), ('L3 lamina left', 100.0), ('L3 lamina right', 100.0)]
    """
    if not (pieces or openings) or not column.levels:
        raise RecordError("There is nothing to price.", remedy="Give a piece or an opening, and label the vertebrae.")
    taking = Taking(pieces=tuple(pieces), openings=tuple(openings), ground=ground_of(column))
    seen = column.images if images is None else images
    bone, joints, discs, ribs = bone_taken(taking), joints_taken(taking), discs_taken(taking), ribs_taken(taking)
    ligaments = ligaments_taken(taking, bone, joints)
    return Price(
        bone=bone,
        bodies=bodies_lost(taking, seen, lesion, hollowed=bool(column.hollowed)),
        joints=joints,
        discs=discs,
        ligaments=ligaments,
        roots=roots_taken(taking),
        arteries=arteries_taken(taking),
        vertebral_arteries=_vertebral(taking),
        ribs=ribs,
        dura=dura_contact(taking, seen, lesion),
        pleura=unknown("label of the pleura or lung: whether the specimen touches it"),
        stability=stability_left(taking, bone, joints, discs, ligaments),
        unopened=taking.unopened,
        beyond=(*_beyond(taking), *_gaps(taking), *_in_sacrum(taking)),
        ribs_open=ribs_open(taking, ribs),
    )


def _vertebral(taking: Taking) -> tuple[Side, ...] | Unknown:
    """The vertebral arteries of which something lies in a piece."""
    found, lacking = [], []
    for side in Side:
        cloud = taking.ground.cloud(Structure(kind=StructureKind.VERTEBRAL_ARTERY, side=side))
        if cloud is None:
            lacking.append(side)
        elif taking.meets(cloud):
            found.append(side)
    if lacking and any(taking.cut(level) is not None for level in taking.levels if level in BESIDE_VERTEBRAL_ARTERIES):
        return unknown(*(f"label of the {side.value} vertebral artery" for side in lacking))
    return tuple(found)


def _beyond(taking: Taking) -> tuple[str, ...]:
    """The ends of the labelled column that lie in a piece, which may then take what nobody labelled."""
    levels = taking.ground.levels
    ends = ((levels[0], "above"), (levels[-1], "below"))
    return tuple(
        f"a piece reaches {words} {level}, where no vertebra is labelled"
        for level, words in ends
        if (gone := taking.cut(level)) is not None and gone.pieces.most[gone.block.end(upper=words == "above")].any()
    )


def _in_sacrum(taking: Taking) -> tuple[str, ...]:
    """That a piece takes bone of a sacrum that is labelled as one, without its levels."""
    cloud = taking.ground.cloud(SACRUM)
    if cloud is None or not taking.meets(cloud):
        return ()
    return ("a piece takes bone of the sacrum, whose levels are not labelled",)


def _gaps(taking: Taking) -> tuple[str, ...]:
    """The gaps in the labelled column that a piece lies in: where the vertebra above one would pass on its way down."""
    said = []
    for above, below in pairwise(taking.ground.levels):
        if are_neighbours(above, below):
            continue
        crop, other = taking.ground.block(above).crop, taking.ground.block(below).crop
        steps = (crop.sample_mm + share * (other.centroid - crop.centroid) for share in SHARES)
        if any(taking.meets(Cloud(points_mm=points, grid=crop.grid)) for points in steps):
            said.append(f"a piece reaches between {above} and {below}, where no vertebra is labelled")
    return tuple(said)
