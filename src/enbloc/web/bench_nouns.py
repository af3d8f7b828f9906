"""What the routes of the workbench take and give; the process of a bench makes the same values.

Places are millimetres, patient LPS. A voxel's value is always that of the painted map: ``BenchStructure.value``.
"""

from __future__ import annotations

from typing import Literal

from enbloc.case.geometry import Triple
from enbloc.value import value

Matrix = tuple[tuple[float, float, float, float], ...]
Part = Literal["overview", "detail", "whole"]


@value
class Preset:
    """A grey window by its name: what is black and what is white, in the values of the image."""

    name: str
    low: float
    high: float


@value
class BenchImage:
    """A scan of the bench. ``affine`` leads from (slice, row, column) to the patient, 4 by 4, row after row.

    ``notes`` are what has to be said of it on every view, such as thick slices.
    """

    role: str
    words: str
    modality: str
    taken: str
    shape: tuple[int, int, int]
    spacing_mm: Triple
    affine: Matrix
    presets: tuple[Preset, ...]
    notes: tuple[str, ...] = ()


@value
class BenchStructure:
    """A value of the painted map and what it stands for; ``colour`` is the name of a token.

    Tumour in bone has a value of its own, so that the bone under it is not lost: then ``shown_as`` is the value of the
    tumour, ``beneath`` that of the bone, and ``is_brush`` is false. ``level`` is empty where it has none, ``doubt``
    what is odd about its label, empty if nothing is. ``is_present`` is whether any voxel has it.
    """

    value: int
    name: str
    colour: str
    level: str
    lesion: str
    is_editable: bool
    is_brush: bool
    shown_as: int
    beneath: int
    is_present: bool
    doubt: str


@value
class Becoming:
    """Painting ``brush`` over a voxel of value ``onto`` makes it ``becomes``; what is not listed becomes the brush.

    A brush of 0 erases: of tumour in bone the bone is left.
    """

    brush: int
    onto: int
    becomes: int


@value
class BenchLesion:
    """A lesion: its levels as labelled or else as reported, and where to look first."""

    id: str
    words: str
    levels: tuple[str, ...]
    at_mm: Triple | None


@value
class Vouched:
    """Whether somebody has confirmed what the bench shows now, unedited; ``sha256`` is what they would name."""

    is_confirmed: bool
    by: str
    on: str
    sha256: str


@value
class BothVouched:
    """The labels, and the level."""

    labels: Vouched
    level: Vouched


@value
class MovedCut:
    """A cut of an operation where a person left it."""

    operation: str
    cut: str
    point_mm: Triple
    normal: Triple


@value
class Bench:
    """An opened case. ``seq`` counts the edits; ``painting`` is the role of the image whose grid is painted on.

    ``paints`` says what painting over something leaves where it is not the brush alone. ``said`` is what was done to
    the images on reading, ``unused`` what was left out, each with its reason. ``cuts`` are those that were kept with
    this version where somebody had left them.
    """

    bench: str
    case_id: str
    version: int
    seq: int
    words: str
    day: str
    banner: str
    painting: str
    images: tuple[BenchImage, ...]
    structures: tuple[BenchStructure, ...]
    paints: tuple[Becoming, ...]
    lesions: tuple[BenchLesion, ...]
    confirmed: BothVouched
    said: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    cuts: tuple[MovedCut, ...] = ()


# --- labels and measures ----------------------------------------------------------------------------------------------


@value
class Shown:
    """The plane to look at a measurement on."""

    point_mm: Triple
    normal: Triple


@value
class BenchMeasure:
    """One number read out of the images, or why it could not be: then ``missing`` says so and ``shown`` is empty.

    ``value`` is the number itself where it is one. ``is_changed`` is whether the last edit changed it.
    """

    key: str
    fact: str
    words: str
    about: str
    shown: str
    value: float | None
    low: float | None
    high: float | None
    interval: str
    unit: str
    at_mm: Triple | None
    plane: Shown | None
    missing: str
    is_changed: bool


@value
class BenchMeasures:
    """Every measure of the labels as they are after edit ``seq``."""

    seq: int
    items: tuple[BenchMeasure, ...]
    took_ms: int


@value
class Painted:
    """The labels after an edit, and the measures that it changed. ``gone`` are the keys of those that are no more."""

    seq: int
    voxels: int
    measures: tuple[BenchMeasure, ...]
    gone: tuple[str, ...]
    took_ms: int
    structures: tuple[BenchStructure, ...] = ()  # those that came to be by it, or whose doubt or presence changed


@value
class GrowWish:
    """Grow ``value`` from a place over what is within these grey values and joined to it, up to ``most_cc``."""

    value: int
    seed_mm: Triple
    within_hu: tuple[float, float]
    most_cc: float


@value
class RelabelWish:
    """Another name for whole vertebrae: of one (``to``; ``swap`` if they change places), or of a row by ``shift``.

    A shift moves the names of ``level`` and of all towards ``end``, with everything that bears such a name.
    """

    level: str
    to: str = ""
    swap: bool = False
    shift: Literal[-1, 0, 1] = 0
    end: Literal["foot", "head"] = "foot"


# --- what is drawn ----------------------------------------------------------------------------------------------------


@value
class DrawnLine:
    """A line on a slice: of a ``sector``, a ``layer``, a ``keep-out``, a ``root`` or an ``artery``."""

    kind: str
    name: str
    colour: str
    points_mm: tuple[Triple, ...]
    is_closed: bool
    notes: str = ""


@value
class Drawn:
    """The lines on and near a slice; ``missing`` says why there are none of a kind."""

    axis: str
    mm: float
    lines: tuple[DrawnLine, ...]
    missing: tuple[str, ...]


# --- saving -----------------------------------------------------------------------------------------------------------


@value
class KeptCuts:
    """The cuts of a version where a person left them."""

    cuts: tuple[MovedCut, ...]


@value
class ConfirmWish:
    """What the person vouches for by name: these labels, and the level, as they are at the edit that is saved."""

    labels: bool = False
    level: bool = False


@value
class SaveBench:
    """Keep the labels (if ``labels``), cuts and confirmations as a new version, made from ``made_from`` at ``seq``."""

    because: str
    made_from: int
    seq: int
    labels: bool = True
    cuts: tuple[MovedCut, ...] = ()
    confirm: ConfirmWish = ConfirmWish()
