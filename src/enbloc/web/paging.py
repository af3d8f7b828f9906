"""Lists by the page: the key after which the next one begins, and no offset."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import Query

Line = TypeVar("Line")

Limit = Annotated[int, Query(ge=1, le=200, description="So many lines at most.")]
After = Annotated[str, Query(max_length=400, pattern=r"^[ -~]*$", description="`next` of the page before.")]
PAGE = 50


def next_of(lines: Sequence[Line], limit: int, key: Callable[[Line], str]) -> str:
    """After which line the next page begins; empty if this one is the last."""
    return key(lines[-1]) if len(lines) == limit else ""
