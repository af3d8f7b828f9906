"""How often members of a board name the same leading option before they see the others', beyond chance.

The number of votes differs between second looks, so kappa is Fleiss' (fleiss1971) as generalised by Gwet (gwet2014):
each look counts once, however many voted; one with a single vote tells nothing of agreement, yet of how often an option
is named. The interval is that of Gwet's variance over looks (gwet2008) with Student's t. Definition and worked example
were compared with irrCAC, the program of the same author; the articles and the book were not read. No word is put to a
kappa ("good", "poor"): the project has no such limit.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from enbloc.value import value

SOURCES = ("fleiss1971", "gwet2008", "gwet2014")
METHOD = "Fleiss' kappa generalised for a varying number of votes (Gwet 2014)"
INTERVAL = "95 % interval of Gwet's variance over second looks (2008), Student's t; the upper end is at most 1"

FEWEST_VOTES = 2
"""Votes of a look that can agree."""
FEWEST_LOOKS = 2
"""Looks that a variance over looks can be had of."""
CONFIDENCE = 0.95

NO_PAIR = "no second look has two votes"
ONE_OPTION = "only one option was ever named, so all agreement may be chance"
ONE_LOOK = "only one second look has two votes"
NO_SPREAD = "all second looks are alike, so there is no spread to read an interval from"


@value
class Kappa:
    """Agreement beyond chance: 1 if all agree, 0 as by chance; ``low`` and ``high`` are of its interval.

    With few looks it may fall below -1, for looks of one vote count towards chance alone. What is unknown is ``None``,
    and ``why`` says why.
    """

    kappa: float | None
    low: float | None
    high: float | None
    why: str


@value
class Agreement:
    """The second looks of some time: how many there were, how often two votes agree, and how far beyond chance.

    ``agreeing`` and ``by_chance`` are shares of 1; nothing where no look has two votes.
    """

    looks: int  # with a vote
    paired: int  # with two or more
    unanimous: int  # of those, where all votes agree
    votes: int
    options: int  # named by anybody
    agreeing: float | None
    by_chance: float | None
    beyond_chance: Kappa


def agreement(looks: Iterable[Sequence[str]]) -> Agreement:
    """The agreement in second looks, each given by the options that its members named, in words.

    A look without a vote is left out.

    Examples
    --------
    >>> found = agreement([("biopsy", "biopsy", "observation"), ("observation", "observation")])
    >>> found.looks, found.unanimous, round(found.agreeing, 3)
    (2, 1, 0.667)
    >>> agreement([("biopsy",)]).beyond_chance.why
    'no second look has two votes'
    """
    counted = [Counter(look) for look in looks if look]
    paired = [look for look in counted if look.total() >= FEWEST_VOTES]
    share = _shares(counted)
    agreeing = _mean([_agreeing(look) for look in paired]) if paired else None
    by_chance = math.fsum(part**2 for part in share.values()) if paired else None
    return Agreement(
        looks=len(counted),
        paired=len(paired),
        unanimous=sum(len(look) == 1 for look in paired),
        votes=sum(look.total() for look in counted),
        options=len(share),
        agreeing=agreeing,
        by_chance=by_chance,
        beyond_chance=_kappa(counted, share),
    )


def _kappa(looks: Sequence[Counter[str]], share: dict[str, float]) -> Kappa:
    agreeing = [_agreeing(look) for look in looks if look.total() >= FEWEST_VOTES]
    if not agreeing:
        return Kappa(kappa=None, low=None, high=None, why=NO_PAIR)
    if len(share) == 1:
        return Kappa(kappa=None, low=None, high=None, why=ONE_OPTION)
    chance = math.fsum(part**2 for part in share.values())
    kappa = (_mean(agreeing) - chance) / (1 - chance)
    if len(agreeing) < FEWEST_LOOKS:
        return Kappa(kappa=kappa, low=None, high=None, why=ONE_LOOK)
    error = _standard_error(looks, share, kappa)
    if math.isclose(error, 0.0, abs_tol=1e-12):
        return Kappa(kappa=kappa, low=None, high=None, why=NO_SPREAD)
    reach = student(CONFIDENCE, len(looks) - 1) * error
    return Kappa(kappa=kappa, low=kappa - reach, high=min(1.0, kappa + reach), why="")


def _shares(looks: Sequence[Counter[str]]) -> dict[str, float]:
    """How often each option is named: the mean over looks of its share of their votes."""
    named = sorted({option for look in looks for option in look})
    return {option: _mean([look[option] / look.total() for look in looks]) for option in named}


def _agreeing(look: Counter[str]) -> float:
    """The share of pairs of votes that agree."""
    return sum(votes * (votes - 1) for votes in look.values()) / (look.total() * (look.total() - 1))


def _standard_error(looks: Sequence[Counter[str]], share: dict[str, float], kappa: float) -> float:
    """The root of Gwet's variance: what each look adds to agreement, and what its votes add to chance."""
    chance = math.fsum(part**2 for part in share.values())
    weight = len(looks) / sum(look.total() >= FEWEST_VOTES for look in looks)
    parts = []
    for look in looks:
        own = weight * (_agreeing(look) - chance) / (1 - chance) if look.total() >= FEWEST_VOTES else 0.0
        expected = math.fsum(share[option] * votes for option, votes in sorted(look.items())) / look.total()
        parts.append(own - 2 * (1 - kappa) * (expected - chance) / (1 - chance))
    return math.sqrt(math.fsum((part - kappa) ** 2 for part in parts) / (len(looks) * (len(looks) - 1)))


def _mean(numbers: Sequence[float]) -> float:
    return math.fsum(numbers) / len(numbers)


# --- Student's t ------------------------------------------------------------------------------------------------------
def student(within: float, freedom: int) -> float:
    """The bound that a share ``within`` of Student's t of ``freedom`` degrees lies below in size.

    Examples
    --------
    >>> round(student(0.95, 1), 3), round(student(0.95, 11), 3), round(student(0.95, 30), 3)
    (12.706, 2.201, 2.042)
    """
    low, high = 0.0, math.pi / 2  # of the angle whose tangent is t over the root of the degrees
    for _ in range(60):  # halved beyond the last digit of a float
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < within else (low, middle)
    return math.tan(low) * math.sqrt(freedom)


def _within(angle: float, freedom: int) -> float:
    """The share of Student's t within t = tan(angle) · √freedom (Abramowitz and Stegun 26.7.3 and 26.7.4)."""
    is_odd = freedom % 2
    term = math.cos(angle) if is_odd else 1.0
    terms = []
    for step in range(2 + is_odd, freedom + 1, 2):
        terms.append(term)
        term *= math.cos(angle) ** 2 * (step - 1) / step
    swept = math.sin(angle) * math.fsum(terms)
    return 2 / math.pi * (angle + swept) if is_odd else swept
