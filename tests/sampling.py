"""Long tests run as a seeded sample, and whole in ``make sweep``."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from typing import TypeVar

Row = TypeVar("Row")

IS_SWEEP = os.environ.get("ENBLOC_SWEEP") == "1"


def sampled(rows: Sequence[Row], count: int, *, seed: int = 20261120) -> Sequence[Row]:
    """``count`` of the rows in their order, the same every time; all of them in a sweep."""
    if IS_SWEEP or count >= len(rows):
        return rows
    chosen = sorted(random.Random(seed).sample(range(len(rows)), count))
    return [rows[at] for at in chosen]
