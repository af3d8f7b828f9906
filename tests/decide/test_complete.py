"""Every row of the pathway is a rule, or is named with the reason why not; and no rule is beyond it."""

from __future__ import annotations

from enbloc.decide.families import MODULES, RULES

# The families of sections B, C and D in their order, and the number of the last row of each.
FAMILIES: dict[str, int] = {
    "RED": 11,
    "EVAL": 6,
    "IMG": 11,
    "BX": 14,
    "STG": 10,
    "MDT": 4,
    "NOMS": 19,
    "LMNOP": 2,
    "MOSS": 1,
    "ISOC": 1,
    "STER": 13,
    "DEC": 11,
    "MET": 18,
    "PRIM": 42,
    "INTRA": 21,
    "IONM": 8,
    "NERV": 23,
    "VASC": 5,
    "EMB": 5,
    "EMB-TACE": 2,
    "APP": 15,
    "ANES": 10,
    "ERAS": 1,
    "EDU": 2,
    "RES": 4,
    "DECOMP": 3,
    "STAB": 11,
    "MIS": 3,
    "MIS-OUT": 2,
    "PERC": 12,
    "PATH": 2,
    "CLOS": 2,
    "POST": 4,
    "VTE": 5,
    "REHAB": 4,
    "RT": 11,
    "OAR": 5,
    "CTV": 14,
    "SYS": 13,
    "FU": 16,
    "COMP": 14,
    "PALL": 4,
    "STOP": 42,
}
TIMES_OF_RADIOTHERAPY = ("RT-T1", "RT-T2", "RT-T3")
DISAGREEMENTS = 12

PATHWAY: tuple[str, ...] = (
    *(f"{family}-{number:02}" for family, last in FAMILIES.items() for number in range(1, last + 1)),
    *TIMES_OF_RADIOTHERAPY,
    *(f"DISAGREE-{number}" for number in range(1, DISAGREEMENTS + 1)),
)
NOT_ENCODED: dict[str, str] = {
    id: reason for module in MODULES for id, reason in getattr(module, "NOT_ENCODED", {}).items()
}


def test_the_pathway_has_so_many_rows() -> None:
    assert len(PATHWAY) == len(set(PATHWAY)) == 441


def test_every_row_is_a_rule_or_is_named_with_its_reason() -> None:
    assert set(PATHWAY) - RULES.keys() == NOT_ENCODED.keys()
    assert all(reason.endswith(".") for reason in NOT_ENCODED.values())


def test_no_rule_is_beyond_the_pathway() -> None:
    assert RULES.keys() <= set(PATHWAY)


def test_only_what_no_source_prints_is_left_out() -> None:
    assert NOT_ENCODED.keys() == {"MOSS-01"}
