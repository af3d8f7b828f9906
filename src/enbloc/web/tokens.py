"""Secrets that are shown once: sessions and one-time links. Only their digest is kept."""

from __future__ import annotations

import hashlib
import re
import secrets
from threading import Lock

BYTES = 32
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """A token that nobody can guess (256 bits)."""
    return secrets.token_urlsafe(BYTES)


def hashed(token: str) -> str:
    """What is kept of a token: whoever reads the database cannot use it. Something that is no token has none.

    Examples
    --------
    >>> hashed("../../etc/passwd")
    ''
    """
    return hashlib.sha256(token.encode()).hexdigest() if _SHAPE.fullmatch(token) else ""


class OneTime:
    """A link that lives as long as the server, and opens once; without a digest there is none."""

    def __init__(self, token_hash: str = "") -> None:
        self._digest, self._turn = token_hash, Lock()

    def use(self, token: str) -> bool:
        """Whether this is the link, and was not used before."""
        with self._turn:
            is_it = bool(self._digest) and hashed(token) == self._digest
            self._digest = "" if is_it else self._digest
            return is_it
