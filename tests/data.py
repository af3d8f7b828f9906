"""Where the real data is: read in place, never copied; a test that needs it is skipped where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def real_data(folder: str) -> Path:
    """The folder of real data with this name, or a skip that says what is missing."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    home = Path(os.environ.get("ENBLOC_TEST_DATA", beside))
    path = home / folder
    if not path.is_dir():
        pytest.skip(f"real data {folder!r} is absent (set ENBLOC_TEST_DATA)")
    return path
