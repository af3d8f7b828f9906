"""What every test run shares: one Hypothesis profile, the same every time, wider in a sweep; and what stays together.

Two processes share a run (``-n 2``). A file stays in one of them, for it shares what it has made; the story in a
browser, told by several files upon one server, stays whole.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.sampling import IS_SWEEP

settings.register_profile(
    "enbloc",
    deadline=None,  # a shared machine is slow at times; no test asserts a time
    derandomize=True,
    database=None,
    max_examples=600 if IS_SWEEP else 60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("enbloc")

_STORY = Path(__file__).parent / "browser"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name what stays together."""
    for item in items:
        together = _STORY if item.path.is_relative_to(_STORY) else item.path
        item.add_marker(pytest.mark.xdist_group(str(together)))
