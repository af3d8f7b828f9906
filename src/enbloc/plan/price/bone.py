"""The bone that an operation takes and leaves: of each vertebra, of each of its parts, of its body, of its joints."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from enbloc.case.anatomy import Level, Part, Side, Structure, tumour
from enbloc.case.answer import Unknown, unknown
from enbloc.case.finding import Interval
from enbloc.case.image import Images, LabelMap
from enbloc.measure.spine.heights import is_sacral
from enbloc.measure.spine.parts import CODES
from enbloc.plan.cutting.piece import Bools
from enbloc.plan.price.roots import between, foramina
from enbloc.plan.price.taking import Gone, Taking
from enbloc.plan.rounding import cc, cc_between, percent, percent_between
from enbloc.value import value


@value
class BoneTaken:
    """How much of one part of a vertebra goes, the blades' way included; of the whole vertebra where ``part`` is none.

    ``blades_cc`` is what of it is in the way of a blade, ``opened_cc`` what is opened piecemeal and no piece takes:
    neither is in a specimen. Kept and removed add up to the part, and specimen, blades and opened to what is removed.
    ``interval_cc`` is what is removed when every cut and every surface of the bone lies half a voxel off,
    ``percent_interval`` when the cuts do.
    """

    level: Level
    part: Part | None
    side: Side | None
    total_cc: float
    removed_cc: float
    blades_cc: float
    opened_cc: float
    percent: float
    interval_cc: Interval
    percent_interval: Interval

    @property
    def kept_cc(self) -> float:
        return cc(self.total_cc - self.removed_cc)

    @property
    def specimen_cc(self) -> float:
        """What of it goes out with a piece."""
        return cc(self.removed_cc - self.blades_cc - self.opened_cc)

    @property
    def name(self) -> str:
        """The level, the part and its side."""
        words = [str(self.level), self.part.value if self.part else "vertebra", self.side.value if self.side else ""]
        return " ".join(word for word in words if word)

    def __str__(self) -> str:
        opened = f", {self.opened_cc:.2f} cc of it piecemeal" if self.opened_cc else ""
        return f"{self.name}: {self.removed_cc:.2f} of {self.total_cc:.2f} cc removed ({self.percent:g} %){opened}"


@value
class JointTaken:
    """A facet joint of which bone goes: how much of the process above it and of that below, per cent of their bone.

    A vertebra that is not labelled is none; of its process nothing is known to go. ``interval`` is of the process that
    loses more, when the cuts lie half a voxel off: a joint that only then loses bone is told with nought per cent.
    """

    above: Level | None
    below: Level | None
    side: Side
    percent_above: float
    percent_below: float
    interval: Interval

    @property
    def is_gone(self) -> bool:
        """Whether one of its two processes goes altogether."""
        return self.percent >= 100.0

    @property
    def percent(self) -> float:
        """Of the process that loses more."""
        return max(self.percent_above, self.percent_below)

    def __str__(self) -> str:
        where = between(self.above, self.below)
        how = "gone" if self.is_gone else "in part" if self.percent else "not certain"
        return f"facet joint {where} {self.side.value}, {how}"


def bone_taken(taking: Taking) -> tuple[BoneTaken, ...]:
    """Each labelled vertebra that loses bone, and each part of it that does; head to foot."""
    return tuple(one for level in taking.levels for one in _of_level(level, taking.gone(level)))


def _of_level(level: Level, gone: Gone | None) -> Iterator[BoneTaken]:
    if gone is None:
        return
    block = gone.block
    yield _taken(level, None, None, np.ones(len(block.halves), np.bool_), gone)
    for part, side in CODES:
        mine = block.of(part, side)
        if (mine & gone.lost(1.0)).any():
            yield _taken(level, part, side, mine, gone)


def _taken(level: Level, part: Part | None, side: Side | None, mine: Bools, gone: Gone) -> BoneTaken:
    voxel, halves = gone.block.crop.grid.voxel_cc, gone.block.halves
    now, least, most = (mine & gone.lost(way) for way in (0.0, -1.0, 1.0))
    blades, opened = gone.pieces.now & ~gone.pieces.held, gone.opened & ~gone.pieces.now
    total, removed = int(mine.sum()), int(now.sum())
    removed_cc = cc(removed * voxel)
    # Each is rounded, so the specimen is what they leave: never less than nothing.
    opened_cc = min(cc(int((mine & opened).sum()) * voxel), removed_cc)
    blades_cc = min(cc(int((mine & blades).sum()) * voxel), cc(removed_cc - opened_cc))
    return BoneTaken(
        level=level,
        part=part,
        side=side,
        total_cc=cc(total * voxel),
        removed_cc=removed_cc,
        blades_cc=blades_cc,
        opened_cc=opened_cc,
        percent=percent(removed, total),
        interval_cc=cc_between(voxel * float((1.0 - halves)[least].sum()), voxel * float((1.0 + halves)[most].sum())),
        percent_interval=percent_between(int(least.sum()), int(most.sum()), total),
    )


@value
class BodyLost:
    """How much of the body of a vertebra is lost to the operation and to the tumour together, per cent of its label."""

    level: Level
    percent: float
    interval: Interval  # when the cuts lie half a voxel off


def bodies_lost(
    taking: Taking, images: Images, lesion: str, *, hollowed: bool = False
) -> tuple[BodyLost, ...] | Unknown:
    """Every body that loses bone; open while the tumour has no label, or a body lacks what it took (``hollowed``)."""
    losing = [gone for level in taking.levels if (gone := taking.gone(level)) is not None and _loses_body(gone)]
    labels = images.map_of(tumour(lesion))
    if losing and (labels is None or hollowed):
        return unknown("label of the tumour, and of the whole bone beneath it")
    return tuple(_body_lost(gone, labels, tumour(lesion)) for gone in losing if labels is not None)


def _loses_body(gone: Gone) -> bool:
    return bool((gone.block.of(Part.BODY) & gone.lost(1.0)).any())


def _body_lost(gone: Gone, labels: LabelMap, ill: Structure) -> BodyLost:
    mine = gone.block.of(Part.BODY)
    taken = labels.holds(ill, gone.block.cloud.points_mm[mine])
    now, least, most = (int((taken | gone.lost(way)[mine]).sum()) for way in (0.0, -1.0, 1.0))
    total = len(taken)
    span = percent_between(least, most, total)
    return BodyLost(level=gone.block.crop.level, percent=percent(now, total), interval=span)


Share = tuple[int, int, int, int]
"""How many voxels of a process go as planned, at least and at most, and how many it has."""


def joints_taken(taking: Taking) -> tuple[JointTaken, ...]:
    """The facet joints of which bone goes, each side, head to foot.

    A joint is the bone of the facets below the middle of the upper pedicle with that above the middle of the lower.
    The vertebrae of the sacrum have none between them.
    """
    pairs = ((upper, lower) for upper, lower in foramina(taking.ground.levels) if upper is None or not is_sacral(upper))
    found = (_joint(taking, upper, lower, side) for upper, lower in pairs for side in Side)
    return tuple(joint for joint in found if joint is not None)


def _joint(taking: Taking, above: Level | None, below: Level | None, side: Side) -> JointTaken | None:
    upper = _process_share(taking, above, side, is_lower=True)
    lower = _process_share(taking, below, side, is_lower=False)
    shares = [share for share in (upper, lower) if share is not None and share[2]]
    if not shares:
        return None
    spans = [percent_between(least, most, total) for _, least, most, total in shares]
    return JointTaken(
        above=above,
        below=below,
        side=side,
        percent_above=percent(upper[0], upper[-1]) if upper else 0.0,
        percent_below=percent(lower[0], lower[-1]) if lower else 0.0,
        interval=Interval(low=max(span.low for span in spans), high=max(span.high for span in spans)),
    )


def _process_share(taking: Taking, level: Level | None, side: Side, *, is_lower: bool) -> Share | None:
    """What goes of an articular process; nothing where the vertebra shows none, or loses no bone."""
    gone = taking.gone(level) if level is not None else None
    if gone is None or gone.block.one is None:
        return None
    one = gone.block.one
    heights = one.own_mm[:, 2] - float(one.hole_mm[2])
    mine = gone.block.of(Part.FACET, side) & ((heights < 0.0) if is_lower else (heights >= 0.0))
    total = int(mine.sum())
    if total == 0:
        return None
    now, least, most = (int((mine & gone.lost(way)).sum()) for way in (0.0, -1.0, 1.0))
    return now, least, most, total
