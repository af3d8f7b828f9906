"""What the rules say of one case, and of each plan for it."""

from __future__ import annotations

from enum import Enum

from enbloc.evidence import Checked, Citation
from enbloc.value import value


class Degree(Enum):
    """The four degrees of alarm, and no more."""

    STOP = "stop"  # must be resolved or overridden by name
    URGENT = "urgent"  # a clock runs
    CAUTION = "caution"
    NOTE = "note"


class Holds(Enum):
    """Whether a rule speaks."""

    YES = "yes"
    UNKNOWN = "cannot be judged yet"


@value
class Statement:
    """One rule that speaks, or that cannot be judged yet; a stop that cannot be judged counts as open."""

    rule: str  # "STOP-01"
    degree: Degree
    holds: Holds
    statement: str  # the published statement
    do: str  # one thing to do
    because: str  # the fact of this case that calls for it
    ask: tuple[str, ...] = ()
    about: str = ""  # the lesion's id, or "patient"
    strength: str
    checked: Checked
    cites: tuple[Citation, ...]
    disagrees: tuple[str, ...] = ()  # the disagreements of sources that the rule carries: "DISAGREE-4"
    read: tuple[str, ...] = ()  # what it was judged by: the id of each fact and whom it is about

    @property
    def is_draft(self) -> bool:
        """Not yet source-checked: computed, drawn dotted, never the only support."""
        return self.checked.is_draft


class Act(Enum):
    """What an option does, in the words that the rules use."""

    OBSERVATION = "observation"
    SEPARATION = "separation surgery, then radiosurgery"
    EN_BLOC = "en bloc resection"
    RADIOSURGERY = "radiosurgery"
    RADIOTHERAPY = "conventional radiotherapy"
    STABILISATION = "stabilisation"
    BIOPSY = "biopsy"
    INTRALESIONAL = "intralesional excision"
    INTRADURAL = "intradural resection"
    CEMENT = "cement augmentation"
    ABLATION = "thermal ablation"
    EMBOLISATION = "embolisation"
    SYSTEMIC = "systemic therapy"
    PALLIATIVE = "palliative care"

    @property
    def is_surgery(self) -> bool:
        """Whether a wound is made; needle and catheter are not surgery."""
        return self in (Act.SEPARATION, Act.EN_BLOC, Act.STABILISATION, Act.INTRALESIONAL, Act.INTRADURAL)

    @property
    def is_percutaneous(self) -> bool:
        """Whether it is done through a needle or a catheter."""
        return self in (Act.BIOPSY, Act.CEMENT, Act.ABLATION, Act.EMBOLISATION)

    @property
    def is_radiotherapy(self) -> bool:
        """Whether it irradiates, alone or after separation surgery."""
        return self in (Act.SEPARATION, Act.RADIOSURGERY, Act.RADIOTHERAPY)

    @property
    def is_intralesional(self) -> bool:
        """Whether the tumour is entered on purpose (a biopsy is its own case, BX)."""
        return self in (Act.SEPARATION, Act.INTRALESIONAL, Act.CEMENT, Act.ABLATION)

    @property
    def is_radiosurgery(self) -> bool:
        return self in (Act.SEPARATION, Act.RADIOSURGERY)


@value
class Option:
    """One way to go, with the rules for and against it, and the stops that block it."""

    act: Act
    about: str  # the lesion's id
    words: str  # "separation surgery T8, then radiosurgery"
    supports: tuple[Statement, ...] = ()
    against: tuple[Statement, ...] = ()
    stops: tuple[Statement, ...] = ()  # open stops, also those that cannot be judged

    @property
    def is_draft(self) -> bool:
        """Whether nothing but drafts speaks for it."""
        return bool(self.supports) and all(rule.is_draft for rule in self.supports)

    @property
    def is_blocked(self) -> bool:
        return bool(self.stops)


@value
class Change:
    """One answer that would change the picture: ``pain: mechanical`` → ``SINS 14, unstable``."""

    ask: str
    answer: str
    then: str


@value
class Decision:
    """Options in order of support, what the rules say, what is missing, what would change it.

    ``unjudged`` are the stops of the pathway that no rule judges yet: nobody may take their silence for a no.
    """

    options: tuple[Option, ...]
    statements: tuple[Statement, ...]
    missing: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    unjudged: tuple[str, ...] = ()

    @property
    def stops(self) -> tuple[Statement, ...]:
        """Every open stop, of the case and of its options, each once."""
        stops = [s for s in self.statements if s.degree is Degree.STOP]
        stops += [s for option in self.options for s in option.stops]
        return tuple({(s.rule, s.about): s for s in stops}.values())

    @property
    def draft_share(self) -> float:
        """The share of speaking rules that are not yet source-checked."""
        spoken = {s.rule: s for s in self.statements}
        for option in self.options:
            spoken |= {s.rule: s for s in (*option.supports, *option.against, *option.stops)}
        drafts = sum(s.is_draft for s in spoken.values())
        return drafts / len(spoken) if spoken else 0.0
