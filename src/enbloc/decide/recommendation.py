"""What a board is shown: options in order of support, what stops each, what is missing, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from enbloc.case.override import Override
from enbloc.decide.contradictory import Contradiction
from enbloc.decide.decision import Act, Holds, Said, Statement
from enbloc.decide.lmnop import Comparison
from enbloc.decide.timeline import Dated
from enbloc.value import value


class Standing(Enum):
    """How an option stands among those of its lesion."""

    LEADING = "leads"
    POSSIBLE = "possible"
    REJECTED = "rejected"
    UNSUPPORTED = "no rule speaks for it"


@value
class Overridden:
    """A stop that a named person overrode with a reason; it stays printed wherever the option is."""

    stop: Statement
    by: Override


@value
class Option:
    """One way to go, with the rules for and against it, and the stops that block it."""

    act: Act
    about: str  # the lesion's id
    words: str  # "separation surgery T8, then radiosurgery"
    standing: Standing
    because: str  # why it leads or does not, with the rule that decides it
    supports: tuple[Statement, ...] = ()
    against: tuple[Statement, ...] = ()
    stops: tuple[Statement, ...] = ()  # open stops, also those that cannot be judged
    overridden: tuple[Overridden, ...] = ()
    risks: tuple[Statement, ...] = ()  # stops of elective care in an emergency: risks to accept, never a delay
    speaks: tuple[Statement, ...] = ()  # what else holds of it
    pending: tuple[Statement, ...] = ()  # what cannot be judged of it yet, and is no stop
    expected: tuple[str, ...] = ()  # published figures of this tumour after this act

    @property
    def is_draft(self) -> bool:
        """Whether nothing but drafts speaks for it."""
        return bool(self.supports) and all(rule.is_draft for rule in self.supports)

    @property
    def is_blocked(self) -> bool:
        return bool(self.stops)

    @property
    def is_sure(self) -> bool:
        """Whether a rule speaks for it in this case, and not only if something turns out so."""
        return any(one.holds is Holds.YES for one in self.supports)

    @property
    def every(self) -> tuple[Statement, ...]:
        """Every statement about it."""
        overridden = tuple(one.stop for one in self.overridden)
        return (*self.stops, *overridden, *self.risks, *self.supports, *self.against, *self.speaks, *self.pending)


@value
class Summary:
    """What the output of the board must hold about one lesion (MDT-04); what nobody recorded says so."""

    certainty: str
    noms: tuple[str, ...]  # the rows of NOMS that hold, or those that are open
    margin: str
    chosen: str
    rejected: tuple[str, ...]
    consent: tuple[str, ...]
    responsible: str
    deadline: str
    ask: tuple[str, ...]


@value
class Recommended:
    """What the rules say of one lesion, its options in order of support, and the summary for the board."""

    about: str
    said: Said
    stops: tuple[Statement, ...] = ()  # open stops about the case itself
    overridden: tuple[Overridden, ...] = ()  # those that a named person overrode
    options: tuple[Option, ...]
    frameworks: Comparison | None  # NOMS and LMNOP beside each other, where they apply
    summary: Summary

    @property
    def leading(self) -> Option | None:
        """The option that leads, if one does."""
        return next((one for one in self.options if one.standing is Standing.LEADING), None)

    @property
    def blocking(self) -> tuple[Statement, ...]:
        """The open stops of the case, and of the option that leads or, where none does, of all that are possible."""
        possible = [one for one in self.options if one.standing is Standing.POSSIBLE]
        ahead = [self.leading] if self.leading else possible
        return (*self.stops, *(stop for option in ahead for stop in option.stops))


@value
class Answered:
    """What one answer to an open question would do; stops are named by their ids."""

    answers: tuple[str, ...]  # the answers that do the same
    leading: str = ""  # the option that would then lead, where it is another
    branch: str = ""  # the branch that the case would then take, where it is another
    closes: tuple[str, ...] = ()  # stops that would then be excluded
    holds: tuple[str, ...] = ()  # stops that would then hold
    opens: tuple[str, ...] = ()  # stops that could then no longer be excluded
    scores: tuple[str, ...] = ()  # as they would then come out
    rules: tuple[str, ...] = ()  # the rules for and against options that make the difference

    @property
    def words(self) -> str:
        """What follows, in a line."""
        named = (
            ("leading", (self.leading,)),
            ("branch", (self.branch,)),
            ("closes", self.closes),
            ("then holds", self.holds),
            ("no longer excluded", self.opens),
            ("then", self.scores),
            ("by", self.rules),
        )
        return "; ".join(f"{head}: {', '.join(those)}" for head, those in named if any(those))


class Why(Enum):
    """Why an input is in question."""

    UNKNOWN = "not known"
    BORDERLINE = "borderline"
    OVERRULED = "overruled by a person"


@value
class Change:
    """One input that would change the picture, with what each answer would do; the most telling input comes first."""

    fact: str
    about: str
    ask: str
    why: Why
    now: str = ""  # as it stands
    answers: tuple[Answered, ...]


@value
class Nearest:
    """The smallest change of one finding that would put another option first."""

    about: str  # the lesion whose leading option changes
    fact: str
    of: str  # whom the finding is about
    ask: str
    now: str
    then: str
    leading: str


@value
class Decision:
    """What every rule of the pathway says of a case, what is missing, and what would change it.

    Findings that contradict each other are withheld from the rules and stand under ``contradictions``.
    """

    lesions: tuple[Recommended, ...]
    missing: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    timeline: tuple[Dated, ...] = ()
    changes: tuple[Change, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    rules: int  # of the pathway, each of which was judged
    drafts: int  # of those, not yet compared with their source
    overdue: int | None = None  # of those, due for review on the day of the case; nothing where that day is not known

    @property
    def options(self) -> tuple[Option, ...]:
        """The options of every lesion, in order of support."""
        return tuple(option for lesion in self.lesions for option in lesion.options)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What speaks of the case itself, and the stops about it that cannot be excluded, each once."""
        return _once(one for lesion in self.lesions for one in (*lesion.said.speaks, *lesion.said.open_stops))

    @property
    def stops(self) -> tuple[Statement, ...]:
        """The open stops that stand in the way: of the case, and of the options that lead, each once.

        Where none leads, of every option that is possible. Those of the others stand on each of them.
        """
        return _once(stop for lesion in self.lesions for stop in lesion.blocking)

    @property
    def draft_share(self) -> float:
        """The share of speaking rules that are not yet source-checked."""
        spoken = {one.rule: one for one in self.statements}
        spoken |= {one.rule: one for option in self.options for one in option.every if one.holds is Holds.YES}
        drafts = sum(one.is_draft for one in spoken.values())
        return drafts / len(spoken) if spoken else 0.0


def _once(those: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple({(one.rule, one.about, one.do): one for one in those}.values())
