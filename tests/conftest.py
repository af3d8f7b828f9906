"""What every test run shares: one Hypothesis profile, the same every time, wider in a sweep."""

from __future__ import annotations

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
