"""Where to cut, what margin that leaves, and what it costs; the names are resolved on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enbloc.plan.planning import plans
    from enbloc.plan.proposal import Plan

__all__ = ["Plan", "plans"]

_HOME = {"Plan": "enbloc.plan.proposal", "plans": "enbloc.plan.planning"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'enbloc.plan' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
