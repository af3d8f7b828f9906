"""Whose images these are, without ever keeping who that is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from enbloc.errors import IdentityError
from enbloc.value import value

ROUNDS = 100_000
"""Rounds of salted SHA-256: numbers and dates of birth are few enough to be tried one by one."""


@value
class Owner:
    """One patient, as salted hashes of the hospital number and of the birth date; empty where not stated."""

    number: str = ""
    born: str = ""

    @property
    def is_named(self) -> bool:
        return bool(self.number or self.born)


def owner(number: str, born: str, *, salt: str) -> Owner:
    """The owner of one object; the plain values go no further.

    Examples
    --------
    >>> owner("4711", "19650101", salt="2f41") == owner(" 4711", "19650101", salt="2f41")
    True
    >>> owner("", "", salt="2f41").is_named
    False
    """
    return Owner(number=_hash(number.strip(), salt), born=_hash(born.strip(), salt))


def one_owner(owners: Iterable[Owner], *, where: str) -> Owner:
    """The one patient that all objects belong to; objects that name nobody agree with everybody.

    Raises
    ------
    IdentityError
        If they name more than one.
    """
    found = list(owners)
    numbers = {each.number for each in found} - {""}
    births = {each.born for each in found} - {""}
    patients = max(len(numbers), len(births))
    if patients > 1:
        raise IdentityError(
            f"Objects of {patients} patients stand here.",
            remedy="Import the images of one patient only.",
            where=where,
        )
    return Owner(number="".join(numbers), born="".join(births))


def fingerprint(whose: Owner) -> str:
    """What a receipt keeps of an owner: cannot be turned back, and costs time to try."""
    if not whose.is_named:
        return ""
    both = f"{whose.number}|{whose.born}".encode()
    return hashlib.pbkdf2_hmac("sha256", both, b"enbloc/identity/1", ROUNDS).hex()


def _hash(word: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}|{word}".encode()).hexdigest() if word else ""
