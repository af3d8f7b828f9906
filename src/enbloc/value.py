"""What a domain value is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

Noun = TypeVar("Noun")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(noun: type[Noun]) -> type[Noun]:
    """Make ``noun`` a frozen, slotted, keyword-only dataclass."""
    made = dataclass(frozen=True, slots=True, kw_only=True)(noun)
    # Read by pydantic at the edges: without it unknown keys are dropped in silence.
    strict = {"extra": "forbid", "allow_inf_nan": False}
    setattr(made, "__pydantic_config__", strict)  # noqa: B010
    return made
