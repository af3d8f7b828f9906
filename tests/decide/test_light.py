"""Scores and rules can be used where no image library is installed or wanted."""

from __future__ import annotations

import subprocess
import sys

from enbloc.decide import PARAMETERS as DECIDING
from enbloc.stage import PARAMETERS as SCORING

HEAVY = ("numba", "scipy", "SimpleITK", "pydantic", "pydicom", "highdicom", "enbloc.case.image")


def test_scores_and_rules_load_no_heavy_library() -> None:
    script = f"import sys, enbloc.decide, enbloc.stage; print([name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "[]"


def test_every_threshold_is_named_once_and_says_where_it_is_from() -> None:
    thresholds = SCORING + DECIDING
    assert len({one.name for one in thresholds}) == len(thresholds) > 400
    assert all(one.source and one.unit and one.since for one in thresholds)
