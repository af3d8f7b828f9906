"""What a statement about an option is good for: before it, how, its price, what to expect, afterwards, whom to ask."""

from __future__ import annotations

from enum import Enum


class Part(Enum):
    """The part of an option that a rule speaks about."""

    BEFORE = "before it"
    HOW = "how it is done"
    PRICE = "what it costs the patient"
    EXPECT = "what to expect"
    AFTER = "afterwards"
    TELL = "what to tell the patient"
    WHO = "who must be asked"
    DISPUTED = "where sources disagree"


_OF_FAMILY = {
    **dict.fromkeys(("RED", "EVAL", "IMG", "BX", "STG", "ANES", "SYS", "STER", "EMB", "EMB-TACE"), Part.BEFORE),
    **dict.fromkeys(("NERV", "VASC", "COMP"), Part.PRICE),
    **dict.fromkeys(("POST", "VTE", "REHAB", "PATH", "CLOS", "ERAS", "FU"), Part.AFTER),
    "EDU": Part.TELL,
    "MDT": Part.WHO,
    "DISAGREE": Part.DISPUTED,
}
_OF_RULE = {"DEC-08": Part.EXPECT, "CLOS-01": Part.PRICE, "RT-07": Part.PRICE, "APP-13": Part.WHO, "NERV-20": Part.TELL}


def part_of(rule: str) -> Part:
    """The part that the rule with this id speaks about; most say how a thing is done.

    Examples
    --------
    >>> part_of("NERV-06"), part_of("RT-06")
    (<Part.PRICE: 'what it costs the patient'>, <Part.HOW: 'how it is done'>)
    """
    return _OF_RULE.get(rule, _OF_FAMILY.get(rule.rpartition("-")[0], Part.HOW))
