"""The operative field: one lesion's anatomy, read once and shared by every operation that is planned in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from enbloc.case import fact
from enbloc.case.anatomy import Level, Structure, in_order, tumour
from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.case.image import Images
from enbloc.case.lesion import Lesion
from enbloc.decide import Circumstances, enneking_stages
from enbloc.measure.spine.column import Column, column_of
from enbloc.plan.cutting.bone import Bone, KeepOut, Outline, bone_of, keep_out_of, outline_of
from enbloc.plan.cutting.shell import Shell, shell
from enbloc.plan.margin.surface import Barriers, Surface, barriers_of, surface_of
from enbloc.stage.score import Score
from enbloc.stage.surgical.enneking import Stage

Levels = tuple[Level, ...]
NO_MORE = Circumstances()


@dataclass(frozen=True, eq=False, kw_only=True)
class Field:
    """All that the operations on one lesion are planned from, each part read when first asked, and once.

    ``levels`` are the involved ones, head to foot; ``column`` holds every labelled vertebra in its frame. ``scores``
    and ``circumstances`` are what rules judge by beside the findings.
    """

    case: Case
    lesion: Lesion
    images: Images
    findings: Findings
    column: Column
    scores: tuple[Score, ...] = ()
    circumstances: Circumstances = NO_MORE
    _bones: dict[Levels, Bone] = field(default_factory=dict, init=False, repr=False)
    _near: dict[tuple[int, Structure], KeepOut | None] = field(default_factory=dict, init=False, repr=False)
    _shells: dict[Structure, Shell | None] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def levels(self) -> Levels:
        """The levels that hold tumour, head to foot; none if they are not known."""
        return in_order(self.findings.many(fact.LEVELS, self.lesion.id) or ())

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of Enneking that the tumour may have; none for a tumour that is not staged so."""
        return enneking_stages(self.case, self.findings, self.scores, self.lesion.id, circumstances=self.circumstances)

    @cached_property
    def is_drawn(self) -> bool:
        """Whether the tumour is labelled."""
        return self.images.map_of(tumour(self.lesion.id)) is not None

    @cached_property
    def around(self) -> Levels:
        """The involved levels with the labelled one above and below them."""
        return with_neighbours(self.column, self.levels)

    @cached_property
    def outline(self) -> Outline:
        """The convex outline of the tumour, which is labelled."""
        found = shell(self.images, tumour(self.lesion.id))
        assert found is not None
        return outline_of(found)

    @cached_property
    def surface(self) -> Surface:
        """The surface of the tumour, which is labelled."""
        return surface_of(self.images, self.lesion.id)

    @cached_property
    def separate_pieces(self) -> int:
        """In how many pieces the label of the tumour lies; voxels that share a corner belong together."""
        from scipy.ndimage import generate_binary_structure, label

        named = tumour(self.lesion.id)
        labels = self.images.map_of(named)
        if labels is None:
            return 0
        _, count = label(labels.mask(named, labels.boxes[named]), generate_binary_structure(3, 3))
        return int(count)

    @cached_property
    def barriers(self) -> Barriers:
        """Dura, cortex and discs around the tumour."""
        return barriers_of(self.images, self.lesion.id, self.levels)

    def bone(self, levels: Sequence[Level]) -> Bone:
        """The vertebrae of these levels as one piece of bone; raises as ``bone_of`` does."""
        wanted = tuple(levels)
        if wanted not in self._bones:
            self._bones[wanted] = bone_of(self.images, wanted, self.lesion.id)
        return self._bones[wanted]

    def shell(self, named: Structure) -> Shell | None:
        """The outermost voxels of a structure; nothing if it is not labelled."""
        if named not in self._shells:
            self._shells[named] = shell(self.images, named)
        return self._shells[named]

    def keep_out(self, bone: Bone, structures: Sequence[Structure]) -> Mapping[Structure, KeepOut]:
        """How near each voxel of a bone lies to those of the structures that are labelled."""
        found = {}
        for named in structures:
            held = self._kept_out(bone, named)
            if held is not None:
                found[named] = held
        return found

    def _kept_out(self, bone: Bone, named: Structure) -> KeepOut | None:
        key = (id(bone), named)  # the bone is kept as long as the field is, or held by who asks
        if key not in self._near:
            near = self.shell(named)
            self._near[key] = None if near is None else keep_out_of(bone, named, near)
        return self._near[key]


def with_neighbours(column: Column, levels: Sequence[Level]) -> Levels:
    """The labelled ones of these levels, with the labelled level above and below them."""
    labelled = column.levels
    held = [labelled.index(level) for level in levels if level in labelled]
    return labelled[max(0, min(held) - 1) : max(held) + 2] if held else ()


def fields_of(
    case: Case,
    images: Images,
    findings: Findings,
    scores: tuple[Score, ...] = (),
    circumstances: Circumstances = NO_MORE,
) -> tuple[Field, ...]:
    """The operative field of each lesion; they share one column."""
    column = column_of(images)
    return tuple(
        Field(
            case=case,
            lesion=lesion,
            images=images,
            findings=findings,
            column=column,
            scores=scores,
            circumstances=circumstances,
        )
        for lesion in case.lesions
    )


def outline_error_mm(findings: Findings, lesion: str) -> float:
    """How far the outline of a tumour is recorded to lie off, mm: it widens the interval of every margin; 0 if none is.

    The error of the registration belongs to the cutting, and widens the risk.
    """
    return findings.value(fact.SEGMENTATION_ERROR, lesion) or 0.0
