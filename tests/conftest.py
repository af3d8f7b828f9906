"""What every test run shares: one Hypothesis profile, the same every time, wider in a sweep; and what stays together.

Two processes share a run (``-n 2``). A file stays in one of them, for it shares what it has made; the story in a
browser, told by several files upon one server, stays whole.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadFileScheduling

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

_STORY = "tests/browser"


class StoryTogether(LoadFileScheduling):  # type: ignore[misc]  # the plugin tells no types of it
    """Files are dealt out whole, and the story as one."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return _STORY if file.startswith(f"{_STORY}/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> StoryTogether:
    """Deal the tests out so; marks of groups (``--dist loadgroup``) are lost on the way with this pytest."""
    return StoryTogether(config, log)
