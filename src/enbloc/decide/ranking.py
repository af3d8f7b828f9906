"""The order of options: fixed, dull, and the same for every case (docs/decisions/0012).

First come options that no stop bars; then what a checked rule speaks for, what a draft speaks for, what a checked rule
may speak for once something is known, what a draft may speak for, and what nothing speaks for. Among equals, what no
rule opposes; then the rank of the strongest rule for it; then how many speak for it; then the order of acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from enbloc.decide.decision import Act, Degree, Holds
from enbloc.decide.recommendation import Standing
from enbloc.decide.rule import Rule
from enbloc.value import value


class Rank(IntEnum):
    """The precedence of a rule where rules disagree; a stop stands above all of them."""

    EMERGENCY = 1  # a clock runs
    HISTOLOGY = 2  # made for this tumour
    CELL = 3  # a cell of the framework
    GENERAL = 4


_OF_FAMILY = {
    "RED": Rank.EMERGENCY,
    "PRIM": Rank.HISTOLOGY,
    "MET": Rank.HISTOLOGY,
    "INTRA": Rank.HISTOLOGY,
    "NOMS": Rank.CELL,
    "DEC": Rank.CELL,
}


def rank_of(rule: Rule) -> Rank:
    """The precedence of a rule (pathway, section E, note 8).

    Examples
    --------
    >>> from enbloc.decide.families import rule_named
    >>> rank_of(rule_named("NOMS-07")).name, rank_of(rule_named("NOMS-05")).name
    ('CELL', 'EMERGENCY')
    """
    return Rank.EMERGENCY if rule.degree is Degree.URGENT else _OF_FAMILY.get(rule.family, Rank.GENERAL)


@value
class Voice:
    """A rule that speaks for or against an act, or would if something were known."""

    rule: Rule
    holds: Holds

    @property
    def is_sure(self) -> bool:
        return self.holds is Holds.YES

    @property
    def is_draft(self) -> bool:
        return self.rule.checked.is_draft


@value
class Weighed:
    """What decides the place of one act: the rules for it, those against it, and the stops that bar it."""

    act: Act
    supports: tuple[Voice, ...]
    against: tuple[Voice, ...]  # of rules that hold
    barred: tuple[Rule, ...]  # stops that hold and speak against the act itself

    @property
    def tier(self) -> int:
        """How well it is supported; 0 is best."""
        sure, checked = self._sure, [one for one in self.supports if not one.is_draft]
        if any(not one.is_draft for one in sure):
            return 0
        return 1 if sure else 2 if checked else 3 if self.supports else 4

    @property
    def is_held(self) -> bool:
        """Whether a rule that holds speaks for it."""
        return bool(self._sure)

    @property
    def opposition(self) -> int:
        """0 nobody, 1 rules of lower rank, 2 of the same, 3 of higher rank than the strongest that speaks for it.

        A draft opposes only what drafts alone speak for.
        """
        rests_on_drafts = all(one.is_draft for one in self.supports)
        heard = [one for one in self.against if not one.is_draft or rests_on_drafts]
        if not heard:
            return 0
        against, support = min(rank_of(one.rule) for one in heard), self.rank
        return 1 if support < against else 2 if support == against else 3

    @property
    def rank(self) -> int:
        """The rank of the strongest rule for it that counts; beyond all ranks where none holds."""
        counted = [one for one in self._sure if not one.is_draft] or self._sure
        return min((rank_of(one.rule) for one in counted), default=len(Rank) + 1)

    @property
    def voices(self) -> int:
        """How many rules of the best sort speak for it."""
        return sum(not one.is_draft for one in self._sure) if self.tier == 0 else len(self._sure)

    @property
    def _sure(self) -> list[Voice]:
        return [one for one in self.supports if one.is_sure]


def weigh(act: Act, voices: Iterable[Voice]) -> Weighed:
    """What these rules say for and against an act; a stop that holds and speaks against it bars it."""
    heard = tuple(voices)
    against = [one for one in heard if one.is_sure and act in one.rule.against]
    return Weighed(
        act=act,
        supports=tuple(one for one in heard if act in one.rule.favours),
        against=tuple(one for one in against if one.rule.degree is not Degree.STOP),
        barred=tuple(one.rule for one in against if one.rule.degree is Degree.STOP),
    )


class Place(NamedTuple):
    """The place of an act among others: the smaller, the earlier, the first difference decides."""

    barred: bool
    tier: int
    opposition: int
    rank: int
    fewer: int  # the more rules speak for it, the smaller


def place(one: Weighed) -> Place:
    """The place of an act among others."""
    return Place(bool(one.barred), one.tier, one.opposition, one.rank, -one.voices)


def ranked(those: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """The acts in their order; among equals they stay as given."""
    return tuple(sorted(those, key=place))


_OUTRANKED, _UNSUPPORTED = 3, 4


def standings(those: Sequence[Weighed]) -> tuple[Standing, ...]:
    """How each of the ranked acts stands: the first that is supported and not rejected leads.

    Nothing leads on rules that only may hold: what is asked must be answered first.
    """
    found = [_standing(one) for one in those]
    first = found.index(Standing.POSSIBLE) if Standing.POSSIBLE in found else None
    if first is not None and those[first].is_held:
        found[first] = Standing.LEADING
    return tuple(found)


def _standing(one: Weighed) -> Standing:
    if one.barred or (one.against and one.opposition == _OUTRANKED):
        return Standing.REJECTED
    if one.tier == _UNSUPPORTED:
        return Standing.REJECTED if one.against else Standing.UNSUPPORTED
    return Standing.POSSIBLE
