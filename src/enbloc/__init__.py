"""enbloc: a patient with a spine tumour, from scans and record to a plan a tumour board can trust.

Research use; not a medical device; confirm on the images. What stands in ``__all__`` is what a user may rely on; the
names are resolved on first use, so that ``import enbloc`` loads no image library.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Case": "enbloc.case.case",
    "EnblocError": "enbloc.errors",
    "Findings": "enbloc.case.finding",
    "Images": "enbloc.case.image",
    "LabelMap": "enbloc.case.image",
    "Volume": "enbloc.case.image",
    "Workup": "enbloc.follow.result",
    "decide": "enbloc.decide",
    "measure": "enbloc.measure",
    "plans": "enbloc.plan",
    "publish": "enbloc.workup",
    "read_case": "enbloc.exchange.folder",
    "read_images": "enbloc.exchange.folder",
    "scores": "enbloc.stage",
    "work_up": "enbloc.workup",
}

__all__ = [
    "Case",
    "EnblocError",
    "Findings",
    "Images",
    "LabelMap",
    "Volume",
    "Workup",
    "__version__",
    "decide",
    "measure",
    "plans",
    "publish",
    "read_case",
    "read_images",
    "scores",
    "work_up",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'enbloc' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
