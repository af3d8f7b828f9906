"""Where to cut, what margin that leaves, and what it costs."""

from __future__ import annotations

from enbloc.plan.planning import plans
from enbloc.plan.proposal import Plan

__all__ = ["Plan", "plans"]
