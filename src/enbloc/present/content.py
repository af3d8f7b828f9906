"""What stands in a report, in words, before it is set: the same for the page and for paper."""

from __future__ import annotations

from enbloc.decide.decision import Degree
from enbloc.present.counsel import Choice, Counsel
from enbloc.present.gauge import Gauge
from enbloc.present.outlook import Further, SideBySide
from enbloc.present.planned import ComparedTable, PlanSheet
from enbloc.value import value


@value
class Mark:
    """One item of a score: its reading and points, and how it came to be known."""

    name: str
    reading: str
    points: tuple[str, ...]
    state: str  # "measured", "entered", "overruled", "borderline" or "unknown"
    note: str
    ask: str
    gauges: tuple[Gauge, ...]  # the numbers behind it
    facts: tuple[str, ...]  # the findings that it was read from, by their places
    enter: str  # the fact by which a person states the reading; empty if there is none


@value
class ScoreCard:
    """One instrument about one lesion."""

    instrument: str
    name: str
    about: str  # the lesion's id
    at: str
    totals: tuple[int | float, ...]
    out_of: int | None
    result: str  # "6 · 7 · 8" or "2 or 3"
    band: str  # "stable or potentially unstable"
    marks: tuple[Mark, ...]
    why: str  # "pain not known"
    reported: str
    missing: tuple[str, ...]
    flags: tuple[str, ...]
    also: str  # what the same answers come to by other published readings
    cites: tuple[str, ...]
    version: str


@value
class OptionRow:
    """One way to go, with the margin of the operation that is proposed for it."""

    number: int
    choice: Choice
    margin: str  # with its interval
    margin_class: str  # "marginal or wide"
    degree: Degree | None  # how loudly the margin is drawn
    gauge: Gauge | None
    readiness: str


@value
class Row:
    """One finding."""

    about: str
    place: str  # where others refer to
    words: str
    value: str
    interval: str
    kind: str  # "measured", "entered" or "recorded"
    source: str
    at: str
    notes: str
    overruled: str  # the value that was replaced, with its source; empty if none
    because: str
    gauge: Gauge | None  # where it has an interval


@value
class Subject:
    """All findings about the patient, one lesion or one level."""

    about: str
    rows: tuple[Row, ...]


@value
class Measured:
    """One measurement with all that is known of it."""

    place: str  # where others refer to
    words: str
    value: str
    interval: str
    borderline: str  # "on both sides of 50 %"; empty where one reading holds
    method: str
    source: str  # the image or label map
    at: str
    notes: str
    gauge: Gauge | None


@value
class Group:
    """The measurements of one topic about one lesion, one level or the column."""

    about: str  # "lesion A", "T8"
    doubt: str  # why the level is not verified; empty if nothing speaks against it
    topic: str
    rows: tuple[Measured, ...]

    @property
    def methods(self) -> tuple[str, ...]:
        """How the numbers were read, each way once."""
        return tuple(dict.fromkeys(row.method for row in self.rows if row.method not in ("", "as above")))


@value
class LevelRow:
    """One level at a glance; a cell is empty where nothing was measured."""

    level: str
    is_affected: bool
    doubt: str
    cells: tuple[str, ...]


@value
class Ring:
    """Tumour in one sector and layer of one level, cc."""

    sector: int
    layer: str
    cc: float
    is_open: bool  # half a voxel decides whether there is any


@value
class Dial:
    """Sectors and layers of one level."""

    level: str
    rings: tuple[Ring, ...]


@value
class Step:
    """One plane across the canal: what lies in it, mm²; nothing where it is not labelled."""

    along_mm: float
    tumour: float
    canal: float | None
    sac: float | None
    cord: float | None


@value
class Profile:
    """The canal beside a lesion, from the head down, and where compression is worst."""

    steps: tuple[Step, ...]
    worst_mm: float | None
    worst: str  # what is said of that plane


@value
class Bar:
    """A number of a list with its interval, drawn."""

    words: str
    value: str
    interval: str
    gauge: Gauge


@value
class LesionTables:
    """What is measured of a lesion in tables."""

    about: str
    dials: tuple[Dial, ...]
    profile: Profile | None
    parts: tuple[Bar, ...]
    spared: str  # the parts without tumour
    clearances: tuple[Bar, ...]


@value
class Absent:
    """Why something could not be measured, what that was, and what would settle it."""

    why: str
    what: str
    ask: tuple[str, ...]


@value
class Measures:
    """Everything that was measured, ready to be set."""

    counts: tuple[str, ...]
    groups: tuple[Group, ...]
    tables: tuple[LesionTables, ...]
    heads: tuple[str, ...]
    column: tuple[LevelRow, ...]
    missing: tuple[Absent, ...]  # the reason that keeps most from being measured first


@value
class Gap:
    """Something not known, and what would settle it."""

    what: str
    ask: str


@value
class Extent:
    """The sectors and layers of a lesion, for the wheel."""

    about: str
    sectors: tuple[int, ...] | None
    layers: tuple[str, ...] | None


@value
class Report:
    """Everything that a report says."""

    title: str
    case: str
    as_of: str
    version: str
    fingerprint: str
    banner: str
    identity: str
    story: str
    history: tuple[str, ...]
    headlines: tuple[str, ...]  # the last says whether it is ready
    readiness: str  # "READY for the board" or "NOT READY"
    counsel: Counsel
    scores: tuple[ScoreCard, ...]  # what a board decides by: SINS and ESCC
    classes: tuple[ScoreCard, ...]  # what describes: WBB, Tomita, compartment, Genant, Meyerding
    extents: tuple[Extent, ...]
    options: tuple[OptionRow, ...]
    compared: tuple[ComparedTable, ...]  # the operations of each lesion beside each other
    plans: tuple[PlanSheet, ...]  # those that are feasible, the one that is drawn first
    unplanned: str  # why there is none; empty where there is one
    survival: tuple[SideBySide, ...]  # the survival scores of each lesion
    further: tuple[Further, ...]  # the other instruments that what is known narrows
    refused: tuple[str, ...]  # those that are not for this patient, each with the reason
    measures: Measures
    findings: tuple[Subject, ...]  # what is known beside the measurements
    gaps: tuple[Gap, ...]
    inputs: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    rule_versions: tuple[tuple[str, str, str], ...]  # version, mark, rules
    said: tuple[str, ...]
    unused: tuple[tuple[str, str], ...]
    without: tuple[str, ...]  # pictures that could not be drawn
    use: tuple[str, ...]  # what scores are for, and what not

    @property
    def foot(self) -> str:
        """The line at the foot of every page, before the page number."""
        parts = (f"case {self.case}", f"as of {self.as_of}", f"enbloc {self.version}", self.fingerprint[:16])
        return " · ".join(parts)
