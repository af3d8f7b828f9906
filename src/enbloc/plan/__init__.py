"""Where to cut, what margin that leaves, and what it costs; the names are resolved on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enbloc.plan.comparison import compared
    from enbloc.plan.en_bloc.wishes import Wishes
    from enbloc.plan.field import fields_of
    from enbloc.plan.operation import Operation
    from enbloc.plan.planning import plans
    from enbloc.plan.proposal import Plan

__all__ = ["Operation", "Plan", "Wishes", "compared", "fields_of", "plans"]

_HOME = {
    "Operation": "enbloc.plan.operation",
    "Plan": "enbloc.plan.proposal",
    "Wishes": "enbloc.plan.en_bloc.wishes",
    "compared": "enbloc.plan.comparison",
    "fields_of": "enbloc.plan.field",
    "plans": "enbloc.plan.planning",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'enbloc.plan' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
