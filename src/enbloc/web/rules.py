"""Who may do what: one table of roles and functions, written out in docs/decisions/0017-people-and-rights.md."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a person is in a centre; one person may be several."""

    SURGEON = "surgeon"
    ONCOLOGIST = "oncologist"
    RADIOLOGIST = "radiologist"
    COORDINATOR = "coordinator"
    READER = "reader"
    ADMINISTRATOR = "administrator"


class Function(StrEnum):
    """What can be done."""

    SEE = "see"
    ENTER = "enter"
    OVERRULE = "overrule"
    OVERRIDE = "override"
    CONFIRM = "confirm"
    BRING = "bring"
    WORK_UP = "work_up"
    ARRANGE = "arrange"
    HOLD = "hold"
    DECIDE = "decide"
    VOTE = "vote"
    AGREEMENT = "agreement"
    PEOPLE = "people"
    AUDIT = "audit"
    STORAGE = "storage"


CLINICIANS = frozenset({Role.SURGEON, Role.ONCOLOGIST, Role.RADIOLOGIST, Role.COORDINATOR})
"""They see every case of their centre that is not closed to a team they are not of."""

HAS: dict[Function, frozenset[Role]] = {
    Function.SEE: CLINICIANS | {Role.READER},
    Function.ENTER: CLINICIANS,
    Function.OVERRULE: frozenset({Role.SURGEON, Role.ONCOLOGIST, Role.RADIOLOGIST}),
    Function.OVERRIDE: frozenset({Role.SURGEON, Role.ONCOLOGIST}),
    Function.CONFIRM: frozenset({Role.SURGEON, Role.RADIOLOGIST}),
    Function.BRING: CLINICIANS,
    Function.WORK_UP: CLINICIANS,
    Function.ARRANGE: CLINICIANS,
    Function.HOLD: CLINICIANS,
    Function.DECIDE: CLINICIANS,
    Function.VOTE: frozenset({Role.SURGEON, Role.ONCOLOGIST, Role.RADIOLOGIST}),
    Function.AGREEMENT: CLINICIANS | {Role.ADMINISTRATOR},
    Function.PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Function.AUDIT: frozenset({Role.ADMINISTRATOR}),
    Function.STORAGE: frozenset({Role.ADMINISTRATOR}),
}


def functions_of(roles: Iterable[str]) -> tuple[Function, ...]:
    """What a person with these roles may do.

    Examples
    --------
    >>> [function.value for function in functions_of(["reader"])]
    ['see']
    """
    held = {Role(role) for role in roles}
    return tuple(function for function in Function if held & HAS[function])


def sees_all_open(roles: Iterable[str]) -> bool:
    """Whether the person sees the cases of the centre, and not only those whose team names them."""
    return bool(CLINICIANS & {Role(role) for role in roles})
