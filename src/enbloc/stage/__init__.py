"""Published instruments, pure; one file each.

The names are resolved on first use: one score must not load all of them. None may be the name of a module: the module
would stand in its place.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enbloc.stage.classes import wbb_readings
    from enbloc.stage.parameters import PARAMETERS
    from enbloc.stage.score import Item, Score
    from enbloc.stage.scoring import scores

__all__ = ["PARAMETERS", "Item", "Score", "scores", "wbb_readings"]

_HOMES = {
    "PARAMETERS": "parameters",
    "Item": "score",
    "Score": "score",
    "scores": "scoring",
    "wbb_readings": "classes",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"enbloc.stage.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
