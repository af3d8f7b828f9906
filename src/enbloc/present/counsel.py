"""What a board is told of a decision, in words, before it is set: the same for page, paper and terminal."""

from __future__ import annotations

from enbloc.decide.decision import Degree
from enbloc.value import value


@value
class Rule:
    """A rule that speaks, as printed."""

    id: str
    degree: Degree
    is_open: bool  # cannot be judged yet
    status: str  # "holds", or that it counts as open
    statement: str
    do: str
    steps: tuple[str, ...]  # the same, each of several questions by itself; of many the first
    because: str
    ask: str
    about: str
    strength: str
    checked: str  # the verification mark, with its meaning
    mark: str  # the mark alone: "V2"
    is_draft: bool
    cites: tuple[str, ...]
    sources: str  # the same in short: "Fisher et al. 2010"
    read: str  # what it was judged by


@value
class Held:
    """A stop that holds, or an urgent rule: ``of`` names the acts and lesions it concerns, where those are not all."""

    rule: Rule
    of: str
    clock: str  # "by 2026-11-21, in 1 day"; empty where no clock runs


@value
class OpenStop:
    """A stop that cannot be excluded, with those of its questions that no stop before it asked."""

    id: str
    about: str  # as in the annex
    is_draft: bool
    of: str
    questions: tuple[str, ...]


@value
class OpenTopic:
    """Stops that cannot be excluded, by what to ask for."""

    topic: str
    stops: tuple[OpenStop, ...]


@value
class OverrideRow:
    """A stop that a named person overrode: who, when, why, and where it counts."""

    stop: str
    where: str
    by: str
    on: str
    because: str
    do: str  # what the stop asks for all the same

    @property
    def words(self) -> str:
        """The override in a line."""
        return f"{self.stop} overridden by {self.by}, {self.on}: {self.because}"


@value
class ContradictionRow:
    """Two findings that contradict each other, and what would settle it."""

    words: str
    sides: tuple[str, ...]
    ask: tuple[str, ...]


@value
class PartRow:
    """What the rules say of one part of an option: before it, how, its price."""

    name: str
    rules: tuple[Rule, ...]


@value
class Choice:
    """One option as the rules see it."""

    words: str
    act: str
    about: str
    standing: str
    because: str
    short: str  # the reason where room is short
    is_leading: bool
    is_draft: bool
    supports: tuple[Rule, ...]
    against: tuple[Rule, ...]
    held: tuple[Rule, ...]  # stops that hold
    open: tuple[Rule, ...]  # stops that cannot be excluded
    risks: tuple[Rule, ...]
    overridden: tuple[OverrideRow, ...]
    parts: tuple[PartRow, ...]  # of an option that is not rejected, what none before it told
    as_before: str  # the rules that say of it what they say of one before
    pending: str  # what is not judged of it, counted by family
    expected: tuple[str, ...]


@value
class Framework:
    """NOMS and LMNOP side by side for one lesion: rows of field, NOMS, LMNOP, and whether they differ."""

    about: str
    fields: tuple[tuple[str, str, str, bool], ...]
    surgery_first: tuple[str, str]
    driving: str  # what the two come apart by, or that they do not, or that it is not known
    rows: str  # the cells of NOMS
    location: str
    ask: tuple[str, ...]


@value
class Effect:
    """What answers to one input would do."""

    answers: str
    leading: str
    branch: str
    scores: str
    holds: str  # stops that would then hold
    opens: str  # stops that could then no longer be excluded
    closes: str
    rules: str


@value
class ChangeRow:
    """An input that would change the picture."""

    ask: str
    why: str  # "not known", or how it stands
    effects: tuple[Effect, ...]


@value
class NearestRow:
    """The smallest change of one finding that would put another option first."""

    about: str
    words: str


@value
class DayRow:
    """An entry of the timeline with its day, for the axis: days count from the day of the case."""

    words: str
    about: str
    what: str
    when: str  # "2026-12-08"
    left: str  # "in 18 days"
    counted: str
    rule: str
    mark: str
    is_draft: bool
    is_open: bool
    first: int | None  # days from the day of the case to the first day
    last: int | None
    kind: str  # "by", "from", "window" or "until"
    note: str


@value
class Undated:
    """Entries without a day that wait for the same answers."""

    ask: str
    entries: tuple[str, ...]


@value
class Days:
    """The timeline: what has a day and lies near or ahead, what lies long past, what has no day."""

    rows: tuple[DayRow, ...]
    past: tuple[DayRow, ...]
    undated: tuple[Undated, ...]


@value
class Minute:
    """One line of the summary for the board; one without words is a blank to be filled in."""

    label: str
    lines: tuple[str, ...]
    ask: str


@value
class Minutes:
    """The summary for the board of one lesion (MDT-04)."""

    about: str
    lines: tuple[Minute, ...]


@value
class Counsel:
    """Everything that is told of a decision."""

    held: tuple[Held, ...]
    urgent: tuple[Held, ...]
    waiting: str  # urgent rules that cannot be judged yet, and what most of them ask
    open: tuple[OpenTopic, ...]
    aside: str  # stops of options alone that are rejected or that no rule speaks for
    contradictions: tuple[ContradictionRow, ...]
    overrides: tuple[OverrideRow, ...]
    choices: tuple[Choice, ...]
    not_taken: tuple[str, ...]  # where no option is rejected: the one that stands last, with the reason
    unsupported: tuple[str, ...]  # the options that no rule speaks for, by lesion where there are several
    frameworks: tuple[Framework, ...]
    disagreements: tuple[Rule, ...]
    cautions: tuple[Rule, ...]
    changes: tuple[ChangeRow, ...]
    nearest: tuple[NearestRow, ...]
    days: Days
    minutes: tuple[Minutes, ...]
    missing: tuple[str, ...]
    pending: str  # rules that could not be judged yet, counted by family
    rules: tuple[Rule, ...]  # every one that spoke
    sources: tuple[str, ...]  # what those rules cite
    judged: str  # how many rules there are, and how many of them are drafts
    draft_share: str
