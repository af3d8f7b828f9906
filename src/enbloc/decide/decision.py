"""What one rule says of a case: the words in which every rule speaks."""

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


@value
class Said:
    """What a group of rules says: those that speak, the stops that cannot be excluded, the others not judged yet."""

    speaks: tuple[Statement, ...] = ()
    open_stops: tuple[Statement, ...] = ()
    pending: tuple[Statement, ...] = ()
    silent: int = 0  # rules that do not hold

    @property
    def stops(self) -> tuple[Statement, ...]:
        """The stops that hold and those that cannot be excluded."""
        return (*(one for one in self.speaks if one.degree is Degree.STOP), *self.open_stops)

    @property
    def every(self) -> tuple[Statement, ...]:
        """All that was said, also of what cannot be judged yet."""
        return (*self.speaks, *self.open_stops, *self.pending)


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
