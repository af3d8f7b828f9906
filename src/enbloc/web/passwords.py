"""Passwords: how they are kept, and which are refused before anybody can guess them."""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from enbloc.web.problem import Problem

SHORTEST, LONGEST = 12, 256
FEWEST_SIGNS = 5
COMMON = Path(__file__).parent / "common_passwords.txt.gz"
"""19,640 common passwords that Django ships (BSD, see NOTICE), and words of hospitals, months and this product."""
_ROWS = ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1234567890")
_COLUMNS = (
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "abcdefghijklmnopqrstuvwxyz",
)
_WALKS = tuple(way for walk in (*_ROWS, *_COLUMNS) for way in (walk, walk[::-1]))
_SHORTEST_WALK = 4
_AT_ONCE = BoundedSemaphore(4)
"""Each takes 46 MiB; the fifth waits, so that guessing cannot fill the memory."""

_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)  # argon2id, as OWASP asks: 46 MiB, one pass
_LOOKS = str.maketrans("013457@$!", "oleastasi")
"""Signs that stand for letters which they look like."""


def kept(password: str) -> str:
    """What is kept of a password: argon2id with a salt of its own."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def is_right(password_hash: str, password: str) -> bool:
    """Whether it is the password. Without a hash it takes as long, so that nobody learns who exists."""
    with _AT_ONCE:
        try:
            _HASHER.verify(password_hash or _nobodys(), _plain(password))
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)


def refuse_weak(password: str, *words: str) -> None:
    """Refuse a password that is short, common, or made of the person's own ``words``.

    Raises
    ------
    Problem
        With the reason; the password is not repeated.
    """
    if why := weakness(password, *words):
        raise Problem(422, why, "Take several words that do not belong together.", where="password")


def weakness(password: str, *words: str) -> str:
    """Why it is too weak; empty if it is not.

    Examples
    --------
    >>> weakness("Password2026!"), weakness("heron walks over slate")
    ('This password is among the common ones.', '')
    """
    given = _plain(password).casefold()
    if not SHORTEST <= len(given) <= LONGEST:
        return f"A password has {SHORTEST} to {LONGEST} signs."
    if len(set(given)) < FEWEST_SIGNS:
        return "This password repeats a few signs."
    if any(len(word) >= 4 and word.casefold() in given for word in words) and len(_rest(given, words)) < SHORTEST:
        return "This password is made of the person's name."
    if len(_off_the_keyboard(given)) < FEWEST_SIGNS:
        return "This password is a walk over the keyboard."
    return "This password is among the common ones." if _is_common(given) else ""


def _rest(given: str, words: tuple[str, ...]) -> str:
    for word in words:
        given = given.replace(word.casefold(), "")
    return given


def _off_the_keyboard(given: str) -> str:
    """What is left without runs of keys that lie side by side."""
    left, at = "", 0
    while at < len(given):
        run = next((n for n in range(len(given) - at, _SHORTEST_WALK - 1, -1) if _is_walk(given[at : at + n])), 0)
        left, at = (left, at + run) if run else (left + given[at], at + 1)
    return left


def _is_walk(text: str) -> bool:
    return any(text in walk for walk in _WALKS)


def _is_common(given: str) -> bool:
    """Whether it is on the list, or one of the list with figures, signs, look-alikes or a repeat added."""
    return any(form in _common() for form in _forms(given))


def _forms(given: str) -> set[str]:
    forms = {given}
    for change in (_once, _bare, _letters, _bare, _once):
        forms |= {change(form) for form in forms}
    return {form for form in forms if form}


def _once(text: str) -> str:
    """What is repeated, once."""
    at = (text + text).find(text, 1)
    return text[:at]


def _bare(text: str) -> str:
    """Without figures, signs and spaces around it: what is left is a word that people begin with."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)


def _letters(text: str) -> str:
    return text.translate(_LOOKS)


def _plain(password: str) -> str:
    """One way to write it, whatever keyboard it comes from."""
    return normalize("NFKC", password)


@cache
def _common() -> frozenset[str]:
    return frozenset(gzip.decompress(COMMON.read_bytes()).decode().split())


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody")
